"""Every page of every document has its row, with masked text where the file is held."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from scripts import paths
from scripts.database.pages import load_pages
from scripts.database.report import name_pages, waiting_pages
from scripts.errors import ArchiveError
from scripts.privacy.ready import make_jobs, make_ready
from scripts.records.models.fixes import ContactAllowance, PageTextFix
from scripts.records.read import Records
from tests.pdfs import make_pdf, make_scan, sha256

MOA = make_pdf([["MEMORANDUM OF AGREEMENT"], ["Contact: jane.doe@example.gov", "212-555-0100"]])
BROKEN = b"%PDF-1.7 and nothing else"


def database(documents: Sequence[tuple[str, str | None, int | None]]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
    connection.executemany(
        "insert into documents (id, kind, title, sha256, pages, provenance, is_held, is_curated)"
        " values (?, 'memorandum', 'A memorandum', ?, ?, 'official-record', 0, 0)",
        documents,
    )
    return connection


def records(*fixes: PageTextFix) -> Records:
    return Records(Path(), {ContactAllowance: (), PageTextFix: fixes})


def hold(folder: Path, *contents: bytes) -> dict[str, Path]:
    held = {}
    for content in contents:
        path = folder / f"{sha256(content)[:8]}.pdf"
        path.write_bytes(content)
        held[sha256(content)] = path
    return held


def rows(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    return connection.execute(
        "select document_id, page_number, text, text_source, masked, is_held from pages"
        " order by 1, 2"
    ).fetchall()


def fix(wrong: str, occurrence: int = 1) -> PageTextFix:
    return PageTextFix(
        sha256=sha256(MOA),
        page_number=1,
        wrong=wrong,
        right="mended",
        occurrence=occurrence,
        reason="misread",
        evidence="picture of the page",
    )


def test_held_pages_are_masked_and_others_have_their_place(tmp_path: Path) -> None:
    connection = database(
        [("moa-held", sha256(MOA), 2), ("moa-not-held", "0" * 64, 1), ("moa-unknown", None, None)]
    )
    load_pages(connection, records(), hold(tmp_path, MOA), cache=tmp_path / "cache")
    assert rows(connection) == [
        ("moa-held", 1, "MEMORANDUM OF AGREEMENT", "embedded", 0, 1),
        ("moa-held", 2, "Contact: [e-mail removed]\n[telephone number removed]", "embedded", 2, 1),
        ("moa-not-held", 1, None, None, 0, 0),
    ]


def test_a_second_run_reads_no_file(tmp_path: Path) -> None:
    held = hold(tmp_path, MOA)
    documents = [("moa-held", sha256(MOA), 2)]
    first, second = database(documents), database(documents)
    load_pages(first, records(), held, cache=tmp_path / "cache")
    held[sha256(MOA)].unlink()
    load_pages(second, records(), held, cache=tmp_path / "cache")
    assert rows(second) == rows(first)
    assert rows(second)[0][5] == 1


def test_a_broken_file_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    connection = database([("moa-broken", sha256(BROKEN), 2), ("moa-held", sha256(MOA), 2)])
    held = hold(tmp_path, MOA, BROKEN)
    (problem,) = load_pages(connection, records(), held, cache=tmp_path / "cache")
    assert problem.place == held[sha256(BROKEN)].name
    assert [row[5] for row in rows(connection)] == [0, 0, 1, 1]


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_any_executor_gives_the_same(
    tmp_path: Path, pool: type[ThreadPoolExecutor] | type[ProcessPoolExecutor]
) -> None:
    documents = [("moa-held", sha256(MOA), 2)]
    held = hold(tmp_path, MOA)
    plain, pooled = database(documents), database(documents)
    load_pages(plain, records(), held, cache=tmp_path / "a")
    with pool(1) as executor:
        load_pages(pooled, records(), held, cache=tmp_path / "b", executor=executor)
    assert rows(pooled) == rows(plain)


def test_a_misreading_is_mended_at_its_place(tmp_path: Path) -> None:
    connection = database([("moa-held", sha256(MOA), 2)])
    held = hold(tmp_path, MOA)
    load_pages(connection, records(fix("OF")), held, cache=tmp_path / "cache")
    assert rows(connection)[0][2] == "MEMORANDUM mended AGREEMENT"


def test_a_fix_that_finds_nothing_stops(tmp_path: Path) -> None:
    connection = database([("moa-held", sha256(MOA), 2)])
    held = hold(tmp_path, MOA)
    with pytest.raises(ArchiveError, match=r"page_text\.csv .* page 1: wrong: found 'OF' 1 time"):
        load_pages(connection, records(fix("OF", 2)), held, cache=tmp_path / "cache")


def test_pages_that_wait_are_named(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    make_scan(scan, ["A page without a text layer"])
    content = scan.read_bytes()
    connection = database([("moa-scan", sha256(content), 1), ("moa-held", sha256(MOA), 2)])
    held = hold(tmp_path, MOA) | {sha256(content): scan}
    load_pages(connection, records(), held, cache=tmp_path / "cache", by_eye=False)
    assert waiting_pages(connection) == (("moa-scan", 1),)
    assert name_pages([("moa-a", n) for n in (1, 2, 3, 9)] + [("moa-b", 2)]) == (
        "moa-a 1-3, 9; moa-b 2"
    )


@pytest.mark.parametrize("kind", ["rows", "words"])
def test_a_broken_entry_of_the_cache_is_read_anew(tmp_path: Path, kind: str) -> None:
    held = hold(tmp_path, MOA)
    jobs = make_jobs(held, tmp_path / "cache", (), by_eye=False)
    before = make_ready(jobs)
    wanted = before.rows(sha256(MOA)), dict(before)
    (entry,) = (tmp_path / "cache").rglob(f"{sha256(MOA)}.{kind}.json")
    entry.write_text("[[", encoding="utf-8")
    after = make_ready(jobs)
    assert (after.rows(sha256(MOA)), dict(after)) == wanted
