"""What killed runs left behind goes; what a living one is making stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.leftovers import remove_leftovers, remove_leftovers_below


@pytest.fixture(scope="module")
def dead() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_files_of_dead_runs_go(tmp_path: Path, dead: int) -> None:
    names = [f"archive.db.{dead}.tmp", f"archive.db.{os.getpid()}.tmp", "archive.db", "other.tmp"]
    for name in names:
        (tmp_path / name).write_text("x")
    assert remove_leftovers(tmp_path / "archive.db") == 1
    assert {path.name for path in tmp_path.iterdir()} == set(names[1:])


def test_a_folder_that_was_swapped_out_comes_back(tmp_path: Path, dead: int) -> None:
    for name, text in ((f"site.{dead}.old", "before"), (f"site.{dead}.tmp", "half")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(text)
    remove_leftovers(tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (tmp_path / "site" / "index.html").read_text() == "before"


def test_a_cache_is_cleared_of_them(tmp_path: Path, dead: int) -> None:
    (tmp_path / "ab").mkdir()
    for name in (f"page.json.{dead}-123.tmp", f"page.json.{dead}.tmp", "page.json"):
        (tmp_path / "ab" / name).write_text("x")
    assert remove_leftovers_below(tmp_path) == 2
    assert remove_leftovers_below(tmp_path / "nowhere") == 0
    assert [path.name for path in (tmp_path / "ab").iterdir()] == ["page.json"]
