"""What a memorandum says of itself, read by the templates' words; handwriting is not guessed at."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.harvest.facts import describe_disagreements, text_from
from scripts.harvest.facts_command import read
from scripts.records.models import Agreement, Document, DocumentFact
from scripts.records.read import read_table
from scripts.records.write import write_table
from scripts.sources.memorandum import read_facts
from scripts.sources.page import PageText, Word
from tests.pdfs import make_pdf
from tests.test_pages import sha256
from tests.test_persons import lines_of

OPENING = (
    "MEMORANDUM OF AGREEMENT",
    "287(g) Task Force Model",
    "This Memorandum of Agreement constitutes an agreement between U.S. Immigration and",
    "Customs Enforcement (ICE), a component of the Department of Homeland Security (DHS), and",
    "the Example County Sheriff's Office, pursuant to which ICE delegates authority.",
    "Revised 02/12/2025",
)
SIGNING = (
    "By signing this MOA, each party represents it is fully authorized to enter into this MOA.",
    "Revised 02/12/2025",
)


def page(number: int, texts: Sequence[str], **how: object) -> PageText:
    found = PageText(number, lines_of(texts), 612, 792, quality=0.99)
    return dataclasses.replace(found, **how)  # type: ignore[arg-type]


def signed(*dates: tuple[str, float], **how: object) -> PageText:
    """A signature page with ICE's column on the right and these dates at their places."""
    base = page(2, SIGNING, **how)
    labels = (Word("For", 72, 300, 90, 312), Word("ICE:", 350, 300, 380, 312))
    ice = (Word("For", 330, 300, 348, 312), labels[1])
    lines = [tuple(Word("For", 72, 300, 90, 312) for _ in "x"), ice]
    for text, x in dates:
        row = []
        for part in text.split():
            row.append(Word(part, x, 330, x + 6.0 * len(part), 342))
            x += 6.0 * len(part) + 4
        lines.append(tuple(row))
    return dataclasses.replace(base, lines=(*base.lines, *lines))


def test_model_template_and_agency() -> None:
    facts = read_facts([page(1, OPENING)])
    assert facts.model is not None
    assert (facts.model.value, facts.model.basis) == ("tfm", "title")
    assert facts.template is not None
    assert facts.template.value == "tfm-2025-02-12"
    assert facts.agency is not None
    assert facts.agency.value == "Example County Sheriff's Office"


@pytest.mark.parametrize(
    ("line", "office"),
    [
        ("For DHS: Miami Field Office", "Miami"),
        # a name and a number stood in the records: between the label and the office
        ("For the LEA: For DHS: Pat Example 202-555-0143 DHS: Miami Field Office", "Miami"),
        ("For DHS: Pat Example, Field Office Director", None),
        ("For DHS: Houston or Dallas Field Office", None),
    ],
)
def test_a_field_office_is_a_city_and_no_person(line: str, office: str | None) -> None:
    fact = read_facts([page(1, [line])]).field_office
    assert (fact and fact.value) == office


@pytest.mark.parametrize(
    ("title", "footer", "template"),
    [
        ("287(g) Task Force Model", "Revised 03/07/2025", "tfm-2025-03-07"),
        ("287(g) Task Force Model", "Revised 0310712025", "tfm-2025-03-07"),  # strokes read as 1
        ("Jail Enforcement Model", "Revised 02/16/2026", None),  # like no revision, and only once
        ("Jail Enforcement Model", "", "jem-2020"),
        ("Warrant Service Officer Program", "", "wso-2020"),
        ("Warrant Service Officer Program", "Revised 02/15/2025", "wso-2025-02-15"),
        ("A letter", "Revised 02/15/2025", None),
    ],
)
def test_templates(title: str, footer: str, template: str | None) -> None:
    found = read_facts([page(1, ["MEMORANDUM OF AGREEMENT", title, *([footer] if footer else [])])])
    assert (found.template.value if found.template else None) == template


@pytest.mark.parametrize(
    ("dates", "how", "expected"),
    [
        ([("March 3, 2025", 340)], {}, ("2025-03-03", "typed")),
        ([("2/28/2025", 90), ("March 3, 2025", 340)], {}, ("2025-03-03", "typed")),
        ([("3/3/2025", 340)], {"image_share": 1.0}, None),  # digits on a scan may be handwriting
        ([("March 3, 2025", 340)], {"image_share": 1.0}, ("2025-03-03", "typed-on-scan")),
        ([("February 28, 2025", 90)], {}, None),  # the agency's column
        ([("March 3, 2029", 340)], {}, None),  # a digit misread: years after the form
        ([("January 3, 2025", 340)], {}, None),  # before the form existed
    ],
)
def test_ices_date_only_as_type(
    dates: list[tuple[str, float]], how: dict[str, object], expected: tuple[str, str] | None
) -> None:
    found = read_facts([page(1, OPENING), signed(*dates, **how)]).ice_signed_on
    assert (None if found is None else (found.value, found.basis)) == expected


def test_how_text_was_had() -> None:
    embedded, ocr = page(1, OPENING), page(2, OPENING, source="ocr")
    assert text_from([embedded]) == "embedded"
    assert text_from([ocr]) == "ocr"
    assert text_from([embedded, ocr]) == "mixed"
    assert text_from([page(1, (), is_waiting=True)]) == "none"


def row(**values: object) -> Document:
    empty: dict[str, object] = dict.fromkeys(Document.model_fields)
    empty |= {"id": "moa-example", "kind": "memorandum", "title": "A", "file_name": "moa.pdf"}
    return Document.model_validate(empty | values)


def test_disagreement_with_the_list_is_told() -> None:
    values: dict[str, object] = dict.fromkeys(Agreement.model_fields)
    values |= {"id": "xx-a", "agency_id": "xx", "model": "tfm", "status": "active"}
    values |= {"signed_on": dt.date(2025, 6, 12), "listed_from": "2025-06-13-am"}
    agreement = Agreement.model_validate(values)
    same = row(agreement_id="xx-a", model="tfm", signed_on=dt.date(2025, 6, 12))
    other = row(
        agreement_id="xx-a", model="tfm", signed_on=dt.date(2025, 6, 11), signed_basis="typed"
    )
    assert describe_disagreements([same], {"xx-a": agreement}) == []
    assert describe_disagreements([other], {"xx-a": agreement}) == [
        "moa-example: the list says 2025-06-12, the memorandum 2025-06-11 (typed)"
    ]


def test_the_command_writes_what_it_read_once(tmp_path: Path) -> None:
    sources, records = tmp_path / "sources", tmp_path / "records"
    sources.mkdir()
    content = make_pdf([OPENING] * 3)
    (sources / "moa.pdf").write_bytes(content)
    write_table(records, Document, [row(sha256=sha256(content))])
    arguments = ["--records", str(records), "--sources", str(sources)]
    result = CliRunner().invoke(read, arguments, catch_exceptions=False)
    assert "Read 1 memoranda." in result.output
    (document,) = read_table(records, Document, canonical=True)
    assert (document.model, document.template, document.text_from) == (
        "tfm",
        "tfm-2025-02-12",
        "embedded",
    )
    facts = {fact.fact: fact for fact in read_table(records, DocumentFact, canonical=True)}
    assert "agency" not in facts  # free text of an unmasked page never becomes a record
    again = CliRunner().invoke(read, arguments, catch_exceptions=False)
    assert "Read 0 memoranda." in again.output


@pytest.mark.corpus
def test_the_records_agree_with_the_corpus_about_models(corpus: Path) -> None:
    """The model that a file's own name states is the model that was read in it."""
    del corpus  # the records come from it
    from scripts import paths

    wrong = [
        row.id
        for row in read_table(paths.RECORDS, Document)
        if row.model is not None
        for code in ("tfm", "wso", "jem")
        if f"_{code}_" in row.file_name.lower() and row.model != code
    ]
    read_models = [row for row in read_table(paths.RECORDS, Document) if row.model is not None]
    assert len(read_models) >= 185
    assert wrong == []
