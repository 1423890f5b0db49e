"""Reading record files strictly: every mistake is reported with file, line, field and value."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from scripts.errors import ArchiveError, Problem
from scripts.records.models.base import Row
from scripts.records.models.tables import TABLES
from scripts.records.swap import steady
from scripts.records.write import format_table, sort_key

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Records:
    """All record tables of one folder, each a tuple of rows in key order."""

    folder: Path
    tables: dict[type[Row], tuple[Row, ...]]

    def rows(self, table: type[R]) -> tuple[R, ...]:
        """The rows of one table, typed."""
        return tuple(row for row in self.tables[table] if isinstance(row, table))

    def with_tables(self, tables: Mapping[type[Row], Iterable[Row]]) -> Records:
        """The same with these tables in the place of their own."""
        return Records(self.folder, {**self.tables, **{t: tuple(r) for t, r in tables.items()}})


def read_records(folder: Path, *, canonical: bool = False) -> Records:
    """Read every CSV of ``folder``; a file that is not there is an empty table.

    With ``canonical`` a file that is not in canonical form is a problem too. Raises `ArchiveError`
    with all problems of all files.
    """
    problems: list[Problem] = []
    tables: dict[type[Row], tuple[Row, ...]] = {}
    with steady(folder):
        for table in TABLES:
            try:
                tables[table] = _read_table(folder, table, canonical=canonical)
            except ArchiveError as error:
                problems.extend(error.problems)
    if problems:
        raise ArchiveError(problems)
    return Records(folder, tables)


def read_table(folder: Path, table: type[R], *, canonical: bool = False) -> tuple[R, ...]:
    """The rows of one record file, sorted by key. Raises `ArchiveError` with all its problems.

    What a killed run had begun to put in place is put in place first.
    """
    with steady(folder):
        return _read_table(folder, table, canonical=canonical)


def _read_table(folder: Path, table: type[R], *, canonical: bool) -> tuple[R, ...]:
    path = folder / table.file
    if not path.exists():
        return ()
    text = _read_text(path, table.file)
    problems: list[Problem] = []
    rows: list[R] = []
    lines: dict[tuple[object, ...], int] = {}
    for line, values in _cells(text, table):
        row = _parse(table, line, values, problems)
        if row is None:
            continue
        key = tuple(getattr(row, column) for column in table.key)
        if key in lines:
            problems.append(
                Problem(
                    f"{table.file}:{line}",
                    ", ".join(table.key),
                    repr(key),
                    f"a key that stands once; it stands on line {lines[key]} too",
                )
            )
        lines.setdefault(key, line)
        rows.append(row)
    if not problems and canonical and format_table(table, rows) != text:
        problems.append(_not_canonical(table, rows, text))
    if problems:
        raise ArchiveError(problems)
    return tuple(sorted(rows, key=sort_key))


def _read_text(path: Path, place: str) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return stream.read()
    except UnicodeDecodeError as error:
        raise ArchiveError.single(place, "", str(error), "UTF-8 text") from error


def _cells(text: str, table: type[Row]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, cells by column). Raises `ArchiveError` where the shape is wrong."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns = list(table.model_fields)
    try:
        header = next(reader, [])
        if header != columns:
            raise ArchiveError.single(
                f"{table.file}:1", "header", ",".join(header), f"the columns {','.join(columns)}"
            )
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) != len(columns):
                raise ArchiveError.single(
                    f"{table.file}:{line}", "", cells, f"{len(columns)} cells, not {len(cells)}"
                )
            yield line, dict(zip(columns, cells, strict=True))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ArchiveError.single(
            f"{table.file}:{reader.line_num}", "", str(error), "comma-separated values"
        ) from error


def _parse(table: type[R], line: int, cells: dict[str, str], problems: list[Problem]) -> R | None:
    values = {
        column: cell or ("" if column.endswith("_printed") else None)
        for column, cell in cells.items()
    }
    try:
        return table.model_validate(values)
    except ValidationError as error:
        for detail in error.errors():
            column = str(detail["loc"][0]) if detail["loc"] else ""
            problems.append(
                Problem(f"{table.file}:{line}", column, repr(cells.get(column)), str(detail["msg"]))
            )
        return None


def _not_canonical(table: type[Row], rows: list[R], text: str) -> Problem:
    expected = format_table(table, rows).split("\n")
    for number, (seen, wanted) in enumerate(zip(text.split("\n"), expected, strict=False), 1):
        if seen != wanted:
            return Problem(
                f"{table.file}:{number}",
                "",
                repr(seen),
                f"{wanted!r} (canonical form: sorted by {', '.join(table.key)}, LF line ends)",
                "Run `python -m scripts check --write` to rewrite the file",
            )
    return Problem(table.file, "", "another line count", "canonical form")
