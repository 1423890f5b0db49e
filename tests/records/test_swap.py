"""Several record files change as one, whatever kills the run in between."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.errors import ArchiveError
from scripts.records import swap
from scripts.records.swap import finish_swap, swap_files, writing

NAMES = [*(f"table-{number}.csv" for number in range(8)), "fixes/cells.csv"]
OLD = dict.fromkeys(NAMES, "old\n")
NEW = dict.fromkeys(NAMES, "new\n")


def texts(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text(encoding="utf-8") for name in NAMES}


def everything(folder: Path) -> set[str]:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return found - {swap.LOCK, swap.TURN}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    swap_files(tmp_path, OLD)
    return tmp_path


def test_only_what_differs_is_written(folder: Path) -> None:
    assert swap_files(folder, OLD) == ()
    assert swap_files(folder, {**OLD, NAMES[2]: "new\n"}) == (NAMES[2],)
    assert texts(folder) == {**OLD, NAMES[2]: "new\n"}
    assert everything(folder) == set(NAMES)


@pytest.mark.parametrize("step", range(40))
def test_killed_at_any_step_it_is_all_or_nothing(
    folder: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call to the file system may be the last one."""
    left = step

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **more: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                raise KeyboardInterrupt
            return real(*arguments, **more)

        return call

    is_planned = True
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", dying(os.replace))
        patch.setattr(os, "fsync", dying(os.fsync))
        patch.setattr(Path, "unlink", dying(Path.unlink))
        try:
            swap_files(folder, NEW)
        except KeyboardInterrupt:
            is_planned = swap.is_being_swapped(folder)
    is_done = texts(folder) == NEW
    finish_swap(folder)
    assert texts(folder) == (NEW if is_planned or is_done else OLD)
    assert everything(folder) == set(NAMES)


RUN = """
import sys
from pathlib import Path
from scripts.records.swap import swap_files
folder, number = Path(sys.argv[1]), 0
print("begins", flush=True)
while True:
    number += 1
    swap_files(folder, {name: f"{number}\\n" * 20_000 for name in sys.argv[2:]})
"""


@pytest.mark.parametrize("seed", range(8))
def test_a_killed_process_leaves_no_mixture(folder: Path, seed: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder), *NAMES], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0.05, 0.4))
    process.kill()
    process.wait()
    finish_swap(folder)
    assert len(set(texts(folder).values())) == 1
    assert everything(folder) == set(NAMES)


READ = """
import sys
from pathlib import Path
from scripts.records.swap import steady
folder, mixed = Path(sys.argv[1]), 0
for _ in range(300):
    with steady(folder):
        mixed += len({(folder / name).read_text() for name in sys.argv[2:]}) > 1
print(mixed)
"""


def test_who_reads_meanwhile_sees_all_old_or_all_new(folder: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder), *NAMES], stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    writer.stdout.readline()
    try:
        read = subprocess.run(
            [sys.executable, "-c", READ, str(folder), *NAMES], capture_output=True, check=True
        )
    finally:
        writer.kill()
        writer.wait()
    assert read.stdout.strip() == b"0"


def test_a_full_disk_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(ArchiveError, match="No space left on device"):
            swap_files(folder, NEW)
    assert texts(folder) == OLD
    assert everything(folder) == set(NAMES)


def test_a_file_that_somebody_changed_since_is_not_written_over(folder: Path) -> None:
    stage = folder / swap.STAGE
    stage.mkdir()
    (stage / swap.PLAN).write_text('{"table-0.csv": "0000"}', encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"table-0\.csv"):
        finish_swap(folder)
    assert texts(folder) == OLD


def test_what_an_old_run_left_is_taken_away(folder: Path) -> None:
    (folder / "table-1.csv.tmp").write_text("half", encoding="utf-8")
    (folder / "fixes" / "cells.csv.tmp").write_text("half", encoding="utf-8")
    with writing(folder):
        pass
    assert everything(folder) == set(NAMES)


def test_two_runs_do_not_write_at_once(folder: Path) -> None:
    with writing(folder), pytest.raises(ArchiveError, match="another run"), writing(folder):
        pass
    with writing(folder):
        pass
