"""Pictures of pages for the site, with persons' details covered; made once, named by content.

A page of signatures or contacts gets none, nor does one that waits to be read. What is covered
comes from the text layer where the page was born digital, and from reading the picture where the
page is a scan, whose text layer clips letters and misses lines.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass
from pathlib import Path

from scripts.errors import Problem
from scripts.pictures.index import Drawn, picture_path
from scripts.privacy.masking import Masker
from scripts.privacy.ready import FEW, Job, ReadyPage, make_ready, mask_pages
from scripts.privacy.spans import Box
from scripts.reading.page import PageText
from scripts.reading.picture import PICTURE_VERSION, WIDTH
from scripts.reading.reader import ReaderError
from scripts.reading.reading import read_by_eye, read_document, reader
from scripts.workers import make_pool

DRAW_SECONDS = 60.0
_SCAN = 0.5  # share of the page that an image must cover for the page to be a scan


@dataclass(frozen=True)
class PictureJob:
    """One held file whose pages are to be drawn; picklable."""

    job: Job
    folder: Path


@dataclass(frozen=True)
class DrawnFile:
    """A file's pictures by page, their bytes together, and what could not be drawn."""

    sha256: str
    pages: Drawn
    bytes: int
    problems: tuple[Problem, ...]
    is_waiting: bool = False  # pages were left out that wait to be read by eye


def draw_files(
    jobs: Sequence[PictureJob], keep: Callable[[DrawnFile], None], executor: Executor | None = None
) -> tuple[DrawnFile, ...]:
    """The pictures of all files, in order of SHA-256; ``keep`` is told of each as it is done."""
    drawn: list[DrawnFile] = []
    for file in _drawn(jobs, executor):
        drawn.append(file)
        keep(file)
    return tuple(sorted(drawn, key=lambda file: file.sha256))


def _drawn(jobs: Sequence[PictureJob], executor: Executor | None) -> Iterator[DrawnFile]:
    if executor is not None:
        yield from _submit(jobs, executor)
    elif len(jobs) <= FEW:
        for job in jobs:
            yield draw_file(job)
    else:
        workers = min(os.cpu_count() or 1, len(jobs))
        with make_pool(workers) as pool:
            yield from _submit(jobs, pool)


def _submit(jobs: Sequence[PictureJob], executor: Executor) -> Iterator[DrawnFile]:
    futures = {executor.submit(draw_file, job): job for job in jobs}
    try:
        for future in as_completed(futures):
            yield _result(future, futures[future])
    finally:  # where it was stopped: finish what is under way, begin nothing more
        for future in futures:
            future.cancel()


def _result(future: Future[DrawnFile], job: PictureJob) -> DrawnFile:
    """What a worker drew; where it died, no other file is lost, and its own is drawn next time."""
    try:
        return future.result()
    except Exception as error:
        problem = Problem(job.job.path.name, "picture", repr(error), "a file that can be drawn")
        return DrawnFile(job.job.sha256, {}, 0, (problem,), is_waiting=True)


def draw_file(job: PictureJob) -> DrawnFile:
    """Draw what is missing of one file's pages; what was drawn before is known from the cache."""
    ready = make_ready([job.job])[job.job.sha256]
    known = _load_known(job)
    pages: dict[int, tuple[str, str]] = {}
    problems: list[Problem] = list(ready.problems)
    size = 0
    is_waiting = False
    for page in ready.pages:
        number = page.page.page_number
        is_waiting = is_waiting or page.page.is_waiting
        if page.role is not None or page.page.is_waiting or not page.page.width:
            continue
        try:
            covers = find_covers(page, job.job)
            if covers is None:
                is_waiting = is_waiting or not job.job.by_eye
                continue
            name, own = _draw(number, pad_boxes(covers), job, known)
        except ReaderError as error:
            place = f"{job.job.path.name} page {number}"
            problems.append(Problem(place, "picture", str(error), "a page that can be drawn"))
            continue
        pages[number] = (name, _write_words(page.page, job.folder))
        size += own
    _save_known(job, known)
    return DrawnFile(job.job.sha256, pages, size, tuple(problems), is_waiting)


def find_covers(page: ReadyPage, job: Job) -> tuple[Box, ...] | None:
    """What to cover on a page's picture; ``None`` where that cannot be known here.

    A scan on which anything is masked is read from its picture, and the boxes of both readings
    are covered. Where the picture shows fewer details than the text layer, nothing is shown.
    """
    if not page.covers or page.page.image_share < _SCAN or page.page.source == "ocr":
        return page.covers
    number = page.page.page_number
    seen = read_by_eye(number, job.path, job.sha256, job.cache, may_read=job.by_eye)
    if seen is None:
        return None
    document = read_document(job.path, job.sha256, job.cache, by_eye=job.by_eye)
    pages = [seen if other.page_number == number else other for other in document.pages]
    again = mask_pages(pages, Masker(job.allowed))[number - 1]
    if again.masked < page.masked:
        return None
    return (*page.covers, *again.covers)


def pad_boxes(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Boxes grown on all sides by a third of their line's height, at most four points."""
    padded: list[Box] = []
    for x0, y0, x1, y1 in boxes:
        margin = min((y1 - y0) / 3, 4.0)
        padded.append((x0 - margin, y0 - margin, x1 + margin, y1 + margin))
    return tuple(padded)


Known = dict[str, tuple[str, int]]  # page and covers to picture's name and bytes


def _draw(number: int, covers: Sequence[Box], job: PictureJob, known: Known) -> tuple[str, int]:
    key = f"{number} {hashlib.sha256(json.dumps(covers).encode()).hexdigest()[:16]}"
    if key in known and picture_path(job.folder, known[key][0]).is_file():
        return known[key]
    request = {
        "do": "picture",
        "path": str(job.job.path),
        "page": number,
        "width": WIDTH,
        "covers": covers,
        "out": str(job.folder),
    }
    answer = reader().ask(request, DRAW_SECONDS)
    known[key] = (str(answer["name"]), int(answer["bytes"]))
    return known[key]


def _write_words(page: PageText, folder: Path) -> str:
    """Write the masked words and their boxes, in points, for marking them on the picture."""
    words = [list(word) for line in page.lines for word in line]
    content = json.dumps(
        {"width": page.width, "height": page.height, "words": words},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    name = hashlib.sha256(content).hexdigest()[:32] + ".json"
    place = picture_path(folder, name)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        aside = place.with_name(f"{name}.{os.getpid()}.tmp")
        aside.write_bytes(content)
        os.replace(aside, place)
    return name


def _known_place(job: PictureJob) -> Path:
    sha256 = job.job.sha256
    return job.job.cache / f"drawn-{PICTURE_VERSION}" / sha256[:2] / f"{sha256}.json"


def _load_known(job: PictureJob) -> Known:
    try:
        content = json.loads(_known_place(job).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {key: (str(name), int(size)) for key, (name, size) in content.items()}


def _save_known(job: PictureJob, known: Known) -> None:
    place = _known_place(job)
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f"{place.name}.{os.getpid()}.tmp")
    aside.write_text(json.dumps(known, sort_keys=True), encoding="utf-8")
    os.replace(aside, place)
