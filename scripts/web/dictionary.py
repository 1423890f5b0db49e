"""The data dictionary: each column's comment in the schema, told once and shown everywhere.

``schema.sql`` and ``views.sql`` carry a comment behind every column, and ``views.sql`` one before
every view. Datasette shows them beside the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_TABLE = re.compile(r"((?:^--[^\n]*\n)*)^create table (\w+) \((.*?)^\)", re.M | re.S)
_COLUMN = re.compile(r'^  "?(\w+)"? \w+[^\n]*?--\s*(.+?)\s*$', re.M)
_VIEW = re.compile(r"((?:^--[^\n]*\n)*)^create view (\w+) as\b(.*?);\s*$", re.M | re.S)
_VIEW_COLUMN = re.compile(r'\bas "?(\w+)"?,?[ ]*--\s*(.+?)\s*$', re.M)
_CONSTRAINTS = frozenset({"primary", "foreign", "unique", "check"})


@dataclass(frozen=True)
class Told:
    """What is told of a table or view: itself (``None`` where nothing is) and its columns."""

    description: str | None
    columns: Mapping[str, str]


def read_dictionary(schema: Path, views: Path) -> Mapping[str, Told]:
    """For each table and view, its description and those of its columns."""
    tables = {
        name: Told(_prose(before), dict(_columns(body)))
        for before, name, body in _TABLE.findall(schema.read_text(encoding="utf-8"))
    }
    joined = {
        name: Told(_prose(before), dict(_VIEW_COLUMN.findall(body)))
        for before, name, body in _VIEW.findall(views.read_text(encoding="utf-8"))
    }
    return {**tables, **joined}


def _prose(comment: str) -> str | None:
    return " ".join(line.lstrip("- ").strip() for line in comment.splitlines()) or None


def _columns(body: str) -> Iterator[tuple[str, str]]:
    for name, comment in _COLUMN.findall(body):
        if name not in _CONSTRAINTS:
            yield name, comment


def read_metadata(metadata: Path, schema: Path, views: Path) -> dict[str, Any]:
    """Datasette's metadata: ``metadata.yml`` with the dictionary's column descriptions in it."""
    told: dict[str, Any] = yaml.safe_load(metadata.read_text(encoding="utf-8"))
    tables = told["databases"]["archive"].setdefault("tables", {})
    for name, entry in read_dictionary(schema, views).items():
        table = tables.setdefault(name, {})
        table["columns"] = {**entry.columns, **table.get("columns", {})}
        if entry.description is not None:
            table.setdefault("description", entry.description)
    return told
