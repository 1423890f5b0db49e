"""Where two sources disagree on where a body is, or on which it is in the register: questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scripts.history.review import Question
from scripts.identity.names import name_key
from scripts.records.models.agreements import Agency, AgencyName
from scripts.records.models.register import CrosswalkAgency, RegisterAgency, RegisterMatch
from scripts.records.read import Records

_ENDING = re.compile(r" (?:police|sheriffs)(?: (?:department|office))?$")


def ask_register(records: Records) -> tuple[Question, ...]:
    """Agencies to which the crosswalk gives another ORI than the register, or another county."""
    matches = {row.agency_id: row for row in records.rows(RegisterMatch)}
    register = {row.ori: row for row in records.rows(RegisterAgency)}
    names = _names(records.rows(Agency), records.rows(AgencyName))
    found = (
        question
        for row in records.rows(CrosswalkAgency)
        for question in _ask(row, names.get((row.state, _key(row.name)), ()), matches, register)
    )
    return tuple(sorted(set(found)))


def _ask(
    row: CrosswalkAgency,
    agencies: Sequence[str],
    matches: dict[str, RegisterMatch],
    register: dict[str, RegisterAgency],
) -> Iterator[Question]:
    for agency_id in agencies:
        match = matches.get(agency_id)
        if match is None or match.ori == row.ori or len(agencies) > 1:
            continue
        other = register.get(row.ori)
        told = f"“{other.name_printed}”, {other.county_printed.title()}" if other else "not in it"
        detail = f"the register has {match.ori}, {match.evidence}; the crosswalk {row.ori}: {told}"
        yield Question("register-differs", row.state, agency_id, None, None, detail)


def _names(
    agencies: Sequence[Agency], names: Sequence[AgencyName]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """By state and key, the agencies that bear a name; sheriffs and police apart."""
    state = {row.id: row.state for row in agencies}
    found: dict[tuple[str, str], set[str]] = {}
    for row in names:
        key = _key(row.name_printed)
        found.setdefault((state[row.agency_id], key), set()).add(row.agency_id)
    return {key: tuple(sorted(some)) for key, some in found.items()}


def _key(name: str) -> str:
    key = name_key(name)
    kind = "sheriff" if "sheriffs" in key else "other"
    return f"{kind} {_ENDING.sub('', key)}"
