"""What was seen by eye on 220 pages is masked in their text and kept off their pictures."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from scripts import paths
from scripts.held.store import held_paths
from scripts.privacy.marks import MARK
from scripts.privacy.ready import ReadyPage, make_jobs, make_ready
from scripts.records.models.fixes import ContactAllowance
from scripts.records.read import read_table

LABELS = Path(__file__).parents[1] / "labels"
TAUGHT, UNSEEN = "contact_details.csv", "contact_details_unseen.csv"
DETAILS = ("names", "telephones", "emails", "addresses")
Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    with (LABELS / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "pages", "details", "signatures", "missed"),
    [(TAUGHT, 100, 93, 40, 6), (UNSEEN, 120, 119, 60, 1)],
)
def test_the_counts_are_those_that_the_pages_on_privacy_give(
    name: str, pages: int, details: int, signatures: int, missed: int
) -> None:
    rows = rows_of(name)
    assert len({(row["sha256"], row["page_number"]) for row in rows}) == pages
    assert sum(int(row[kind]) for row in rows for kind in DETAILS) == details
    assert sum(int(row["signatures"]) for row in rows) == signatures
    assert sum(int(row["missed_at_first"]) for row in rows) == missed


@pytest.mark.corpus
def test_no_detail_of_the_corpus_is_published(corpus: Path) -> None:
    check_rows(rows_of(TAUGHT), held_paths(corpus))


@pytest.mark.corpus
def test_no_detail_of_unseen_pages_is_published() -> None:
    folder = os.environ.get("ARCHIVE_SOURCES")
    held = held_paths(Path(folder)) if folder else {}
    rows = rows_of(UNSEEN)
    if not any(row["sha256"] in held for row in rows):
        pytest.skip("the 130 further memoranda, which taught the rules nothing, are not held here")
    check_rows(rows, held)


def check_rows(rows: Sequence[Row], held: Mapping[str, Path]) -> None:
    allowed = read_table(paths.RECORDS, ContactAllowance)

    @cache
    def pages(sha256: str) -> tuple[ReadyPage, ...]:
        (job,) = make_jobs({sha256: held[sha256]}, paths.cache_folder(), allowed, by_eye=False)
        return make_ready([job])[sha256].pages

    for row in rows:
        page = pages(row["sha256"])[int(row["page_number"]) - 1]
        if not page.page.is_waiting:  # else no text and no picture until it is read
            check_page(page, row)


def check_page(page: ReadyPage, row: Row) -> None:
    place = f"{row['file_name']} page {row['page_number']}"
    seen = sum(int(row[kind]) for kind in DETAILS)
    if int(row["signatures"]):
        assert page.role is not None, place
    if seen:
        assert page.role is not None or page.covers, place
    if int(row["telephones"]) or int(row["emails"]):
        assert len(MARK.findall(page.text)) >= int(row["telephones"]) + int(row["emails"]), place
    if row["drawn_from"] == "body" and not seen and not int(row["signatures"]):
        assert page.role is None, f"{place} is withheld without need"
        assert not page.masked, f"{place} is masked without need"
