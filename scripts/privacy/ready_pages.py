"""What was made ready of held files: the pages, their rows for the table, and the cache of both.

A file has two entries in the cache: its pages with every word's box, and the rows of the table
``pages`` alone, a tenth of the size, which are all that most builds need. Neither is held in memory
for longer than it is used, so that twenty thousand files take no more room than twenty.
"""

from __future__ import annotations

import json
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from scripts.errors import Problem
from scripts.privacy.people import Role
from scripts.privacy.spans import Box
from scripts.reading.page import PageText, page_from_json, page_to_json
from scripts.reading.paragraphs import paragraph_starts
from scripts.records.models.fixes import ContactAllowance

CACHE_VERSION = 2
_LATELY = 4  # files whose words are kept, for those that ask for one several times


@dataclass(frozen=True)
class ReadyPage:
    """One page as it enters the database: masked words, and the boxes of what was masked."""

    page: PageText
    masked: int  # contact details masked on the page
    covers: tuple[Box, ...]  # in points from the top left, as this reading has them
    role: Role | None = None  # why the page is shown without a picture

    @property
    def text(self) -> str:
        """Masked text."""
        return self.page.text


@dataclass(frozen=True)
class ReadyFile:
    """A file's pages, and what went wrong with some of them."""

    pages: tuple[ReadyPage, ...]
    problems: tuple[Problem, ...]


class PageRow(NamedTuple):
    """One page as the table ``pages`` has it."""

    page_number: int
    text: str
    source: str | None  # None where there is no text
    quality: float | None
    masked: int
    covered: int  # places covered on its picture
    is_waiting: bool
    width: float
    height: float
    paragraphs: list[int]  # lines that begin one
    role: Role | None


@dataclass(frozen=True)
class Job:
    """One held file to be made ready; picklable, so that any executor can take it."""

    sha256: str
    path: Path
    cache: Path
    allowed: tuple[ContactAllowance, ...]
    by_eye: bool  # read waiting pages by Tesseract
    key: str  # changes when the readers or the masker do


class ReadyFiles(Mapping[str, ReadyFile]):
    """Held files by SHA-256, read from the cache each time they are asked for.

    ``kept`` are those that the cache does not have: files with problems. ``read`` makes one anew
    where its entry in the cache is gone or broken.
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        kept: Mapping[str, ReadyFile],
        read: Callable[[Job], ReadyFile],
    ) -> None:
        self._jobs = {job.sha256: job for job in jobs}
        self._kept = dict(kept)
        self._read = read
        self._lately: OrderedDict[str, ReadyFile] = OrderedDict()

    def __getitem__(self, sha256: str) -> ReadyFile:
        if sha256 in self._kept:
            return self._kept[sha256]
        if sha256 not in self._lately:
            job = self._jobs[sha256]
            self._lately[sha256] = load(job) or self._read(job)
            if len(self._lately) > _LATELY:
                self._lately.popitem(last=False)
        return self._lately[sha256]

    def __iter__(self) -> Iterator[str]:
        return iter(self._jobs)

    def __len__(self) -> int:
        return len(self._jobs)

    def __contains__(self, sha256: object) -> bool:
        return sha256 in self._jobs

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read, in order."""
        return tuple(sorted(one for file in self._kept.values() for one in file.problems))

    def rows(self, sha256: str) -> Sequence[PageRow]:
        """A file's rows, without its words' boxes."""
        if sha256 not in self._kept:
            rows = _load_rows(self._jobs[sha256])
            if rows is not None:
                return rows
        return page_rows(self[sha256])

    def with_changed(self, changed: Mapping[str, ReadyFile]) -> ReadyFiles:
        """The same with some files in another state, which no cache has."""
        return ReadyFiles(list(self._jobs.values()), {**self._kept, **changed}, self._read)


def page_rows(file: ReadyFile) -> tuple[PageRow, ...]:
    """The rows of a file's pages."""
    return tuple(_row(page) for page in file.pages)


def _row(ready: ReadyPage) -> PageRow:
    page = ready.page
    return PageRow(
        page.page_number,
        page.text,
        page.source if page.text else None,
        page.quality,
        ready.masked,
        len(ready.covers),
        page.is_waiting,
        page.width,
        page.height,
        list(paragraph_starts(page.lines)),
        ready.role,
    )


def is_cached(job: Job) -> bool:
    """Whether the cache has a file as the job wants it; one that waits is wanted read by eye."""
    rows = _place(job, "rows")
    waits = _place(job, "waits")
    return rows.is_file() and _place(job, "words").is_file() and not (job.by_eye and waits.exists())


def load(job: Job) -> ReadyFile | None:
    """A file's pages from the cache; ``None`` where it has none that can be read."""
    try:
        found = json.loads(_place(job, "words").read_text(encoding="utf-8"))
        return ReadyFile(tuple(_from_json(row) for row in found), ())
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _load_rows(job: Job) -> tuple[PageRow, ...] | None:
    try:
        found = json.loads(_place(job, "rows").read_text(encoding="utf-8"))
        return tuple(PageRow(*row) for row in found)
    except (OSError, ValueError, TypeError):
        return None


def save(job: Job, ready: ReadyFile) -> None:
    """Put a file's pages into the cache, the rows last: they say that all is there."""
    _write(
        _place(job, "words"),
        [
            {
                "page": page_to_json(page.page),
                "masked": page.masked,
                "covers": page.covers,
                "role": page.role,
            }
            for page in ready.pages
        ],
    )
    waits = _place(job, "waits")
    if any(page.page.is_waiting for page in ready.pages):
        _write(waits, [page.page.page_number for page in ready.pages if page.page.is_waiting])
    else:
        waits.unlink(missing_ok=True)
    _write(_place(job, "rows"), page_rows(ready))


def _place(job: Job, kind: str) -> Path:
    folder = job.cache / f"ready-{CACHE_VERSION}-{job.key}" / job.sha256[:2]
    return folder / f"{job.sha256}.{kind}.json"


def _write(place: Path, value: object) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f"{place.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    aside.write_text(json.dumps(value, separators=(",", ":")), encoding="utf-8")
    os.replace(aside, place)


def _from_json(row: dict[str, Any]) -> ReadyPage:
    covers = tuple((box[0], box[1], box[2], box[3]) for box in row["covers"])
    return ReadyPage(page_from_json(row["page"]), row["masked"], covers, row["role"])
