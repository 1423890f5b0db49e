"""All memoranda, to be narrowed by state, model, template and more; and the other sources."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from scripts.web.parts import lookups, phrases
from scripts.web.parts.narrowing import Entry, Filter, Narrowed, filter_of, narrow
from scripts.web.view.page import Ask, Row, View, rows
from scripts.web.view.words import Words

_DOCUMENTS = """
select document_list.*, coalesce(states.name, document_list.state, '') as state_name
from document_list left join states on states.code = document_list.state
order by document_list.state is null, state_name, agency,
  coalesce(document_list.signed_on, listed_signed_on), document_list.id
"""
_DISPUTED = "select distinct document_id from memorandum_comparisons where outcome = 'differ'"
_WITH_ADDENDUM = "select document_id from document_facts where fact = 'addendum'"


@dataclass(frozen=True)
class DocumentsPage:
    """Memoranda by state, the filters, and curated sources."""

    curated: Sequence[Row]
    list: Narrowed
    disputed: int


_FILTERS = ("state", "model", "form", "held", "text", "with")


def _values(row: Row, disputed: Collection[str], with_addendum: Collection[str]) -> dict[str, str]:
    marks = {
        "differences": row["deviations"],
        "disagreement": row["id"] in disputed,
        "addendum": row["id"] in with_addendum or row["kind"] == "addendum",
        "excerpts": row["excerpts"],
    }
    return {
        "state": row["state"] or "none",
        "model": row["model"] or "none",
        "form": row["template"] or "",
        "held": "yes" if row["is_held"] else "no",
        "text": row["text_from"] or "",
        "with": " ".join(name for name, has in marks.items() if has),
    }


def index(connection: sqlite3.Connection, ask: Ask) -> View:
    """All documents: memoranda and addenda by state, narrowed by the query; then other sources."""
    found = rows(connection, _DOCUMENTS)
    disputed = {row["document_id"] for row in rows(connection, _DISPUTED)}
    with_addendum = {row["document_id"] for row in rows(connection, _WITH_ADDENDUM)}
    entries = [
        Entry(
            row,
            _values(row, disputed, with_addendum),
            " ".join(str(row[key] or "") for key in ("agency", "title", "state_name", "id")),
        )
        for row in found
        if row["kind"] in ("memorandum", "addendum")
    ]
    filters = [_filter(ask, name, entries) for name in _FILTERS]
    found_list = narrow(ask, entries, filters, group=lambda entry: _state(ask.words, entry))
    page = DocumentsPage([row for row in found if row["is_curated"]], found_list, len(disputed))
    title = ask.words.text("Memoranda and other documents")
    newest = lookups.newest_list(connection)["stated_on"]
    return View(
        "documents",
        title,
        _told(ask, entries),
        page,
        dated=newest,
        is_indexed=not found_list.is_narrowed,
    )


def _state(words: Words, entry: Entry) -> str:
    return entry.row["state_name"] or words.text("State not known")


def _told(ask: Ask, entries: Sequence[Entry]) -> str:
    held = sum(1 for entry in entries if entry.row["is_held"])
    return ask.words.plural(
        "%(count)s memorandum or addendum is known to this archive from ICE's lists; %(held)s are "
        "held and can be read and searched here, the others are known by their address.",
        "%(count)s memoranda and addenda are known to this archive from ICE's lists; %(held)s are "
        "held and can be read and searched here, the others are known by their address.",
        len(entries),
        held=ask.words.number(held),
    )


def _filter(ask: Ask, name: str, entries: Sequence[Entry]) -> Filter:
    states = {entry.row["state"] or "none": entry.row["state_name"] for entry in entries}
    words = states if name == "state" else _words(ask.words, name)
    return filter_of(
        ask,
        name,
        _title(ask.words, name),
        entries,
        lambda value: words.get(value) or _plain(ask.words, name, value),
        by_count=name in ("model", "held", "text", "with"),
    )


def _title(words: Words, name: str) -> str:
    return {
        "state": words.text("State"),
        "model": words.text("Model"),
        "form": words.text("Template"),
        "held": words.text("Held here"),
        "text": words.text("Text"),
        "with": words.text("Only those with"),
    }[name]


def _words(words: Words, name: str) -> Mapping[str, str]:
    return {
        "model": {code: phrases.model_name(words, code) for code in ("tfm", "wso", "jem")},
        "held": {
            "yes": words.text("held, to be read here"),
            "no": words.text("known by address only"),
        },
        "text": {
            "embedded": words.text("as the file carries it"),
            "ocr": words.text("read by machine"),
            "mixed": words.text("partly read by machine"),
            "none": words.text("no text"),
        },
        "with": {
            "differences": words.text("differences from the template"),
            "disagreement": words.text("a date that differs from the list's"),
            "addendum": words.text("an addendum"),
            "excerpts": words.text("excerpts"),
        },
    }.get(name, {})


def _plain(words: Words, name: str, value: str) -> str:
    """A value without words of its own."""
    if name == "form":
        return phrases.form_name(words, value)
    return words.text("not known") if value == "none" else value
