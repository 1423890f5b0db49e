"""One signed instrument: its status in a sentence, its history, the rows that show it, evidence."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from scripts.web.parts import lookups, phrases
from scripts.web.parts.agreement_lists import narrow_agreements
from scripts.web.parts.comparisons import Compared, compare_document
from scripts.web.parts.copies import with_newer
from scripts.web.parts.narrowing import Narrowed
from scripts.web.parts.timeline import Bar, draw_timeline
from scripts.web.parts.windows import Span, agreement_spans
from scripts.web.view.addresses import agreement_path
from scripts.web.view.page import Ask, Row, View, one, rows

_AGREEMENT = """
select
  agreement_list.*,
  agreements.signed_basis as signed_basis,
  coalesce(states.name, agreement_list.state) as state_name,
  missing.id as missing_from,
  missing.stated_on as missing_from_on
from agreement_list
join agreements on agreements.id = agreement_list.id
left join states on states.code = agreement_list.state
left join publications as last_list on last_list.id = agreement_list.listed_until
left join publications as missing on missing.id = last_list.next_id
where agreement_list.id = ?
"""

# Neighbouring rows that link the same file are one line; rows without a link are one too.
_PAPERS = """
with shown as (
  select
    listings.listing as listing,
    listings.moa_address as address,
    first_list.sequence as first_place,
    coalesce(last_list.sequence, newest.sequence) as last_place,
    listings.last_publication is null as stands
  from listings
  join publications as first_list on first_list.id = listings.first_publication
  left join publications as last_list on last_list.id = listings.last_publication
  join publications as newest on newest.kind = listings.kind and newest.is_newest = 1
  where listings.agreement_id = ?
),
turned as (
  select shown.*,
    address is not (lag(address, 1, '-') over (order by first_place, listing)) as turns
  from shown
),
numbered as (
  select turned.*, sum(turns) over (order by first_place, listing) as run from turned
),
runs as (
  select
    run,
    address,
    min(first_place) as first_place,
    max(last_place) as last_place,
    max(stands) as stands
  from numbered
  group by run, address
)
select
  runs.address as address,
  first_list.id as first_id,
  last_list.id as last_id,
  runs.stands as stands,
  documents.id as document_id,
  documents.file_name as file_name,
  events."on" as dated
from runs
join publications as first_list
  on first_list.sequence = runs.first_place and first_list.kind = 'participating'
join publications as last_list
  on last_list.sequence = runs.last_place and last_list.kind = 'participating'
left join documents on documents.address = runs.address
left join events on events.agreement_id = ? and events.kind = 'memorandum-replaced'
  and events.after = runs.address
order by runs.run
"""


@dataclass(frozen=True)
class AgreementPage:
    """What the template shows of an agreement."""

    agreement: Row
    spans: Sequence[Span]
    printed: Sequence[Row]
    events: Sequence[Row]
    documents: Sequence[Row]
    excerpts: Sequence[Row]
    deviations: Sequence[Row]
    predecessors: Sequence[Row]
    siblings: Sequence[Row]
    wait_days: int | None
    timeline: Markup
    compared: Sequence[Compared]  # what list and memorandum say
    papers: Sequence[Row]  # which memorandum stood in the row, where a newer one took its place


def find(connection: sqlite3.Connection, id: str) -> dict[str, Any] | None:
    """The agreement's row, with state name and the first list that no longer shows it."""
    return one(connection, _AGREEMENT, id)


def view(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """The page of an agreement."""
    agreement = find(connection, id)
    if agreement is None:
        return None
    newest = lookups.newest_list(connection)
    page = _page(connection, ask, agreement, newest["stated_on"])
    sentence = phrases.agreement_sentence(
        ask.words, agreement, agreement["agency"], newest["stated_on"]
    )
    if agreement["status"] == "active":
        sentence = with_newer(connection, ask.words, sentence)
    return View(
        "agreement",
        title(ask, agreement),
        sentence,
        page,
        _record(page),
        source=agreement["memorandum_address"],
        dated=newest["stated_on"],
        kind="agreement",
    )


def title(ask: Ask, agreement: Row) -> str:
    """``Florida Highway Patrol: Task Force agreement of 25 February 2025``."""
    facts = {
        "agency": agreement["agency"],
        "model": phrases.model_name(ask.words, agreement["model"]),
        "date": ask.words.date(agreement["signed_on"]),
    }
    if agreement["signed_on"] is None:
        return ask.words.text("%(agency)s: %(model)s agreement, date not stated", **facts)
    return ask.words.text("%(agency)s: %(model)s agreement of %(date)s", **facts)


def _page(
    connection: sqlite3.Connection, ask: Ask, agreement: Row, newest_on: str
) -> AgreementPage:
    id = agreement["id"]
    spans = agreement_spans(connection, id)
    bar = Bar(
        phrases.since(ask.words, agreement), agreement["model"], spans, agreement["signed_on"]
    )
    picture = draw_timeline(
        [bar],
        lookups.list_dates(connection),
        newest_on,
        ask.words.text("This agreement over time"),
        ask.words.text("The bar spans the time in which lists show the agreement."),
    )
    documents = (
        "select * from document_list where agreement_id = ? or id = ? order by kind desc, id"
    )
    deviations = "select * from deviations where document_id = ? order by page_number, id"
    before = "select * from agreement_list where successor_id = ? order by signed_on"
    others = "select * from agreement_list where agency_id = ? and id <> ? order by signed_on"
    excerpts = "select * from excerpt_list where agreement_id = ? order by id"
    return AgreementPage(
        agreement,
        spans,
        lookups.printed_rows(connection, "agreement_id", id),
        lookups.events_of(connection, "agreement_id", id),
        rows(connection, documents, id, agreement["document_id"]),
        rows(connection, excerpts, id),
        rows(connection, deviations, agreement["document_id"]),
        rows(connection, before, id),
        rows(connection, others, agreement["agency_id"], id),
        wait_days(agreement),
        picture,
        compare_document(connection, ask.words, agreement["document_id"] or ""),
        rows(connection, _PAPERS, id, id),
    )


def wait_days(agreement: Row) -> int | None:
    """Days from the first pending list to the signing date, where both are known and in order."""
    if agreement["pending_from_on"] is None or agreement["signed_on"] is None:
        return None
    pending = dt.date.fromisoformat(agreement["pending_from_on"])
    days = (dt.date.fromisoformat(agreement["signed_on"]) - pending).days
    return days if days >= 0 else None


def _record(page: AgreementPage) -> dict[str, Any]:
    return {
        "agreement": dict(page.agreement),
        "listed": [
            {
                "from": span.first,
                "until": span.last,
                "from_on": span.first_on,
                "until_on": span.last_on,
            }
            for span in page.spans
        ],
        "rows_as_printed": [dict(row) for row in page.printed],
        "events": [dict(row) for row in page.events],
        "documents": [row["id"] for row in page.documents],
        "list_and_memorandum": [dict(one.row) for one in page.compared],
    }


_COUNTS = """
select
  model,
  sum(status = 'active') as active,
  sum(status = 'superseded') as superseded,
  sum(status = 'removed') as removed
from agreements group by model order by active desc, model
"""
_ALL = """
select agreement_list.*, coalesce(states.name, agreement_list.state) as state_name
from agreement_list left join states on states.code = agreement_list.state
order by state_name, agency, signed_on, agreement_list.id
"""
_BY_STATE = """
select state_summary.*, coalesce(states.name, state_summary.state) as name
from state_summary left join states on states.code = state_summary.state
order by name
"""


@dataclass(frozen=True)
class AgreementsPage:
    """Agreements by model and state, all of them to be narrowed, and those that left."""

    models: Sequence[Row]
    list: Narrowed
    ended: Sequence[Row]
    states: Sequence[Row]


def index(connection: sqlite3.Connection, ask: Ask) -> View:
    """All agreements: how many of each model, the list to be narrowed, those that left."""
    models = rows(connection, _COUNTS)
    newest = lookups.newest_list(connection)["stated_on"]
    page = AgreementsPage(
        models,
        narrow_agreements(
            ask,
            rows(connection, _ALL),
            ("state", "model", "standing", "year", "county"),
            lambda entry: str(entry.row["state_name"]),
        ),
        rows(
            connection,
            "select * from ended_agreements order by missing_from_on desc, agency limit 20",
        ),
        rows(connection, _BY_STATE),
    )
    active = sum(row["active"] for row in models)
    told = ask.words.plural(
        "The newest list held, of %(date)s, shows %(count)s agreement.",
        "The newest list held, of %(date)s, shows %(count)s agreements.",
        active,
        date=ask.words.date(newest),
    )
    title = ask.words.text("Agreements")
    is_whole = not page.list.is_narrowed
    return View("agreements", title, told, page, dated=newest, is_indexed=is_whole)


_LISTS = """
select publications.*, publication_files.sha256, publication_files.file_name,
  publication_files.address, publication_files.archived_address, publication_files.captured_at
from publications
left join publication_files on publication_files.publication_id = publications.id
where publications.id = ?
order by publication_files.file_name
"""


@dataclass(frozen=True)
class Evidence:
    """One list in evidence: what it prints of the agreement, and its files."""

    what: str
    publication: Row
    files: Sequence[Row]
    rows: Sequence[Row]


@dataclass(frozen=True)
class EvidencePage:
    """The evidence sheet of an agreement."""

    agreement: Row
    lists: Sequence[Evidence]
    document: Row | None


def evidence(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """The evidence sheet: the list before, the first, the last and the one after, with hashes."""
    agreement = find(connection, id)
    if agreement is None:
        return None
    newest = lookups.newest_list(connection)
    text = ask.words.text
    last = agreement["listed_until"] or newest["id"]
    wanted = [
        (text("The list before, which does not show it"), _before(connection, agreement)),
        (text("The first list that shows it"), agreement["listed_from"]),
        (text("The last list that shows it"), last if last != agreement["listed_from"] else None),
        (text("The list after, which no longer shows it"), agreement["missing_from"]),
    ]
    lists = [_evidence(connection, what, list_id, id) for what, list_id in wanted if list_id]
    document = one(connection, "select * from documents where id = ?", agreement["document_id"])
    sentence = phrases.agreement_sentence(
        ask.words, agreement, agreement["agency"], newest["stated_on"]
    )
    heading = text("Evidence sheet: %(title)s", title=title(ask, agreement))
    page = EvidencePage(agreement, lists, document)
    return View("evidence", heading, sentence, page, dated=newest["stated_on"], kind="evidence")


def _before(connection: sqlite3.Connection, agreement: Row) -> str | None:
    found = one(
        connection, "select previous_id from publications where id = ?", agreement["listed_from"]
    )
    return found["previous_id"] if found else None


def _evidence(
    connection: sqlite3.Connection, what: str, list_id: str, agreement_id: str
) -> Evidence:
    files = rows(connection, _LISTS, list_id)
    printed = "select * from printed_rows where publication_id = ? and agreement_id = ?"
    return Evidence(what, files[0], files, rows(connection, printed, list_id, agreement_id))


def evidence_paths(connection: sqlite3.Connection) -> Sequence[str]:
    """The evidence sheets' paths."""
    found = connection.execute("select id from agreements order by id")
    return [f"{agreement_path(row[0])}evidence/" for row in found]
