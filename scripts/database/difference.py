"""What one database says otherwise than another: records added, removed and changed."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from scripts.errors import ArchiveError

# What each table's rows are called, one and many, in the order in which they are told. Tables that
# follow from others (rows of lists, pages, search) are left out.
TABLES: dict[str, tuple[str, str]] = {
    "publications": ("list", "lists"),
    "publication_files": ("file of a list", "files of lists"),
    "agencies": ("agency", "agencies"),
    "agreements": ("agreement", "agreements"),
    "documents": ("document", "documents"),
    "excerpts": ("excerpt", "excerpts"),
    "deviations": ("difference from a template", "differences from templates"),
    "templates": ("template", "templates"),
    "figures": ("figure", "figures"),
    "payments": ("payment", "payments"),
    "rates": ("rate", "rates"),
    "topics": ("topic", "topics"),
    "corrections": ("correction", "corrections"),
}
# What only says where a record stands among others, or what was at hand for the build.
_PLACES = frozenset({"sequence", "previous_id", "next_id", "is_newest", "is_held"})
_SHOWN = 12  # of each kind, in words; the CSV has all
Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Change:
    """One record that differs. ``columns`` maps each that does to its value before and now."""

    table: str
    key: str
    kind: Kind
    columns: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Difference:
    """All changes from one database to another, and the columns that only one of them has."""

    changes: tuple[Change, ...]
    schema: tuple[str, ...]

    def text(self) -> str:
        """In words: how many of each kind, and the first of them by name."""
        lines = list(self.schema)
        for table, (one, many) in TABLES.items():
            for kind in ("added", "removed", "changed"):
                found = [x for x in self.changes if (x.table, x.kind) == (table, kind)]
                if not found:
                    continue
                lines.append(f"{len(found):,} {one if len(found) == 1 else many} {kind}")
                lines += [f"  {_told(change)}" for change in found[:_SHOWN]]
                if len(found) > _SHOWN:
                    lines.append(f"  and {len(found) - _SHOWN:,} more")
        return "\n".join(lines) or "no record differs"

    def csv(self) -> str:
        """A row for each column of each record that differs."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(("table", "record", "change", "column", "before", "after"))
        for change in self.changes:
            for column, (before, after) in change.columns.items():
                writer.writerow((change.table, change.key, change.kind, column, before, after))
        return buffer.getvalue()


def compare_databases(old: Path, new: Path) -> Difference:
    """Compare two built databases, record by record.

    Raises `ArchiveError` for a file that is no such database.
    """
    with closing(_open(old)) as before, closing(_open(new)) as after:
        changes: list[Change] = []
        schema: list[str] = []
        for table in TABLES:
            columns = [_columns(connection, table) for connection in (before, after)]
            shared = [name for name in columns[1] if name in columns[0]]
            schema += [f"{table}.{name}: a new column" for name in columns[1] if name not in shared]
            schema += [f"{table}.{name}: no more" for name in columns[0] if name not in shared]
            if shared:
                changes += _compare(before, after, table, shared, _key(after, table))
    return Difference(tuple(changes), tuple(schema))


def _open(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        connection.execute("select count(*) from build_info").fetchone()
    except sqlite3.Error as error:
        raise ArchiveError.single(
            str(path), "", str(error), "a database of this archive", "Build one: `make build`"
        ) from error
    return connection


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    found = connection.execute("select name from pragma_table_info(?)", [table])
    return [name for (name,) in found if name not in _PLACES]


def _key(connection: sqlite3.Connection, table: str) -> list[str]:
    sql = "select name from pragma_table_info(?) where pk > 0 order by pk"
    return [str(row[0]) for row in connection.execute(sql, [table])]


def _compare(
    before: sqlite3.Connection,
    after: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    key: Sequence[str],
) -> Iterator[Change]:
    old, new = _rows(before, table, columns, key), _rows(after, table, columns, key)
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if was == now:
            continue
        kind: Kind = "added" if was is None else "removed" if now is None else "changed"
        values = {
            column: (was and was[column], now and now[column])
            for column in columns
            if (was or {}).get(column) != (now or {}).get(column)
        }
        yield Change(table, name, kind, values)


def _rows(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], key: Sequence[str]
) -> dict[str, dict[str, Any]]:
    names = ", ".join(f'"{name}"' for name in columns)
    found = connection.execute(f'select {names} from "{table}"')  # noqa: S608 names of our schema
    rows = (dict(zip(columns, row, strict=True)) for row in found)
    return {" ".join(str(row[name]) for name in key): row for row in rows}


def _told(change: Change) -> str:
    if change.kind == "added":
        return f"+ {change.key}"
    if change.kind == "removed":
        return f"- {change.key}"
    values = (f"{name}: {_shown(a)} → {_shown(b)}" for name, (a, b) in change.columns.items())
    return f"{change.key}: {'; '.join(values)}"


def _shown(value: object) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
