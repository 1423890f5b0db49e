"""Rows into tables in bulk, and the name of the row where the database refuses one."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scripts.errors import ArchiveError
from scripts.records.models.base import Row

Value = str | int | float | None


def insert_rows(
    connection: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
) -> int:
    """Insert rows and give their number.

    Raises `ArchiveError` naming table and values of the first row that breaks a constraint.
    """
    values = list(rows)
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    sql = f'insert into "{table}" ({names}) values ({marks})'  # noqa: S608 names from our schema
    connection.execute("savepoint bulk")
    try:
        connection.executemany(sql, values)
    except sqlite3.Error:
        connection.execute("rollback to bulk")
        _find_refused(connection, sql, table, columns, values)
        raise
    finally:
        connection.execute("release bulk")
    return len(values)


def record_values(row: Row, columns: Sequence[str], extra: Mapping[str, Value]) -> list[Value]:
    """A record's values in the order of ``columns``; ``extra`` gives those it has no field for."""
    values = {**row.__dict__, **extra}
    return [_stored(values[column]) for column in columns]


def table_columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The table's columns in declared order."""
    return [
        str(name)
        for (name,) in connection.execute("select name from pragma_table_info(?)", [table])
    ]


def _stored(value: Any) -> Value:
    """A record's value as the database takes it: dates as ISO, the rest as it is."""
    return value.isoformat() if isinstance(value, dt.date) else value


def _find_refused(
    connection: sqlite3.Connection,
    sql: str,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Value]],
) -> None:
    for row in rows:
        try:
            connection.execute(sql, row)
        except sqlite3.Error as error:
            first = ", ".join(
                f"{column}={value!r}" for column, value in zip(columns[:4], row[:4], strict=True)
            )
            raise ArchiveError.single(
                f"table {table}", "", first, "a row that the schema allows", str(error)
            ) from error
