"""Identifiers that name a record which is not there, with file, line and column."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from scripts.errors import Problem
from scripts.records.models.tables import TABLES

FILES = {table.file.removesuffix(".csv"): table for table in TABLES}


def find_broken_references(connection: sqlite3.Connection, folder: Path) -> tuple[Problem, ...]:
    """One problem for each value that breaks a foreign key, in the order of tables and rows.

    ``folder`` is where the record files lie; it is read only to name the line.
    """
    problems: list[Problem] = []
    broken = connection.execute("pragma foreign_key_check").fetchall()
    for table, rowid, parent, number in broken:
        column = _column(connection, table, number)
        key, values = _row(connection, table, rowid, column)
        seen = values[-1] if values else "a row"
        problems.append(
            Problem(
                _place(folder, table, dict(zip(key, values, strict=False))),
                column,
                repr(seen),
                f"an identifier of {parent}",
                f"Mend the value, or add the record to {parent}",
            )
        )
    return tuple(dict.fromkeys(problems))


def count_references(connection: sqlite3.Connection) -> int:
    """How many values name another record."""
    keys = connection.execute(
        """
        select tables.name, keys."from" from sqlite_schema as tables
        join pragma_foreign_key_list(tables.name) as keys where tables.type = 'table'
        """
    ).fetchall()
    return sum(
        connection.execute(f'select count("{column}") from "{table}"').fetchone()[0]  # noqa: S608
        for table, column in keys
    )


def _column(connection: sqlite3.Connection, table: str, number: int) -> str:
    row = connection.execute(
        'select "from" from pragma_foreign_key_list(?) where id = ?', [table, number]
    ).fetchone()
    return str(row[0])


def _row(
    connection: sqlite3.Connection, table: str, rowid: int | None, column: str
) -> tuple[list[str], list[str]]:
    """Key columns and the column in question, and their values in the row (none without rowid)."""
    key = [
        str(name)
        for (name,) in connection.execute(
            "select name from pragma_table_info(?) where pk > 0 order by pk", [table]
        )
    ]
    if rowid is None:
        return [*key, column], []
    names = ", ".join(f'"{name}"' for name in [*key, column])
    sql = f'select {names} from "{table}" where rowid = ?'  # noqa: S608 names from our schema
    values = connection.execute(sql, [rowid]).fetchone()
    return [*key, column], [str(value) for value in values]


def _place(folder: Path, table: str, seen: dict[str, str]) -> str:
    record = FILES.get(table)
    if record is None:
        return f"table {table} {', '.join(seen.values())}".strip()
    line = _line(folder / record.file, seen)
    return f"{record.file}:{line}" if line else f"{record.file} {', '.join(seen.values())}"


def _line(path: Path, seen: dict[str, str]) -> int | None:
    """The line of the first row whose columns hold these values, or ``None``."""
    if not path.exists():
        return None
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        header: Sequence[str] = next(reader, [])
        wanted = {header.index(column): value for column, value in seen.items() if column in header}
        start = reader.line_num + 1
        for cells in reader:
            if all(cells[index] == value for index, value in wanted.items()):
                return start
            start = reader.line_num + 1
    return None
