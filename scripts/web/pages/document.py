"""A memorandum or other document: what it is, where it is from, its pages, excerpts and text."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from scripts.web import lookups
from scripts.web.prose import render_markdown
from scripts.web.view import Ask, Row, View, one, rows

DOCUMENT = """
select document_list.*, documents.file_name, documents.bytes, documents.summary, documents.note,
  documents.access, documents.retrieved_on, documents.signed_basis,
  templates.title as template_title,
  coalesce(states.name, document_list.state) as state_name
from document_list
join documents on documents.id = document_list.id
left join templates on templates.id = documents.template
left join states on states.code = document_list.state
where document_list.id = ?
"""


@dataclass(frozen=True)
class DocumentPage:
    """What the template shows of a document."""

    document: Row
    summary: Markup
    pages: Sequence[Row]
    excerpts: Sequence[Row]
    deviations: Sequence[Row]
    links: Sequence[Row]  # agreements whose list rows link to the file


def view(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """The page of a document, with the text of all its pages."""
    document = one(connection, DOCUMENT, id)
    if document is None:
        return None
    page = DocumentPage(
        document,
        render_markdown(document["summary"]),
        rows(connection, "select * from pages where document_id = ? order by page_number", id),
        rows(
            connection,
            "select excerpts.*, annotations.body_html from excerpts left join annotations "
            "on annotations.excerpt_id = excerpts.id where document_id = ? order by position",
            id,
        ),
        rows(
            connection,
            "select * from deviations where document_id = ? order by page_number, id",
            id,
        ),
        rows(connection, "select * from agreement_list where document_id = ? order by id", id),
    )
    return View(
        "document",
        document["title"],
        _sentence(ask, document),
        page,
        _record(page),
        source=document["address"],
        dated=document["signed_on"] or document["published_on"] or document["listed_signed_on"],
        kind="document",
    )


def _sentence(ask: Ask, document: Row) -> str:
    text = ask.words.text
    kind = document["kind"].replace("-", " ")
    facts = {
        "kind": kind[:1].upper() + kind[1:],
        "agency": document["agency"],
        "publisher": document["publisher"] or "ICE",
    }
    if document["agency"]:
        what = text("%(kind)s between ICE and %(agency)s, published by %(publisher)s.", **facts)
    else:
        what = text("%(kind)s, published by %(publisher)s.", **facts)
    if document["is_held"]:
        return what + " " + text("The file is held, and its text can be read and searched here.")
    if document["sha256"]:
        return what + " " + text("The file was not at hand for this build; its hash is known.")
    return what + " " + text("It is known by its address only and not held here.")


def _record(page: DocumentPage) -> dict[str, Any]:
    return {
        "document": dict(page.document),
        "pages": [
            {key: row[key] for key in ("page_number", "text_source", "quality", "is_held")}
            for row in page.pages
        ],
        "excerpts": [row["id"] for row in page.excerpts],
        "deviations": [dict(row) for row in page.deviations],
    }


@dataclass(frozen=True)
class DocumentsPage:
    """Curated sources by kind, and memoranda by state."""

    curated: Sequence[Row]
    states: Sequence[tuple[str, Sequence[Row]]]


def index(connection: sqlite3.Connection, ask: Ask) -> View:
    """All documents: curated sources first, then memoranda and addenda by state."""
    found = rows(
        connection,
        "select document_list.*, coalesce(states.name, state, '') as state_name from document_list "
        "left join states on states.code = document_list.state order by state_name, agency, id",
    )
    curated = [row for row in found if row["is_curated"]]
    grouped: dict[str, list[Row]] = {}
    for row in found:
        if row["kind"] in ("memorandum", "addendum"):
            grouped.setdefault(row["state_name"] or ask.words.text("State not known"), []).append(
                row
            )
    held = sum(1 for row in found if row["is_held"])
    told = ask.words.plural(
        "%(count)s document is known to this archive; %(held)s are held and can be read and "
        "searched here.",
        "%(count)s documents are known to this archive; %(held)s are held and can be read and "
        "searched here.",
        len(found),
        held=ask.words.number(held),
    )
    newest = lookups.newest_list(connection)["stated_on"]
    page = DocumentsPage(curated, list(grouped.items()))
    return View(
        "documents", ask.words.text("Memoranda and other documents"), told, page, dated=newest
    )
