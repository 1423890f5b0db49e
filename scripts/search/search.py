"""Search over everything: ranked, counted, with facets, passages and suggestions. No HTTP here."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from scripts.search.expression import Filter as TagFilter
from scripts.search.expression import Term, compile_node
from scripts.search.hits import make_hits
from scripts.search.lexing import FIELDS, KINDS, Hint, resolve_filter
from scripts.search.lookups import direct_paths
from scripts.search.query import Query, parse_query
from scripts.search.ranking import (
    Group,
    count_rows,
    group_rows,
    matching_rows,
    put_exact_first,
    put_named_first,
    sort_groups,
)
from scripts.search.relaxing import ENOUGH, relaxed_rows
from scripts.search.results import (
    MAX_PAGE_SIZE,
    Facet,
    FacetValue,
    Hit,
    Passage,
    SearchPage,
    SearchRequest,
    Wider,
)
from scripts.search.suggestions import suggest_spelling

_ASKS_NUMBER = re.compile(r"\b(how many|number of|total|count of)\b", re.I)
COUNTED = 1_000  # beyond this: "more than 1,000"

__all__ = [
    "Facet",
    "FacetValue",
    "Hit",
    "Passage",
    "SearchPage",
    "SearchRequest",
    "Wider",
    "search",
]


def search(connection: sqlite3.Connection, request: SearchRequest) -> SearchPage:
    """Run a search. Never raises for what a person typed: what cannot be used gives a hint."""
    states = dict(connection.execute("select code, name from states").fetchall())
    query = parse_query(request.q, states)
    paths = () if request.filters else direct_paths(connection, request.q, states)
    understood = None if paths else _understood(connection, query)
    if understood is not None:
        query = parse_query(understood, states)
    match, hints = _narrowed(query, request, states)
    if match is None:
        return _nothing(request, hints)
    rows, is_sampled = matching_rows(connection, match)
    is_by_page = request.kind == "page"
    groups = group_rows(rows, is_by_page)
    if _ASKS_NUMBER.search(request.q):
        for group in groups:
            group.score *= 4.0 if group.lead.facets.kind == "figure" else 1.0
    sort_groups(connection, groups, request.sort)
    if request.sort == "relevance":
        groups = put_exact_first(connection, groups, query)
    full = len(groups)
    if full < ENOUGH:
        groups.extend(_further(connection, request, query, states, groups))
    if request.sort == "relevance":
        groups = put_named_first(connection, groups, paths)
    total = len(groups)
    size = min(max(1, request.size), MAX_PAGE_SIZE)
    pages = max(1, -(-total // size))
    page = min(max(1, request.page), pages)
    shown = groups[(page - 1) * size : page * size]
    found = SearchPage(
        request=request,
        hits=tuple(make_hits(connection, shown, query, states, is_full=full >= ENOUGH)),
        total=min(total, COUNTED),
        is_more=total > COUNTED or is_sampled,
        is_sampled=is_sampled,
        page=page,
        pages=pages,
        facets=tuple(_facets(groups, request)),
        hints=hints,
        terms=query.terms,
        understood=understood,
    )
    if total:
        return found
    return replace(
        found,
        suggestion=_suggestion(connection, request, query, states),
        wider=tuple(_wider(connection, request, query, states)),
    )


def _understood(connection: sqlite3.Connection, query: Query) -> str | None:
    """The query with unknown words read as the nearest known; only for a query of plain words."""
    if not query.parts or any(sign in query.text for sign in '":*'):
        return None
    return suggest_spelling(connection, query)


def _further(
    connection: sqlite3.Connection,
    request: SearchRequest,
    query: Query,
    states: Mapping[str, str],
    groups: Sequence[Group],
) -> list[Group]:
    """Records that have most of the words, after those that have all."""
    terms = [part for part in query.parts if isinstance(part, Term) and not part.is_exact]
    narrowed = [part for part in query.parts if part not in terms]
    for field, value in request.filters.items():
        narrowed.append(TagFilter(resolve_filter(field, value, states) or ("none",)))
    if not terms:
        return []
    rows = relaxed_rows(connection, terms, narrowed)
    more = group_rows(rows, request.kind == "page")
    if _ASKS_NUMBER.search(request.q):
        for group in more:
            group.score *= 4.0 if group.lead.facets.kind == "figure" else 1.0
    sort_groups(connection, more, request.sort)
    if request.sort == "relevance":
        more = put_exact_first(connection, more, query)
    known = {group.lead.id for group in groups}
    known |= {-group.lead.document for group in groups if group.lead.document is not None}
    return [
        group
        for group in more
        if group.lead.id not in known and -(group.lead.document or 0) not in known
    ]


def _narrowed(
    query: Query, request: SearchRequest, states: Mapping[str, str]
) -> tuple[str | None, tuple[Hint, ...]]:
    """The expression with the request's filters; ``None`` where there is nothing to look for."""
    hints = query.hints
    parts = [query.match] if query.match else []
    for field, value in request.filters.items():
        tags = resolve_filter(field, value, states)
        if tags:
            parts.append(compile_node(TagFilter(tags)))
        else:
            hints = (*hints, Hint("unknown-value", f"{field}:{value}"))
    if not parts:
        return None, hints
    if not query.match:  # a list of everything with these filters
        hints = tuple(hint for hint in hints if hint.code != "nothing-to-find")
    return " AND ".join(parts), hints


def _nothing(request: SearchRequest, hints: tuple[Hint, ...]) -> SearchPage:
    return SearchPage(request, (), 0, False, False, 1, 1, (), hints, ())


def _facets(groups: Sequence[Group], request: SearchRequest) -> Iterable[Facet]:
    # Many hits share their facets: count those first, then what they say.
    shared = Counter((group.lead.facets, bool(group.pages)) for group in groups)
    counters: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    for (facets, has_pages), count in shared.items():
        counters["kind"]["document" if has_pages else facets.kind] += count
        for field in ("state", "status", "provenance"):
            if value := getattr(facets, field):
                counters[field][value] += count
        for code in dict.fromkeys(facets.model.split()):
            counters["model"][code] += count
    for field, counter in counters.items():
        chosen = getattr(request, field)
        values = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
        yield Facet(
            field,
            tuple(FacetValue(value, count, _same(field, value, chosen)) for value, count in values),
        )


def _same(field: str, value: str, chosen: str | None) -> bool:
    if chosen is None:
        return False
    if field == "kind":
        return value in KINDS.get(chosen.lower(), ())
    return value.lower() == chosen.lower()


def _suggestion(
    connection: sqlite3.Connection,
    request: SearchRequest,
    query: Query,
    states: Mapping[str, str],
) -> str | None:
    """The query with the nearest words of the index, where that finds something."""
    text = suggest_spelling(connection, query)
    if text is None:
        return None
    match, _ = _narrowed(parse_query(text, states), request, states)
    return text if match is not None and count_rows(connection, match, 1) else None


def _wider(
    connection: sqlite3.Connection,
    request: SearchRequest,
    query: Query,
    states: Mapping[str, str],
) -> Iterable[Wider]:
    """The search without its filters, and for any of its words, where these find something."""
    tries: list[tuple[Literal["without-filters", "any-word"], SearchRequest]] = []
    if request.filters:
        bare = dict.fromkeys(FIELDS)
        tries.append(("without-filters", replace(request, page=1, **bare)))  # type: ignore[arg-type]
    if len(query.terms) > 1:
        words = " OR ".join(f'"{" ".join(term.words)}"' for term in query.terms)
        tries.append(("any-word", replace(request, page=1, q=words)))
    for how, wider in tries:
        match, _ = _narrowed(parse_query(wider.q, states), wider, states)
        count = count_rows(connection, match, COUNTED + 1) if match else 0
        if count:
            yield Wider(how, wider, min(count, COUNTED), count > COUNTED)
