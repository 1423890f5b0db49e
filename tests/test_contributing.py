"""The map of likely changes leads to files that are there, in the rooms that it names."""

from __future__ import annotations

import re

import pytest

from scripts import paths

MAP = (
    (paths.ROOT / "CONTRIBUTING.md")
    .read_text(encoding="utf-8")
    .partition("### Where a change belongs")[2]
    .partition("\n## ")[0]
)
ROWS = [
    (cells[1].strip(), re.findall(r"`([^`]+/[^`]+|[\w.]+\.yml|docs)`", cells[2]))
    for line in MAP.splitlines()
    if (cells := line.strip("|").split("|"))[0].strip() and len(cells) == 3
][2:]


def test_the_map_has_the_likely_changes() -> None:
    assert len(ROWS) >= 20
    assert all(files for _, files in ROWS)


@pytest.mark.parametrize(("room", "files"), ROWS)
def test_every_place_on_the_map_is_there(room: str, files: list[str]) -> None:
    for name in files:
        assert (paths.ROOT / name).exists(), name
    assert (paths.ROOT / "scripts" / room).is_dir() or (paths.ROOT / f"scripts/{room}.py").is_file()
