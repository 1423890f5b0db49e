"""What one database says otherwise than another."""

from __future__ import annotations

import csv
import io
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts import paths
from scripts.database.build import build
from scripts.database.diff_command import diff
from scripts.database.difference import TABLES, compare_databases
from scripts.errors import ArchiveError
from tests import sample_records as sample


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("difference")
    build(sample.write_sample(folder / "records"), None, folder / "old.db")
    return folder / "old.db"


def changed(old: Path, place: Path, *statements: str) -> Path:
    new = place / "new.db"
    shutil.copy(old, new)
    with closing(sqlite3.connect(new)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return new


def test_the_same_says_nothing(old: Path) -> None:
    assert compare_databases(old, old).text() == "no record differs"


def test_added_removed_and_changed_in_words_and_as_rows(old: Path, tmp_path: Path) -> None:
    new = changed(
        old,
        tmp_path,
        "update agencies set county = 'Another County' where county_fips = '12086'",
        "delete from payments where id = 'payment-2'",
        "insert into topics (id, title, summary) select 'new', title, summary from topics limit 1",
    )
    result = CliRunner().invoke(diff, [str(old), str(new), "--csv", str(tmp_path / "diff.csv")])
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert "1 agency changed" in lines
    assert f"  {sample.MIAMI}: county: Miami-Dade County → Another County" in lines
    assert "1 payment removed" in lines
    assert "  - payment-2" in lines
    assert "1 topic added" in lines
    rows = list(csv.DictReader(io.StringIO((tmp_path / "diff.csv").read_text(encoding="utf-8"))))
    (row,) = [row for row in rows if row["table"] == "agencies"]
    assert (row["record"], row["change"], row["column"]) == (sample.MIAMI, "changed", "county")
    assert {row["change"] for row in rows if row["table"] == "payments"} == {"removed"}
    back = compare_databases(new, old)
    assert {change.kind for change in back.changes if change.table == "payments"} == {"added"}


def test_a_column_that_only_one_has_is_told(old: Path, tmp_path: Path) -> None:
    new = changed(old, tmp_path, "alter table topics add column told text")
    assert compare_databases(old, new).text() == "topics.told: a new column"
    assert compare_databases(new, old).text() == "topics.told: no more"


def test_what_is_no_database_is_refused(old: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.db"
    wrong.write_text("no", encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"wrong\.db"):
        compare_databases(old, wrong)


def test_every_table_that_is_told_is_there() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
        for table in TABLES:
            keys = connection.execute(
                "select count(*) from pragma_table_info(?) where pk > 0", [table]
            ).fetchone()
            assert keys[0] > 0, table
