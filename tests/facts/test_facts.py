"""What a memorandum says of itself, read by the templates' words; handwriting is not guessed at."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts import paths
from scripts.facts.command import read
from scripts.facts.held import (
    ReadJob,
    describe_disagreements,
    fact_rows,
    read_file,
    text_from,
)
from scripts.facts.memorandum import Mention, read_facts
from scripts.facts.printed_agency import make_vocabulary, read_agency
from scripts.held.store import held_paths
from scripts.reading.form import read_date, shown_name, what_is_asked
from scripts.reading.page import PageText, Word
from scripts.reading.tesseract import may_read_by_eye
from scripts.records.models.agreements import Agency, AgencyName, Agreement
from scripts.records.models.documents import Document, DocumentFact, FactCheck
from scripts.records.read import read_records, read_table
from scripts.records.write import write_table
from tests.memoranda_made import lines_of
from tests.pdfs import make_pdf, sha256

LABELS = Path(__file__).parents[1] / "labels" / "facts.csv"

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


ERO = ("Enforcement", "and", "Removal", "Operations")


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


@pytest.mark.parametrize(
    ("line", "office"),
    [
        ("For DHS: Miami Field Office", "Miami"),
        # a name and a number stood in the records: between the label and the office
        ("For the LEA: For DHS: Pat Example 202-555-0143 DHS: Miami Field Office", "Miami"),
        ("For DHS: Pat Example, Field Office Director", None),
        ("For DHS: Houston or Dallas Field Office", None),
        ("ForDHS: The Miami Field Office Director VIII. EFFECTIVE DATE", "Miami"),
        ("For DHS: Field Office Director, New Orleans VIII. EFFECTIVE DATE", "New Orleans"),
        ("For DHS: VIII. EFFECTIVE DATE. Given to the FOD in The Miami Field Office and", "Miami"),
        ("Given to the FOD in the Miami Field Office or the FOD in the Dallas Field Office", None),
    ],
)
def test_a_field_office_is_a_city_and_no_person(line: str, office: str | None) -> None:
    fact = read_facts([page(1, [line])]).field_office
    assert (fact and fact.value) == office


def agency(agency_id: str, name: str) -> Agency:
    values: dict[str, object] = dict.fromkeys(Agency.model_fields)
    return Agency.model_validate(
        values | {"id": agency_id, "state": agency_id[:2].upper(), "name": name}
    )


BODIES = make_vocabulary(
    [
        agency("tx-parker", "Parker County Sheriff's Office"),
        agency("tx-parmer", "Parmer County Sheriff's Office"),
        agency("tx-york", "York County Sheriff's Office"),
        agency("sc-york", "York County Sheriff's Office"),
        agency("pa-york-regional", "York County Regional Police Department"),
        agency("ms-attorney", "Mississippi Attorney General's Office"),
        agency("fl-fish", "Florida Fish and Wildlife Conservation Commission"),
        agency("fl-deland", "DeLand Police Department"),
    ],
    [],
)


@pytest.mark.parametrize(
    ("text", "linked", "expected"),
    [
        ("Parker County Sheriff's Office, hereinafter the LEA", "tx-parker", "tx-parker"),
        # another body of the same state: that is the disagreement to be told
        ("the Parmer County Sheriff's Office, pursuant to which", "tx-parker", "tx-parmer"),
        ("Parner County Sheriff's Office, hereinafter", "tx-parker", None),  # one letter is too far
        ("the Parker County Sheriff, hereinafter", "tx-parker", "tx-parker"),
        ("theParkerCountySheriffsOffice pursuant", "tx-parker", "tx-parker"),  # no spaces read
        ("Parker C0unty Sheriff's 0ffice", "tx-parker", "tx-parker"),  # noughts for letters
        ("Misslsslppi Attomey General's Office (MAGO)", "ms-attorney", "ms-attorney"),
        ("FL Fish & Wildlife Conservation Commission (FWC)", "fl-fish", "fl-fish"),
        ("DeLand, FL Police Department, pursuant", "fl-deland", "fl-deland"),
        ("York County Sheriff's Office, SC, hereinafter", "tx-york", "sc-york"),  # state printed
        ("York County Sheriff's Office, hereinafter", "sc-york", "sc-york"),
        ("York County Sheriff's Office, hereinafter", "tx-parker", None),  # which York?
        ("York County Regional Police Department", "pa-york-regional", "pa-york-regional"),
        ("York County Regional Jail", "sc-york", None),  # the name goes on
        ("Pat Example, Sheriff", "tx-parker", None),
    ],
)
def test_an_agency_is_a_spelling_that_is_known(text: str, linked: str, expected: str) -> None:
    found = read_agency([Mention("opening", 1, text)], BODIES, linked)
    assert (found and found.value) == expected


def test_the_opening_counts_before_other_places_and_those_only_where_they_agree() -> None:
    parker, parmer = (f"{name} County Sheriff's Office" for name in ("Parker", "Parmer"))
    footer, label = Mention("footer", 2, parmer), Mention("label", 7, parker)
    opening = Mention("opening", 1, parker)
    found = read_agency([footer, opening, label], BODIES, "tx-parker")
    assert found is not None
    assert (found.value, found.page_number, found.confidence) == ("tx-parker", 1, 0.98)
    assert read_agency([footer, label], BODIES, "tx-parker") is None


@pytest.mark.parametrize(
    ("name", "asks_for", "shown"),
    [
        ("Date_2", "date", "Date_2"),
        ("in theName of LEA", "agency", "in theName of LEA"),
        ("Name Pat Example", "person", None),  # a person's name stood in a field's name
        ("Text7", None, "Text7"),
        ("Local OPLA Location", "office", "Local OPLA Location"),
        ("For the LEA 2_2", "contact", "For the LEA 2_2"),
        ("Signature2", "signature", "Signature2"),
        ("", None, None),
    ],
)
def test_names_of_form_fields(name: str, asks_for: str | None, shown: str | None) -> None:
    assert (what_is_asked(name), shown_name(name)) == (asks_for, shown)


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("March 5, 2025", "2025-03-05"),
        ("02/28/2028", "2028-02-28"),  # as typed, wrong as it is
        ("3/3/25", "2025-03-03"),
        ("Pat Example 3/3/25", None),
        ("02/30/2025", None),
    ],
)
def test_only_a_date_is_kept_of_what_was_typed(value: str, date: str | None) -> None:
    assert read_date(value) == date


@pytest.mark.parametrize(
    ("title", "footer", "template"),
    [
        (
            "Warrant Service Officer Program",
            "Rev 2/14/25",
            "wso-2025-02-14",
        ),
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


@pytest.mark.parametrize(
    ("stamp", "x", "expected"),
    [
        ("OCT 1 5 2019", 90, ("2019-10-15", "stamped")),
        ("O_C_T_1_5_2_01_9", 90, ("2019-10-15", "stamped")),
        ("OCT 5 2019", 90, None),  # a stamp prints two digits, a hand may write one
        ("10/15/2019", 90, None),
        ("OCT 15 2019", 400, None),  # the agency's column: until 2020 ICE signs on the left
    ],
)
def test_a_stamped_date(stamp: str, x: float, expected: tuple[str, str] | None) -> None:
    """Twenty-two memoranda of 2019 and 2020 bear ICE's date as a stamp."""
    signing = page(7, ("By signing this MOA, each party represents it is fully authorized",))
    words = []
    for part in stamp.split():
        words.append(Word(part, x, 300, x + 6.0 * len(part), 312))
        x += 6.0 * len(part) + 4
    below = [Word(part, 80 + 60 * i, 340, 130 + 60 * i, 352) for i, part in enumerate(ERO)]
    signing = dataclasses.replace(
        signing, lines=(*signing.lines, tuple(words), tuple(below)), image_share=1.0
    )
    opening = page(1, ("MEMORANDUM OF AGREEMENT", "Warrant Service Officer Program"))
    found = read_facts([opening, signing]).ice_signed_on
    assert (None if found is None else (found.value, found.basis)) == expected


def test_a_form_of_2020_is_not_taken_for_one_signed_in_2025() -> None:
    """Two memoranda of 2025 stood under the form of 2020: their footers had not been read."""
    opening = page(1, ("MEMORANDUM OF AGREEMENT", "Warrant Service Officer Program"))
    signing = signed(("March 3, 2025", 340))
    signing = dataclasses.replace(signing, lines=signing.lines[:1] + signing.lines[2:])
    found = read_facts([opening, signing])
    assert found.ice_signed_on is not None
    assert found.template is None


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


def fact(name: str, value: str, page_number: int = 9) -> DocumentFact:
    return DocumentFact(
        document_id="moa-example",
        fact=name,
        value=value,
        basis="typed",
        page_number=page_number,
        confidence="0.97",
    )


def test_disagreement_with_the_list_is_told() -> None:
    values: dict[str, object] = dict.fromkeys(Agreement.model_fields)
    values |= {"id": "xx-a", "agency_id": "xx", "model": "tfm", "status": "active"}
    values |= {"signed_on": dt.date(2025, 6, 12), "listed_from": "2025-06-13-am"}
    agreements = {"xx-a": Agreement.model_validate(values)}
    documents = {"moa-example": row(agreement_id="xx-a")}
    same = [fact("ice-signed-on", "2025-06-12"), fact("model", "tfm"), fact("agency", "xx")]
    assert describe_disagreements(same, documents, agreements) == []
    other = [fact("ice-signed-on", "2025-06-11"), fact("agency", "yy", 1)]
    assert describe_disagreements(other, documents, agreements) == [
        "moa-example: the list says 2025-06-12, the memorandum 2025-06-11 (page 9, typed)",
        "moa-example: the list says xx, the memorandum yy (page 1, typed)",
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


def test_what_a_check_on_the_picture_found_comes_before_the_reading(tmp_path: Path) -> None:
    sources, records = tmp_path / "sources", tmp_path / "records"
    sources.mkdir()
    content = make_pdf([OPENING] * 3)
    (sources / "moa.pdf").write_bytes(content)
    write_table(records, Document, [row(sha256=sha256(content))])
    checked = {"document_id": "moa-example", "page_number": 1, "checked_on": dt.date(2026, 11, 22)}
    write_table(
        records,
        FactCheck,
        [
            FactCheck.model_validate({**checked, "fact": "template", "value": None}),
            FactCheck.model_validate({**checked, "fact": "ice-signed-on", "value": "2025-03-04"}),
            FactCheck.model_validate({**checked, "fact": "model", "value": "tfm"}),
        ],
    )
    arguments = ["--records", str(records), "--sources", str(sources)]
    CliRunner().invoke(read, arguments, catch_exceptions=False)
    found = {fact.fact: (fact.value, fact.basis) for fact in read_table(records, DocumentFact)}
    assert found == {"model": ("tfm", "title"), "ice-signed-on": ("2025-03-04", "looked at")}
    (document,) = read_table(records, Document)
    assert (document.template, document.signed_on) == (None, dt.date(2025, 3, 4))


@pytest.mark.corpus
def test_facts_are_read_as_the_pictures_show_them(corpus: Path) -> None:
    """Labels made by eye: nothing is read wrongly, and no more is left unread than was measured."""
    labels = list(csv.DictReader(LABELS.read_text(encoding="utf-8").splitlines()))
    records = read_records(paths.RECORDS)
    documents = {document.id: document for document in records.rows(Document)}
    held = held_paths(corpus)
    found, agreements = {}, {row.id: row for row in records.rows(Agreement)}
    vocabulary = make_vocabulary(records.rows(Agency), records.rows(AgencyName))
    wanted = {label["document_id"] for label in labels}
    for document in (documents[name] for name in sorted(wanted)):
        path = held.get(document.sha256 or "")
        if path is None:
            continue
        job = ReadJob(path.name, path, paths.cache_folder(), may_read_by_eye())
        file = read_file(dataclasses.replace(job, sha256=document.sha256 or ""))
        agreement = agreements.get(document.agreement_id or "")
        linked = agreement.agency_id if agreement else None
        rows = fact_rows(document.id, file, read_agency(file.mentions, vocabulary, linked), {})
        found[document.id] = {fact.fact: fact for fact in rows if float(fact.confidence) >= 0.75}
    assert len(found) >= 20
    wrong, silent, right = [], Counter[str](), Counter[str]()
    for label in labels:
        if label["document_id"] not in found:
            continue
        fact = found[label["document_id"]].get(label["fact"])
        if fact is None:
            silent[label["fact"]] += bool(label["value"])
        elif fact.value != label["value"]:
            wrong.append((label["document_id"], label["fact"], fact.value))
        else:
            right[label["fact"]] += 1
    assert wrong == []
    assert right["model"] >= 20
    assert right["ice-signed-on"] >= 12
    assert silent["agency"] <= 3
    assert silent["ice-signed-on"] <= 4
    assert silent["field-office"] <= 1
    assert silent["template"] == 0


@pytest.mark.corpus
def test_the_records_agree_with_the_corpus_about_models(corpus: Path) -> None:
    """The model that a file's own name states is the model that was read in it."""
    del corpus  # the records come from it
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
