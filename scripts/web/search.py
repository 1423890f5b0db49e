"""Search over everything: ranked, counted, with facets, passages and suggestions. No HTTP here."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple
from urllib.parse import urlencode

from scripts.web.query import (
    FIELDS,
    KINDS,
    Hint,
    Query,
    Term,
    compile_node,
    fold,
    parse_query,
    resolve_filter,
    words_of,
)
from scripts.web.query import Filter as TagFilter
from scripts.web.snippets import cut_snippet, mark_all
from scripts.web.spelling import suggest_spelling

RANKED = 5_000  # hits that are ranked and counted for facets
COUNTED = 1_000  # beyond this: "more than 1,000"
PASSAGES = 3
PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
# A frequent word's first hits are taken from each of these, so that no kind crowds out another.
BUCKETS: Sequence[tuple[str, ...]] = (
    ("agency", "state"),
    ("agreement",),
    ("document", "excerpt", "figure", "payment", "topic", "publication", "explainer"),
    ("page",),
)
KIND_FACTOR: Mapping[str, float] = {
    "state": 2.0,
    "agency": 2.0,
    "topic": 1.6,
    "excerpt": 1.5,
    "explainer": 1.5,
    "figure": 1.3,
    "agreement": 1.2,
    "document": 1.2,
    "payment": 1.1,
}

Sort = Literal["relevance", "newest", "name"]


@dataclass(frozen=True)
class SearchRequest:
    """What is looked for. Filters are values as they stand in facets; ``page`` counts from 1."""

    q: str = ""
    kind: str | None = None
    state: str | None = None
    model: str | None = None
    status: str | None = None
    provenance: str | None = None
    sort: Sort = "relevance"
    page: int = 1
    size: int = PAGE_SIZE

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set."""
        return {field: value for field in FIELDS if (value := getattr(self, field))}


@dataclass(frozen=True)
class Passage:
    """A page of a document that has the words. ``path`` leads to it with the words marked."""

    page_number: int
    path: str
    html: str


@dataclass(frozen=True)
class Hit:
    """One record found. ``*_html`` is escaped, with the words found in ``<mark>``."""

    kind: str
    path: str
    title: str
    title_html: str
    context: str
    record_id: str | None
    state: str | None
    state_name: str | None
    model: str | None
    status: str | None
    provenance: str | None
    dated: str | None
    document_id: str | None
    page_number: int | None
    names_html: str | None  # a further name that has the words, where the title has not
    snippet_html: str | None
    passages: tuple[Passage, ...]
    passages_more: int  # pages with the words beyond those shown


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet, and how many of the hits have it."""

    value: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One way to narrow the search."""

    field: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class Wider:
    """The same search made wider: how, the request, and how many it finds (at most 1,001)."""

    how: Literal["without-filters", "any-word"]
    request: SearchRequest
    count: int


@dataclass(frozen=True)
class SearchPage:
    """One page of results."""

    request: SearchRequest
    hits: tuple[Hit, ...]
    total: int  # records found; a memorandum and its pages count once
    is_more: bool  # true: there are more than `total`
    is_sampled: bool  # true: the hits and facets are of the first 5,000 in static order
    page: int
    pages: int
    facets: tuple[Facet, ...]
    hints: tuple[Hint, ...]
    terms: tuple[Term, ...]
    suggestion: str | None = None  # the query with the nearest spelling, which does find something
    wider: tuple[Wider, ...] = ()


class _Row(NamedTuple):
    id: int
    score: float
    kind: str
    state: str | None
    model: str | None
    status: str | None
    provenance: str | None
    dated: str | None
    document_id: str | None
    page_number: int | None
    title: str


@dataclass
class _Group:
    """A record, or a document with those of its pages that were found (best first)."""

    lead: _Row
    score: float
    pages: list[_Row]


_ROWS = """
select
  docs.id, {score}, docs.kind, docs.state, docs.model, docs.status, docs.provenance, docs.dated,
  docs.document_id, docs.page_number, docs.title
from search
cross join search_docs as docs indexed by search_facets on docs.id = search.rowid
where search match ?
limit ?
"""
_SCORED = _ROWS.format(score="-bm25(search, 10.0, 4.0, 1.0, 0.0)")
_COUNT = "select count(*) from (select 1 from search where search match ? limit ?)"


def search(connection: sqlite3.Connection, request: SearchRequest) -> SearchPage:
    """Run a search. Never raises for what a person typed: what cannot be used gives a hint."""
    states = dict(connection.execute("select code, name from states").fetchall())
    query = parse_query(request.q, states)
    match, hints = _narrowed(query, request, states)
    if match is None:
        return _nothing(request, hints)
    rows, is_sampled = _rows(connection, match)
    is_by_page = request.kind == "page"
    groups = _grouped(rows, is_by_page)
    _sort(groups, request.sort)
    if request.sort == "relevance":
        groups = _exact_first(connection, groups, query)
    total = len(groups)
    size = min(max(1, request.size), MAX_PAGE_SIZE)
    pages = max(1, -(-total // size))
    page = min(max(1, request.page), pages)
    shown = groups[(page - 1) * size : page * size]
    found = SearchPage(
        request=request,
        hits=tuple(_hits(connection, shown, query, states)),
        total=min(total, COUNTED),
        is_more=total > COUNTED or is_sampled,
        is_sampled=is_sampled,
        page=page,
        pages=pages,
        facets=tuple(_facets(groups, request)),
        hints=hints,
        terms=query.terms,
    )
    if total:
        return found
    return replace(
        found,
        suggestion=_suggestion(connection, request, query, states),
        wider=tuple(_wider(connection, request, query, states)),
    )


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


def _rows(connection: sqlite3.Connection, match: str) -> tuple[list[_Row], bool]:
    """All matching rows with their score, or the first of each kind where there are too many."""
    if _count(connection, match, RANKED + 1) <= RANKED:
        found = connection.execute(_SCORED, [match, RANKED]).fetchall()
        return [_Row(*row) for row in found], False
    rows: list[_Row] = []
    for kinds in BUCKETS:
        tags = compile_node(TagFilter(tuple(f"kind{kind}" for kind in kinds)))
        limit = RANKED // len(BUCKETS)
        found = connection.execute(_SCORED, [f"({match}) AND {tags}", limit]).fetchall()
        rows.extend(_Row(*row) for row in found)
    return rows, True


def _count(connection: sqlite3.Connection, match: str, limit: int) -> int:
    return int(connection.execute(_COUNT, [match, limit]).fetchone()[0])


def _grouped(rows: Iterable[_Row], is_by_page: bool) -> list[_Group]:
    """Pages gathered under their document; every other row for itself."""
    groups: dict[object, _Group] = {}
    for row in rows:
        score = row.score * KIND_FACTOR.get(row.kind, 1.0)
        if row.status == "active":
            score *= 1.1
        is_page = row.kind == "page" and not is_by_page
        key = row.document_id if is_page or row.kind == "document" else row.id
        group = groups.get(key)
        if group is None:
            groups[key] = _Group(row, score, [row] if is_page else [])
            continue
        group.score = max(group.score, score) + 0.05 * min(group.score, score)
        if is_page:
            group.pages.append(row)
        else:
            group.lead = row
    for group in groups.values():
        group.pages.sort(key=lambda row: (-row.score, row.page_number or 0))
    return list(groups.values())


def _sort(groups: list[_Group], sort: Sort) -> None:
    groups.sort(key=lambda group: (-group.score, group.lead.id))
    if sort == "newest":
        groups.sort(key=lambda group: group.lead.dated or "", reverse=True)
    elif sort == "name":
        groups.sort(key=lambda group: fold(group.lead.title))


def _exact_first(
    connection: sqlite3.Connection, groups: list[_Group], query: Query
) -> list[_Group]:
    """Records whose name is what was typed go first, then those whose title has all its words."""
    words = words_of(query.text)
    if not words:
        return groups
    first, rest = groups[:80], groups[80:]
    names = _names(connection, [group.lead.id for group in first])
    wanted = set(words)

    def closeness(group: _Group) -> int:
        if group.lead.kind in ("page", "document"):
            return 0
        title = words_of(group.lead.title)
        if title == words:
            return 4 if group.lead.kind in ("state", "agency") else 3
        if group.lead.kind == "agency" and words in names.get(group.lead.id, ()):
            return 2
        return 1 if wanted <= set(title) else 0

    return [*sorted(first, key=closeness, reverse=True), *rest]


def _names(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> dict[int, tuple[tuple[str, ...], ...]]:
    marks = ", ".join("?" * len(ids))
    sql = f"select id, names from search_docs where id in ({marks})"  # noqa: S608 marks only
    return {
        int(number): tuple(words_of(name) for name in names.split("\n"))
        for number, names in connection.execute(sql, ids)
    }


def _facets(groups: Sequence[_Group], request: SearchRequest) -> Iterable[Facet]:
    counters: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    for group in groups:
        lead = group.lead
        kind = "document" if group.pages else lead.kind
        counters["kind"][kind] += 1
        for field, value in (
            ("state", lead.state),
            ("status", lead.status),
            ("provenance", lead.provenance),
        ):
            if value:
                counters[field][value] += 1
        for code in dict.fromkeys((lead.model or "").split()):
            counters["model"][code] += 1
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


def _hits(
    connection: sqlite3.Connection,
    groups: Sequence[_Group],
    query: Query,
    states: Mapping[str, str],
) -> Iterable[Hit]:
    for group in groups:
        passages, more = _passages(connection, group, query)
        yield _hit(_record(connection, group), group, query, states, passages, more)


def _record(connection: sqlite3.Connection, group: _Group) -> sqlite3.Row:
    """The row of ``search_docs`` to show: the document's own where only pages of it were found."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    if group.pages and group.lead.kind == "page":
        row = cursor.execute(
            "select * from search_docs where path = ?", [f"/documents/{group.lead.document_id}/"]
        ).fetchone()
        if row is not None:
            assert isinstance(row, sqlite3.Row)
            return row
    row = cursor.execute("select * from search_docs where id = ?", [group.lead.id]).fetchone()
    assert isinstance(row, sqlite3.Row)
    return row


def _hit(
    record: sqlite3.Row,
    group: _Group,
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
        path=record["path"] if record["kind"] != "page" else _page_path(group.lead, query),
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


def _other_name(record: sqlite3.Row, query: Query) -> str | None:
    """The first further name of an agency that has the words."""
    if record["kind"] != "agency":
        return None
    marked = (mark_all(name, query.terms) for name in record["names"].split("\n"))
    return next((name for name in marked if "<mark>" in name), None)


def _passages(
    connection: sqlite3.Connection, group: _Group, query: Query
) -> tuple[tuple[Passage, ...], int]:
    """Up to three pages whose own text has the words, and how many more there are."""
    rows = group.pages or ([group.lead] if group.lead.kind == "page" else [])
    if not rows or not query.terms:
        return (), 0
    passages: list[Passage] = []
    looked = 0
    for row in rows[: PASSAGES * 4]:
        looked += 1
        text = connection.execute(
            "select text from pages where document_id = ? and page_number = ?",
            [row.document_id, row.page_number],
        ).fetchone()
        html = cut_snippet(text[0], query.terms) if text and text[0] else None
        if html is not None:
            passages.append(Passage(row.page_number or 0, _page_path(row, query), html))
        if len(passages) == PASSAGES:
            break
    return tuple(passages), len(rows) - looked if len(passages) == PASSAGES else 0


def _page_path(row: _Row, query: Query) -> str:
    return f"/documents/{row.document_id}/pages/{row.page_number}/?{urlencode({'q': query.text})}"


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
    return text if match is not None and _count(connection, match, 1) else None


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
        count = _count(connection, match, COUNTED + 1) if match else 0
        if count:
            yield Wider(how, wider, count)
