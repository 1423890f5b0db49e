"""The data dictionary: each column's comment in the schema, told once and shown everywhere.

``schema.sql`` carries a comment behind every column; a view's columns are told in comments of
the form ``-- column: what it is`` before or inside its ``create view``, or take the comment of
the column of the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

_TABLE = re.compile(r"^create table (\w+) \((.*?)^\)", re.M | re.S)
_COLUMN = re.compile(r'^  "?(\w+)"? \w+[^\n]*?--\s*(.+?)\s*$', re.M)
_VIEW = re.compile(r"((?:^--[^\n]*\n)*)^create view (\w+) as\b(.*?);\s*$", re.M | re.S)
_TOLD = re.compile(r"--\s*(\w+):\s*(.+?)\s*$", re.M)
_CONSTRAINTS = frozenset({"primary", "foreign", "unique", "check"})

Dictionary = Mapping[str, Mapping[str, str]]


def read_dictionary(schema: Path, views: Path) -> Dictionary:
    """For each table and view, each described column and its description."""
    text = schema.read_text(encoding="utf-8")
    tables = {name: dict(_columns(body)) for name, body in _TABLE.findall(text)}
    told = {
        name: dict(_TOLD.findall(before + body))
        for before, name, body in _VIEW.findall(views.read_text(encoding="utf-8"))
    }
    return {**tables, **told}


def _columns(body: str) -> Iterator[tuple[str, str]]:
    for name, comment in _COLUMN.findall(body):
        if name not in _CONSTRAINTS:
            yield name, comment


def read_metadata(metadata: Path, schema: Path, views: Path) -> dict[str, Any]:
    """Datasette's metadata: ``metadata.yml`` with the dictionary's column descriptions in it."""
    told: dict[str, Any] = yaml.safe_load(metadata.read_text(encoding="utf-8"))
    tables = told["databases"]["archive"].setdefault("tables", {})
    for name, columns in read_dictionary(schema, views).items():
        table = tables.setdefault(name, {})
        table["columns"] = {**columns, **table.get("columns", {})}
    return told
