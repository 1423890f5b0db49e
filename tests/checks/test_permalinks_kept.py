"""Addresses outlive their records, and a document never loses a page."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path

from scripts.checks.addresses import earlier_pages, lost_pages
from scripts.history.permalinks import update_permalinks, used_identifiers
from scripts.records.models.addresses import Permalink, Release
from scripts.records.models.documents import Document
from scripts.records.read import read_records
from scripts.records.write import write_table
from tests.sample_records import write_sample

ALPHA, BETA, GAMMA = "/agencies/fl-alpha/", "/agencies/fl-beta/", "/agencies/fl-gamma/"


def current(*paths: str) -> list[Permalink]:
    return [Permalink(path=path, status="current", target=None, reason=None) for path in paths]


def commit(folder: Path) -> None:
    """Commit everything in the folder to a repository of its own."""
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.gov"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "records"]):
        subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True)


def test_a_document_must_not_lose_a_page(tmp_path: Path) -> None:
    """Its pages have addresses; what was cited yesterday must answer tomorrow."""
    write_sample(tmp_path)
    release = Release(
        id="first",
        released_on=dt.date(2026, 11, 22),
        covers="all",
        newest_publication="2025-03-03-pm",
    )
    write_table(tmp_path, Release, [release])
    commit(tmp_path)
    records = read_records(tmp_path)
    pages = earlier_pages(records)
    assert pages
    assert lost_pages(records, pages) == ()
    paged = next(row for row in records.rows(Document) if row.pages)
    fewer = paged.model_copy(update={"pages": (paged.pages or 0) - 1})
    rest = [row for row in records.rows(Document) if row.id != paged.id]
    write_table(tmp_path, Document, [*rest, fewer])
    commit(tmp_path)
    (problem,) = lost_pages(read_records(tmp_path), earlier_pages(read_records(tmp_path)))
    assert paged.id in problem.seen


def test_addresses_of_records_that_went_name_what_took_their_place() -> None:
    known = current(ALPHA, BETA, GAMMA)
    moved = {ALPHA: [BETA, GAMMA]}
    rows = {row.path: row for row in update_permalinks(known, [BETA, "/new/"], moved, "why")}
    assert (rows[ALPHA].status, rows[ALPHA].target) == ("moved", f"{BETA} {GAMMA}")
    assert (rows[GAMMA].status, rows[GAMMA].reason) == ("withdrawn", "why")
    assert rows["/new/"].status == "current"
    again = update_permalinks(rows.values(), [BETA, GAMMA, "/new/"], {}, "later")
    assert {row.path: row.status for row in again}[GAMMA] == "current"


def test_identifiers_that_ever_had_an_address_are_not_minted_again() -> None:
    gone = Permalink(path=ALPHA, status="moved", target=BETA, reason="merged")
    assert used_identifiers([gone, *current(BETA)], "agencies") == {"fl-alpha", "fl-beta"}
