"""Which agency of the register a body is: name, state and county, and one alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from scripts import paths
from scripts.identity.counties import all_counties
from scripts.identity.names import name_key
from scripts.identity.register import find_in_register, index_register
from scripts.identity.register_file import read_counties
from scripts.records.models.agreements import Agency
from scripts.records.models.register import RegisterAgency, RegisterFix, RegisterMatch
from scripts.records.read import read_table


def row(ori: str, name: str, kind: str, county: str, fips: str) -> RegisterAgency:
    return RegisterAgency(
        ori=ori,
        state="GA",
        name_printed=name,
        type_printed=kind,
        county_printed=county,
        county_fips=fips,
        population=None,
        officers=1,
        data_year=2025,
    )


REGISTER = (
    row("GA0330000", "Cobb", "County", "COBB", "13067"),
    row("GA0330200", "Cobb County Police Department", "County", "COBB", "13067"),
    row("GA0330300", "Marietta", "City", "COBB", "13067"),
    row("GA0440100", "Union City", "City", "DEKALB", "13089"),
    row("GA0440300", "Union Township", "City", "FULTON", "13121"),
    row("GA0440400", "Alto", "City", "BANKS, HABERSHAM", "13011 13137"),
    row("GA0440500", "Technical College:", "University or College", "COBB", "13067"),
)


@pytest.mark.parametrize(
    ("name", "kind", "fips", "expected"),
    [
        ("Cobb County Sheriff's Office", "sheriff", "13067", "GA0330000"),
        ("Cobb County Police Department", "municipal-police", "13067", "GA0330200"),
        ("Marietta Police Department", "municipal-police", "13067", "GA0330300"),
        ("City of Marietta Police", "municipal-police", None, "GA0330300"),
        ("Marieta Police Department", "municipal-police", "13067", "GA0330300"),
        ("Marieta Police Department", "municipal-police", None, None),  # misspelt, no county
        ("Marietta Police Department", "municipal-police", "13089", None),  # another county
        ("Cobb County Sheriff's Office", "sheriff", None, None),  # by name alone: never
        ("Union City Police Department", "municipal-police", None, None),  # two of the name
        ("Alto Police Department", "municipal-police", "13011", "GA0440400"),
        ("Technical College Police Department", "campus-police", "13067", None),  # cut off
        ("Nowhere Police Department", "municipal-police", "13067", None),
    ],
)
def test_a_body_is_found_where_one_alone_fits(
    name: str, kind: str, fips: str | None, expected: str | None
) -> None:
    index = index_register(REGISTER, ())
    found = find_in_register(index, "GA", [name_key(name)], kind, fips)
    assert (found.row.ori if found else None) == expected


def test_a_verdict_comes_before_any_rule() -> None:
    fix = RegisterFix(state="GA", agency="Cobb Sheriff", ori=None, reason="r", evidence="e")
    index = index_register(REGISTER, [fix])
    assert find_in_register(index, "GA", [name_key("Cobb Sheriff")], "sheriff", "13067") is None


@pytest.mark.parametrize(
    ("state", "printed", "expected"),
    [
        ("VA", "FAIRFAX", ["51059"]),  # the county
        ("VA", "FAIRFAX CITY", ["51600"]),
        ("MO", "BARRY, LAWRENCE", ["29009", "29109"]),
        ("AK", "JUNEAU", ["02110"]),
        ("CO", "NOT SPECIFIED", []),
    ],
)
def test_counties_of_the_register(state: str, printed: str, expected: list[str]) -> None:
    assert [county.fips for county in read_counties(state, printed)] == expected


def test_each_county_has_one_name() -> None:
    codes = [county.fips for _, county in all_counties()]
    assert len(codes) == len(set(codes)) > 3_200
    assert ("SD", "Oglala Lakota County") in {(state, c.name) for state, c in all_counties()}


def test_two_hundred_matches_looked_at_stand() -> None:
    with Path("tests/labels/register_matches.csv").open(encoding="utf-8") as stream:
        labels = list(csv.DictReader(stream))
    now = {row.agency_id: row.ori for row in read_table(paths.RECORDS, RegisterMatch)}
    assert len(labels) == 200
    assert [x for x in labels if now.get(x["agency_id"]) != x["ori"]] == []


def test_ninety_five_of_a_hundred_are_found() -> None:
    found = {row.agency_id for row in read_table(paths.RECORDS, RegisterMatch)}
    wanted = [
        row.id
        for row in read_table(paths.RECORDS, Agency)
        if row.kind in ("sheriff", "municipal-police")
    ]
    assert sum(name in found for name in wanted) >= 0.95 * len(wanted)
