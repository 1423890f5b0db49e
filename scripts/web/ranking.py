"""Ranking: which rows match, their order, and pages gathered under their document."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scripts.web.query import Filter, Query, compile_node, fold, words_of
from scripts.web.results import Sort

LOOKED_AT = 80  # of the best hits, whose names are compared with what was typed
RANKED = 5_000  # hits that are ranked and counted for facets
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


class Row(NamedTuple):
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
class Group:
    """A record, or a document with those of its pages that were found (best first)."""

    lead: Row
    score: float
    pages: list[Row]


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


def matching_rows(connection: sqlite3.Connection, match: str) -> tuple[list[Row], bool]:
    """All matching rows with their score, or the first of each kind where there are too many."""
    if count_rows(connection, match, RANKED + 1) <= RANKED:
        found = connection.execute(_SCORED, [match, RANKED]).fetchall()
        return [Row(*row) for row in found], False
    rows: list[Row] = []
    for kinds in BUCKETS:
        tags = compile_node(Filter(tuple(f"kind{kind}" for kind in kinds)))
        limit = RANKED // len(BUCKETS)
        found = connection.execute(_SCORED, [f"({match}) AND {tags}", limit]).fetchall()
        rows.extend(Row(*row) for row in found)
    return rows, True


def count_rows(connection: sqlite3.Connection, match: str, limit: int) -> int:
    """How many rows match, counted up to ``limit``."""
    return int(connection.execute(_COUNT, [match, limit]).fetchone()[0])


def group_rows(rows: Iterable[Row], is_by_page: bool) -> list[Group]:
    """Pages gathered under their document (unless ``is_by_page``); every other row for itself."""
    groups: dict[object, Group] = {}
    for row in rows:
        score = row.score * KIND_FACTOR.get(row.kind, 1.0)
        if row.status == "active":
            score *= 1.1
        is_page = row.kind == "page" and not is_by_page
        key = row.document_id if is_page or row.kind == "document" else row.id
        group = groups.get(key)
        if group is None:
            groups[key] = Group(row, score, [row] if is_page else [])
            continue
        group.score = max(group.score, score) + 0.05 * min(group.score, score)
        if is_page:
            group.pages.append(row)
        else:
            group.lead = row
    for group in groups.values():
        group.pages.sort(key=lambda row: (-row.score, row.page_number or 0))
    return list(groups.values())


def sort_groups(groups: list[Group], sort: Sort) -> None:
    """Sort in place: by score, then by date (newest first) or name where that is asked for."""
    groups.sort(key=lambda group: (-group.score, group.lead.id))
    if sort == "newest":
        groups.sort(key=lambda group: group.lead.dated or "", reverse=True)
    elif sort == "name":
        groups.sort(key=lambda group: fold(group.lead.title))


def put_exact_first(
    connection: sqlite3.Connection, groups: list[Group], query: Query
) -> list[Group]:
    """Records whose name is what was typed go first, then those whose title has all its words."""
    words = words_of(query.text)
    if not words:
        return groups
    far = [group for group in groups[LOOKED_AT:] if _may_be_named(group, query.text)][:LOOKED_AT]
    chosen = {group.lead.id for group in far}
    first = [*groups[:LOOKED_AT], *far]
    rest = [group for group in groups[LOOKED_AT:] if group.lead.id not in chosen]
    names = _names(connection, [group.lead.id for group in first])
    wanted = set(words)

    def closeness(group: Group) -> int:
        if group.lead.kind in ("page", "document"):
            return 0
        title = words_of(group.lead.title)
        is_named = words in names.get(group.lead.id, ())
        if group.lead.kind == "state" and (title == words or is_named):
            return 5
        if title == words:
            return 4 if group.lead.kind == "agency" else 3
        if group.lead.kind == "agency" and is_named and len(words) > 1:
            return 2
        return 1 if wanted <= set(title) else 0

    return [*sorted(first, key=closeness, reverse=True), *rest]


def _may_be_named(group: Group, text: str) -> bool:
    """Whether a record far down may yet be the one named: a state, or a title of that length."""
    return group.lead.kind == "state" or abs(len(group.lead.title) - len(text)) <= 2


def _names(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> dict[int, tuple[tuple[str, ...], ...]]:
    marks = ", ".join("?" * len(ids))
    sql = f"select id, names from search_docs where id in ({marks})"  # noqa: S608 marks only
    return {
        int(number): tuple(words_of(name) for name in names.split("\n"))
        for number, names in connection.execute(sql, ids)
    }
