"""What kind of body an agency is, and in which county, each with how it is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from scripts.identity.counties import County, find_county
from scripts.identity.matching import read_shape
from scripts.identity.readings import Reading

# In order: the first that matches a name key gives the kind.
_KINDS = (
    ("national-guard", r"\b(national guard|state guard|military department)\b"),
    ("constable", r"\b(constables|ward \d+ marshals)\b"),
    ("campus-police", r"\b(university|college|school|schools|campus|isd|independent school)\b"),
    ("port", r"\b(airport|port authority|seaport|port of)\b"),
    ("judicial-district", r"\b(judici?al (district|circuit)|state attorney|district attorney of"
                          r"|office of the district attorney)\b"),
    ("prosecutor", r"\b(district attorneys|county attorneys|prosecutors|attorneys specialized)\b"),
    ("regional", r"\b(regional|task force|cooperative|metro police authority)\b"),
    ("tribal", r"\b(tribe|tribal|nation|pueblo)\b"),
    ("sheriff", r"\bsheriffs\b"),
    ("corrections", r"\b(corrections?|correctional|jail|detention|prison|criminal justice authority"
                    r"|board of county commissioners)\b"),
    ("marshal", r"\bmarshals\b"),
    ("municipal-police", r"\b(police|public safety)\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_COUNTY_IN_NAME = re.compile(r"\b((?:[\w.'-]+ ){0,4}?[\w.'-]+ (?:county|parish|borough))\b", re.I)
_LEVELS = {
    "state agency": "state",
    "state": "state",
    "county": "county",
    "municipality": "municipality",
    "municipal": "municipality",
    "muncipality": "municipality",
}

OF_THE_STATE = frozenset({"state-agency", "national-guard"})
# Bodies of one place, whatever the list's column TYPE calls them.
LOCAL = frozenset({"campus-police", "judicial-district", "port", "regional", "sheriff"})

T = TypeVar("T")


@dataclass(frozen=True)
class Body:
    """An agency's kind and county, and how each is known."""

    kind: str | None
    kind_basis: str | None
    county: County | None
    county_basis: str | None


def describe_body(state: str, keys: Sequence[str], rows: Sequence[Reading]) -> Body:
    """The body that some rows name, the newest row first; ``keys`` are its spellings likewise."""
    level = newest_level(rows)
    kind, kind_basis = _kind(keys, level)
    county, county_basis = _named_county(state, keys)
    if county is None and (kind in LOCAL or (level != "state" and kind not in OF_THE_STATE)):
        county = _newest(find_county(state, row.county) for row in rows if row.county)
        county_basis = "county-column" if county else None
    return Body(kind, kind_basis, county, county_basis)


def newest_level(rows: Sequence[Reading]) -> str | None:
    """Whether the newest row calls the body one of the state, a county or a municipality."""
    return _newest(_LEVELS.get(row.type_printed.casefold()) for row in rows)


def _kind(keys: Sequence[str], level: str | None) -> tuple[str | None, str | None]:
    for key in keys:
        for kind, pattern in _COMPILED:
            if not pattern.search(key):
                continue
            if level == "state" and kind == "municipal-police":
                return "state-agency", "type-column"
            return kind, "name"
    return ("state-agency", "type-column") if level == "state" else (None, None)


def _named_county(state: str, keys: Sequence[str]) -> tuple[County | None, str | None]:
    """The county that a sheriff's or county office's name gives."""
    for key in keys:
        shape = read_shape(key)
        named = shape.place if shape.kind == "sheriff" else None
        if named is None and (match := _COUNTY_IN_NAME.match(key)):
            named = match[1]
        county = find_county(state, named) if named else None
        if county is not None:
            return county, "name"
    return None, None


def _newest(values: Iterable[T | None]) -> T | None:
    """The first value that there is."""
    return next((value for value in values if value is not None), None)
