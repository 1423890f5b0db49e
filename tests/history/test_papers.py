"""Memoranda newer than the row that links them: seven stand in the lists held."""

from __future__ import annotations

import datetime as dt

import pytest

from scripts import paths
from scripts.history.papers import day_in_name
from scripts.history.questions import find_questions
from scripts.records.models.agreements import Agreement, Event
from scripts.records.models.documents import Document
from scripts.records.read import read_records

JACKSONVILLE = "fl-jacksonville-sheriffs-office-jem-2020-06-09"
RENEWED = {
    JACKSONVILLE: "2026-04-05",
    "fl-ocoee-police-department-tfm-2025-05-13": "2025-07-30",
    "fl-putnam-county-sheriffs-office-tfm-2025-02-26": "2025-07-30",
    "fl-st-johns-county-sheriffs-office-tfm-2025-02-26": "2025-07-30",
    "fl-suwannee-county-sheriffs-office-tfm-2025-02-26": "2025-07-30",
    "fl-taylor-county-sheriffs-office-tfm-2025-02-26": "2025-07-30",
    "fl-union-county-sheriffs-office-tfm-2025-02-26": "2025-07-30",
}


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("JacksonvilleCoFL_JEM_MOA_04052026.pdf", "2026-04-05"),
        ("287gJEM_JacksonvilleCoFl2020-06-09.pdf", "2020-06-09"),
        ("287gWSO_DeptOfCorrectionsAK_07-24-2020.pdf", "2020-07-24"),
        ("r_287getowah100509.pdf", "2009-10-05"),
        ("FranklinCoAL_TFM_MOA_13452025.pdf", None),  # no such month
        ("FranklinCoAL_TFM_MOA_.pdf", None),
    ],
)
def test_the_date_in_a_file_name(name: str, day: str | None) -> None:
    assert day_in_name(name) == (dt.date.fromisoformat(day) if day else None)


def test_newer_papers_are_events_and_questions_and_keep_their_own_date() -> None:
    records = read_records(paths.RECORDS)
    told = {e.agreement_id: e for e in records.rows(Event) if e.kind == "memorandum-replaced"}
    assert {key: str(event.on) for key, event in told.items()} == RENEWED
    asked = {q.other for q in find_questions(records) if q.kind == "memorandum-replaced"}
    assert asked == set(told)
    of_address = {document.address: document for document in records.rows(Document)}
    signed = {row.id: str(row.signed_on) for row in records.rows(Agreement)}
    for agreement_id, event in told.items():
        title = of_address[event.after].title
        assert str(event.on) in title
        assert signed[str(agreement_id)] not in title


def test_the_older_paper_stays_the_agreements_memorandum() -> None:
    agreements = {row.id: row for row in read_records(paths.RECORDS).rows(Agreement)}
    memorandum = agreements[JACKSONVILLE].document_id
    assert memorandum == "moa-287g-jem-jacksonville-co-fl-2020-06-09"
