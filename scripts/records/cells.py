"""A workbook's cell as text in a record file, and back, without losing its type."""

from __future__ import annotations

import datetime as dt
import re

Cell = str | dt.date | int | float | bool | None

_LOOKS_TYPED = re.compile(r"^(?:'.*|=.*|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\d{4}-\d{2}-\d{2})$", re.S)

_ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_TRUTH = {"=TRUE": True, "=FALSE": False}


def encode_cell(cell: Cell) -> str:
    """Text for a cell: empty for an empty cell, ISO for a date, digits for a number.

    A text that would read as a date, a number or an escape gets a leading apostrophe, as in a
    spreadsheet; truth values are written ``=TRUE`` and ``=FALSE``.
    """
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return f"={str(cell).upper()}"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else f"={cell.isoformat()}"
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return repr(cell)
    return f"'{cell}" if _LOOKS_TYPED.match(cell) else cell


def decode_cell(text: str) -> Cell:
    """The cell that `encode_cell` wrote."""
    if text == "":
        return None
    if text.startswith("'"):
        return text[1:]
    if text in _TRUTH:
        return _TRUTH[text]
    if text.startswith("="):
        return dt.datetime.fromisoformat(text[1:])
    if not _LOOKS_TYPED.match(text):
        return text
    if _ISO_DATE.match(text):
        return dt.date.fromisoformat(text)
    return float(text) if re.search(r"[.eE]", text) else int(text)
