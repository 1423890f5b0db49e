"""Reading a PDF with pypdfium2: what it is, and the embedded text of every page."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from scripts.errors import ArchiveError
from scripts.reading.form import read_fields, with_fields
from scripts.reading.page import Line, PageText, Word
from scripts.reading.plane import Plane

MAX_PAGES = 2_000  # a longer file is reported, not read
_WORD = re.compile(r"[^\s\x00]+")


@dataclass(frozen=True)
class PdfFacts:
    """What a PDF says of itself before any page is read."""

    pages: int
    is_encrypted: bool  # readable without a password, but locked against changes
    has_form_fields: bool


@contextmanager
def open_pdf(path: Path) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF and close it again.

    Raises `ArchiveError` where pdfium cannot read it or it has more than `MAX_PAGES` pages.
    """
    try:
        document = pdfium.PdfDocument(path)
    except (pdfium.PdfiumError, OSError, ValueError) as error:
        raise ArchiveError.single(path.name, "", str(error), "a readable PDF") from error
    try:
        if not 0 < len(document) <= MAX_PAGES:
            raise ArchiveError.single(
                path.name, "pages", len(document), f"a PDF of 1 to {MAX_PAGES} pages"
            )
        yield document
    finally:
        document.close()


def facts_of(document: pdfium.PdfDocument) -> PdfFacts:
    """Pages, encryption and form fields of an open PDF."""
    return PdfFacts(
        pages=len(document),
        is_encrypted=pdfium_c.FPDF_GetSecurityHandlerRevision(document) != -1,
        has_form_fields=document.get_formtype() != pdfium_c.FORMTYPE_NONE,
    )


def probe_pdf(path: Path) -> PdfFacts:
    """Pages, encryption and form fields. Raises `ArchiveError` for a file that cannot be read."""
    with open_pdf(path) as document:
        return facts_of(document)


def read_pages(path: Path) -> tuple[PageText, ...]:
    """Every page's embedded text, in order; a page without a text layer has no lines.

    The text is as the file holds it, good or bad: `scripts.reading.reading` judges and repairs it.
    Raises `ArchiveError` for a file or a page that pdfium cannot read.
    """
    with open_pdf(path) as document:
        document.init_forms()
        return tuple(
            read_page(document, number, path.name) for number in range(1, len(document) + 1)
        )


def read_page(document: pdfium.PdfDocument, number: int, name: str) -> PageText:
    """One page's embedded words, form-field values among them.

    Call ``document.init_forms()`` before. Raises `ArchiveError` where pdfium cannot read the page.
    """
    try:
        page = document[number - 1]
        try:
            plane = Plane.of(page)
            fields = read_fields(document, page, plane)
            return PageText(
                page_number=number,
                lines=with_fields(_read_lines(page, plane), fields),
                width=plane.width,
                height=plane.height,
                rotation=int(page.get_rotation()),
                image_share=_image_share(page, plane),
                fields=fields,
            )
        finally:
            page.close()
    except pdfium.PdfiumError as error:
        raise ArchiveError.single(
            f"{name} page {number}", "", str(error), "a page that pdfium can read"
        ) from error


def _read_lines(page: Any, plane: Plane) -> tuple[Line, ...]:
    textpage = page.get_textpage()
    try:
        text = _text_by_character(textpage)
        boxes = _Boxes(textpage, plane)
        lines: list[Line] = []
        start = 0
        for raw in re.split(r"(\r\n?|\n)", text):
            words = tuple(
                Word(match.group(), *boxes.span(start + match.start(), start + match.end() - 1))
                for match in _WORD.finditer(raw)
            )
            if words:
                lines.append(words)
            start += len(raw)
        return tuple(lines)
    finally:
        textpage.close()


def _text_by_character(textpage: Any) -> str:
    """The page's text with exactly one character per character of pdfium, so that boxes fit."""
    count = textpage.count_chars()
    text = str(textpage.get_text_range())
    if len(text) == count:
        return text
    raw = textpage.raw
    codes = (pdfium_c.FPDFText_GetUnicode(raw, index) for index in range(count))
    return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)


class _Boxes:
    """Boxes of runs of characters, in points as displayed."""

    def __init__(self, textpage: Any, plane: Plane) -> None:
        self._raw = textpage.raw
        self._plane = plane
        self._rect = pdfium_c.FS_RECTF()
        self._by_reference = ctypes.byref(self._rect)

    def span(self, first: int, last: int) -> tuple[float, float, float, float]:
        """The box around the first and the last character of a word."""
        left, bottom, right, top = self._one(first)
        if last != first:
            other = self._one(last)
            left, bottom = min(left, other[0]), min(bottom, other[1])
            right, top = max(right, other[2]), max(top, other[3])
        return self._plane.box(left, bottom, right, top)

    def _one(self, index: int) -> tuple[float, float, float, float]:
        pdfium_c.FPDFText_GetLooseCharBox(self._raw, index, self._by_reference)
        rect = self._rect
        return rect.left, rect.bottom, rect.right, rect.top


def _image_share(page: Any, plane: Plane) -> float:
    """Share of the page's area that its largest image covers, 0 to 1."""
    largest = 0.0
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        x0, y0, x1, y1 = plane.box(*item.get_bounds())
        x0, y0 = max(x0, 0.0), max(y0, 0.0)
        x1, y1 = min(x1, plane.width), min(y1, plane.height)
        largest = max(largest, max(x1 - x0, 0.0) * max(y1 - y0, 0.0))
    area = plane.width * plane.height
    return round(min(largest / area, 1.0), 2) if area else 0.0
