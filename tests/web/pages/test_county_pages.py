"""County pages: right with an agreement, without one, and for bodies of several counties."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from scripts import paths
from scripts.records.read import read_records
from scripts.tables.load import load_records
from scripts.web.pages import agency, county, state
from scripts.web.view.page import Ask, View

ASK = Ask("/", "http://127.0.0.1/")


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    """The archive's own records as tables."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
        made.executescript(paths.VIEWS.read_text(encoding="utf-8"))
        load_records(made, read_records(paths.RECORDS), ())
        yield made


def page(connection: sqlite3.Connection, fips: str) -> tuple[View, county.CountyPage]:
    found = county.view(connection, ASK, fips)
    assert isinstance(found, View)
    assert isinstance(found.page, county.CountyPage)
    return found, found.page


def test_a_county_without_an_agreement_says_so(connection: sqlite3.Connection) -> None:
    found, shown = page(connection, "17031")
    assert "no agency of Cook County, Illinois has an agreement" in found.description
    assert not shown.active
    assert {"Chicago"} <= {row["name_printed"] for row in shown.without}


def test_who_has_and_who_has_none_are_apart(connection: sqlite3.Connection) -> None:
    _, shown = page(connection, "12086")
    having = {row["agency_id"] for row in shown.active}
    assert "fl-doral-police-department" in having
    assert not having & {row["agency_id"] for row in shown.without}
    assert shown.registered["agencies"] == shown.registered["with_agreement"] + len(shown.without)
    assert "fl-florida-highway-patrol" in {row["id"] for row in shown.covers}


@pytest.mark.parametrize("fips", ["12081", "12115"])  # Longboat Key lies in both
def test_a_town_across_a_line_is_in_both(connection: sqlite3.Connection, fips: str) -> None:
    _, shown = page(connection, fips)
    assert "fl-longboat-key-police-department" in {row["agency_id"] for row in shown.active}


def test_no_such_county(connection: sqlite3.Connection) -> None:
    assert county.view(connection, ASK, "99999") is None


def test_the_agency_says_its_counties_and_register(connection: sqlite3.Connection) -> None:
    found = agency.view(connection, ASK, "fl-longboat-key-police-department")
    assert isinstance(found, View)
    assert isinstance(found.page, agency.AgencyPage)
    assert [row["fips"] for row in found.page.counties] == ["12081", "12115"]
    assert found.page.registered is not None
    assert found.page.registered["ori"] == "FL0410500"


def test_the_state_counts_sheriffs_and_police_apart(connection: sqlite3.Connection) -> None:
    found = state.view(connection, ASK, "fl")
    assert isinstance(found, View)
    assert isinstance(found.page, state.StatePage)
    assert [row["type_printed"] for row in found.page.registered] == ["County", "City"]
    assert all(0 < row["with_agreement"] <= row["agencies"] for row in found.page.registered)


def test_every_agency_has_a_place_but_these(connection: sqlite3.Connection) -> None:
    """Nothing at hand says where: towns that the state does not have, townships of a common name,
    and a regional department whose members no record names.
    """
    sql = (
        "select id from agencies where coalesce(county_basis, '') <> 'statewide'"
        " and id not in (select agency_id from agency_places)"
    )
    assert {name for (name,) in connection.execute(sql)} == {
        "fl-heritage-creek-police-department",
        "fl-pembroke-police-department",
        "pa-derry-township-constables-office",
        "pa-northwest-regional-police-department",
        "pa-pleasant-township-constables",
    }
