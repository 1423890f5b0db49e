"""Form fields, which pdfium keeps apart from a page's text: which exist, and what was typed."""

from __future__ import annotations

import ctypes
import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from scripts.reading.page import FormField, Line, Word
from scripts.reading.plane import Plane

_KINDS = {
    pdfium_c.FPDF_FORMFIELD_TEXTFIELD: "text",
    pdfium_c.FPDF_FORMFIELD_COMBOBOX: "choice",
    pdfium_c.FPDF_FORMFIELD_LISTBOX: "choice",
    pdfium_c.FPDF_FORMFIELD_CHECKBOX: "mark",
    pdfium_c.FPDF_FORMFIELD_RADIOBUTTON: "mark",
    pdfium_c.FPDF_FORMFIELD_SIGNATURE: "signature",
}
# Words of which a field's name may consist to be kept: some names hold a person's.
_NAME_WORDS = frozenset(
    (
        *("name", "of", "lea", "in", "the", "local", "opla", "location", "date", "signature"),
        *("title", "text", "hereinafter", "referred", "to", "for", "agency", "undefined", "no"),
        *("address", "sheriff", "given", "just", "and", "signatory", "xxx", "field", "office"),
        *("director", "public", "affairs", "officer", "ice", "dhs", "appendix", "page", "line"),
        *("department", "county", "city", "state"),
    )
)
_ASKS = (  # what a name asks for, first match
    ("signature", r"signature"),
    ("date", r"\bdate\b"),
    ("contact", r"for the lea|public affairs"),
    ("office", r"opla|field office|address"),
    ("agency", r"\blea\b|agency"),
    ("title", r"\btitle\b"),
    ("person", r"\bname\b"),
)
_VALUE_DATES = ("%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%B %d %Y", "%Y-%m-%d")
_TYPED = frozenset(
    (
        pdfium_c.FPDF_FORMFIELD_TEXTFIELD,
        pdfium_c.FPDF_FORMFIELD_COMBOBOX,
        pdfium_c.FPDF_FORMFIELD_LISTBOX,
    )
)


def read_fields(document: Any, page: Any, plane: Plane) -> tuple[FormField, ...]:
    """The page's text and choice fields that hold a value (buttons and signatures do not count)."""
    if document.formenv is None:
        return ()
    form = document.formenv.raw
    fields: list[FormField] = []
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        try:
            if pdfium_c.FPDFAnnot_GetFormFieldType(form, annotation) not in _TYPED:
                continue
            value = _string(pdfium_c.FPDFAnnot_GetFormFieldValue, form, annotation).strip()
            if value:
                name = _string(pdfium_c.FPDFAnnot_GetFormFieldName, form, annotation)
                fields.append(FormField(name, value, *_rectangle(annotation, plane)))
        finally:
            pdfium_c.FPDFPage_CloseAnnot(annotation)
    return tuple(fields)


class FieldEntry(NamedTuple):
    """A form field as a file has it, filled or not. No value but a date is ever kept."""

    page_number: int
    name: str | None  # as the form's author named it; None where it holds other words than a form's
    asks_for: str | None  # signature, date, contact, office, agency, title, person
    kind: str  # text, choice, mark, signature
    is_filled: bool
    date: str | None  # ISO, where a field that asks for a date holds one


def list_fields(document: Any) -> tuple[FieldEntry, ...]:
    """Every form field of an open PDF, page by page; call ``document.init_forms()`` before.

    Buttons to press are none. A signature field counts as filled where it holds a value, which
    says nothing of whether somebody signed on the paper.
    """
    if document.formenv is None:
        return ()
    form = document.formenv.raw
    found: list[FieldEntry] = []
    for index in range(len(document)):
        page = document[index]
        try:
            for number in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
                annotation = pdfium_c.FPDFPage_GetAnnot(page, number)
                try:
                    kind = _KINDS.get(pdfium_c.FPDFAnnot_GetFormFieldType(form, annotation))
                    if kind is not None:
                        found.append(_entry(index + 1, kind, form, annotation))
                finally:
                    pdfium_c.FPDFPage_CloseAnnot(annotation)
        finally:
            page.close()
    return tuple(found)


def _entry(page_number: int, kind: str, form: Any, annotation: Any) -> FieldEntry:
    name = _string(pdfium_c.FPDFAnnot_GetFormFieldName, form, annotation)
    value = _string(pdfium_c.FPDFAnnot_GetFormFieldValue, form, annotation).strip()
    asks_for = what_is_asked(name)
    return FieldEntry(
        page_number,
        shown_name(name),
        asks_for,
        kind,
        bool(value),
        read_date(value) if asks_for == "date" else None,
    )


def what_is_asked(name: str) -> str | None:
    """What a field asks for, by its name; ``None`` where the name does not say (``Text7``)."""
    plain = _plain(name)
    return next((asks for asks, pattern in _ASKS if re.search(pattern, plain)), None)


def shown_name(name: str) -> str | None:
    """A field's name where all its words are a form's own, and none can be a person's."""
    words = re.findall(r"[a-z]+", _plain(name))
    return " ".join(name.split()) if words and _NAME_WORDS.issuperset(words) else None


def _plain(name: str) -> str:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|_", " ", name)
    return " ".join(apart.lower().split())


def read_date(value: str) -> str | None:
    """A typed value as an ISO date; ``None`` where it is none."""
    for pattern in _VALUE_DATES:
        try:
            return dt.datetime.strptime(value.strip(), pattern).date().isoformat()
        except ValueError:
            continue
    return None


def with_fields(lines: Sequence[Line], fields: Sequence[FormField]) -> tuple[Line, ...]:
    """The lines with each field's value where it stands: in the line it sits on, or as its own."""
    result = list(lines)
    for field in fields:
        for row, text in enumerate(_rows(field)):
            words = _spread(field, row, text)
            place = _line_at(result, words[0])
            if place is None:
                result.insert(_line_below(result, words[0]), words)
            else:
                merged = sorted((*result[place], *words), key=lambda word: word.x0)
                result[place] = tuple(merged)
    return tuple(result)


def _rows(field: FormField) -> list[str]:
    return [row for row in field.value.replace("\r", "\n").split("\n") if row.strip()]


def _spread(field: FormField, row: int, text: str) -> Line:
    """The words of one row of a field, its width shared out by letters."""
    count = len(_rows(field))
    step = (field.y1 - field.y0) / count
    y0, y1 = field.y0 + row * step, field.y0 + (row + 1) * step
    unit = min((field.x1 - field.x0) / max(len(text), 1), 7.0)
    words: list[Word] = []
    start = 0
    for part in text.split():
        start = text.index(part, start)
        x0 = field.x0 + start * unit
        words.append(
            Word(part, round(x0, 1), round(y0, 1), round(x0 + len(part) * unit, 1), round(y1, 1))
        )
        start += len(part)
    return tuple(words)


def _line_at(lines: Sequence[Line], word: Word) -> int | None:
    middle = (word.y0 + word.y1) / 2
    for index, line in enumerate(lines):
        if min(other.y0 for other in line) <= middle <= max(other.y1 for other in line):
            return index
    return None


def _line_below(lines: Sequence[Line], word: Word) -> int:
    for index, line in enumerate(lines):
        if min(other.y0 for other in line) > word.y0:
            return index
    return len(lines)


def _rectangle(annotation: Any, plane: Plane) -> tuple[float, float, float, float]:
    rect = pdfium_c.FS_RECTF()
    pdfium_c.FPDFAnnot_GetRect(annotation, ctypes.byref(rect))
    return plane.box(rect.left, rect.bottom, rect.right, rect.top)


def _string(function: Callable[..., int], form: Any, annotation: Any) -> str:
    """A string that pdfium writes as UTF-16, asked for twice: its length, then itself."""
    length = function(form, annotation, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    function(form, annotation, ctypes.cast(buffer, ctypes.POINTER(pdfium_c.FPDF_WCHAR)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", errors="replace")
