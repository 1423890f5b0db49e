"""The database: whole or not at all, the same bytes from the same records, and what it holds."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from scripts import paths
from scripts.database.build import build, open_database
from scripts.errors import ArchiveError
from scripts.records.models.lists import ListingOrder
from scripts.records.order import expand_order
from tests import sample_records as sample


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return sample.write_sample(tmp_path / "records")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def replace_text(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


def query(db: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(open_database(db)) as connection:
        return connection.execute(sql).fetchall()


def test_lists_are_expanded_in_order(records: Path, tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    report = build(records, None, db)
    assert query(db, "select * from publication_rows order by publication_id, position") == [
        ("2025-02-26", 1, 1),
        ("2025-02-26", 2, 2),
        ("2025-03-03-am", 1, 1),
        ("2025-03-03-am", 3, 3),  # row 2 is blank
        ("2025-03-03-am", 4, 2),
        ("2025-03-03-pm", 1, 3),
        ("2025-03-03-pm", 2, 1),
        ("2025-03-03-pm", 4, 4),
        ("pending-2025-02-26", 1, 5),
        ("pending-2025-03-03-am", 1, 6),
    ]
    assert dict(report.counts)["agreements"] == 4
    assert "2025-03-03-pm" in report.text()
    assert "2 of 2 documents" in report.text()


def test_lists_stand_in_time(records: Path, tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    build(records, None, db)
    assert query(
        db, "select id, sequence, previous_id, next_id, is_newest from publications order by id"
    ) == [
        (sample.L1, 1, None, sample.L2, 0),
        (sample.L2, 2, sample.L1, sample.L3, 0),
        (sample.L3, 3, sample.L2, None, 1),
        (sample.P1, 1, None, sample.P2, 0),
        (sample.P2, 2, sample.P1, None, 1),
    ]
    # Events run from the oldest list to the newest, both kinds together.
    assert [row[0] for row in query(db, "select publication_id from events order by id")] == [
        sample.L1,
        sample.L1,
        sample.P1,
        sample.L2,
        sample.P2,
        sample.L3,
        sample.L3,
    ]
    newest = query(db, "select value from build_info where key = 'newest_pending'")
    assert newest == [(sample.P2,)]


def test_a_page_has_its_place_where_its_source_is_not_held(records: Path, tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    build(records, None, db)
    assert query(db, "select document_id, page_number, text, is_held from pages") == [
        ("moa-fhp", 1, None, 0),
        ("moa-fhp", 2, None, 0),
        ("moa-fhp", 3, None, 0),
    ]


def test_same_records_same_bytes(records: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "one" / "archive.db", tmp_path / "two" / "other.db"
    build(records, None, first)
    moved = tmp_path / "moved"  # written in another order, at another place
    for file in sorted(records.rglob("*.csv"), reverse=True):
        target = moved / file.relative_to(records)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    build(moved, None, second)
    assert digest(first) == digest(second)
    build(records, None, first, force=True)
    assert digest(first) == digest(second)


def test_nothing_changed_builds_nothing(records: Path, tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    assert not build(records, None, db).is_unchanged
    before = db.stat()
    start = time.perf_counter()
    report = build(records, None, db)
    assert time.perf_counter() - start < 1
    assert report.is_unchanged
    assert db.stat().st_ino == before.st_ino
    replace_text(records / "agencies.csv", "Florida Highway Patrol", "Florida Highway Patrol Troop")
    assert not build(records, None, db).is_unchanged
    assert query(db, "select name from agencies where id = 'fl-florida-highway-patrol'") == [
        ("Florida Highway Patrol Troop",)
    ]


BROKEN = [
    # file, what stands there, what is put in its place, what the message must name
    ("listings.csv", f"{sample.OBRIEN}-wso-2025-03-01,1", "no-such-agreement,1", "listings.csv:5"),
    ("agencies.csv", "12086", "1208", "agencies.csv:3"),
    ("listing_order.csv", "+1-2", "+1-3", "found 2; expected 3"),
    ("listing_order.csv", "3 1-2 +4", "3 1-9 +4", "2025-03-03-pm"),
    ("listing_order.csv", "+5", "+99", "listing"),
    ("events.csv", "2025-03-03-pm,removed", "2025-03-04,removed", "events.csv"),
]


@pytest.mark.parametrize(("file", "old", "new", "named"), BROKEN)
def test_a_failing_build_leaves_the_old_file(
    records: Path, tmp_path: Path, file: str, old: str, new: str, named: str
) -> None:
    db = tmp_path / "archive.db"
    build(records, None, db)
    before = digest(db)
    replace_text(records / file, old, new)
    with pytest.raises(ArchiveError) as raised:
        build(records, None, db)
    assert named in str(raised.value)
    assert digest(db) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []


def test_all_broken_references_are_reported_together(records: Path, tmp_path: Path) -> None:
    replace_text(records / "listings.csv", f",{sample.OBRIEN}-wso-2025-03-01,", ",nobody,")
    replace_text(records / "payments.csv", "moa-fhp", "moa-nowhere")
    with pytest.raises(ArchiveError) as raised:
        build(records, None, tmp_path / "archive.db")
    text = str(raised.value)
    assert "listings.csv:5: agreement_id: found 'nobody'" in text
    assert "payments.csv:2: source_id: found 'moa-nowhere'" in text
    assert "payments.csv:3: source_id: found 'moa-nowhere'" in text


READER = """
import select, sqlite3, sys
db = sys.argv[1]
sql = ("select (select count(*) from agreements), (select count(*) from publication_rows),"
       " (select count(*) from agencies)")
seen = set()
held = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
print("ready", flush=True)
while True:
    seen.add(held.execute(sql).fetchone())
    fresh = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    seen.add(fresh.execute(sql).fetchone())
    fresh.execute("pragma quick_check").fetchone()
    fresh.close()
    if select.select([sys.stdin], [], [], 0)[0]:
        break
print(sorted(seen), flush=True)
"""


def test_a_reader_gets_whole_answers_during_rebuilds(records: Path, tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    build(records, None, db)
    command = [sys.executable, "-c", READER, str(db)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
        for _ in range(15):
            build(records, None, db, force=True)
        out, errors = reader.communicate("stop\n", timeout=30)
    assert errors == ""
    assert out.strip() == "[(4, 10, 5)]"  # the same whole answer each time, from old and new files


def test_a_foreign_file_in_its_place_is_not_taken_for_a_build(
    records: Path, tmp_path: Path
) -> None:
    db = tmp_path / "archive.db"
    db.write_bytes(b"not a database")
    assert not build(records, None, db).is_unchanged
    assert query(db, "pragma integrity_check") == [("ok",)]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no such folder"):
        build(tmp_path / "nowhere", None, tmp_path / "archive.db")


@pytest.mark.parametrize(
    ("before", "ops", "expected"),
    [
        ([], "+1-3", [1, 2, 3]),
        ([1, 2, 3], "1-3", [1, 2, 3]),
        ([1, 2, 3], "3 +9 1", [3, 9, 1]),
        ([1, None, 3], "2-3 _2", [None, 3, None, None]),
        ([1], "", []),
    ],
)
def test_an_order_is_expanded(before: list[int | None], ops: str, expected: list[int]) -> None:
    assert expand_order(before, ListingOrder(publication_id="2025-01-01", ops=ops)) == expected


@pytest.mark.parametrize("ops", ["0", "2", "2-1", "x", "+", "-1"])
def test_a_wrong_order_is_refused(ops: str) -> None:
    with pytest.raises(ArchiveError, match=r"listing_order\.csv, 2025-01-01"):
        expand_order([1], ListingOrder(publication_id="2025-01-01", ops=ops))


def test_the_schema_refuses_what_is_not_typed() -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("insert into build_info values ('x', x'00')")
