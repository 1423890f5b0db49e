"""ICE's lists, read strictly: cells by type and links unwrapped, hidden rows included.

Cells come from calamine; links and error values (``#N/A``) from the sheet's own XML, as calamine
gives neither.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from python_calamine import CalamineWorkbook

from scripts.errors import ArchiveError, Problem
from scripts.lists.links import unwrap
from scripts.lists.sheet_xml import SheetLink, column_letter, sheet_parts

Cell = str | dt.date | int | float | bool | None
Field = Literal["state", "agency", "type", "county", "model", "signed", "moa", "addendum"]

COLUMNS: dict[str, Field] = {
    "STATE": "state",
    "LAW ENFORCEMENT AGENCY": "agency",
    "TYPE": "type",
    "COUNTY": "county",
    "SUPPORT TYPE": "model",
    "SIGNED": "signed",
    "MOA": "moa",
    "ADDENDUM": "addendum",
}
REQUIRED: tuple[Field, ...] = ("state", "agency", "model")
_LINKED: tuple[Field, ...] = ("moa", "addendum")
_MOST_BYTES = 200_000_000  # unpacked; the largest list known unpacks to 3 MB
_MOST_COLUMNS = 200
_ADDRESS = re.compile(r"^\s*(?:https?:/|[a-z-]+-extension://)", re.I)
_MAIL = re.compile(r"[\w.+-]+(?:@|%40)[\w-]+\.[\w.-]+", re.I)


class WorkbookRow(NamedTuple):
    """One row below the header.

    ``number`` is its number in the sheet, from 1. ``cells`` has one value per header cell,
    ``None`` for an empty one. ``links`` and ``other`` hold (column from 0, address or value): links
    unwrapped, and values beyond the header or under an unnamed one.
    """

    number: int
    cells: tuple[Cell, ...]
    links: tuple[tuple[int, str], ...]
    other: tuple[tuple[int, Cell], ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed in the row."""
        return not self.links and not self.other and not any(c is not None for c in self.cells)


@dataclass(frozen=True, slots=True)
class Workbook:
    """One list as printed.

    ``fields`` gives the column (from 0) of each known field that the list has. ``modified_at`` is
    the time of the last save by the file's own properties (UTC, ISO 8601). ``remarks`` are what a
    person should know although the list could be read.
    """

    file_name: str
    sheet: str
    header: tuple[Cell, ...]
    fields: dict[Field, int]
    rows: tuple[WorkbookRow, ...]
    modified_at: str | None
    remarks: tuple[Problem, ...]


def read_workbook(path: Path) -> Workbook:
    """Read the first sheet of one list. Raises `ArchiveError` where it cannot be read safely.

    Blank rows stand in their place; rows and columns that are only formatted are not rows. Reasons
    to refuse: not a workbook, damaged, no header, an unknown, repeated or missing column, links
    made by formulas, an e-mail address in a cell.
    """
    place = path.name
    names, grid = _cells(path, place)
    parts = sheet_parts(path, place, _MOST_BYTES)
    if not grid or not any(cell is not None for cell in grid[0]):
        raise ArchiveError.single(place, "first sheet", names[0], "a header row in row 1")
    for row, column, error in parts.error_cells:
        if row < len(grid) and column < len(grid[row]):
            grid[row][column] = error
    header = _trimmed(grid[0])
    fields = _fields(header, place)
    rows, remarks = _rows(grid, header, fields, parts.links, place)
    if len(names) > 1 and parts.other_sheets_with_cells:
        remarks += (
            Problem(
                place,
                "sheets",
                ", ".join(parts.other_sheets_with_cells),
                "cells on the first sheet only",
                "Only the first sheet was read",
            ),
        )
    return Workbook(place, names[0], header, fields, rows, parts.modified_at, remarks)


def _cells(path: Path, place: str) -> tuple[list[str], list[list[Cell]]]:
    """The sheets' names and the first sheet's cells from A1, empty cells as ``None``."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > _MOST_BYTES:
            raise ArchiveError.single(
                place, "size", f"{size} bytes unpacked", f"at most {_MOST_BYTES}", "Not read"
            )
        book = CalamineWorkbook.from_path(str(path))
        grid = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except ArchiveError:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # calamine panics are no Exception
        raise ArchiveError.single(
            place, "", f"{type(error).__name__}: {error}", "an Excel workbook", "Fetch it again"
        ) from error
    texts: dict[str, Cell] = {"": None}
    return book.sheet_names, [[_cell(value, texts) for value in row] for row in grid]


def _cell(value: object, texts: dict[str, Cell]) -> Cell:
    """A cell's value; a text that is itself a link, without its wrapping. ``texts`` remembers."""
    if isinstance(value, str):
        if value not in texts:
            is_link = _ADDRESS.match(value) is not None
            texts[value] = (unwrap(value) if is_link else None) or value
        return texts[value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if value is None or isinstance(value, bool | int | float | dt.date):
        return value
    return str(value)


def _trimmed(row: list[Cell]) -> tuple[Cell, ...]:
    last = max(index for index, cell in enumerate(row) if cell is not None)
    return tuple(row[: last + 1])


def _fields(header: tuple[Cell, ...], place: str) -> dict[Field, int]:
    """The column of each field. Raises `ArchiveError` for unknown, repeated, missing columns."""
    problems: list[Problem] = []
    fields: dict[Field, int] = {}
    for index, cell in enumerate(header):
        if cell is None or not str(cell).strip():
            continue
        field = COLUMNS.get(" ".join(str(cell).upper().split()))
        where = f"column {column_letter(index)}"
        if field is None:
            expected = f"one of {', '.join(COLUMNS)}"
            remedy = "Look at the list; a new column needs a place in scripts/lists/workbook.py"
            problems.append(Problem(f"{place} row 1", where, repr(cell), expected, remedy))
        elif field in fields:
            problems.append(Problem(f"{place} row 1", where, repr(cell), "each column once"))
        else:
            fields[field] = index
    for title, field in COLUMNS.items():
        if field in REQUIRED and field not in fields:
            seen = ", ".join(repr(cell) for cell in header)
            problems.append(Problem(f"{place} row 1", "header", seen, f"a column {title}"))
    if problems:
        raise ArchiveError(problems)
    return fields


def _rows(
    grid: list[list[Cell]],
    header: tuple[Cell, ...],
    fields: dict[Field, int],
    links: tuple[SheetLink, ...],
    place: str,
) -> tuple[tuple[WorkbookRow, ...], tuple[Problem, ...]]:
    """The rows below the header without blank ones at the end, and remarks on odd values."""
    remarks: list[Problem] = []
    addresses = _addresses(links, len(grid), place, remarks)
    linked = {fields[field] for field in _LINKED if field in fields}
    width = len(header)
    named = [column in fields.values() for column in range(width)]
    has_unnamed = not all(named) or any(len(cells) > width for cells in grid)
    rows: list[WorkbookRow] = []
    for index, cells in enumerate(grid[1:], 1):
        found = dict(addresses.get(index, {}))
        for column in linked:
            cell = cells[column] if column < len(cells) else None
            if isinstance(cell, str) and cell.startswith("https://"):  # unwrapped by _cell
                found.setdefault(column, cell)
        other = _unnamed(cells, named) if has_unnamed else ()
        if has_unnamed:
            cells = [
                cell if is_named else None for cell, is_named in zip(cells, named, strict=False)
            ]
        cells.extend([None] * (width - len(cells)))
        rows.append(WorkbookRow(index + 1, tuple(cells), tuple(sorted(found.items())), other))
        if other or not linked.issuperset(found):
            _remark(rows[-1], linked, place, remarks)
    while rows and rows[-1].is_blank:
        rows.pop()
    _refuse_mail(rows, place)
    return tuple(rows), tuple(remarks)


def _unnamed(cells: list[Cell], named: list[bool]) -> tuple[tuple[int, Cell], ...]:
    """Values beyond the header and under unnamed header cells, with their columns from 0."""
    return tuple(
        (column, cell)
        for column, cell in enumerate(cells)
        if cell is not None and not (column < len(named) and named[column])
    )


def _addresses(
    links: tuple[SheetLink, ...], height: int, place: str, remarks: list[Problem]
) -> dict[int, dict[int, str]]:
    """Unwrapped addresses by row and column, both from 0, ranges spread over their cells."""
    addresses: dict[int, dict[int, str]] = {}
    for link in links:
        address = unwrap(link.target) if link.target else None
        if address is None:
            # The target is not shown: it may hold a person's address.
            seen = "a link within the workbook" if not link.target else "a link to no web address"
            remarks.append(
                Problem(f"{place} {link.ref}", "link", seen, "a web address", "Kept without it")
            )
            continue
        for row in range(link.first_row, min(link.last_row, height - 1) + 1):
            for column in range(link.first_column, min(link.last_column, _MOST_COLUMNS) + 1):
                addresses.setdefault(row, {})[column] = address
    return addresses


def _remark(row: WorkbookRow, linked: set[int], place: str, remarks: list[Problem]) -> None:
    for column, cell in row.other:
        where = f"{place} row {row.number}"
        seen = f"{cell!r} in column {column_letter(column)}"
        remarks.append(Problem(where, "unnamed column", seen, "an empty cell", "Kept as it is"))
    for column, address in row.links:
        if column not in linked:
            where = f"{place} row {row.number}"
            seen = f"{address} in column {column_letter(column)}"
            remarks.append(Problem(where, "link", seen, "links under MOA and ADDENDUM only"))


def _refuse_mail(rows: list[WorkbookRow], place: str) -> None:
    """Raise where a cell holds an e-mail address; it is not repeated in the message."""
    texts = set[Cell]().union(*(row.cells for row in rows))
    texts |= {cell for row in rows for _, cell in row.other}
    suspects = {
        text
        for text in texts
        if isinstance(text, str) and ("@" in text or "%40" in text) and _MAIL.search(text)
    }
    if not suspects:
        return
    problems = [
        Problem(
            f"{place} row {row.number}",
            "cell",
            "an e-mail address (not repeated here)",
            "no person's contact details",
            "The list is not taken in until a person has looked at it",
        )
        for row in rows
        if not suspects.isdisjoint((*row.cells, *(value for _, value in row.other)))
    ]
    raise ArchiveError(problems)
