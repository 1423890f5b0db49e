"""Values typed into form fields: pdfium keeps them apart from a page's text."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from typing import Any

import pypdfium2.raw as pdfium_c

from scripts.sources.page import FormField, Line, Word
from scripts.sources.plane import Plane

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
