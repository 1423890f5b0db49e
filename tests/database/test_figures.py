"""Figures: one cell from each query, said so where it is not, and both sides of a disagreement."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scripts import paths
from scripts.database.figures import load_figures, read_queries
from scripts.errors import ArchiveError
from scripts.records.models.statements import Figure
from scripts.records.read import read_records, read_table
from scripts.records.write import write_table
from scripts.tables.load import load_records
from tests import sample_records as sample


def reported(name: str, value: str | None, **more: str | None) -> Figure:
    fields: dict[str, str | None] = {
        "id": name,
        "label": "Agreements, by somebody's count",
        "value": value,
        "qualifier": "exact",
        "unit": "agreements",
        "as_of": "2025-03-01",
        "query": None,
        "source_id": None,
        "locator": "somewhere",
        "provenance": "official-statement",
        "reported_via": None,
        "agency_id": None,
        "state": None,
        "differs_from": None,
        "compare_query": None,
        "note": None,
        **more,
    }
    return Figure.model_validate(fields)


def computed(name: str, query: str) -> Figure:
    return reported(name, None, as_of=None, query=query, provenance="computed", locator=None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sample.write_sample(tmp_path / "records")


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        opened.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
        yield opened


def load(
    connection: sqlite3.Connection,
    folder: Path,
    figures: list[Figure],
    queries: Path = paths.FIGURE_QUERIES,
) -> dict[str, dict[str, str | None]]:
    write_table(folder, Figure, figures)
    records = read_records(folder)
    load_records(connection, records, {})
    load_figures(connection, records, queries)
    cursor = connection.execute("select * from figures")
    names = [column[0] for column in cursor.description]
    return {row[0]: dict(zip(names, row, strict=True)) for row in cursor}


def test_computed_figures_speak_of_the_newest_list(
    connection: sqlite3.Connection, folder: Path
) -> None:
    names = ("agreements-active", "agencies-active", "pending-now", "first-list-date", "rows-read")
    figures = load(connection, folder, [computed(name, name) for name in names])
    assert {name: figures[name]["value"] for name in names} == {
        "agreements-active": "3",
        "agencies-active": "3",
        "pending-now": "1",
        "first-list-date": "2025-02-26",
        "rows-read": "10",
    }
    assert figures["agreements-active"]["as_of"] == "2025-03-03"
    assert "select count(*)" in str(figures["agreements-active"]["sql"])


def test_a_reported_figure_stands_beside_the_archives_own(
    connection: sqlite3.Connection, folder: Path
) -> None:
    figures = load(
        connection,
        folder,
        [
            reported("a", "958", compare_query="agreements-on-date", differs_from="b"),
            reported("b", "480", unit="agencies", compare_query="agencies-on-date"),
            reported("c", "29", as_of="2007-09-01", compare_query="agencies-on-date"),
            reported("d", "135", as_of="2025-03", compare_query="agreements-on-date"),
        ],
    )
    assert figures["a"]["compare_value"] == "2"  # the list of 26 February, not that of 3 March
    assert figures["b"]["compare_value"] == "2"
    assert figures["c"]["compare_value"] is None  # no list is that old: not 0
    assert figures["d"]["compare_value"] == "2"  # before that month began
    assert figures["a"]["differs_from"] == "b"
    assert figures["b"]["differs_from"] == "a"  # the page of each leads to the other


def test_a_computed_figure_may_speak_of_a_day(connection: sqlite3.Connection, folder: Path) -> None:
    day = reported(
        "a",
        None,
        as_of="2025-02-28",
        query="agencies-on-date",
        provenance="computed",
        locator=None,
    )
    figure = load(connection, folder, [day])["a"]
    assert (figure["value"], figure["as_of"]) == ("2", "2025-02-28")
    assert "stated_on <= '2025-02-28'" in str(figure["sql"])  # as it stands, anyone can run it
    assert connection.execute(str(figure["sql"])).fetchone() == (2,)


BAD = [
    ("select 1, 2", "1 row(s) of 2 column(s)"),
    ("select 1 union select 2 union select 3", "2 or more row(s) of 1 column(s)"),
    ("select 1 where 0", "0 row(s)"),
    ("select null", "an empty cell"),
    ("select 1 from nowhere", "no such table"),
    ("delete from topics", "readonly"),
]


@pytest.mark.parametrize(("sql", "seen"), BAD)
def test_a_query_that_is_not_one_cell_stops_the_build(
    connection: sqlite3.Connection, folder: Path, tmp_path: Path, sql: str, seen: str
) -> None:
    queries = tmp_path / "figures"
    queries.mkdir()
    (queries / "bad.sql").write_text(f"-- A bad one.\n-- as of: any\n{sql};\n")
    with pytest.raises(ArchiveError) as caught:
        load(connection, folder, [computed("a", "bad"), computed("b", "bad")], queries)
    assert [str(problem).startswith("figures/bad.sql: ") for problem in caught.value.problems]
    assert seen in str(caught.value)
    assert len(caught.value.problems) == 1  # said once, however many figures use it


@pytest.mark.parametrize(
    ("figure", "field"),
    [
        (computed("a", "no-such-query"), "query"),
        (reported("a", "1", differs_from="b"), "differs_from"),
        (reported("a", "1", provenance="computed"), "provenance"),
        (reported("a", "1", query="rows-read", provenance="computed"), "value"),
        (reported("a", "1", as_of=None, compare_query="agreements-on-date"), "as_of"),
        (computed("a", "agreements-on-date"), "as_of"),
        (reported("a", "1", compare_query="agencies-in-state-on-date"), "state"),
    ],
)
def test_a_figure_that_contradicts_itself_is_refused(
    connection: sqlite3.Connection, folder: Path, figure: Figure, field: str
) -> None:
    with pytest.raises(ArchiveError, match=f"figures.csv, a: {field}"):
        load(connection, folder, [figure])


def test_a_query_says_which_date_it_speaks_of(tmp_path: Path) -> None:
    (tmp_path / "x.sql").write_text("select 1;\n")
    with pytest.raises(ArchiveError, match=r"figures/x.sql:2: as of"):
        read_queries(tmp_path)


def test_every_query_of_the_archive_is_used_and_documented() -> None:
    figures = read_table(paths.RECORDS, Figure)
    used = {figure.query for figure in figures} | {figure.compare_query for figure in figures}
    queries = read_queries(paths.FIGURE_QUERIES)
    assert set(queries) <= used
    for query in queries.values():
        assert query.sql.startswith("-- "), query.file
