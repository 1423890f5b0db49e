"""Templates from what most say, and what a memorandum says otherwise."""

from __future__ import annotations

import csv
import dataclasses
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from scripts import paths
from scripts.build.clauses import PARTY, tokens_of
from scripts.build.compare import Comparison, Held, compare, load_comparison, name_words
from scripts.build.deviations import find_deviations, find_extra_signature
from scripts.build.ready import make_jobs, make_ready
from scripts.build.statements import check_sources
from scripts.build.templates import Template, keys, make_template
from scripts.records.models import TABLES, ConfirmedDeviation, ContactAllowance
from scripts.records.read import Records, read_table
from scripts.sources.page import PageText
from scripts.sources.store import held_paths
from scripts.sources.tesseract import tesseract_version
from tests.conftest import missing
from tests.test_persons import lines_of

PAGES = (
    (
        "I. PURPOSE",
        "The purpose of this agreement is to set forth the terms and conditions under which",
        "selected personnel of the agency will be nominated and trained by the field office.",
        "II. COSTS",
        "The agency is responsible for salaries and benefits of all personnel who take part,",
        "and the office will provide instructors and training materials at its own expense.",
    ),
    (
        "III. TERMINATION",
        "Either party may terminate this agreement upon written notice to the other party,",
        "and all authority that was delegated under it will end on the day of that notice.",
        "Complaints will be reported to the office within two days of their receipt.",
    ),
)
PROVISO = "as long as this is consistent with the public records law of the state"


def pages(texts: Sequence[Sequence[str]], quality: float = 0.99) -> list[PageText]:
    return [
        PageText(number, lines_of(page), 612, 792, quality=quality)
        for number, page in enumerate(texts, 1)
    ]


def changed(old: str, new: str) -> tuple[tuple[str, ...], ...]:
    assert any(old in line for page in PAGES for line in page)
    return tuple(tuple(line.replace(old, new) for line in page) for page in PAGES)


@pytest.fixture(scope="module")
def template() -> Template:
    slips = ("salaries", "salaries,"), ("notice", "notlce"), ("two days", "2 days")
    documents = [tokens_of(pages(PAGES), ())] + [
        tokens_of(pages(changed(old, new)), ()) for old, new in slips
    ]
    made = make_template("tfm-2025-02-12", documents)
    assert made is not None
    return made


def test_a_template_is_what_most_say(template: Template) -> None:
    assert "notlce" not in keys(template.tokens)
    assert keys(template.tokens).count("notice") == 2
    assert template.documents == 4
    assert make_template("tfm", [template.tokens] * 2) is None  # too few to tell


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (PAGES, []),
        (changed("expense.", f"expense, {PROVISO}."), [("addition", 1, "II. COSTS")]),
        (changed("Complaints will be reported to the office within two days of their receipt.", ""),
         [("omission", 2, "III. TERMINATION")]),
        (changed("Either party may terminate this agreement upon written notice to the other",
                 "Only the field office has power to end the partnership, without warning any"),
         [("change", 2, "III. TERMINATION")]),
        (changed("personnel", "pcrsonncl"), []),  # reading, not wording
        (changed("of the agency will", "oftheagencywill"), []),
        (changed("the agency will", "the Springfield Police Department will"), []),  # the party
        (changed("materials", "materials at 12 Main Street, Suite 400, Springfield 62701"), []),
        ((PAGES[1], PAGES[0]), []),  # read in another order: all of it stands somewhere
    ],
    ids=["same", "added", "left out", "changed", "letters", "spaces", "party", "address", "order"],
)  # fmt: skip
def test_what_is_a_deviation(
    template: Template, texts: Sequence[Sequence[str]], expected: list[tuple[str, int, str]]
) -> None:
    names = name_words("SpringfieldPD_TFM_MOA.pdf", "Springfield Police Department")
    document = tokens_of(pages(texts), names)
    found = find_deviations(template, document, names)
    assert [(one.kind, one.page_number, one.clause) for one in found] == expected
    assert all(one.is_sure for one in found)


def test_a_poor_page_is_unsure(template: Template) -> None:
    texts = changed("expense.", f"expense, {PROVISO}.")
    (found,) = find_deviations(template, tokens_of(pages(texts, quality=0.7), ()))
    assert not found.is_sure
    assert PROVISO in found.document_text


def test_words_around_are_kept_on_both_sides(template: Template) -> None:
    texts = changed("expense.", f"expense, {PROVISO}.")
    (found,) = find_deviations(template, tokens_of(pages(texts), ()))
    assert found.template_before.endswith("training materials at its own expense.")
    assert found.document_before.endswith("training materials at its own expense,")
    assert found.template_after.startswith("III. TERMINATION Either party")
    assert found.document_after.startswith("III. TERMINATION Either party")


def test_names_addenda_and_footers_are_left_out() -> None:
    texts = (
        ("The Springfield Police Department agrees.", "Revised 02/12/2025"),
        ("ADDENDUM", "Another matter."),
    )
    tokens = tokens_of(pages(texts), name_words("Springfield Police Department"))
    assert keys(tokens) == ["the", PARTY, "agrees"]


def test_a_third_signature_is_seen() -> None:
    two = pages([("Title: Sheriff Title: Acting Director",)])
    three = pages([("Title: Sheriff Title: Acting Director", "Title: Attorney General")])
    assert find_extra_signature(two) is None
    found = find_extra_signature(three)
    assert found is not None
    assert found.document_text == "Title: Attorney General"


def held_documents(count: int, texts: Sequence[Sequence[str]]) -> list[Held]:
    tokens = tokens_of(pages(texts), ())
    common = Held(
        "moa-0", "tfm-2025-02-12", "tfm", tokens, " ".join(keys(tokens)), frozenset(), None
    )
    return [dataclasses.replace(common, document_id=f"moa-{n}") for n in range(count)]


def test_a_memorandum_without_a_template_is_compared_with_the_nearest() -> None:
    odd = held_documents(1, changed("expense.", f"expense, {PROVISO}."))[0]
    odd = dataclasses.replace(odd, document_id="moa-odd", template=None)
    comparison = compare([*held_documents(3, PAGES), odd])
    assert [template.id for template in comparison.templates] == ["tfm-2025-02-12"]
    assert {document: len(found) for document, _, found in comparison.compared} == {
        "moa-0": 0,
        "moa-1": 0,
        "moa-2": 0,
        "moa-odd": 1,
    }


def test_a_confirmed_deviation_stands_without_any_source(tmp_path: Path) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
    connection.execute(
        "insert into documents (id, kind, title, provenance, is_held, is_curated)"
        " values ('moa-a', 'memorandum', 'A', 'official-record', 0, 0)"
    )
    record = ConfirmedDeviation.model_validate(
        {
            "id": "moa-a-d01",
            "document_id": "moa-a",
            "page_number": 4,
            "kind": "addition",
            "clause": "H. LIABILITY",
            "summary": "A proviso.",
            "checked_on": "2026-11-22",
        }
    )
    load_comparison(connection, {}, [record], tmp_path)
    row = connection.execute("select id, summary, is_sure, is_verified from deviations").fetchone()
    assert row == ("moa-a-d01", "A proviso.", 1, 1)


@pytest.fixture(scope="module")
def corpus_comparison(corpus: Path) -> dict[str, list[tuple[str, int, str, bool]]]:
    """Differences by file name, from the test corpus, its scans read as the build reads them."""
    if tesseract_version() is None:
        missing("Tesseract is not installed: scans without text cannot be compared")
    held = held_paths(corpus)
    pdfs = {sha256: path for sha256, path in held.items() if path.suffix == ".pdf"}
    allowed = read_table(paths.RECORDS, ContactAllowance)
    ready = make_ready(make_jobs(pdfs, paths.cache_folder(), allowed, by_eye=True))
    connection = sqlite3.connect(":memory:")
    connection.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
    connection.executemany(
        "insert into documents (id, kind, title, file_name, sha256, provenance, is_held,"
        " is_curated) values (?, 'memorandum', '', ?, ?, 'official-record', 1, 0)",
        [(path.name, path.name, sha256) for sha256, path in sorted(pdfs.items())],
    )
    load_comparison(connection, ready, [], paths.cache_folder())
    found: dict[str, list[tuple[str, int, str, bool]]] = {path.name: [] for path in pdfs.values()}
    for name, kind, page, text, sure in connection.execute(
        "select document_id, kind, page_number, coalesce(document_text, template_text), is_sure"
        " from deviations order by id"
    ):
        found[name].append((kind, page, text, bool(sure)))
    return found


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "kind", "page", "words"),
    [
        ("TexasOfficeAttorneyGeneral_TFM_MOA_01.30.25.pdf", "addition", 3, "detention facility"),
        ("TexasNationalGuard_TFM_MOA_04.10.2025.pdf", "addition", 5, "operational expenditures"),
        ("TexasNationalGuard_TFM_MOA_04.10.2025.pdf", "addition", 6, "similar releases"),
        ("287gJEM_FL_DOC_FL_08-21-2020.pdf", "addition", 4, "State or Federal law"),
        ("KansasBureauOfInv_TFM_MOA_02182025.pdf", "addition", 9, "Attorney General"),
        ("BelknapCoNH_TFM_MOA_03.03.25.pdf", "omission", 11, ""),
    ],
)
def test_the_known_cases_are_found(
    corpus_comparison: dict[str, list[tuple[str, int, str, bool]]],
    name: str,
    kind: str,
    page: int,
    words: str,
) -> None:
    found = corpus_comparison[name]
    assert any(one[0] == kind and one[1] == page and words in one[2] and one[3] for one in found), (
        found
    )


@pytest.mark.corpus
def test_memoranda_without_change_raise_no_alarm(
    corpus_comparison: dict[str, list[tuple[str, int, str, bool]]],
) -> None:
    labels = Path(__file__).parent / "labels" / "unchanged_memoranda.csv"
    names = [row["file_name"] for row in csv.DictReader(labels.open(encoding="utf-8"))]
    assert len(names) == 20
    alarms = [name for name in names if any(one[3] for one in corpus_comparison[name])]
    assert len(alarms) <= 1, alarms


def test_comparison_is_a_value() -> None:
    assert compare([]) == Comparison((), (), ())


def test_confirmed_deviations_lead_to_their_memorandum() -> None:
    row = ConfirmedDeviation.model_validate(
        {
            **{"id": "moa-b-d01", "document_id": "moa-a", "page_number": 9, "kind": "change"},
            **{"clause": "H", "summary": "A proviso.", "checked_on": "2026-11-22"},
        }
    )
    records = Records(Path("records"), {**dict.fromkeys(TABLES, ()), ConfirmedDeviation: (row,)})
    (result,) = [one for one in check_sources(records, ()) if one.id == "deviations-placed"]
    assert result.failed == 2
    assert "no document moa-a" in (result.detail or "")
    assert "not named after moa-a" in (result.detail or "")


def test_places_of_what_differs(template: Template) -> None:
    added = changed("expense.", f"expense, {PROVISO}.")
    (found,) = find_deviations(template, tokens_of(pages(added), ()))
    assert [box[0] for box in found.boxes] == [1]
    left_out = changed(
        "Complaints will be reported to the office within two days of their receipt.", ""
    )
    (gap,) = find_deviations(template, tokens_of(pages(left_out), ()))
    assert [box[0] for box in gap.boxes] == [2]
    assert gap.boxes[0][4] - gap.boxes[0][2] == pytest.approx(3.0)  # a mark under the last line
