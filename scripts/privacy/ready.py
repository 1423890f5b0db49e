"""Held files made ready for the database: read, cleaned, masked; cached, on any executor."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from pathlib import Path

from scripts.errors import Problem
from scripts.privacy.masking import MASKER_VERSION, Masker
from scripts.privacy.name_words import also_names, office_words
from scripts.privacy.persons import (
    PERSONS_VERSION,
    Persons,
    find_people,
    names_only_offices,
    region_boxes,
)
from scripts.privacy.ready_pages import Job, ReadyFile, ReadyFiles, ReadyPage, is_cached, save
from scripts.privacy.spans import Span, join_neighbours, merge_spans, page_text, replace_spans
from scripts.progress import counting
from scripts.reading.ocr import OCR_VERSION
from scripts.reading.page import Line, PageText, Word
from scripts.reading.quality import known_words
from scripts.reading.reading import EXTRACTOR_VERSION, read_document
from scripts.records.models.fixes import ContactAllowance
from scripts.records.write import format_table
from scripts.workers import make_pool

__all__ = ["Job", "ReadyFile", "ReadyFiles", "ReadyPage", "make_jobs", "make_ready"]

_SCAN = 0.5  # share of the page that an image covers
FEW = 2  # files that are read in this process rather than in new ones
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def text_version(allowed: Sequence[ContactAllowance]) -> str:
    """Changes when the readers, the masker, the dictionary or the allowed lines do."""
    told = [format_table(ContactAllowance, allowed), *sorted(known_words())]
    told += [*sorted(also_names()), *sorted(office_words())]
    digest = hashlib.sha256("\n".join(told).encode()).hexdigest()
    return f"{EXTRACTOR_VERSION}-{OCR_VERSION}-{MASKER_VERSION}-{PERSONS_VERSION}-{digest[:12]}"


def make_jobs(
    held: dict[str, Path], cache: Path, allowed: tuple[ContactAllowance, ...], *, by_eye: bool
) -> list[Job]:
    """A job for each held file, in order of SHA-256."""
    key = text_version(allowed)
    return [Job(sha256, held[sha256], cache, allowed, by_eye, key) for sha256 in sorted(held)]


def make_ready(jobs: Sequence[Job], executor: Executor | None = None) -> ReadyFiles:
    """Each file's pages by SHA-256: from the cache, or read now, here or on ``executor``.

    Pages are in the cache afterwards and read from there when they are asked for.
    """
    missing = [job for job in jobs if not is_cached(job)]
    kept: dict[str, ReadyFile] = {}
    with counting("Reading memoranda", len(missing)) as advance:
        for job, result in _run(missing, executor):
            if result.problems:
                kept[job.sha256] = result
            elif not is_cached(job):  # read on a machine with a cache of its own
                save(job, result)
            advance()
    return ReadyFiles(jobs, kept, prepare)


def _run(jobs: Sequence[Job], executor: Executor | None) -> Iterator[tuple[Job, ReadyFile]]:
    if executor is not None:
        yield from _submit(jobs, executor)
    elif len(jobs) <= FEW:
        for job in jobs:
            yield job, prepare(job)
    else:
        workers = min(os.cpu_count() or 1, len(jobs))
        with make_pool(workers) as pool:
            yield from _submit(jobs, pool)


def _submit(jobs: Sequence[Job], executor: Executor) -> Iterator[tuple[Job, ReadyFile]]:
    futures: dict[Future[ReadyFile], Job] = {executor.submit(prepare, job): job for job in jobs}
    for future in as_completed(futures):
        job = futures[future]
        try:
            yield job, future.result()
        except Exception as error:  # a worker that died takes no other file with it
            problem = Problem(job.path.name, "", repr(error), "a file that can be read")
            yield job, ReadyFile((), (problem,))


def prepare(job: Job) -> ReadyFile:
    """Read and mask one file's pages, and keep the result in the cache where nothing failed."""
    document = read_document(job.path, job.sha256, job.cache, by_eye=job.by_eye)
    ready = ReadyFile(mask_pages(document.pages, Masker(job.allowed)), document.problems)
    if not ready.problems:
        save(job, ready)
    return ready


def mask_pages(pages: Sequence[PageText], masker: Masker) -> tuple[ReadyPage, ...]:
    """A file's pages with persons' contact details masked, and on their pages names as well."""
    cleaned = [clean_lines(page.lines) for page in pages]
    people = find_people(cleaned)
    ready: list[ReadyPage] = []
    for page, lines, persons in zip(pages, cleaned, people, strict=True):
        spans = find_spans(page_text(lines), persons, masker)
        masked, boxes = replace_spans(lines, spans)
        if not _is_clean_clause(page, lines, persons, spans):
            boxes += region_boxes(lines, persons.region, page.width)
        ready.append(ReadyPage(_with_lines(page, masked), len(spans), boxes, persons.role))
    return tuple(ready)


def _is_clean_clause(
    page: PageText, lines: Sequence[Line], persons: Persons, spans: Sequence[Span]
) -> bool:
    """Whether a born-digital page's contact clause gives offices only and need not be covered."""
    is_digital = page.source == "embedded" and page.image_share < _SCAN
    region = persons.region
    return is_digital and region is not None and names_only_offices(lines, region, spans)


def find_spans(text: str, persons: Persons, masker: Masker) -> tuple[Span, ...]:
    """What is to be masked in a page's text, in order, neighbours joined."""
    details = masker.find(text, loosely=persons.role is not None)
    spans = merge_spans(details, masker.without_allowed(text, persons.spans))
    return join_neighbours(text, spans)


def _with_lines(page: PageText, lines: tuple[Line, ...]) -> PageText:
    """The page with other words and without its form fields, whose values stand in the words."""
    return PageText(
        page_number=page.page_number,
        lines=lines,
        width=page.width,
        height=page.height,
        rotation=page.rotation,
        image_share=page.image_share,
        source=page.source,
        quality=page.quality,
        is_waiting=page.is_waiting,
    )


def clean_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Words without control characters; pdfium's mark for a hyphen at a line's end is a hyphen."""
    cleaned = (tuple(word for word in map(_clean, line) if word.text) for line in lines)
    return tuple(line for line in cleaned if line)


def _clean(word: Word) -> Word:
    return word._replace(text=_CONTROL.sub("", word.text.replace("\x02", "-")))
