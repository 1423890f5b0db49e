"""The files of the FBI's register and of the crosswalk that others made, into records."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from scripts.errors import ArchiveError, Problem
from scripts.identity.counties import County, county_of, find_county
from scripts.identity.readings import read_state
from scripts.records.models.register import CrosswalkAgency, RegisterAgency

_STATES = {"NB": "NE", "GM": "GU"}  # the FBI's own codes
FEDERAL = "FS"  # federal bodies; none of them can sign
NO_COUNTY = frozenset({"NOT SPECIFIED", "UNMAPPED COUNTY"})
_COLUMNS = (
    *("ori", "data_year", "pub_agency_name", "state_abbr", "county_name", "agency_type_name"),
    *("population", "officer_ct", "civilian_ct", "total_pe_ct", "pe_ct_per_1000"),
)
_CROSSWALK = ("state", "agency", "county", "ori", "zip", "population_policed", "agency_type")
_ORI = re.compile(r"[A-Z]{2}[A-Z0-9]{7}$")


def read_register(path: Path) -> tuple[RegisterAgency, ...]:
    """Every agency of a state or territory in the FBI's file; raises `ArchiveError`."""
    found = []
    for row in _rows(path, _COLUMNS):
        state = _STATES.get(row["state_abbr"], row["state_abbr"])
        if state == FEDERAL:
            continue
        codes = " ".join(county.fips for county in read_counties(state, row["county_name"]))
        found.append(
            RegisterAgency(
                ori=row["ori"],
                state=state,
                name_printed=" ".join(row["pub_agency_name"].split()),
                type_printed=row["agency_type_name"],
                county_printed=row["county_name"],
                county_fips=codes or None,
                population=_count(row["population"]) or None,
                officers=_count(row["officer_ct"]),
                data_year=int(row["data_year"]),
            )
        )
    return tuple(found)


def read_crosswalk(path: Path) -> tuple[CrosswalkAgency, ...]:
    """The rows of the crosswalk that name an ORI; raises `ArchiveError`."""
    found = []
    for row in _rows(path, _CROSSWALK):
        state = read_state(row["state"])
        if state is None:
            raise ArchiveError.single(path.name, "state", row["state"], "a state's name")
        if _ORI.match(row["ori"]):
            county = None if row["county"] == "NA" else row["county"]
            found.append(
                CrosswalkAgency(state=state, name=row["agency"], county=county, ori=row["ori"])
            )
    return tuple({(row.state, row.name, row.ori): row for row in found}.values())


def read_counties(state: str, printed: str) -> tuple[County, ...]:
    """The counties that the FBI prints for an agency: in capitals, several joined by a comma.

    An independent city is printed as such, so a bare name that both bear is the county.
    """
    names = [name.strip() for name in printed.split(",")]
    found = [
        find_county(state, name) or find_county(state, f"{name} County")
        for name in names
        if name and name not in NO_COUNTY
    ]
    return tuple(
        dict.fromkeys(
            known for county in found if county and (known := county_of(county.fips)) is not None
        )
    )


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if tuple(reader.fieldnames or ()) != columns:
            seen = ",".join(reader.fieldnames or ())
            raise ArchiveError([Problem(path.name, "header", seen, ",".join(columns))])
        yield from reader


def _count(text: str) -> int | None:
    return int(text) if text.isdigit() else None
