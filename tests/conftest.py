"""Fixtures shared by all tests: the real corpus, and what a missing one means."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.held.store import find_held
from scripts.lists.held_lists import Lists, read_lists
from scripts.records.read import read_records

# Optical reading of hundreds of pages belongs to no test; those of it ask for it by name.
os.environ.setdefault("ARCHIVE_OCR", "off")


def missing(what: str) -> None:
    """Skip with the reason, or fail under ``CI=true``, where everything must be at hand."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}; CI must have it")
    pytest.skip(what)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real lists and memoranda that ``ARCHIVE_SOURCES`` names."""
    named = os.environ.get("ARCHIVE_SOURCES")
    if not named:
        missing("ARCHIVE_SOURCES is not set: no real lists and memoranda at hand")
    folder = Path(str(named))
    if not (folder / "workbooks").is_dir():
        missing(f"ARCHIVE_SOURCES names {folder.name}, which has no folder of workbooks")
    return folder


@pytest.fixture(scope="session")
def more_lists() -> Path:
    """The folder of the further lists from which the records were made, ``ARCHIVE_MORE_LISTS``."""
    folder = Path(os.environ.get("ARCHIVE_MORE_LISTS", ""))
    if not (folder / "workbooks").is_dir():
        missing("ARCHIVE_MORE_LISTS names no folder of further workbooks")
    return folder


@pytest.fixture(scope="session")
def corpus_lists(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Lists:
    """Stage one of the harvest over the whole corpus, from nothing."""
    nothing = read_records(tmp_path_factory.mktemp("no-records"))
    return read_lists(find_held(corpus, tmp_path_factory.mktemp("cache")), nothing)


CHROMIUM_SETTINGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real Chromium, driven by Playwright; ``CHROMIUM`` may name another place of it."""
    path = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if path is None:
        missing("there is no Chromium: install it, or name it in CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=CHROMIUM_SETTINGS)
        yield browser
        browser.close()
