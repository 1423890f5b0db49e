"""A memorandum or other document: what it is, where it is from, its pages, excerpts and text."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from scripts.web.parts import lookups, phrases
from scripts.web.parts.comparisons import Compared, compare_document
from scripts.web.parts.copies import KnownCopy, copies_of
from scripts.web.parts.pictures import Picture, picture_of
from scripts.web.parts.printed_name import holds_known_words, read_printed_name
from scripts.web.parts.prose import render_markdown
from scripts.web.view.page import Ask, Row, View, cell, one, rows

_SIBLINGS = """
select document_list.* from document_list
where template = ? and id <> ? and kind = 'memorandum'
order by state is not ?, is_held desc, agency, id
limit 6
"""
_BESIDE = """
select * from document_list
where agreement_id = ? and id <> ? and is_curated = 0
order by kind desc, id
"""
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
    links: Sequence[Row]  # agreements whose own memorandum or addendum it is
    facts: Mapping[str, Row]  # by name, those that are sure enough
    printed_name: str | None  # the agency in the words of the masked page
    compared: Sequence[Compared]
    fields: Sequence[Row]  # of a form
    listed: Sequence[Row]  # list rows that link the file
    beside: Sequence[Row]  # the agreement's other files: addenda, the memorandum
    siblings: Sequence[Row]  # some others on the same form
    form: str | None  # the form's name
    on_form: int  # memoranda on the form, this one included
    cover: Picture | None
    heading: str
    copies: Sequence[KnownCopy]


def view(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """The page of a document, with the text of all its pages."""
    document = one(connection, DOCUMENT, id)
    if document is None:
        return None
    page = _page(connection, ask, document)
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


def _page(connection: sqlite3.Connection, ask: Ask, document: Row) -> DocumentPage:
    id, form = document["id"], document["template"]
    pages = rows(connection, "select * from pages where document_id = ? order by page_number", id)
    facts = rows(
        connection, "select * from document_facts where document_id = ? and confidence >= 0.75", id
    )
    excerpts = (
        "select excerpts.*, annotations.body_html from excerpts left join annotations "
        "on annotations.excerpt_id = excerpts.id where document_id = ? order by position"
    )
    deviations = "select * from deviations where document_id = ? order by page_number, id"
    fields = "select * from form_fields where document_id = ? order by position"
    links = "select * from agreement_list where document_id = ? or id = ? order by id"
    counted = "select count(*) from documents where template = ? and kind = 'memorandum'"
    return DocumentPage(
        document,
        render_markdown(document["summary"]),
        pages,
        rows(connection, excerpts, id),
        rows(connection, deviations, id),
        rows(connection, links, id, document["agreement_id"]),
        {row["fact"]: row for row in facts},
        _printed_name(connection, pages, document),
        compare_document(connection, ask.words, id),
        rows(connection, fields, id),
        _listed(connection, document),
        rows(connection, _BESIDE, document["agreement_id"], id),
        rows(connection, _SIBLINGS, form, id, document["state"]) if form else (),
        phrases.form_name(ask.words, form) if form else None,
        int(cell(connection, counted, form) or 0),
        picture_of(pages[0]) if pages else None,
        _heading(ask, document),
        copies_of(connection, document["sha256"], id),
    )


def _heading(ask: Ask, document: Row) -> str:
    """``Lee County Sheriff's Office, Florida: Task Force memorandum of 25 February 2025``.

    A title that was made like a file name is said in words; one that a person wrote stays.
    """
    date = document["signed_on"] or document["listed_signed_on"]
    is_made = str(document["title"]).startswith("Memorandum of agreement: ")
    if document["kind"] != "memorandum" or not is_made or not document["agency"]:
        return str(document["title"])
    facts = {
        "agency": document["agency"],
        "state": document["state_name"],
        "model": phrases.model_name(ask.words, document["model"]),
        "date": ask.words.date(date),
    }
    if date is None or document["model"] is None:
        return ask.words.text("%(agency)s, %(state)s: memorandum of agreement", **facts)
    return ask.words.text("%(agency)s, %(state)s: %(model)s memorandum of %(date)s", **facts)


_SPELLINGS = """
select group_concat(name, ' ') from (
  select name_printed as name from agency_names where agency_id = :agency
  union select name from agencies where id = :agency
  union select state from agencies where id = :agency
  union select states.name from agencies join states on states.code = agencies.state
    where agencies.id = :agency
)
"""


def _printed_name(
    connection: sqlite3.Connection, pages: Sequence[Row], document: Row
) -> str | None:
    """The agency in the page's words, where a machine has hardly misread them."""
    name = read_printed_name(pages[0]) if pages else None
    if name is None or document["kind"] != "memorandum":
        return None
    row = connection.execute(_SPELLINGS, {"agency": document["agency_id"]}).fetchone()
    return name if holds_known_words(name, row[0] or "") else None


def _listed(connection: sqlite3.Connection, document: Row) -> Sequence[Row]:
    """The list rows that link the file, each with its first and last list."""
    if document["kind"] not in ("memorandum", "addendum") or not document["address"]:
        return ()
    column = "addendum_address" if document["kind"] == "addendum" else "moa_address"
    return lookups.printed_rows(connection, column, document["address"])


def _sentence(ask: Ask, document: Row) -> str:
    """``Memorandum of agreement between ICE and …, Task Force, signed by ICE on …. The file …``"""
    text = ask.words.text
    kind = document["kind"].replace("-", " ")
    facts = {
        "kind": kind[:1].upper() + kind[1:],
        "agency": document["agency"],
        "state": document["state_name"],
        "publisher": document["publisher"] or "ICE",
    }
    if document["kind"] == "memorandum" and document["agency"]:
        what = text("Memorandum of agreement between ICE and %(agency)s, %(state)s", **facts)
    elif document["kind"] == "addendum" and document["agency"]:
        what = text(
            "Addendum to the memorandum of agreement between ICE and %(agency)s, %(state)s", **facts
        )
    elif document["agency"]:
        what = text("%(kind)s about %(agency)s, published by %(publisher)s", **facts)
    else:
        what = text("%(kind)s, published by %(publisher)s", **facts)
    if document["model"] and document["kind"] in ("memorandum", "addendum"):
        what += text(", %(model)s model", model=phrases.model_name(ask.words, document["model"]))
    return what + _signed(ask, document) + ". " + _held(ask, document)


def _signed(ask: Ask, document: Row) -> str:
    if document["kind"] != "memorandum":
        return ""
    if document["signed_on"]:
        return ask.words.text(
            ", signed by ICE on %(date)s", date=ask.words.date(document["signed_on"])
        )
    if document["listed_signed_on"]:
        date = ask.words.date(document["listed_signed_on"])
        return ask.words.text(", signed on %(date)s as the list says", date=date)
    return ""


def _held(ask: Ask, document: Row) -> str:
    if document["is_held"]:
        if document["pages"]:
            return ask.words.plural(
                "The file is held: its %(count)s page can be read and searched here.",
                "The file is held: its %(count)s pages can be read and searched here.",
                document["pages"],
            )
        return ask.words.text("The file is held, and its text can be read and searched here.")
    if document["sha256"]:
        return ask.words.text("Its text is not on this machine; the file's hash is known.")
    return ask.words.text("It is known by its address only and not held here.")


def _record(page: DocumentPage) -> dict[str, Any]:
    return {
        "document": dict(page.document),
        "pages": [
            {key: row[key] for key in ("page_number", "text_source", "quality", "is_held")}
            for row in page.pages
        ],
        "excerpts": [row["id"] for row in page.excerpts],
        "deviations": [dict(row) for row in page.deviations],
        "facts": [dict(row) for row in page.facts.values()],
        "compared_with_the_list": [dict(one.row) for one in page.compared],
        "form_fields": [dict(row) for row in page.fields],
        "list_rows": [
            {key: row[key] for key in ("listing", "kind", "first_publication", "last_publication")}
            for row in page.listed
        ],
    }
