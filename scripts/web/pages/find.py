"""The search page: the box, what was found, and ways to narrow or widen it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scripts.search.lexing import HintCode
from scripts.search.results import Facet, SearchPage, SearchRequest
from scripts.search.search import search
from scripts.web.parts.search_request import SORTS, narrowed, query_of, read_request
from scripts.web.view.page import Ask, View
from scripts.web.view.words import Words


@dataclass(frozen=True)
class FindPage:
    """What the template shows of a search; addresses are queries for the same page."""

    found: SearchPage
    facets: Sequence[Facet]
    hints: Sequence[str]
    previous: str | None
    next: str | None
    sorts: Sequence[tuple[str, str]]
    bare: str

    @property
    def as_typed(self) -> str:
        """The query that looks for the words as they were typed, without nearer spellings."""
        words = self.found.request.q.replace('"', " ").split()
        typed = " ".join(f'"{word}"' for word in words)
        return query_of(replace(self.found.request, q=typed, page=1))

    def with_filter(self, field: str, value: str | None) -> str:
        """The query with one filter set (or, with ``None``, taken off)."""
        return query_of(narrowed(self.found.request, field, value))


def view(connection: sqlite3.Connection, ask: Ask) -> View:
    """The search page."""
    request = read_request(ask)
    found = search(connection, request)
    asked = bool(request.q or request.filters)
    page = FindPage(
        found,
        [facet for facet in found.facets if facet.values],
        [
            hint_text(ask.words, hint.code) + (f" ({hint.seen})" if hint.seen else "")
            for hint in found.hints
        ]
        if asked
        else [],
        query_of(replace(request, page=found.page - 1)) if found.page > 1 else None,
        query_of(replace(request, page=found.page + 1)) if found.page < found.pages else None,
        [(sort, query_of(replace(request, sort=sort, page=1))) for sort in SORTS],
        query_of(SearchRequest(q=request.q)),
    )
    text = ask.words.text
    title = text("Search: %(query)s", query=request.q) if request.q else text("Search")
    told = text("Search agencies, agreements, every page of the memoranda, lists and excerpts.")
    return View("find", title, told, page, is_indexed=not asked)


def hint_text(words: Words, code: HintCode) -> str:
    """The hint in the reader's language."""
    known: dict[HintCode, str] = {
        "nothing-to-find": words.text("Type a word to look for."),
        "lone-operator": words.text("AND, OR and NOT stand between words."),
        "unclosed-quote": words.text("The quotation mark was closed at the end."),
        "unbalanced-parenthesis": words.text("A parenthesis without its partner was left out."),
        "no-letters": words.text("Only letters and digits are searched."),
        "star-at-end": words.text("A star stands for any ending, at the end of a word."),
        "star-needs-letters": words.text("A star needs at least two letters before it."),
        "unknown-field": words.text(
            "Fields are state, county, agency, model, kind, status and provenance."
        ),
        "unknown-value": words.text("There is no such value."),
        "too-long": words.text("Only the first words were used."),
    }
    return known.get(code, "")
