"""Where a passage lies on its page's picture: one rectangle a line, from the PDF's text layer."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from scripts import paths
from scripts.excerpts.anchoring import PageText, Passage, find_passage
from scripts.reading.pdf import open_pdf
from scripts.records.curated import CuratedDocument, Locator

BOXES_VERSION = "1"
_LINE_OVERLAP = 0.5  # share of a character's height by which it belongs to the line before


@dataclass(frozen=True)
class Box:
    """A rectangle on a page: points from the left and the top of what is shown."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class _Layer:
    """A page's characters, and the place of each: (left, top, right, bottom) in points."""

    text: str
    places: tuple[tuple[float, float, float, float], ...]


def load_boxes(
    connection: sqlite3.Connection,
    documents: Sequence[CuratedDocument],
    held: Mapping[str, Path],
    *,
    cache: Path = paths.CACHE,
) -> None:
    """Fill ``excerpts.boxes`` for excerpts whose file is held: JSON ``[page, x0, y0, x1, y1]``.

    Found once per file and locator. A passage that the text layer does not have (a scan without
    one, or one read anew) gets none.
    """
    for document in documents:
        row = connection.execute(
            "select sha256 from documents where id = ?", [document.id]
        ).fetchone()
        path = None if row is None else held.get(row[0])
        if path is None:
            continue
        for excerpt in document.excerpts:
            boxes = _cached_boxes(path, row[0], excerpt.locator, cache)
            connection.execute(
                "update excerpts set boxes = ? where id = ? and state = 'resolved'",
                [json.dumps([astuple(box) for box in boxes]) if boxes else None, excerpt.id],
            )


def _cached_boxes(path: Path, sha256: str, locator: Locator, cache: Path) -> tuple[Box, ...]:
    key = hashlib.sha256(repr((sha256, astuple(locator))).encode()).hexdigest()
    place = cache / f"boxes-{BOXES_VERSION}" / f"{key}.json"
    try:
        return tuple(Box(*row) for row in json.loads(place.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        pass
    boxes = passage_boxes(path, locator)
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f"{place.name}.{os.getpid()}.tmp")
    aside.write_text(json.dumps([astuple(box) for box in boxes]), encoding="utf-8")
    os.replace(aside, place)
    return boxes


def passage_boxes(path: Path, locator: Locator) -> tuple[Box, ...]:
    """One box a line for the passage, from the text layer; empty where it has none that fits.

    The text layer is read afresh, before anything is masked or mended, so that every character of
    it has its place; the passage is found there by its own words.
    """
    numbers = [locator.page] if locator.to_page is None else [locator.page, locator.to_page]
    with open_pdf(path) as document:
        if numbers[-1] > len(document):
            return ()
        layers = {number: _read_layer(document, number) for number in numbers}
    found = find_passage([PageText(n, layer.text) for n, layer in layers.items()], locator)
    if not isinstance(found, Passage):
        return ()
    return tuple(
        box
        for number, start, end in found.parts
        for box in _lines(number, layers[number].places[start:end])
    )


def _read_layer(document: pdfium.PdfDocument, number: int) -> _Layer:
    """Character by character, so that text and places cannot drift apart; none on turned pages."""
    page = document[number - 1]
    textpage = page.get_textpage()
    try:
        if page.get_rotation():
            return _Layer("", ())
        left, _, _, top = page.get_bbox()
        count = textpage.count_chars()
        codes = [pdfium_c.FPDFText_GetUnicode(textpage, i) for i in range(count)]
        boxes = [textpage.get_charbox(i) for i in range(count)]
    finally:
        textpage.close()
        page.close()
    return _Layer(
        "".join(chr(code) if code else " " for code in codes),
        tuple((x0 - left, top - y1, x1 - left, top - y0) for x0, y0, x1, y1 in boxes),
    )


def _lines(page: int, places: Sequence[tuple[float, float, float, float]]) -> list[Box]:
    """Places of characters in reading order, joined to one box a line."""
    lines: list[Box] = []
    for x0, y0, x1, y1 in places:
        if x1 <= x0 or y1 <= y0:
            continue
        last = lines[-1] if lines else None
        if last is None or x1 < last.x0 or not _same_line(last, y0, y1):
            lines.append(Box(page, x0, y0, x1, y1))
        else:
            lines[-1] = Box(
                page, min(last.x0, x0), min(last.y0, y0), max(last.x1, x1), max(last.y1, y1)
            )
    return [
        Box(box.page, *(round(value, 1) for value in (box.x0, box.y0, box.x1, box.y1)))
        for box in lines
    ]


def _same_line(line: Box, y0: float, y1: float) -> bool:
    shared = min(line.y1, y1) - max(line.y0, y0)
    return shared > _LINE_OVERLAP * min(line.y1 - line.y0, y1 - y0)
