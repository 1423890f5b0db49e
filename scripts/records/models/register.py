"""Rows of the country's own register of law-enforcement agencies, and of who is who in it."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from scripts.records.models.base import Fips, Identifier, Row, StateCode

Ori = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[A-Z0-9]{7}$")]
FipsCodes = Annotated[str, StringConstraints(pattern=r"^\d{5}(?: \d{5})*$")]


class RegisterAgency(Row):
    """One agency that reports to the FBI, whether or not it ever signed; with its newest year.

    From the FBI's Law Enforcement Employees data; source and provenance stand on the document
    ``fbi-employees-2025``.
    """

    file = "register.csv"
    key = ("ori",)
    ori: Ori
    state: StateCode
    name_printed: str
    type_printed: str  # City, County, State Police, University or College …
    county_printed: str  # in capitals, several joined by a comma
    county_fips: FipsCodes | None  # the same as codes, separated by spaces
    population: int | None  # that the FBI attributes to it; None for none
    officers: int | None
    data_year: int


class CrosswalkAgency(Row):
    """What another source says of an agency's ORI: a second opinion, never a value (research)."""

    file = "ori_crosswalk.csv"
    key = ("state", "name", "ori")
    state: StateCode
    name: str
    county: str | None
    ori: Ori


class RegisterMatch(Row):
    """One agency of the archive found in the register, and how."""

    file = "register_matches.csv"
    key = ("agency_id",)
    agency_id: Identifier
    ori: Ori
    matched_by: str  # county, place, spelling, verdict
    evidence: str


class AgencyCounty(Row):
    """One county of a body that lies in, or serves, several."""

    file = "agency_counties.csv"
    key = ("agency_id", "county_fips")
    agency_id: Identifier
    county_fips: Fips
    county: str
    basis: str  # how it is known: name, county-column, register, fix
    evidence: str | None


class RegisterFix(Row):
    """A person's verdict on which agency of the register a body is; without ORI: on none."""

    file = "fixes/register.csv"
    key = ("state", "agency")
    state: StateCode
    agency: str
    ori: Ori | None
    reason: str
    evidence: str


class AgencyCountyFix(Row):
    """A county that a body serves, as a person found; one row for each of several."""

    file = "fixes/agency_counties.csv"
    key = ("state", "agency", "county")
    state: StateCode
    agency: str
    county: str
    reason: str
    evidence: str
