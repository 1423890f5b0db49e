"""Hits as they are shown: titles and text with the words marked, passages with their pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from scripts.search.query import Query
from scripts.search.ranking import Group
from scripts.search.relaxing import missing_words
from scripts.search.results import Hit, Passage
from scripts.search.snippets import cut_snippet, mark_all

PASSAGES = 3
_TEXT = "select text from pages where document_id = ? and page_number = ?"


def make_hits(
    connection: sqlite3.Connection,
    groups: Sequence[Group],
    query: Query,
    states: Mapping[str, str],
    *,
    is_full: bool,
) -> Iterable[Hit]:
    """Hits to show; unless ``is_full``, each says which words of the query it lacks."""
    for group in groups:
        record = _record(connection, group)
        passages, more = _passages(connection, group, record["document_id"], query)
        hit = _hit(record, query, states, passages, more)
        yield hit if is_full else replace(hit, missing=_missing(connection, record, group, query))


def _record(connection: sqlite3.Connection, group: Group) -> sqlite3.Row:
    """The row of ``search_docs`` to show: the document's own where only pages of it were found."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    row = cursor.execute("select * from search_docs where id = ?", [group.lead.id]).fetchone()
    if group.pages and row["kind"] == "page":
        path = f"/documents/{row['document_id']}/"
        row = cursor.execute("select * from search_docs where path = ?", [path]).fetchone() or row
    assert isinstance(row, sqlite3.Row)
    return row


def _hit(
    record: sqlite3.Row,
    query: Query,
    states: Mapping[str, str],
    passages: tuple[Passage, ...],
    more: int,
) -> Hit:
    title_html = mark_all(record["title"], query.terms)
    body = record["body"]
    is_marked = "<mark>" in title_html
    page_html = passages[0].html if record["kind"] == "page" and passages else None
    return Hit(
        kind=record["kind"],
        path=(
            page_path(record["document_id"], record["page_number"], query)
            if record["kind"] == "page"
            else record["path"]
        ),
        title=record["title"],
        title_html=title_html,
        context=record["context"],
        record_id=record["record_id"],
        state=record["state"],
        state_name=states.get(record["state"]),
        model=record["model"],
        status=record["status"],
        provenance=record["provenance"],
        dated=record["dated"],
        document_id=record["document_id"],
        page_number=record["page_number"],
        names_html=None if is_marked else _other_name(record, query),
        snippet_html=page_html or (cut_snippet(body, query.terms) if body else None),
        passages=() if record["kind"] == "page" else passages,
        passages_more=more,
    )


def _missing(
    connection: sqlite3.Connection, record: sqlite3.Row, group: Group, query: Query
) -> tuple[str, ...]:
    """Words of the query that stand neither in the record nor on its best page."""
    text = f"{record['title']}\n{record['names']}\n{record['body'] or ''}"
    rows = group.pages[:1] or ([group.lead] if group.lead.facets.kind == "page" else [])
    for row in rows:
        text += "\n" + str(
            connection.execute(_TEXT, [record["document_id"], row.page_number]).fetchone()[0]
        )
    return missing_words(text, query.terms) if query.parts else ()


def _other_name(record: sqlite3.Row, query: Query) -> str | None:
    """The first further name of an agency that has the words."""
    if record["kind"] != "agency":
        return None
    marked = (mark_all(name, query.terms) for name in record["names"].split("\n"))
    return next((name for name in marked if "<mark>" in name), None)


def _passages(
    connection: sqlite3.Connection, group: Group, document: str | None, query: Query
) -> tuple[tuple[Passage, ...], int]:
    """Up to three pages whose own text has the words, and how many more there are."""
    rows = group.pages or ([group.lead] if group.lead.facets.kind == "page" else [])
    if document is None or not query.terms:
        return (), 0
    passages: list[Passage] = []
    looked = 0
    for row in rows[: PASSAGES * 4]:
        looked += 1
        number = row.page_number or 0
        (text,) = connection.execute(_TEXT, [document, number]).fetchone()
        html = cut_snippet(text, query.terms)
        if html is not None:
            passages.append(Passage(number, page_path(document, number, query), html))
        if len(passages) == PASSAGES:
            break
    return tuple(passages), len(rows) - looked if len(passages) == PASSAGES else 0


def page_path(document: str, number: int, query: Query) -> str:
    """The address of a page with the query, so that the words are marked there."""
    return f"/documents/{document}/pages/{number}/?{urlencode({'q': query.text})}"
