"""Questions that memoranda and signing dates raise, and those that a memorandum answers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scripts.history.questions import find_questions
from scripts.history.review import Question
from scripts.records.models.agreements import Agency, Agreement
from scripts.records.models.documents import Document, DocumentFact
from scripts.records.models.lists import Listing
from scripts.records.read import read_records, read_table
from scripts.records.write import write_table
from tests.sample_records import FHP, MIAMI, STJOHNS, write_sample

AGREEMENT = f"{FHP}-tfm-2025-02-25"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return write_sample(tmp_path / "records")


def fact(name: str, value: str, confidence: str = "0.97") -> DocumentFact:
    return DocumentFact(
        document_id="moa-fhp",
        fact=name,
        value=value,
        basis="typed",
        page_number=9,
        confidence=confidence,
    )


def of_kind(records: Path, kind: str) -> list[Question]:
    return [one for one in find_questions(read_records(records)) if one.kind == kind]


@pytest.mark.parametrize(
    ("facts", "details"),
    [
        ([], []),
        ([fact("ice-signed-on", "2025-02-25"), fact("agency", FHP), fact("model", "tfm")], []),
        (
            [fact("ice-signed-on", "2025-02-26")],
            ["signing date: the list says 2025-02-25, the memorandum 2025-02-26 (page 9)"],
        ),
        ([fact("ice-signed-on", "2025-02-26", "0.60")], []),  # not sure enough to ask
        (
            [fact("agency", STJOHNS), fact("model", "wso")],
            [
                f"agency: the list says {FHP}, the memorandum {STJOHNS} (page 9)",
                "model: the list says tfm, the memorandum wso (page 9)",
            ],
        ),
        ([fact("field-office", "Miami")], []),  # of which the list says nothing
    ],
)
def test_a_memorandum_that_says_otherwise(
    records: Path, facts: list[DocumentFact], details: list[str]
) -> None:
    write_table(records, DocumentFact, facts)
    found = of_kind(records, "memorandum-differs")
    assert [one.detail for one in found] == details
    assert {(one.subject, one.other) for one in found} <= {("moa-fhp", AGREEMENT)}


@pytest.mark.parametrize(
    ("signed", "listed_from", "told"),
    [
        ("2025-02-27", "2025-03-03-am", False),
        ("2025-03-08", "2025-03-03-am", False),  # a few days: the list ran ahead
        ("2025-03-30", "2025-03-03-am", True),
        ("2024-01-30", "2025-03-03-am", True),  # more than a year, and a list between lacks it
        ("2019-01-30", "2025-02-26", False),  # on the oldest list held
    ],
)
def test_a_date_far_from_the_first_list(
    records: Path, signed: str, listed_from: str, told: bool
) -> None:
    rows = [
        row.model_copy(
            update={"signed_on": dt.date.fromisoformat(signed), "listed_from": listed_from}
        )
        if row.agency_id == STJOHNS
        else row
        for row in read_table(records, Agreement)
    ]
    write_table(records, Agreement, rows)
    found = of_kind(records, "date-far")
    assert [one.subject for one in found] == ([f"{STJOHNS}-wso-2025-02-27"] if told else [])
    assert all(f"signed on {signed}, first listed on 2025-03-03" in str(o.detail) for o in found)


def test_a_memorandum_answers_whose_it_is(records: Path) -> None:
    """A link to a file named for another is a question until the file itself names its agency."""
    note = f"linked from the row of {MIAMI}-jem-2019-12-19, but named as a tfm memorandum: "
    documents = [
        row.model_copy(update={"note": note + "not followed"}) if row.id == "moa-fhp" else row
        for row in read_table(records, Document)
    ]
    write_table(records, Document, documents)
    assert [one.subject for one in of_kind(records, "wrong-link")] == ["moa-fhp"]
    write_table(records, DocumentFact, [fact("agency", MIAMI)])  # the row's agency after all
    assert len(of_kind(records, "wrong-link")) == 1
    write_table(records, DocumentFact, [fact("agency", FHP)])
    assert of_kind(records, "wrong-link") == []


def test_another_county_on_a_later_list(records: Path) -> None:
    assert of_kind(records, "county-changed") == []
    rows = read_table(records, Listing)
    ours = [row for row in rows if row.agency_id == STJOHNS]
    assert len(ours) > 1
    counties = ("Lake County", *["Orange County"] * len(ours))
    changed = [
        row.model_copy(update={"county_printed": county})
        for row, county in zip(ours, counties, strict=False)
    ]
    write_table(records, Listing, [*changed, *(row for row in rows if row not in ours)])
    (one,) = of_kind(records, "county-changed")
    assert one.subject == STJOHNS
    assert "Lake County from" in str(one.detail)
    assert "Orange County from" in str(one.detail)
    agencies = [
        row.model_copy(update={"county_basis": "name"}) if row.id == STJOHNS else row
        for row in read_table(records, Agency)
    ]
    write_table(records, Agency, agencies)
    assert of_kind(records, "county-changed") == []  # the name of a sheriff's county decides
