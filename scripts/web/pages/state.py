"""A state or territory: who, which models, since when, who is pending, what left, what is new."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scripts.web.parts import lookups, phrases
from scripts.web.parts.agreement_lists import narrow_agreements
from scripts.web.parts.copies import with_newer
from scripts.web.parts.narrowing import Narrowed
from scripts.web.view.page import Ask, Row, View, one, rows

_STATE = """
select states.*, state_summary.*
from states left join state_summary on state_summary.state = states.code
where states.code = ?
"""
_ACTIVE = """
select agreement_list.*, coalesce(states.name, agreement_list.state) as state_name
from agreement_list left join states on states.code = agreement_list.state
where state = ? and status = 'active' order by county, agency, model
"""
_ENDED = "select * from ended_agreements where state = ? order by missing_from_on desc, agency"
_NEWEST = "select * from changes where state = ? order by list_on desc, id desc limit 15"

# Agencies of the FBI's register: County stands for sheriffs and county police, City for the others.
_REGISTERED = """
select type_printed, count(*) as agencies, sum(has_agreement) as with_agreement
from register_list where state = ? and type_printed in ('City', 'County')
group by type_printed order by type_printed desc
"""


@dataclass(frozen=True)
class StatePage:
    """What the template shows of a state."""

    state: Row
    models: Sequence[Row]
    active: Sequence[Row]
    list: Narrowed  # the active ones that the address asks for
    pending: Sequence[Row]
    ended: Sequence[Row]
    changes: Sequence[Row]
    documents: Sequence[Row]
    registered: Sequence[Row]


def view(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """The page of a state."""
    code = id.upper()
    state = one(connection, _STATE, code)
    if state is None:
        return None
    active = rows(connection, _ACTIVE, code)
    page = StatePage(
        state,
        rows(connection, "select * from state_models where state = ? order by active desc", code),
        active,
        narrow_agreements(ask, active, ("model", "county", "year")),
        rows(connection, "select * from pending_now where state = ? order by agency", code),
        rows(connection, _ENDED, code),
        rows(connection, _NEWEST, code),
        rows(
            connection,
            "select * from document_list where state = ? and is_held = 1 order by agency, id",
            code,
        ),
        rows(connection, _REGISTERED, code),
    )
    newest = lookups.newest_list(connection)["stated_on"]
    sentence = with_newer(connection, ask.words, _sentence(ask, page, newest))
    title = ask.words.text("287(g) agreements in %(state)s", state=state["name"])
    return View("state", title, sentence, page, _record(page), dated=newest, kind="state")


def _sentence(ask: Ask, page: StatePage, newest: str) -> str:
    words = ask.words
    count = len(page.active)
    facts = {"state": page.state["name"], "date": words.date(newest)}
    if not count:
        return words.text(
            "No agency of %(state)s stands on ICE's newest list held, of %(date)s.", **facts
        )
    agencies = words.plural("%(count)s agency", "%(count)s agencies", page.state["active_agencies"])
    models = phrases.joined(
        words,
        [
            f"{words.number(row['active'])} {phrases.model_name(words, row['model'])}"
            for row in page.models
            if row["active"]
        ],
    )
    return words.plural(
        "In %(state)s, %(agencies)s had %(count)s agreement with ICE on the newest list held, of "
        "%(date)s: %(models)s.",
        "In %(state)s, %(agencies)s had %(count)s agreements with ICE on the newest list held, of "
        "%(date)s: %(models)s.",
        count,
        agencies=agencies,
        models=models,
        **facts,
    )


def _record(page: StatePage) -> dict[str, Any]:
    return {
        "state": dict(page.state),
        "agreements": [dict(row) for row in page.active],
        "pending": [dict(row) for row in page.pending],
        "ended": [dict(row) for row in page.ended],
    }


_INDEX = """
select states.code as state, states.name,
  coalesce(active_agreements, 0) as active_agreements,
  coalesce(active_agencies, 0) as active_agencies,
  coalesce(active_task_force, 0) as active_task_force,
  coalesce(active_warrant_service, 0) as active_warrant_service,
  coalesce(active_jail_enforcement, 0) as active_jail_enforcement,
  first_signed_on
from states left join state_summary on state_summary.state = states.code
order by states.is_territory, states.name
"""


@dataclass(frozen=True)
class StatesPage:
    """All states and territories."""

    states: Sequence[Row]


def index(connection: sqlite3.Connection, ask: Ask) -> View:
    """All states and territories, those without an agreement too."""
    found = rows(connection, _INDEX)
    newest = lookups.newest_list(connection)["stated_on"]
    count = sum(1 for row in found if row["active_agreements"])
    told = ask.words.plural(
        "Agencies in %(count)s state or territory have agreements on the newest list held, of "
        "%(date)s.",
        "Agencies in %(count)s states and territories have agreements on the newest list held, of "
        "%(date)s.",
        count,
        date=ask.words.date(newest),
    )
    return View("states", ask.words.text("Where"), told, StatesPage(found), dated=newest)
