"""A county: who has an agreement there, who had, who is pending, who covers it, who has none."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.web.parts import lookups
from scripts.web.view.page import Ask, Row, View, one, rows

IDENTIFIERS = "select fips from counties order by fips"
_COUNTY = """
select county_summary.*, states.name as state_name
from county_summary join states on states.code = county_summary.state
where county_summary.fips = ?
"""
_ACTIVE = """
select * from agreement_list
where agency_id in (select agency_id from agency_places where county_fips = ?)
  and status = 'active'
order by agency, model, id
"""
_ENDED = """
select * from ended_agreements
where agency_id in (select agency_id from agency_places where county_fips = ?)
order by missing_from_on desc, agency, id
"""
_PENDING = """
select * from pending_now
where agency_id in (select agency_id from agency_places where county_fips = ?)
order by agency, model_printed
"""
_COVERS = """
select agencies.id, agencies.name as agency, group_concat(agreements.model, ' ') as active_models
from agencies
join agreements on agreements.agency_id = agencies.id and agreements.status = 'active'
where agencies.state = ? and agencies.county_basis = 'statewide'
group by agencies.id order by agencies.name, agencies.id
"""
_WITHOUT = """
select register_list.* from register_list
join register_counties on register_counties.ori = register_list.ori
where register_counties.county_fips = ? and not has_agreement
  and type_printed in ('City', 'County')
order by type_printed desc, name_printed, register_list.ori
"""
_REGISTERED = """
select count(*) as agencies, coalesce(sum(has_agreement), 0) as with_agreement
from register_list
join register_counties on register_counties.ori = register_list.ori
where register_counties.county_fips = ? and type_printed in ('City', 'County')
"""


@dataclass(frozen=True)
class CountyPage:
    """What the template shows of a county."""

    county: Row
    active: Sequence[Row]
    pending: Sequence[Row]
    ended: Sequence[Row]
    covers: Sequence[Row]
    without: Sequence[Row]
    registered: Row


def view(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """The page of a county, by its FIPS code."""
    county = one(connection, _COUNTY, id)
    if county is None:
        return None
    page = CountyPage(
        county,
        rows(connection, _ACTIVE, id),
        rows(connection, _PENDING, id),
        rows(connection, _ENDED, id),
        rows(connection, _COVERS, county["state"]),
        rows(connection, _WITHOUT, id),
        one(connection, _REGISTERED, id) or {},
    )
    newest = lookups.newest_list(connection)["stated_on"]
    title = f"{county['county']}, {county['state_name']}"
    record = {
        "county": dict(county),
        "agreements": [dict(row) for row in page.active],
        "pending": [dict(row) for row in page.pending],
        "ended": [dict(row) for row in page.ended],
        "statewide": [row["id"] for row in page.covers],
        "registered_without_agreement": [row["ori"] for row in page.without],
    }
    sentence = _sentence(ask, page, title, newest)
    return View("county", title, sentence, page, record, dated=newest, kind="county")


def _sentence(ask: Ask, page: CountyPage, county: str, newest: str) -> str:
    facts = {"county": county, "date": ask.words.date(newest)}
    count = page.county["active_agencies"]
    if not count:
        return ask.words.text(
            "On ICE's list of %(date)s, the newest held, no agency of %(county)s has an agreement.",
            **facts,
        )
    return ask.words.plural(
        "On ICE's list of %(date)s, the newest held, %(count)s agency of %(county)s has an "
        "agreement.",
        "On ICE's list of %(date)s, the newest held, %(count)s agencies of %(county)s have "
        "agreements.",
        count,
        **facts,
    )


@dataclass(frozen=True)
class CountiesPage:
    """All counties, by state."""

    states: Sequence[tuple[str, str, Sequence[Row]]]


def index(connection: sqlite3.Connection, ask: Ask) -> View:
    """All counties, those without an agreement too."""
    sql = """
    select county_summary.*, states.name as state_name
    from county_summary join states on states.code = county_summary.state
    order by states.is_territory, state_name, county, fips
    """
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in rows(connection, sql):
        grouped.setdefault((row["state"], row["state_name"]), []).append(row)
    found = [row for some in grouped.values() for row in some]
    newest = lookups.newest_list(connection)["stated_on"]
    told = ask.words.plural(
        "In %(count)s county of %(all)s an agency of its own has an agreement on the newest list "
        "held, of %(date)s.",
        "In %(count)s counties of %(all)s an agency of their own has an agreement on the newest "
        "list held, of %(date)s.",
        sum(1 for row in found if row["active_agencies"]),
        all=ask.words.number(len(found)),
        date=ask.words.date(newest),
    )
    states = [(code, name, some) for (code, name), some in grouped.items()]
    return View("counties", ask.words.text("Counties"), told, CountiesPage(states), dated=newest)
