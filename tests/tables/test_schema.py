"""The schema against the record models, the data dictionary, and what views must never add up."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scripts import paths
from scripts.database.build import build, open_database
from scripts.records.models.tables import TABLES
from scripts.web.dictionary import Told, read_dictionary
from tests import sample_records as sample

# Columns that a build adds to what the record file holds.
DERIVED = {
    "publications": {"sequence", "previous_id", "next_id", "is_newest"},
    "publication_files": {"is_held"},
    "events": {"id"},
    "deviations": {
        "template_id",
        "template_text",
        "document_text",
        "is_sure",
        "is_verified",
        "words",
        "alike",
        "compared",
        "unusualness",
        "boxes",
        "template_before",
        "template_after",
        "document_before",
        "document_after",
    },
    "documents": {
        "publisher",
        "published_on",
        "provenance",
        "reported_via",
        "access",
        "retrieved_on",
        "summary",
        "is_held",
        "is_curated",
    },
    "figures": {"sql", "compare_value"},
}
# Record files that are not a table of their own: expanded, or used while harvesting and building.
WITHOUT_TABLE = {"listing_order"}
# Full-text tables, whose columns are those of search_docs, and what SQLite and FTS5 keep beside.
INTERNAL = re.compile(r"^(?:search(?:_data|_idx|_docsize|_config)?|sqlite_\w+)$")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("schema")
    build(sample.write_sample(folder / "records"), None, folder / "archive.db")
    with closing(open_database(folder / "archive.db")) as connection:
        yield connection


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [
        str(row[0]) for row in connection.execute("select name from pragma_table_info(?)", [table])
    ]


def test_tables_hold_the_columns_of_the_records(database: sqlite3.Connection) -> None:
    compared = 0
    for record in TABLES:
        name = record.file.removesuffix(".csv")
        if name.startswith("fixes/") or name in WITHOUT_TABLE:
            continue
        expected = set(record.model_fields) | DERIVED.get(name, set())
        assert set(columns(database, name)) == expected, name
        compared += 1
    assert compared > 10


def test_the_dictionary_is_complete(database: sqlite3.Connection) -> None:
    declared = [
        str(name)
        for (name,) in database.execute(
            "select name from sqlite_schema where type in ('table', 'view')"
        )
    ]
    told = read_dictionary(paths.SCHEMA, paths.VIEWS)
    assert set(told) == {name for name in declared if not INTERNAL.match(name)}
    for name, entry in told.items():
        assert entry.description, f"{name} has no description"
        assert list(entry.columns) == columns(database, name), name
        assert all(entry.columns.values()), name


def test_a_declaration_is_read(tmp_path: Path) -> None:
    sql = """
-- Things that
-- are counted.
create table things (
  id text primary key, -- identifier
  size integer not null check (size in (0, 1)) -- how large
) strict;

create index things_by_size on things (size);
"""
    (tmp_path / "schema.sql").write_text(sql, encoding="utf-8")
    (tmp_path / "views.sql").write_text("", encoding="utf-8")
    assert read_dictionary(tmp_path / "schema.sql", tmp_path / "views.sql") == {
        "things": Told("Things that are counted.", {"id": "identifier", "size": "how large"})
    }


def test_every_view_answers(database: sqlite3.Connection) -> None:
    views = [
        str(name)
        for (name,) in database.execute("select name from sqlite_schema where type = 'view'")
    ]
    assert len(views) > 10
    for name in views:
        database.execute(f"select * from {name}").fetchall()  # noqa: S608 names from views.sql


def test_views_join_what_belongs_together(database: sqlite3.Connection) -> None:
    def rows(sql: str) -> list[tuple[object, ...]]:
        return database.execute(sql).fetchall()

    assert rows(
        "select agency, listed_from_on, listed_until_on, pending_from_on, document_id"
        " from agreement_list where state = 'FL' order by id"
    ) == [
        ("Florida Highway Patrol", "2025-02-26", None, None, "moa-fhp"),
        (
            "Miami-Dade Corrections and Rehabilitation Department",
            "2025-02-26",
            "2025-03-03",
            None,
            None,
        ),
        ("St. Johns County Sheriff’s Office", "2025-03-03", None, "2025-02-26", "moa-st-johns"),
    ]
    assert rows("select agency, missing_from_on, status from ended_agreements") == [
        ("Miami-Dade Corrections and Rehabilitation Department", "2025-03-03", "removed")
    ]
    assert rows("select agency, pending_from_on, list_on from pending_now") == [
        ("Doña Ana County Sheriff's Office", "2025-03-03", "2025-03-03")
    ]
    assert rows(
        "select publication_id, model, agreements from counts_over_time order by sequence, model"
    ) == [
        (sample.L1, "jem", 1),
        (sample.L1, "tfm", 1),
        (sample.L2, "jem", 1),
        (sample.L2, "tfm", 1),
        (sample.L2, "wso", 1),
        (sample.L3, "tfm", 1),
        (sample.L3, "wso", 2),
    ]
    assert rows("select state, active_agreements, active_agencies from state_summary") == [
        ("FL", 2, 2),
        ("IA", 1, 1),
        ("NM", 0, 0),
    ]
    assert rows(
        "select is_pending from agency_summary where id = 'nm-dona-ana-county-sheriffs-office'"
    ) == [(1,)]
    assert rows("select agency from changes where change = 'removed'") == [
        ("Miami-Dade Corrections and Rehabilitation Department",)
    ]


ADDS = re.compile(r"\b(?:sum|total|avg)\s*\(", re.I)


def public_queries() -> list[tuple[str, str]]:
    """Name and text of every view and every computed figure."""
    views = re.findall(
        r"create view (\w+) as\n(.*?);", paths.VIEWS.read_text(encoding="utf-8"), re.S
    )
    files = sorted(paths.FIGURE_QUERIES.glob("*.sql"))
    return views + [(file.name, file.read_text(encoding="utf-8")) for file in files]


def test_no_public_query_adds_money_of_different_kinds() -> None:
    queries = public_queries()
    assert queries
    for name, sql in queries:
        plain = re.sub(r"--[^\n]*", "", sql)
        if "amount_usd" not in plain or not ADDS.search(plain):
            continue
        grouped = re.search(r"group by (.*)$", plain, re.S)
        assert grouped, f"{name} adds amounts without grouping them"
        assert "provenance" in grouped[1], f"{name} adds amounts of different provenance"
        assert "status" in grouped[1], f"{name} adds amounts of different status"


def test_no_view_shows_a_total_of_the_sample_payments(database: sqlite3.Connection) -> None:
    # 100 paid (a press report) and 200 announced (an official statement) are never 300.
    for name in read_dictionary(paths.SCHEMA, paths.VIEWS):
        rows = database.execute(f"select * from {name}").fetchall()  # noqa: S608
        assert not any(300 in row or 300.0 in row for row in rows), name


def test_the_server_would_detect_the_full_text_table() -> None:
    # Datasette 0.65 finds it only with double quotes and then searches; otherwise it ignores
    # _search without a word and gives every row.
    assert 'content="search_docs"' in Path(paths.SCHEMA).read_text(encoding="utf-8")
