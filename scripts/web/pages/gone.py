"""What stands at an address that has no record: moved, several successors, withdrawn, nothing."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from scripts.web.view.page import Ask, View, one


@dataclass(frozen=True)
class Absence:
    """Why an address has no record of its own."""

    path: str
    status: int
    title: str
    moved_to: str | None = None
    targets: tuple[str, ...] = ()
    reason: str | None = None


def find_absence(connection: sqlite3.Connection | None, path: str) -> Absence:
    """What the register of addresses says of ``path``."""
    found = None
    if connection is not None:
        found = one(connection, "select * from permalinks where path = ?", path)
    if found is None or found["status"] == "current":
        return Absence(path, 404, "Nothing stands at this address")
    if found["status"] == "withdrawn":
        return Absence(path, 410, "This record was withdrawn", reason=found["reason"])
    targets = tuple((found["target"] or "").split())
    if len(targets) == 1:
        return Absence(path, 301, "Moved", moved_to=targets[0], reason=found["reason"])
    title = "This record has more than one successor"
    return Absence(path, 300, title, targets=targets, reason=found["reason"])


def absence_view(absence: Absence, ask: Ask) -> View:
    """The page that says so."""
    text = ask.words.text
    titles = {
        300: text("This record has more than one successor"),
        404: text("Nothing stands at this address"),
        410: text("This record was withdrawn"),
    }
    title = titles.get(absence.status, absence.title)
    return View("gone", title, title, absence, status=absence.status, is_indexed=False)
