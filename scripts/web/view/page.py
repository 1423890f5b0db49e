"""What a page is before it is HTML: a frozen value that a view function returns."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scripts.web.view.words import ENGLISH, Words

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Ask:
    """What is asked for: a path below the base address, and the query's parameters."""

    path: str
    base: str
    query: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Words = ENGLISH

    def first(self, name: str, default: str = "") -> str:
        """The first value of a parameter."""
        values = self.query.get(name, ())
        return values[0] if values else default


@dataclass(frozen=True)
class View:
    """A page: what the template needs, how to cite it, and the record as JSON.

    ``page`` is the frozen value of the page's own kind. ``record`` is what ``.json`` answers
    (``None`` where the page is no record). ``subject`` names the record in a report of a mistake.
    """

    template: str
    title: str
    description: str
    page: object
    record: Mapping[str, Any] | None = None
    source: str | None = None  # address of what the page rests on, for citations
    dated: str | None = None  # date that the page speaks of (ISO)
    kind: str = ""  # the kind of record, in the archive's words
    status: int = 200
    is_indexed: bool = True


ViewFunction = Callable[..., "View | Raw | Jump | None"]


def rows(connection: sqlite3.Connection, sql: str, *values: object) -> list[dict[str, Any]]:
    """All rows of a query as dictionaries."""
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def one(connection: sqlite3.Connection, sql: str, *values: object) -> dict[str, Any] | None:
    """The first row of a query, or ``None``."""
    found = rows(connection, sql, *values)
    return found[0] if found else None


def cell(connection: sqlite3.Connection, sql: str, *values: object) -> Any:
    """The first cell of a query, or ``None``."""
    row = connection.execute(sql, values).fetchone()
    return None if row is None else row[0]


@dataclass(frozen=True)
class Raw:
    """An answer that is no page: a feed, a health report."""

    body: str
    content_type: str


@dataclass(frozen=True)
class Jump:
    """A move to another path below the base address, for good."""

    path: str
