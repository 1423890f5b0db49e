"""What the list and a memorandum say of the same thing, as a sentence of plain words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scripts.web.parts import phrases
from scripts.web.view.page import Row, rows
from scripts.web.view.words import Words

_OF_DOCUMENT = "select * from memorandum_comparisons where document_id = ? order by position"
_NAMES = "select id, name, state from agencies where id in (select value from json_each(?))"


@dataclass(frozen=True)
class Compared:
    """One thing compared: its row, what it is, and what both sides say of it.

    ``outcome`` is agree, differ or silent. A difference that nobody
    has compared with the picture is told as a reading (``is_checked`` false), not as a fact.
    """

    row: Row
    what: str
    list_says: str | None
    memorandum_says: str | None
    told: str  # without the page and the full stop

    @property
    def sentence(self) -> str:
        """All of it: ``The list says 12 June 2025, the memorandum 11 June 2025 (page 9).``"""
        page = self.row["page_number"]
        return self.told + (f" (page {page})." if page else ".")

    @property
    def outcome(self) -> str:
        """Whether the two agree, differ, or one says nothing."""
        return str(self.row["outcome"])

    @property
    def is_checked(self) -> bool:
        """Whether the memorandum's side was compared with the picture of the page."""
        return self.row["checked_on"] is not None


def compare_document(
    connection: sqlite3.Connection, words: Words, document_id: str
) -> Sequence[Compared]:
    """The four comparisons of a memorandum that was read; none for any other document."""
    found = rows(connection, _OF_DOCUMENT, document_id)
    return describe_all(connection, words, found)


def describe_all(
    connection: sqlite3.Connection, words: Words, found: Sequence[Row]
) -> Sequence[Compared]:
    """Rows of ``memorandum_comparisons`` in words."""
    wanted = {
        row[side]
        for row in found
        if row["field"] == "agency"
        for side in ("list_says", "memorandum_says")
        if row[side]
    }
    names = {
        row["id"]: f"{row['name']}, {row['state']}"
        for row in rows(connection, _NAMES, json.dumps(sorted(wanted)))
    }
    return [describe(words, row, names) for row in found]


def describe(words: Words, row: Row, names: Mapping[str, str]) -> Compared:
    """One comparison in words."""
    field = row["field"]
    sides = [_side(words, field, row[side], names) for side in ("list_says", "memorandum_says")]
    facts = {"list": sides[0] or "", "memorandum": sides[1] or ""}
    return Compared(row, _what(words, field), sides[0], sides[1], _told(words, row, facts))


def _what(words: Words, field: str) -> str:
    return {
        "signing-date": words.text("Signing date"),
        "agency": words.text("Agency"),
        "model": words.text("Model"),
        "addendum": words.text("Addendum"),
    }[field]


def _side(words: Words, field: str, value: str | None, names: Mapping[str, str]) -> str | None:
    if value is None:
        return None
    if field == "signing-date":
        return words.date(value)
    if field == "agency":
        return names.get(value, value)
    if field == "model":
        return phrases.model_name(words, value)
    return words.text("an addendum")


def _told(words: Words, row: Row, facts: Mapping[str, str]) -> str:
    """``The list says 12 June 2025, the memorandum 11 June 2025``."""
    text = words.text
    if row["field"] == "addendum":
        if row["outcome"] == "agree":
            return text("The list links an addendum, and one stands inside the file")
        if row["memorandum_says"]:
            return text("The list links none; one stands inside the file")
        if row["list_says"]:
            return text("The list links one; none was found inside this file")
        return text("The list links none, and none was found inside the file")
    if row["outcome"] == "differ":
        return text("The list says %(list)s, the memorandum %(memorandum)s", **facts)
    if row["outcome"] == "agree":
        return text("Both say %(list)s", **facts)
    if row["memorandum_says"]:
        return text("The list says nothing, the memorandum %(memorandum)s", **facts)
    if row["field"] == "signing-date":
        return text(
            "The list says %(list)s; on the memorandum ICE's date is missing, written by hand, or "
            "not to be read with certainty",
            **facts,
        )
    return text("The list says %(list)s; on the memorandum it was not read with certainty", **facts)
