"""Fixtures shared by all tests: the real corpus, and what a missing one means."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
