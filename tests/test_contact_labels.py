"""What was seen by eye on a hundred pages is masked in their text and kept off their pictures."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from scripts import paths
from scripts.build.ready import ReadyPage, make_jobs, make_ready
from scripts.records.models import ContactAllowance
from scripts.records.read import read_table
from scripts.sources.store import held_paths

LABELS = Path(__file__).parent / "labels" / "contact_details.csv"
ROWS = list(csv.DictReader(LABELS.open(encoding="utf-8")))
DETAILS = ("names", "telephones", "emails", "addresses")


def test_a_hundred_pages_were_looked_at() -> None:
    assert len({(row["sha256"], row["page_number"]) for row in ROWS}) == 100
    assert sum(int(row[kind]) for row in ROWS for kind in DETAILS) == 93
    assert sum(int(row["signatures"]) for row in ROWS) == 40


@pytest.mark.corpus
def test_no_detail_that_was_seen_is_published(corpus: Path) -> None:
    held = held_paths(corpus)
    allowed = read_table(paths.RECORDS, ContactAllowance)

    @cache
    def pages(sha256: str) -> tuple[ReadyPage, ...]:
        (job,) = make_jobs({sha256: held[sha256]}, paths.cache_folder(), allowed, by_eye=False)
        return make_ready([job])[sha256].pages

    for row in ROWS:
        page = pages(row["sha256"])[int(row["page_number"]) - 1]
        if page.page.is_waiting:  # no text and no picture until it is read
            continue
        place = f"{row['file_name']} page {row['page_number']}"
        seen = sum(int(row[kind]) for kind in DETAILS)
        if int(row["signatures"]):
            assert page.role == "signatures", place
        if seen:
            assert page.role is not None or page.covers, place
        if row["drawn_from"] == "body" and not seen and not int(row["signatures"]):
            assert page.role is None, f"{place} is withheld without need"
