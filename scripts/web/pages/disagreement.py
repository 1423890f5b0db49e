"""Where the lists and the memoranda that were read say different things."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.web.parts import comparisons, lookups
from scripts.web.parts.comparisons import Compared
from scripts.web.view.page import Ask, Row, View, one, rows

_DIFFER = """
select * from memorandum_comparisons where outcome = 'differ'
order by position, state, agency, document_id
"""
_INSIDE = """
select * from memorandum_comparisons
where field = 'addendum' and outcome = 'silent' and memorandum_says is not null
order by state, agency, document_id
"""
_COUNTS = """
select
  field,
  sum(outcome = 'agree') as agree,
  sum(outcome = 'differ') as differ,
  sum(outcome = 'silent') as silent
from memorandum_comparisons group by field order by min(position)
"""
_WRONG = """
select documents.id, documents.title, documents.note, document_facts.page_number,
  agencies.name as agency, agencies.state as state
from documents
join agencies on agencies.id = documents.agency_id
join document_facts on document_facts.document_id = documents.id
  and document_facts.fact = 'agency' and document_facts.value = documents.agency_id
where documents.note like '%not followed%'
order by documents.id
"""


_ROW_OF = re.compile(r"row of ([a-z0-9-]+[a-z0-9])")


@dataclass(frozen=True)
class Difference:
    """One difference; ``days`` from the list's date to the memorandum's, where it is of dates."""

    compared: Compared
    days: int | None


@dataclass(frozen=True)
class WrongLink:
    """A memorandum that names its agency, and the other agreement whose row links it."""

    document: Row
    agreement: Row


@dataclass(frozen=True)
class DisagreementsPage:
    """Differences seen on the picture, those only read, and what one side alone says."""

    counts: Sequence[Row]
    checked: Sequence[Difference]
    unchecked: Sequence[Difference]
    inside: Sequence[Compared]
    wrong_links: Sequence[WrongLink]


def view(connection: sqlite3.Connection, ask: Ask) -> View:
    """All differences between lists and memoranda in one place."""
    found = comparisons.describe_all(connection, ask.words, rows(connection, _DIFFER))
    differences = [Difference(one, _days(one)) for one in found]
    counts = rows(connection, _COUNTS)
    inside = comparisons.describe_all(connection, ask.words, rows(connection, _INSIDE))
    page = DisagreementsPage(
        counts,
        [one for one in differences if one.compared.is_checked],
        [one for one in differences if not one.compared.is_checked],
        inside,
        _wrong_links(connection),
    )
    read = max((row["agree"] + row["differ"] + row["silent"] for row in counts), default=0)
    told = ask.words.plural(
        "%(count)s difference between ICE's list and the memorandum that the list links, among "
        "%(read)s memoranda that were read. The archive shows both and decides for neither.",
        "%(count)s differences between ICE's list and the memorandum that the list links, among "
        "%(read)s memoranda that were read. The archive shows both and decides for neither.",
        len(page.checked),
        read=ask.words.number(read),
    )
    title = ask.words.text("Where list and memorandum disagree")
    newest = lookups.newest_list(connection)["stated_on"]
    return View("disagreements", title, told, page, dated=newest)


def _days(one: Compared) -> int | None:
    if one.row["field"] != "signing-date":
        return None
    listed, signed = (
        dt.date.fromisoformat(one.row[side]) for side in ("list_says", "memorandum_says")
    )
    return (signed - listed).days


def _wrong_links(connection: sqlite3.Connection) -> Sequence[WrongLink]:
    found: list[WrongLink] = []
    for document in rows(connection, _WRONG):
        for name in _ROW_OF.findall(document["note"]):
            agreement = one(connection, "select * from agreement_list where id = ?", name)
            if agreement is not None and agreement["agency_id"] is not None:
                found.append(WrongLink(document, agreement))
    return found
