"""A list's content as values: what is printed, told apart from the file that carries it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from scripts.errors import ArchiveError, Problem
from scripts.lists.sheet_xml import column_letter
from scripts.lists.workbook import Cell, Field, Workbook, WorkbookRow
from scripts.records.cells import encode_cell
from scripts.records.models.base import ListKind

_CELLS: tuple[Field, ...] = (
    "state",
    "agency",
    "type",
    "county",
    "model",
    "signed",
    "moa",
    "addendum",
)
_LINKS: tuple[Field, ...] = ("moa", "addendum")
_ISO = re.compile(r"^'?(\d{4}-\d{2}-\d{2})$")


class PrintedRow(NamedTuple):
    """One row as printed, each cell as `encode_cell` writes it, links unwrapped.

    The columns are those of `records.models.Listing`. ``other_cells`` is a JSON object from column
    letter to cell; a link under another column than MOA and ADDENDUM stands under ``B:link``.
    """

    state_printed: str
    agency_printed: str
    type_printed: str
    county_printed: str
    model_printed: str
    signed_printed: str
    moa_printed: str
    moa_address: str | None
    addendum_printed: str
    addendum_address: str | None
    other_cells: str | None


@dataclass(frozen=True, slots=True)
class PrintedList:
    """The content of one list; a blank row is ``None`` in its place."""

    kind: ListKind
    header: str  # JSON array of the header cells
    rows: tuple[PrintedRow | None, ...]
    content_sha256: str

    @property
    def count(self) -> int:
        """Printed rows, blank ones not counted."""
        return sum(row is not None for row in self.rows)


def printed_list(book: Workbook) -> PrintedList:
    """The content of a workbook. Raises `ArchiveError` where its kind cannot be told."""
    header = json.dumps(book.header, ensure_ascii=False, default=str)
    columns = [book.fields.get(field) for field in _CELLS]
    links = [book.fields.get(field) for field in _LINKS]
    texts: dict[Cell, str] = {}
    rows = tuple(
        None if row.is_blank else _printed(row, columns, links, texts) for row in book.rows
    )
    return PrintedList(_kind(book, rows), header, rows, content_hash(header, rows))


def content_hash(header: str, rows: Iterable[PrintedRow | None]) -> str:
    """SHA-256 over the header and, on the next line, the rows as JSON, ``null`` for a blank row."""
    body = json.dumps(list(rows), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{header}\n{body}".encode()).hexdigest()


def signing_dates(rows: Iterable[PrintedRow | None]) -> frozenset[dt.date]:
    """All signing dates that are dates, as cells or as ISO text."""
    printed = {row.signed_printed for row in rows if row is not None}
    return frozenset(date for text in printed if (date := signing_date(text)) is not None)


@lru_cache(maxsize=8192)
def signing_date(printed: str) -> dt.date | None:
    """The date that a SIGNED cell prints, ``None`` where it is none."""
    match = _ISO.match(printed)
    try:
        return dt.date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _kind(book: Workbook, rows: tuple[PrintedRow | None, ...]) -> ListKind:
    """Participating lists print signing dates; pending ones have no such column."""
    if "signed" not in book.fields:
        return "pending"
    printed = [row for row in rows if row is not None]
    if printed and not any(row.signed_printed for row in printed):
        raise ArchiveError.single(
            book.file_name,
            "SIGNED",
            "a column without any value",
            "signing dates (participating), or no such column (pending)",
            "Look at the list: its kind cannot be told",
        )
    return "participating"


def _printed(
    row: WorkbookRow,
    columns: Sequence[int | None],
    links: Sequence[int | None],
    texts: dict[Cell, str],
) -> PrintedRow:
    """A row by fields; ``texts`` remembers what has been encoded in this list."""
    cells = [_encoded(cell, texts) for cell in row.cells]
    state, agency, kind, county, model, signed, moa, addendum = [
        "" if column is None else cells[column] for column in columns
    ]
    addresses = dict(row.links)
    moa_address, addendum_address = [
        None if column is None else addresses.pop(column, None) for column in links
    ]
    other = {column_letter(column): encode_cell(cell) for column, cell in row.other}
    other |= {f"{column_letter(column)}:link": target for column, target in addresses.items()}
    return PrintedRow(
        state,
        agency,
        kind,
        county,
        model,
        signed,
        moa,
        moa_address,
        addendum,
        addendum_address,
        json.dumps(other, ensure_ascii=False, sort_keys=True) if other else None,
    )


def _encoded(cell: Cell, texts: dict[Cell, str]) -> str:
    if cell is None:
        return ""
    if type(cell) not in (str, dt.date):  # 1, 1.0 and True would be one key
        return encode_cell(cell)
    text = texts.get(cell)
    if text is None:
        text = texts[cell] = encode_cell(cell)
    return text


def odd_values(printed: PrintedList, place: str) -> tuple[Problem, ...]:
    """Values kept as printed that a person should know of: a SIGNED that is no date."""
    if printed.kind == "pending":
        return ()
    return tuple(
        Problem(f"{place} row {number}", "SIGNED", repr(row.signed_printed), "a date", "Kept so")
        for number, row in enumerate(printed.rows, 2)
        if row is not None and signing_date(row.signed_printed) is None
    )
