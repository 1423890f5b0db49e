"""Several record files changed as one: all of them or none, whatever kills the run.

The new texts are written aside into the folder ``.swap`` and flushed, then a plan that names them,
then each takes its place. A run that is killed before the plan stands has changed nothing, and what
it wrote is thrown away by the next; one that is killed after it is finished by the next.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from scripts.errors import ArchiveError
from scripts.locks import alone, turn

STAGE = ".swap"
PLAN = "plan.json"
LOCK = ".lock"
TURN = ".turn"  # held while files change places, and while somebody reads them


def swap_files(folder: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Give the files of ``folder`` (by name, ``/`` between folders) these texts, all or none.

    Files that have their text already are left alone; gives the names of the others. Raises
    `ArchiveError` where the disk refuses; then nothing has changed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    finish_swap(folder)
    changed = {name: text for name, text in texts.items() if _text(folder / name) != text}
    if not changed:
        return ()
    stage = folder / STAGE
    try:
        _stage(stage, changed)
    except OSError as error:
        shutil.rmtree(stage, ignore_errors=True)
        raise ArchiveError.single(
            str(stage),
            "",
            error.strerror or str(error),
            "room for the new records",
            "Nothing was changed; make room and run again",
        ) from error
    finish_swap(folder)
    return tuple(sorted(changed))


def finish_swap(folder: Path) -> None:
    """Finish what a killed run had planned, or undo what it had not, and clear what it left."""
    with turn(folder / TURN):
        _finish(folder)


@contextmanager
def steady(folder: Path) -> Iterator[None]:
    """Read the records of ``folder`` while no run changes them: all old or all new."""
    if is_being_swapped(folder):
        with turn(folder / TURN):
            if is_being_swapped(folder):  # else its own run has finished, or begun another
                _finish(folder)
    with turn(folder / TURN, shared=True):
        yield


def _finish(folder: Path) -> None:
    stage = folder / STAGE
    plan = stage / PLAN
    if plan.is_file():
        for name, digest in json.loads(plan.read_text(encoding="utf-8")).items():
            _put(stage / _flat(name), folder / name, digest)
        _flush(folder)
        plan.unlink(missing_ok=True)
    if stage.is_dir():
        shutil.rmtree(stage, ignore_errors=True)
    for left in (*folder.glob("*.csv.tmp"), *folder.glob("fixes/*.csv.tmp")):
        left.unlink(missing_ok=True)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the records of ``folder`` for writing, so that two runs do not mix.

    Raises `ArchiveError` at once where another run holds them.
    """
    with alone(folder / LOCK, "another run is writing these records"):
        finish_swap(folder)
        yield


def is_being_swapped(folder: Path) -> bool:
    """Whether a killed run left a plan that is not carried out."""
    return (folder / STAGE / PLAN).is_file()


def _stage(stage: Path, texts: Mapping[str, str]) -> None:
    stage.mkdir(exist_ok=True)
    for name, text in texts.items():
        _write(stage / _flat(name), text)
    plan = {name: _digest(text.encode()) for name, text in texts.items()}
    aside = stage / f"{PLAN}.tmp"
    _write(aside, json.dumps(plan, indent=1))
    _flush(stage)
    os.replace(aside, stage / PLAN)
    _flush(stage)


def _put(new: Path, place: Path, digest: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.replace(new, place)
    except FileNotFoundError:
        found = _digest(place.read_bytes()) if place.is_file() else "no such file"
        if found != digest:  # it was put in its place, and then somebody changed it
            raise ArchiveError.single(
                str(place),
                "",
                f"SHA-256 {found}",
                f"SHA-256 {digest}, which a run that was killed had planned",
                f"Look at the file with git, mend it, and remove {new.parent}",
            ) from None


def _write(path: Path, text: str) -> None:
    with path.open("wb") as stream:
        stream.write(text.encode("utf-8"))
        stream.flush()
        os.fsync(stream.fileno())


def _flush(folder: Path) -> None:
    """Have the disk know the names in a folder, not only the files."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _flat(name: str) -> str:
    return name.replace("/", "__")


def _text(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
