"""Reading a PDF with pypdfium2: what it is, and the embedded text of every page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from scripts.errors import ArchiveError

EXTRACTOR_VERSION = 1


@dataclass(frozen=True)
class PdfFacts:
    """What a PDF says of itself before any page is read."""

    pages: int
    is_encrypted: bool  # readable without a password, but locked against changes
    has_form_fields: bool


@dataclass(frozen=True)
class PageText:
    """One page's embedded text as pdfium decodes it, lines separated by LF."""

    page_number: int  # from 1
    text: str
    width: float  # points, as displayed (after rotation)
    height: float  # points, as displayed
    rotation: int  # degrees clockwise that a viewer turns the page: 0, 90, 180, 270


@contextmanager
def open_pdf(path: Path) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF and close it again. Raises `ArchiveError` where pdfium cannot read it."""
    try:
        document = pdfium.PdfDocument(path)
    except (pdfium.PdfiumError, FileNotFoundError, ValueError) as error:
        raise ArchiveError.single(path.name, "", str(error), "a readable PDF") from error
    try:
        if len(document) == 0:
            raise ArchiveError.single(path.name, "", "no pages", "a PDF with at least one page")
        yield document
    finally:
        document.close()


def probe_pdf(path: Path) -> PdfFacts:
    """Pages, encryption and form fields. Raises `ArchiveError` for a file that cannot be read."""
    with open_pdf(path) as document:
        return PdfFacts(
            pages=len(document),
            is_encrypted=pdfium_c.FPDF_GetSecurityHandlerRevision(document) != -1,
            has_form_fields=document.get_formtype() != pdfium_c.FORMTYPE_NONE,
        )


def read_pages(path: Path) -> tuple[PageText, ...]:
    """Every page's embedded text, in order; a page without a text layer has empty text.

    Raises `ArchiveError` for a file or a page that pdfium cannot read.
    """
    with open_pdf(path) as document:
        return tuple(_read_page(document, number, path.name) for number in _numbers(document))


def _numbers(document: pdfium.PdfDocument) -> range:
    return range(1, len(document) + 1)


def _read_page(document: pdfium.PdfDocument, number: int, name: str) -> PageText:
    try:
        page = document[number - 1]
        try:
            textpage = page.get_textpage()
            text = textpage.get_text_range()
            textpage.close()
            width, height = page.get_size()
            return PageText(
                page_number=number,
                text=text.replace("\r\n", "\n").replace("\r", "\n"),
                width=round(float(width), 2),
                height=round(float(height), 2),
                rotation=int(page.get_rotation()),
            )
        finally:
            page.close()
    except pdfium.PdfiumError as error:
        raise ArchiveError.single(
            f"{name} page {number}", "", str(error), "a page that pdfium can read"
        ) from error
