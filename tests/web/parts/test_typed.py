"""What people type and paste leads on to the record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scripts.web.render import render_path
from tests.sample_records import FHP

BASE = "http://example.org/287g/"


@pytest.fixture
def connection(site_db: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(site_db)) as made:
        made.row_factory = sqlite3.Row
        yield made


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (f"/Agencies/{FHP.upper()}/", f"/agencies/{FHP}/"),
        (f"/agencies/{FHP}/.", f"/agencies/{FHP}/"),
        (f"/agencies/{FHP}),", f"/agencies/{FHP}/"),
        (f"/agencies/{FHP}%5D", f"/agencies/{FHP}/"),
        (f"/agencies//{FHP}/", f"/agencies/{FHP}/"),
        (f"/agencies/{FHP}%E2%80%8B/", f"/agencies/{FHP}/"),
        (f"/agencies/{FHP}.JSON", f"/agencies/{FHP}.json"),
        ("/states/florida/", "/states/fl/"),
        ("/states/North Carolina", "/states/nc/"),
        ("/states/Florida.json", "/states/fl.json"),
        ("/AGENCIES/fl-old-name/.", "/agencies/fl-old-name/"),  # from there on it moves again
    ],
)
def test_what_is_typed_leads_to_what_is_meant(
    connection: sqlite3.Connection, typed: str, meant: str
) -> None:
    answer = render_path(connection, typed, BASE, explainer=None)
    assert (answer.status, answer.headers.get("location")) == (301, "/287g" + meant)


@pytest.mark.parametrize(
    "path", ["/agencies/zzyzx.", "/States/Atlantis/", "//", "/agreements/x).json"]
)
def test_what_fits_nothing_is_not_found(connection: sqlite3.Connection, path: str) -> None:
    answer = render_path(connection, path, BASE, explainer=None)
    assert answer.status == 404 or answer.headers["location"] == "/287g/"
