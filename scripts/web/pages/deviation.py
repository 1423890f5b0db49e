"""How memoranda differ from ICE's templates: the list of all, one confirmed, one memorandum's."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scripts.search.folding import fold
from scripts.web.parts.differences import (
    LIST,
    MOST_UNUSUAL_FIRST,
    SURE,
    Difference,
    Sure,
    differences_of,
    others_alike,
    sure_of,
)
from scripts.web.parts.side_by_side import Piece, lay_side_by_side, shorten
from scripts.web.view.page import Ask, Row, View, cell, rows

FIELDS = ("model", "state", "kind", "sure", "template")
_SHOWN = 60  # words of a difference that the list shows
_LISTED_AROUND = 7


@dataclass(frozen=True)
class Item:
    """A difference in the list: what is shown of it, and what the filters compare."""

    row: Row
    sure: Sure
    words: tuple[Piece, ...]  # both wordings in one row
    before: str
    after: str
    values: Mapping[str, str]  # by field
    find: str  # everything that the search looks through, folded
    is_shown: bool


@dataclass(frozen=True)
class Choice:
    """A value of a filter, with the differences that it would leave."""

    value: str
    label: str  # empty where the template knows the word
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class DeviationsPage:
    """All differences by how sure they are, each group the most unusual first, and the filters."""

    groups: Mapping[Sure, Sequence[Item]]
    choices: Mapping[str, Sequence[Choice]]
    query: str
    chosen: Mapping[str, str]
    shown: int
    total: int
    compared: int


def index(connection: sqlite3.Connection, ask: Ask) -> View:
    """What memoranda say otherwise than their templates. A query's parameters filter the list; all
    items are sent, those left out hidden, so that a script can filter on a file server too."""
    query = ask.first("q").strip()[:200]
    chosen = {field: ask.first(field) for field in FIELDS if ask.first(field)}
    found = rows(connection, LIST + MOST_UNUSUAL_FIRST)
    items = [_item(row, query, chosen) for row in found]
    compared = int(cell(connection, _COMPARED) or 0)
    page = DeviationsPage(
        {sure: [item for item in items if item.sure == sure] for sure in SURE},
        {field: _choices(field, items, query, chosen) for field in FIELDS},
        query,
        chosen,
        sum(item.is_shown for item in items),
        len(items),
        compared,
    )
    text = ask.words.text
    told = text(
        "%(count)s held memoranda were compared, word by word, with the template that they were "
        "made from. These are the passages in which one says something else.",
        count=ask.words.number(compared),
    )
    return View(
        "deviations",
        text("How memoranda differ from ICE's templates"),
        told,
        page,
        is_indexed=not query and not chosen,
    )


_COMPARED = """
select count(*) from documents
where kind = 'memorandum' and is_held = 1 and model in (select model from templates)
"""


def _item(row: Row, query: str, chosen: Mapping[str, str]) -> Item:
    sure = sure_of(row)
    whole = lay_side_by_side(row["template_text"] or "", row["document_text"] or "").inline
    words = shorten(whole, _SHOWN)
    values = {
        "model": row["model"] or "",
        "state": row["state"] or "",
        "kind": row["kind"],
        "sure": sure,
        "template": row["template_id"] or "",
    }
    told = (row["agency"], row["state_name"], row["title"], row["clause"], row["summary"])
    every = fold(" ".join((*(part or "" for part in told), *(piece.text for piece in whole))))
    matches = all(values[field] == value for field, value in chosen.items())
    return Item(
        row,
        sure,
        words,
        " ".join((row["document_before"] or "").split()[-_LISTED_AROUND:]),
        " ".join((row["document_after"] or "").split()[:_LISTED_AROUND]),
        values,
        every,
        matches and _has_words(every, query),
    )


def _has_words(text: str, query: str) -> bool:
    """Every word asked for stands in the text, also as a part of a word."""
    return all(word in text for word in fold(query).split())


def _choices(
    field: str, items: Sequence[Item], query: str, chosen: Mapping[str, str]
) -> list[Choice]:
    """The values of a field with what each would leave, the other filters kept."""
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    others = {name: value for name, value in chosen.items() if name != field}
    for item in items:
        value = item.values[field]
        if not value:
            continue
        counts.setdefault(value, 0)
        labels[value] = _label(field, item.row)
        if all(item.values[name] == other for name, other in others.items()):
            counts[value] += _has_words(item.find, query)
    order = SURE if field == "sure" else sorted(counts, key=lambda value: labels[value] or value)
    return [
        Choice(value, labels[value], counts[value], chosen.get(field) == value)
        for value in order
        if value in counts
    ]


def _label(field: str, row: Row) -> str:
    if field == "state":
        return str(row["state_name"])
    return str(row["template_title"] or row["template_id"]) if field == "template" else ""


@dataclass(frozen=True)
class DeviationPage:
    """One confirmed difference, the memorandum's others, and other memoranda with the same."""

    difference: Difference
    siblings: Sequence[Row]
    alike: Sequence[Row]


def view(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """The page of a confirmed difference; what nobody has confirmed has no address of its own."""
    found = differences_of(connection, "deviations.id = ? and deviations.is_verified = 1", id)
    if not found:
        return None
    row = found[0].row
    siblings = rows(
        connection,
        "select * from deviations where document_id = ? and id <> ? and is_verified = 1"
        " order by page_number, id",
        row["document_id"],
        id,
    )
    text = ask.words.text
    agency = row["agency"] or row["title"]
    kinds = {
        "addition": text("%(agency)s: words added to ICE's template", agency=agency),
        "omission": text("%(agency)s: words of ICE's template left out", agency=agency),
        "change": text("%(agency)s: words of ICE's template changed", agency=agency),
    }
    alike = others_alike(connection, row)
    record = {"deviation": dict(row), "alike": [other["id"] for other in alike]}
    return View(
        "deviation",
        kinds[row["kind"]],
        row["summary"],
        DeviationPage(found[0], siblings, alike),
        record,
        row["address"],
        row["dated"],
        "difference from a template",
    )


@dataclass(frozen=True)
class DifferencesPage:
    """All differences of one memorandum, in the order of its pages."""

    document: Row
    differences: Sequence[Difference]
    counts: Mapping[Sure, int]
    nearest: Row | None  # a difference that names the template, where the memorandum names none


_DOCUMENT = """
select document_list.*, templates.title as template_title,
  templates.documents as template_documents,
  coalesce(states.name, document_list.state) as state_name
from document_list
left join templates on templates.id = document_list.template
left join states on states.code = document_list.state
where document_list.id = ? and document_list.kind = 'memorandum'
  and document_list.sha256 is not null
"""


def of_document(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """A memorandum beside its template. Every memorandum whose file is known has this page, whether
    or not the file is at hand, so that its address stays."""
    found = rows(connection, _DOCUMENT, id)
    if not found:
        return None
    document = found[0]
    differences = differences_of(connection, "deviations.document_id = ?", id)
    counts = {sure: sum(one.sure == sure for one in differences) for sure in SURE}
    rest = [one.row for one in differences if one.row["template_id"] != document["template"]]
    nearest = next((row for row in rest if row["template_title"]), None)
    text = ask.words.text
    name = document["agency"] or document["title"]
    record = {"document": id, "differences": [dict(one.row) for one in differences]}
    return View(
        "differences",
        text("How the memorandum of %(name)s differs from its template", name=name),
        _told(ask, document, counts),
        DifferencesPage(document, differences, counts, nearest),
        record,
        document["address"],
        document["signed_on"] or document["listed_signed_on"],
        "comparison",
    )


def _told(ask: Ask, document: Row, counts: Mapping[Sure, int]) -> str:
    text = ask.words.text
    if not document["is_held"]:
        return text(
            "The file was not at hand for this build, so it was not compared anew; what was "
            "confirmed on its pages before stands here."
        )
    if not any(counts.values()):
        return text(
            "Compared word by word with its template: nothing differs but the parties' names, "
            "dates and what the template leaves blank."
        )
    told = {
        "confirmed": text("%(count)s confirmed on the page's picture", count=counts["confirmed"]),
        "found": text("%(count)s found by machine", count=counts["found"]),
        "unverified": text("%(count)s perhaps a mistake of reading", count=counts["unverified"]),
    }
    return text(
        "Where it says something else than its template: %(counts)s.",
        counts=", ".join(told[sure] for sure in SURE if counts[sure]),
    )
