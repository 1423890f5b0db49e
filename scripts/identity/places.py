"""Where each body is: its county, several counties, or the whole state; each with how it is known.

First what lists say (the name, then the county column), then a person's finding
(``fixes/agency_counties.csv``), then the register's county where the body was found in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scripts.identity.bodies import LOCAL, OF_THE_STATE, Body
from scripts.identity.counties import County, county_of, find_county
from scripts.identity.names import name_key
from scripts.identity.register import Found, RegisterIndex, find_in_register
from scripts.records.models.register import AgencyCounty, AgencyCountyFix, RegisterMatch

STATEWIDE = "statewide"  # how the county of a body is known that covers its state
CountyFixes = Mapping[tuple[str, str], Sequence[AgencyCountyFix]]


@dataclass(frozen=True)
class Place:
    """A body with its county, the counties of one that has several, and where it is registered."""

    body: Body
    counties: tuple[AgencyCounty, ...]
    match: RegisterMatch | None


def index_county_fixes(fixes: Iterable[AgencyCountyFix]) -> CountyFixes:
    """What persons found of counties, by state and name key."""
    index: dict[tuple[str, str], list[AgencyCountyFix]] = {}
    for fix in fixes:
        index.setdefault((fix.state, name_key(fix.agency)), []).append(fix)
    return index


def place_agency(
    agency_id: str,
    state: str,
    keys: Sequence[str],
    body: Body,
    level: str | None,
    register: RegisterIndex,
    county_fixes: CountyFixes,
) -> Place:
    """Where a body is. ``keys`` are its spellings, the newest first; ``level`` its TYPE."""
    fixes = [fix for key in keys for fix in county_fixes.get((state, key), ())]
    listed = body.county.fips if body.county else None
    found = find_in_register(register, state, keys, body.kind, listed)
    known = _counties(state, body, fixes, found)
    counties: tuple[AgencyCounty, ...] = ()
    if len(known) > 1:
        counties = tuple(
            AgencyCounty(
                agency_id=agency_id,
                county_fips=county.fips,
                county=county.name,
                basis=basis,
                evidence=evidence,
            )
            for county, basis, evidence in known
        )
    elif known and body.county is None:
        body = replace(body, county=known[0][0], county_basis=known[0][1])
    is_of_the_state = body.kind in OF_THE_STATE or (level == "state" and body.kind not in LOCAL)
    if not known and is_of_the_state:
        body = replace(body, county_basis=STATEWIDE)
    match = None
    if found is not None:
        match = RegisterMatch(
            agency_id=agency_id,
            ori=found.row.ori,
            matched_by=found.matched_by,
            evidence=found.evidence,
        )
    return Place(body, counties, match)


def _counties(
    state: str, body: Body, fixes: Sequence[AgencyCountyFix], found: Found | None
) -> list[tuple[County, str, str | None]]:
    """Every county that is known, how, and what was seen; each once."""
    known: dict[str, tuple[County, str, str | None]] = {}
    if body.county is not None:
        known[body.county.fips] = (body.county, body.county_basis or "county-column", None)
    for fix in fixes:
        county = find_county(state, fix.county)
        if county is not None:
            known.setdefault(county.fips, (county, "fix", f"{fix.reason}. {fix.evidence}"))
    if found is not None and body.kind != "sheriff" and not fixes:
        for fips in (found.row.county_fips or "").split():
            county = county_of(fips)
            if county is not None:
                known.setdefault(fips, (county, "register", found.evidence))
    return [known[fips] for fips in sorted(known)]
