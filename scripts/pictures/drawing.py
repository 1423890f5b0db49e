"""Drawing what pictures are missing: known from the index, kept as it goes, resumed after a kill.

The index is written every few seconds, each file's own pictures are known from the cache: a run
that was killed goes on where it stopped. What is half done is in no index, so no page shows it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from scripts import paths
from scripts.held.store import held_paths
from scripts.leftovers import remove_leftovers_below
from scripts.pictures.index import (
    Drawn,
    PictureIndex,
    is_whole,
    read_pictures,
    remove_unlisted,
    write_index,
)
from scripts.pictures.making import DrawnFile, PictureJob, draw_files
from scripts.privacy.ready import make_jobs, text_version
from scripts.reading.tesseract import may_read_by_eye
from scripts.records.models.documents import Document
from scripts.records.models.fixes import ContactAllowance
from scripts.records.read import read_table

KEEP_SECONDS = 10.0  # between two writings of the index


@dataclass(frozen=True)
class PicturePlan:
    """What is to be drawn into a folder, and what of it is there."""

    folder: Path
    made_with: str
    index: PictureIndex
    held: int  # documents that are held
    missing: tuple[PictureJob, ...]


def plan_pictures(
    records: Path, sources: Path, folder: Path | None = None, *, again: bool = False
) -> PicturePlan:
    """Which held documents have no pictures yet, as the masking now asks (``again``: all)."""
    folder = folder or paths.pictures_folder()
    allowed = read_table(records, ContactAllowance)
    files = held_paths(sources)
    named = {row.sha256 for row in read_table(records, Document)}
    own = {sha256: path for sha256, path in files.items() if sha256 in named}
    by_eye = may_read_by_eye()
    jobs = [
        PictureJob(job, folder)
        for job in make_jobs(own, paths.cache_folder(), allowed, by_eye=by_eye)
    ]
    index = read_pictures(folder, text_version(allowed))
    missing = tuple(job for job in jobs if again or _is_missing(job, index))
    return PicturePlan(folder, text_version(allowed), index, len(jobs), missing)


def _is_missing(job: PictureJob, index: PictureIndex) -> bool:
    sha256 = job.job.sha256
    if sha256 not in index.files or not is_whole(job.folder, index.files[sha256]):
        return True
    return job.job.by_eye and sha256 in index.waiting


def draw_missing(
    plan: PicturePlan,
    advance: Callable[[], None] = lambda: None,
    executor: Executor | None = None,
) -> tuple[DrawnFile, ...]:
    """Draw what the plan misses and list it; then remove what no page shows any more."""
    remove_leftovers_below(plan.folder)
    kept = _Kept(plan)

    def keep(file: DrawnFile) -> None:
        kept.add(file)
        advance()

    try:
        drawn = draw_files(plan.missing, keep, executor)
    finally:
        kept.write()
    remove_unlisted(plan.folder, read_pictures(plan.folder, plan.made_with).files)
    return drawn


class _Kept:
    """The index as it grows."""

    def __init__(self, plan: PicturePlan) -> None:
        self._plan = plan
        self._new: dict[str, DrawnFile] = {}
        self._written = time.monotonic()

    def add(self, file: DrawnFile) -> None:
        if file.problems and not file.pages:
            return  # tried again next time
        self._new[file.sha256] = file
        if time.monotonic() - self._written > KEEP_SECONDS:
            self.write()

    def write(self) -> None:
        """Join what is new to what the folder lists by now: another run may have drawn as well."""
        if not self._new:
            return
        before = read_pictures(self._plan.folder, self._plan.made_with)
        files: dict[str, Drawn] = {**before.files}
        files.update((sha256, file.pages) for sha256, file in self._new.items())
        waiting = (before.waiting - self._new.keys()) | {
            sha256 for sha256, file in self._new.items() if file.is_waiting
        }
        write_index(self._plan.folder, self._plan.made_with, files, waiting)
        self._written = time.monotonic()
