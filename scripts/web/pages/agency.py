"""One law-enforcement body: what it has and had with ICE, and every list that says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from scripts.web.parts import lookups, phrases
from scripts.web.parts.copies import with_newer
from scripts.web.parts.timeline import Bar, draw_timeline
from scripts.web.parts.windows import Span, pending_spans, spans_by_agreement
from scripts.web.view.page import Ask, Row, View, one, rows
from scripts.web.view.words import Words


@dataclass(frozen=True)
class AgencyPage:
    """What the template shows of an agency."""

    agency: Row
    agreements: Sequence[Row]
    spans: Mapping[str, Sequence[Span]]
    pending: Sequence[Span]
    names: Sequence[Row]
    printed: Sequence[Row]
    events: Sequence[Row]
    documents: Sequence[Row]
    payments: Sequence[Row]
    figures: Sequence[Row]
    neighbours: Sequence[Row]
    timeline: Markup
    counties: Sequence[Row]
    registered: Row | None


_NEIGHBOURS = "select id, name from agencies where county_fips = ? and id <> ? order by name"
_COUNTIES = """
select counties.fips, counties.name, agency_places.basis
from agency_places join counties on counties.fips = agency_places.county_fips
where agency_places.agency_id = ? order by counties.name, counties.fips
"""
_NAMES = """
select * from agency_spellings where agency_id = ? order by list_kind, first_on, name_printed
"""
# A number that one source gives as an amount stands once, as the payment.
_FIGURES = """
select * from figures
where agency_id = ? and not exists (
  select 1 from payments
  where payments.agency_id = figures.agency_id and payments.source_id = figures.source_id
    and figures.unit = 'USD' and cast(payments.amount_usd as text) = figures.value
)
order by id
"""
_AGENCY = """
select agencies.*, coalesce(states.name, agencies.state) as state_name
from agencies left join states on states.code = agencies.state
where agencies.id = ?
"""


def view(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """The page of an agency."""
    agency = one(connection, _AGENCY, id)
    if agency is None:
        return None
    page = _page(connection, ask.words, agency)
    newest = lookups.newest_list(connection)
    sentence = phrases.agency_sentence(
        ask.words,
        agency,
        page.agreements,
        page.pending[0].first_on if page.pending else None,
        newest["stated_on"],
        is_pending=bool(page.pending) and page.pending[-1].last is None,
    )
    sentence = with_newer(connection, ask.words, sentence)
    title = f"{agency['name']}, {agency['state_name']}"
    record = _record(page)
    return View("agency", title, sentence, page, record, dated=newest["stated_on"], kind="agency")


def _page(connection: sqlite3.Connection, words: Words, agency: Row) -> AgencyPage:
    id = agency["id"]
    sql = "select * from agreement_list where agency_id = ? order by signed_on, listed_from_on, id"
    agreements = rows(connection, sql, id)
    spans = spans_by_agreement(connection, id)
    pending = pending_spans(connection, id)
    return AgencyPage(
        agency,
        agreements,
        spans,
        pending,
        rows(connection, _NAMES, id),
        lookups.printed_rows(connection, "agency_id", id),
        lookups.events_of(connection, "agency_id", id),
        rows(connection, "select * from document_list where agency_id = ? order by id", id),
        rows(connection, "select * from payment_list where agency_id = ? order by id", id),
        rows(connection, _FIGURES, id),
        rows(connection, _NEIGHBOURS, agency["county_fips"], id) if agency["county_fips"] else [],
        _timeline(connection, words, agency, agreements, spans, pending),
        rows(connection, _COUNTIES, id),
        one(connection, "select * from register_list where agency_id = ?", id),
    )


def _timeline(
    connection: sqlite3.Connection,
    words: Words,
    agency: Row,
    agreements: Sequence[Row],
    spans: Mapping[str, Sequence[Span]],
    pending: Sequence[Span],
) -> Markup:
    bars = [Bar(words.text("Pending"), "pending", pending)] if pending else []
    bars += [
        Bar(
            phrases.since(words, row),
            row["model"] or "",
            spans.get(row["id"], ()),
            row["signed_on"],
        )
        for row in agreements
    ]
    end = lookups.newest_list(connection)["stated_on"]
    told = words.text(
        "One bar for each agreement, over the time in which lists show it. The table below says "
        "the same in words."
    )
    title = words.text("Agreements of %(agency)s over time", agency=agency["name"])
    return draw_timeline(bars, lookups.list_dates(connection), end, title, told)


def _record(page: AgencyPage) -> dict[str, Any]:
    return {
        "agency": dict(page.agency),
        "counties": [dict(row) for row in page.counties],
        "register": dict(page.registered) if page.registered else None,
        "agreements": [dict(row) for row in page.agreements],
        "names_printed": [dict(row) for row in page.names],
        "events": [dict(row) for row in page.events],
        "documents": [row["id"] for row in page.documents],
    }


_INDEX = """
select agency_summary.*, coalesce(states.name, agency_summary.state) as state_name
from agency_summary left join states on states.code = agency_summary.state
order by state_name, agency, id
"""


@dataclass(frozen=True)
class AgenciesPage:
    """All agencies, by state."""

    states: Sequence[tuple[str, str, Sequence[Row]]]
    count: int


def index(connection: sqlite3.Connection, ask: Ask) -> View:
    """All agencies."""
    found = rows(connection, _INDEX)
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in found:
        grouped.setdefault((row["state"], row["state_name"]), []).append(row)
    states = [(code, name, agencies) for (code, name), agencies in grouped.items()]
    newest = lookups.newest_list(connection)["stated_on"]
    told = ask.words.plural(
        "%(count)s agency stands on a list of participating or pending agencies that ICE "
        "published, as of %(date)s.",
        "%(count)s agencies stand on the lists of participating or pending agencies that ICE "
        "published, as of %(date)s.",
        len(found),
        date=ask.words.date(newest),
    )
    page = AgenciesPage(states, len(found))
    return View("agencies", ask.words.text("Agencies"), told, page, dated=newest)
