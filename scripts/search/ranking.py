"""Ranking: which rows match, their order, and pages gathered under their document."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from scripts.search.expression import COLUMNS, Filter, compile_node
from scripts.search.folding import fold, words_of
from scripts.search.lexing import STOP_WORDS
from scripts.search.query import Query
from scripts.search.results import Sort

LOOKED_AT = 80  # of the best hits, whose names are compared with what was typed
FEW = 2_500  # hits up to which all are ranked by how well they match
RANKED = 5_000  # hits that are ordered and counted for facets
# A frequent word's first hits are taken from each of these, so that no kind crowds out another.
BUCKETS: Sequence[tuple[str, ...]] = (
    ("agency", "state"),
    ("agreement",),
    (
        *("document", "excerpt", "deviation", "template", "figure", "payment", "topic"),
        *("publication", "explainer"),
    ),
    ("page",),
)
KIND_FACTOR: Mapping[str, float] = {
    "state": 2.0,
    "agency": 2.0,
    "topic": 1.6,
    "excerpt": 1.5,
    "deviation": 1.4,
    "explainer": 1.5,
    "figure": 1.3,
    "agreement": 1.2,
    "document": 1.2,
    "payment": 1.1,
}
ACTIVE_FACTOR = 1.1


class Facets(NamedTuple):
    """What a record can be narrowed by; ``model`` may name several, separated by spaces."""

    kind: str
    state: str
    model: str
    status: str
    provenance: str
    factor: float  # how much more such a record counts than a page


class Row(NamedTuple):
    """One row of the index that matches."""

    id: int
    score: float
    facets: Facets
    dated: str | None
    document: int | None
    page_number: int | None


@dataclass
class Group:
    """A record, or a document with those of its pages that were found (best first)."""

    lead: Row
    score: float
    pages: list[Row]


_ROWS = """
select
  facets.id, {score}, facets.facet, facets.dated, facets.document, facets.page_number
from search
cross join search_facets as facets on facets.id = search.rowid
where search match ?
limit ?
"""
_SCORED = _ROWS.format(score="-bm25(search, 10.0, 4.0, 1.0, 0.0)")
_PLAIN = _ROWS.format(score="0.0")
_IDS = "select rowid from search where search match ? limit ?"
_FURTHER = """
select id, 0.0, facet, dated, document, page_number from search_facets
where id in (select value from json_each(?)) order by id
"""
_TITLED = 3.0
_NAMES = """
select id, title, names from search_docs where id in (select value from json_each(?))
"""
_TITLES = "select id, title from search_docs where id in (select value from json_each(?))"
_NAMED = """
select id from search_docs where title = ? collate nocase
union
select id from search_docs where path = '/states/' || lower(?) || '/'
"""
_LEADS = """
select id, 0.0, facet, search_facets.dated, document, search_facets.page_number
from search_docs join search_facets using (id) where path = ?
"""
_COUNT = "select count(*) from (select 1 from search where search match ? limit ?)"


def matching_rows(connection: sqlite3.Connection, match: str) -> tuple[list[Row], bool]:
    """Matching rows with their score, and whether they are only the first of each kind.

    Few are ranked by bm25. That looks at every row that has one of the words, in the whole index,
    so where many match they keep the order of the index, those with the words in their title first.
    """
    count = count_rows(connection, match, RANKED + 1)
    if count <= FEW:
        return _read(connection.execute(_SCORED, [match, FEW])), False
    if count <= RANKED:
        return _in_order(connection, match, RANKED), False
    rows: list[Row] = []
    for kinds in BUCKETS:
        tags = compile_node(Filter(tuple(f"kind{kind}" for kind in kinds)))
        rows.extend(_in_order(connection, f"({match}) AND {tags}", RANKED // len(BUCKETS)))
    return rows, True


def _in_order(connection: sqlite3.Connection, match: str, limit: int) -> list[Row]:
    """The first rows of the index that match, and the first that match by their title."""
    by_title = [match.replace(COLUMNS, "{title}"), limit]
    titled = {int(row[0]) for row in connection.execute(_IDS, by_title)}
    found = connection.execute(_PLAIN, [match, limit]).fetchall()
    further = json.dumps(sorted(titled.difference(row[0] for row in found)))
    found += connection.execute(_FURTHER, [further]).fetchall()
    return _read(
        (row[0], (_TITLED if row[0] in titled else 1.0) + 1 / (1 + place), *row[2:])
        for place, row in enumerate(found)
    )


def _read(found: Iterable[tuple[Any, ...]]) -> list[Row]:
    make, known = Row._make, _FACETS
    return [make((a, score, known[facet], b, c, d)) for a, score, facet, b, c, d in found]


class _Known(dict[str, Facets]):
    """Facets by their text in the index: thousands of rows share a few hundred."""

    def __missing__(self, text: str) -> Facets:
        kind, state, model, status, provenance = text.split("|")
        factor = KIND_FACTOR.get(kind, 1.0) * (ACTIVE_FACTOR if status == "active" else 1.0)
        self[text] = Facets(kind, state, model, status, provenance, factor)
        return self[text]


_FACETS = _Known()


def count_rows(connection: sqlite3.Connection, match: str, limit: int) -> int:
    """How many rows match, counted up to ``limit``."""
    return int(connection.execute(_COUNT, [match, limit]).fetchone()[0])


def group_rows(rows: Iterable[Row], is_by_page: bool) -> list[Group]:
    """Pages gathered under their document (unless ``is_by_page``); every other row for itself."""
    groups: dict[int, Group] = {}
    for row in rows:
        facets = row.facets
        score = row.score * facets.factor
        is_page = facets.kind == "page" and not is_by_page
        # Documents are numbered apart from rows: negative keys are theirs.
        key = -row.document if row.document is not None and not is_by_page else row.id
        group = groups.get(key)
        if group is None:
            groups[key] = Group(row, score, [row] if is_page else [])
            continue
        more, less = (score, group.score) if score > group.score else (group.score, score)
        group.score = more + 0.05 * less
        if is_page:
            group.pages.append(row)
        else:
            group.lead = row
    for group in groups.values():
        if len(group.pages) > 1:
            group.pages.sort(key=lambda row: (-row.score, row.page_number or 0))
    return list(groups.values())


def sort_groups(connection: sqlite3.Connection, groups: list[Group], sort: Sort) -> None:
    """Sort in place: by score, then by date (newest first) or name where that is asked for."""
    groups.sort(key=lambda group: (-group.score, group.lead.id))
    if sort == "newest":
        groups.sort(key=lambda group: group.lead.dated or "", reverse=True)
    elif sort == "name":
        ids = json.dumps([group.lead.id for group in groups])
        titles = dict(connection.execute(_TITLES, [ids]).fetchall())
        groups.sort(key=lambda group: fold(titles[group.lead.id]))


def put_exact_first(
    connection: sqlite3.Connection, groups: list[Group], query: Query
) -> list[Group]:
    """Records whose name is what was typed go first, then those whose title has all its words."""
    words = words_of(query.text)
    if not words:
        return groups
    named = {int(row[0]) for row in connection.execute(_NAMED, [query.text, query.text])}
    best = groups[:LOOKED_AT]
    first = [*best, *(group for group in groups[LOOKED_AT:] if group.lead.id in named)]
    rest = [group for group in groups[LOOKED_AT:] if group.lead.id not in named]
    known = _names(connection, [group.lead.id for group in first])
    wanted = set(words) - STOP_WORDS or set(words)

    def closeness(group: Group) -> int:
        kind = group.lead.facets.kind
        if kind in ("page", "document"):
            return 0
        title, names = known[group.lead.id]
        if kind == "state" and (title == words or words in names):
            return 5
        if title == words:
            return 4 if kind == "agency" else 3
        if kind == "agency" and words in names and len(words) > 1:
            return 2
        return 1 if wanted <= set(title) else 0

    return [*sorted(first, key=closeness, reverse=True), *rest]


def put_named_first(
    connection: sqlite3.Connection, groups: list[Group], paths: Sequence[str]
) -> list[Group]:
    """The records at these addresses first, whether or not their words were found."""
    known = {group.lead.id: group for group in groups}
    known |= {-group.lead.document: group for group in groups if group.lead.document is not None}
    first: list[Group] = []
    for path in paths:
        for row in _read(connection.execute(_LEADS, [path])):
            document = -row.document if row.facets.kind == "document" and row.document else row.id
            first.append(known.get(document) or known.get(row.id) or Group(row, 0.0, []))
    taken = {id(group) for group in first}
    return [*first, *(group for group in groups if id(group) not in taken)]


def _names(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> dict[int, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]:
    """Title and further names of rows, as words."""
    rows = connection.execute(_NAMES, [json.dumps(ids)])
    return {
        int(number): (words_of(title), tuple(words_of(name) for name in names.split("\n")))
        for number, title, names in rows
    }
