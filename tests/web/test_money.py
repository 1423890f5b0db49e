"""Money is told amount by amount: nothing offers a total over statuses or provenances."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scripts import paths
from scripts.database.build import build
from scripts.records.models.statements import Payment, Rate
from scripts.records.read import read_table
from scripts.records.write import write_table
from scripts.web.render import render_path
from tests import sample_records as sample

BASE = "http://127.0.0.1/"
RATES = [
    ("bonus", "1000", "USD per officer per quarter"),
    ("overtime", "25", "percent of annual salary"),
    ("pay", "100", "percent of salary and benefits"),
    ("vehicles", "100000", "USD"),  # not by officer: no line in the calculator
    ("rule", None, None),
]
SQL_FILES = [paths.VIEWS, paths.SCHEMA, *sorted(paths.FIGURE_QUERIES.glob("*.sql"))]


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("money")
    records = sample.write_sample(folder / "records")
    write_table(
        records,
        Rate,
        [
            Rate(
                id=name,
                label=f"Rate {name}",
                value=value,
                unit=unit,
                condition=None,
                valid_from="2025-10-01",
                valid_until=None,
                source_id="moa-fhp",
                locator="page 2",
                provenance="official-statement",
                reported_via=None,
                note=None,
            )
            for name, value, unit in RATES
        ],
    )
    build(records, None, folder / "a.db")
    with closing(sqlite3.connect(folder / "a.db")) as opened:
        opened.row_factory = sqlite3.Row
        yield opened


def page(connection: sqlite3.Connection, path: str) -> str:
    answer = render_path(connection, path, BASE, explainer=None)
    assert answer.status == 200
    return re.sub(r"\s+", " ", answer.body.decode())


@pytest.mark.parametrize("path", SQL_FILES, ids=lambda path: path.name)
def test_no_public_query_adds_amounts_up(path: Path) -> None:
    """A sum of amounts, if there ever is one, stands per provenance and status."""
    for statement in path.read_text(encoding="utf-8").lower().split(";"):
        if re.search(r"\b(?:sum|total|avg)\s*\([^)]*amount", statement):
            grouped = statement.rpartition("group by")[2]
            assert "provenance" in grouped
            assert "status" in grouped


def test_named_queries_and_pages_add_nothing_up() -> None:
    for path in (paths.METADATA, *sorted((paths.ROOT / "scripts" / "web").rglob("*.py"))):
        text = path.read_text(encoding="utf-8").lower()
        assert not re.search(r"\b(?:sum|total|avg)\s*\([^)]*amount", text), path.name


def test_the_money_page_shows_each_amount_and_no_total(connection: sqlite3.Connection) -> None:
    text = page(connection, "/payments/")
    assert "$100" in text
    assert "$200" in text
    assert "$300" not in text  # their sum: one is a press report, the other a statement
    assert text.index("press report") < text.index("about $100")  # who says so, then the number


def test_the_calculator_has_a_line_for_each_rate_by_officer(
    connection: sqlite3.Connection,
) -> None:
    text = page(connection, "/payments/")
    lines = re.findall(r'data-basis="(\w+)" data-factor="([\d.]+)"', text)
    assert sorted(lines) == [("officers", "4000.0"), ("pay", "1.0"), ("salary", "0.25")]
    assert "$40,000" in text  # ten officers, four quarters, without a script
    assert "calculator.js" in text


def test_an_amount_tells_its_source(connection: sqlite3.Connection) -> None:
    text = page(connection, "/payments/payment-1/")
    assert "press report" in text
    assert "page 2" in text


def test_leaks_are_told_as_reported_everywhere() -> None:
    leaked = [row for row in read_table(paths.RECORDS, Payment) if "leak" in row.id]
    assert leaked
    for row in leaked:
        assert row.provenance == "leaked-as-reported"
        assert row.reported_via
        assert "not held" in str(row.note)


def test_state_money_stands_apart_from_ices() -> None:
    payers = {row.id: row.payer for row in read_table(paths.RECORDS, Payment)}
    assert payers["florida-grants-2025"] != "ice"
    assert payers["paid-by-2026-02"] == "ice"
