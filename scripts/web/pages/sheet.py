"""One page of a document: its picture beside its text, and what is marked on both."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scripts.search.query import parse_query
from scripts.web.pages.document import DOCUMENT
from scripts.web.parts.differences import IN_ORDER, LIST, place_of, ranges_on
from scripts.web.parts.marks import mark_text
from scripts.web.parts.pictures import Picture, picture_of
from scripts.web.view.page import Ask, Row, View, one, rows

_EXCERPTS = """
select * from excerpts
where document_id = ? and page_number <= ? and coalesce(to_page_number, page_number) >= ?
order by position
"""
_NEAR = "select * from pages where document_id = ? and page_number between ? and ?"


@dataclass(frozen=True)
class SheetPage:
    """One page of a document: its text with words, excerpts and differences marked."""

    document: Row
    sheet: Row
    text: Markup | None
    excerpts: Sequence[Row]
    deviations: Sequence[Row]  # differences from the template that stand on this page
    unplaced: frozenset[str]  # those of them whose place in the text is not known
    previous: int | None
    next: int | None
    query: str
    found: int
    picture: Picture | None
    numbers: Sequence[int]  # all pages, for jumping


def view(connection: sqlite3.Connection, ask: Ask, id: str, number: str) -> View | None:
    """One page of a document; with ``?q=`` the words looked for are marked."""
    document = one(connection, DOCUMENT, id)
    page_number = int(number)
    near: dict[int, Row] = {
        row["page_number"]: row
        for row in rows(connection, _NEAR, id, page_number - 1, page_number + 1)
    }
    if document is None or page_number not in near or number != str(page_number):
        return None
    page = _read(connection, ask, document, near, page_number)
    text = ask.words.text
    title = text("%(title)s, page %(page)s", title=document["title"], page=number)
    told = text(
        "Page %(page)s of %(total)s of “%(title)s”.",
        page=number,
        total=page.numbers[-1],
        title=document["title"],
    )
    record = {
        "document": id,
        "page": dict(page.sheet),
        "excerpts": [row["id"] for row in page.excerpts],
        "deviations": [row["id"] for row in page.deviations],
    }
    return View(
        "sheet",
        title,
        told,
        page,
        record,
        document["address"],
        document["signed_on"] or document["published_on"] or document["listed_signed_on"],
        "document page",
        is_indexed=not page.query,
    )


def _read(
    connection: sqlite3.Connection,
    ask: Ask,
    document: Row,
    near: Mapping[int, Row],
    number: int,
) -> SheetPage:
    sheet = near[number]
    excerpts = rows(connection, _EXCERPTS, document["id"], number, number)
    where = "where document_id = ? and page_number between ? and ?"
    possible = rows(connection, f"{LIST} {where} {IN_ORDER}", document["id"], number - 1, number)
    ranges = ranges_on([(row, place_of(row, near)) for row in possible], number)
    here = {id for id, _ in ranges}
    deviations = [row for row in possible if row["page_number"] == number or row["id"] in here]
    query = ask.first("q")
    terms = parse_query(query, dict(connection.execute("select code, name from states"))).terms
    starts = json.loads(sheet["paragraphs"]) if sheet["paragraphs"] else None
    words = sheet["text"]
    marked = mark_text(words, terms, excerpts, number, starts, ranges) if words else None
    total = document["pages"] or number
    return SheetPage(
        document,
        sheet,
        marked.html if marked else None,
        excerpts,
        deviations,
        frozenset(row["id"] for row in deviations) - here,
        number - 1 if number > 1 else None,
        number + 1 if number < total else None,
        query,
        marked.found if marked else 0,
        picture_of(sheet, excerpts, deviations),
        range(1, total + 1),
    )
