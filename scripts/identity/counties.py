"""Counties as the Census Bureau names them (2020, from addfips), found by name within a state."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache

import us
from addfips.addfips import COUNTY_FILES, AddFIPS

from scripts.identity.names import plain

_SUFFIX = re.compile(
    r" (county|parish|city and borough|borough|census area|municipality|municipio|city)$"
)
_STATE_FIPS = {str(s.abbr): str(s.fips) for s in us.states.STATES_AND_TERRITORIES} | {"DC": "11"}

# Further names under one code (former ones, and boroughs of New York), and codes that are no more.
_OTHER_NAMES = frozenset(
    {
        ("02158", "Wade Hampton Census Area"),
        ("02195", "Petersburg Census Area"),
        ("11001", "Washington"),
        ("36005", "the Bronx Borough"),
        ("36047", "Brooklyn Borough"),
        ("36061", "Manhattan Borough"),
        ("36085", "Staten Island Borough"),
        ("46102", "Shannon County"),
        ("60030", "Rose Island District"),
    }
)
_NO_MORE = frozenset({"02261", "51515"})  # Valdez-Cordova; Bedford city, part of its county now


@dataclass(frozen=True)
class County:
    """One county or its like: five-digit FIPS code and the Census Bureau's name."""

    fips: str
    name: str


def _spelling(name: str) -> str:
    """A name without differences that do not matter: ``De Kalb`` and ``DeKalb``, ``Saint``."""
    words = plain(name).split()
    return " ".join({"saint": "st", "sainte": "ste"}.get(word, word) for word in words)


@cache
def _tables() -> dict[str, dict[str, tuple[County, ...]]]:
    """By state FIPS, every spelling with the counties that it can mean."""
    found: dict[str, dict[str, set[County]]] = {}
    path = AddFIPS.data.joinpath(COUNTY_FILES[max(COUNTY_FILES)])
    with path.open("rt", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            county = County(row["statefp"] + row["countyfp"], row["name"])
            full = _spelling(row["name"])
            bare = _SUFFIX.sub("", full)
            for spelling in {full, bare, bare.replace(" ", ""), full.replace(" ", "")}:
                found.setdefault(row["statefp"], {}).setdefault(spelling, set()).add(county)
    return {
        state: {name: tuple(sorted(places, key=lambda c: c.fips)) for name, places in names.items()}
        for state, names in found.items()
    }


@cache
def find_county(state: str, name: str) -> County | None:
    """The one county of ``state`` that ``name`` can mean; ``None`` for none or several."""
    names = _tables().get(_STATE_FIPS.get(state, ""), {})
    spelling = _spelling(name)
    for wanted in (spelling, spelling.replace(" ", ""), _SUFFIX.sub("", spelling)):
        places = names.get(wanted, ())
        if len(places) == 1:
            return places[0]
        if places:
            return None
    return None


def all_counties() -> tuple[tuple[str, County], ...]:
    """Every county with its state's postal code, in order of FIPS codes."""
    postal = {fips: code for code, fips in _STATE_FIPS.items()}
    found = {county for names in _tables().values() for some in names.values() for county in some}
    return tuple(
        (postal[county.fips[:2]], county)
        for county in sorted(found, key=lambda county: county.fips)
        if county.fips[:2] in postal
        and county.fips not in _NO_MORE
        and (county.fips, county.name) not in _OTHER_NAMES
    )


@cache
def _by_fips() -> dict[str, County]:
    return {county.fips: county for _, county in all_counties()}


def county_of(fips: str) -> County | None:
    """The county with that code."""
    return _by_fips().get(fips)
