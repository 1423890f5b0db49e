"""The data dictionary: what each table, view and column holds, read from comments in the SQL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from scripts import paths

_BEGIN = re.compile(r"^create (?:(?P<view>view) (?P<name>\w+) as|table (?P<table>\w+) \()$")
_TABLE_COLUMN = re.compile(r'^  "?(?P<name>\w+)"? (?:text|integer|real|blob)\b.*?-- (?P<words>.+)$')
_VIEW_COLUMN = re.compile(r"^.*\bas (?P<name>\w+),? -- (?P<words>.+)$")


@dataclass(frozen=True)
class TableEntry:
    """What a table or view holds, and each of its columns, in declared order."""

    name: str
    description: str
    is_view: bool
    columns: tuple[tuple[str, str], ...]


def read_dictionary(*files: Path) -> tuple[TableEntry, ...]:
    """Entries for every table and view declared in ``files`` (default: schema and views)."""
    entries: list[TableEntry] = []
    for file in files or (paths.SCHEMA, paths.VIEWS):
        entries.extend(parse_declarations(file.read_text(encoding="utf-8")))
    return tuple(entries)


def parse_declarations(sql: str) -> list[TableEntry]:
    """Entries for the ``create table`` and ``create view`` statements of lower-case SQL.

    The comment lines right before a statement describe it; the comment at the end of the line
    that names a column describes the column.
    """
    entries: list[TableEntry] = []
    for block in re.split(r"\n\s*\n", sql):
        lines = block.strip("\n").split("\n")
        start = next((number for number, line in enumerate(lines) if _BEGIN.match(line)), None)
        if start is None:
            continue
        begin = _BEGIN.match(lines[start])
        assert begin is not None
        is_view = begin["view"] is not None
        pattern = _VIEW_COLUMN if is_view else _TABLE_COLUMN
        found = [match for line in lines[start + 1 :] if (match := pattern.match(line))]
        entries.append(
            TableEntry(
                name=begin["name"] or begin["table"],
                description=" ".join(line.removeprefix("--").strip() for line in lines[:start]),
                is_view=is_view,
                columns=tuple((match["name"], match["words"].strip()) for match in found),
            )
        )
    return entries


def column_descriptions() -> dict[str, dict[str, str]]:
    """``{table or view: {column: description}}``, the shape of Datasette's ``columns`` metadata."""
    return {entry.name: dict(entry.columns) for entry in read_dictionary()}
