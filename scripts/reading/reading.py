"""A held PDF's pages as read: embedded, repaired or by eye, from the cache where they are known.

The cache holds what was read before any masking. It is local, never published, and may be thrown
away at any time: ``text-<version>/<sha256>.json`` for a file,
``ocr-<version>/<sha256>-<page>.json`` for a page, so that a run that was killed goes
on where it stopped.
"""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scripts.errors import Problem
from scripts.reading.form import FieldEntry
from scripts.reading.judge import choose_reading
from scripts.reading.ocr import OCR_VERSION
from scripts.reading.page import PageText, page_from_json, page_to_json
from scripts.reading.reader import Reader, ReaderError

EXTRACTOR_VERSION = 3
PROBE_SECONDS = 60.0
TEXT_SECONDS = 60.0
OCR_SECONDS = 400.0

_local = threading.local()


@dataclass(frozen=True)
class DocumentText:
    """A file's pages and what went wrong with some of them."""

    pages: tuple[PageText, ...]
    problems: tuple[Problem, ...] = ()


def reader() -> Reader:
    """This thread's own child process for reading; a forked process starts its own."""
    if getattr(_local, "process", None) != os.getpid():
        _local.process = os.getpid()
        _local.reader = Reader()
    found: Reader = _local.reader
    return found


def read_document(path: Path, sha256: str, cache: Path, *, by_eye: bool) -> DocumentText:
    """All pages of a held PDF. With ``by_eye`` the pages that wait are read by Tesseract.

    What cannot be read is told as a problem: a file that gives no page has no pages here, a page
    that cannot be read is empty, and the rest goes on.
    """
    embedded = _embedded(path, sha256, cache)
    pages: list[PageText] = []
    problems = list(embedded.problems)
    for page in embedded.pages:
        if not page.is_waiting:
            pages.append(page)
            continue
        try:
            pages.append(_by_eye(page, path, sha256, cache, may_read=by_eye))
        except ReaderError as error:
            problems.append(_problem(path, page.page_number, error))
            pages.append(replace(page, is_waiting=False))
    return DocumentText(tuple(pages), tuple(problems))


def read_form(path: Path) -> tuple[FieldEntry, ...]:
    """The form fields of a held PDF, filled or not. Raises `ReaderError` where it gives none."""
    answer = reader().ask({"do": "fields", "path": str(path)}, TEXT_SECONDS)
    return tuple(FieldEntry(*field) for field in answer["fields"])


def _embedded(path: Path, sha256: str, cache: Path) -> DocumentText:
    place = cache / f"text-{EXTRACTOR_VERSION}" / sha256[:2] / f"{sha256}.json"
    known = _load(place)
    if known is not None:
        return DocumentText(tuple(page_from_json(page) for page in known))
    try:
        count = int(reader().ask({"do": "probe", "path": str(path)}, PROBE_SECONDS)["pages"])
    except ReaderError as error:
        problem = Problem(path.name, "", str(error), "a readable PDF")
        return DocumentText((), (problem,))
    pages: list[PageText] = []
    problems: list[Problem] = []
    for number in range(1, count + 1):
        request = {"do": "text", "path": str(path), "page": number}
        try:
            pages.append(page_from_json(reader().ask(request, TEXT_SECONDS)["page"]))
        except ReaderError as error:
            problems.append(_problem(path, number, error))
            pages.append(PageText(number, (), 0.0, 0.0))
    if not problems:
        _save(place, [page_to_json(page) for page in pages])
    return DocumentText(tuple(pages), tuple(problems))


def _by_eye(page: PageText, path: Path, sha256: str, cache: Path, *, may_read: bool) -> PageText:
    """The better reading of a page that waits; the page still waiting where it may not be read."""
    reading = read_by_eye(page.page_number, path, sha256, cache, may_read=may_read)
    return page if reading is None else choose_reading(page, reading)


def read_by_eye(
    number: int, path: Path, sha256: str, cache: Path, *, may_read: bool = True
) -> PageText | None:
    """A page's optical reading, from the cache or by Tesseract; ``None`` where it may not be read.

    Raises `ReaderError` where Tesseract gives nothing.
    """
    place = cache / f"ocr-{OCR_VERSION}" / sha256[:2] / f"{sha256}-{number}.json"
    known = _load(place)
    if known is not None:
        return page_from_json(known)
    if not may_read:
        return None
    answer = reader().ask({"do": "ocr", "path": str(path), "page": number}, OCR_SECONDS)
    _save(place, answer["page"])
    return page_from_json(answer["page"])


def _problem(path: Path, number: int, error: ReaderError) -> Problem:
    return Problem(f"{path.name} page {number}", "", str(error), "a page that can be read")


def _load(place: Path) -> Any:
    try:
        return json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _save(place: Path, value: Any) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f"{place.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    aside.write_text(json.dumps(value, separators=(",", ":")), encoding="utf-8")
    os.replace(aside, place)
