"""Writing record files in their canonical form: UTF-8, LF, fixed columns, sorted by key."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from scripts.records.models.base import Row
from scripts.records.swap import swap_files


def format_value(value: object) -> str:
    """A column's value as it stands in the file; empty for ``None``."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def sort_key(row: Row) -> tuple[tuple[int, int | str], ...]:
    """The order of rows in a file: by key columns, numbers as numbers, unknown first."""
    values = row.__dict__
    return tuple([_sortable(values[column]) for column in row.key])


def _sortable(value: object) -> tuple[int, int | str]:
    if isinstance(value, str):
        return (2, value)
    if value is None:
        return (0, "")
    if isinstance(value, int):
        return (1, value)
    return (2, format_value(value))


def format_table(table: type[Row], rows: Iterable[Row]) -> str:
    """The canonical text of a record file, header included."""
    columns = list(table.model_fields)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in sorted(rows, key=sort_key):
        values = row.__dict__  # csv writes None as nothing and a date as ISO
        writer.writerow([values[column] for column in columns])
    return buffer.getvalue()


def write_table(folder: Path, table: type[Row], rows: Iterable[Row]) -> None:
    """Write one record file below ``folder``: aside first, then swapped in."""
    write_tables(folder, {table: rows})


def write_tables(folder: Path, tables: Mapping[type[Row], Iterable[Row]]) -> tuple[str, ...]:
    """Write several record files as one, all of them or none; gives those whose text changed."""
    texts = {table.file: format_table(table, rows) for table, rows in tables.items()}
    return swap_files(folder, texts)
