"""Templates from what most say, and what a memorandum says otherwise."""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from scripts import paths
from scripts.checks.statements import check_sources
from scripts.comparison.blocks import blocks_of, with_clauses
from scripts.comparison.clauses import PARTY, Token, tokens_of
from scripts.comparison.described import Described, Entry
from scripts.comparison.deviations import find_deviations, find_extra_signature
from scripts.comparison.drafting import spread
from scripts.comparison.reconciling import reconcile
from scripts.comparison.templates import Template, keys, make_template
from scripts.comparison.unusual import Difference, count_alike
from scripts.comparison.versions import changes_between
from scripts.database.compared import Comparison, compare, load_comparison
from scripts.database.deviation_rows import machine_id
from scripts.facts.parties import abbreviations, name_words
from scripts.held.store import held_paths
from scripts.privacy.ready import make_jobs, make_ready
from scripts.privacy.ready_pages import ReadyFile, ReadyPage
from scripts.reading.page import Line, PageText
from scripts.reading.tesseract import tesseract_version
from scripts.records.models.documents import ConfirmedDeviation
from scripts.records.models.fixes import ContactAllowance
from scripts.records.models.tables import TABLES
from scripts.records.read import Records, read_table
from tests.conftest import missing
from tests.memoranda_made import lines_of

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
    """Pages of these lines; what was masked is one word, as the masker leaves it."""
    return [
        PageText(number, tuple(map(_with_marks, lines_of(page))), 612, 792, quality=quality)
        for number, page in enumerate(texts, 1)
    ]


def _with_marks(line: Line) -> Line:
    told = [word._replace(text="[name removed]") if word.text == "[name" else word for word in line]
    return tuple(word for word in told if word.text != "removed]")


def changed(old: str, new: str) -> tuple[tuple[str, ...], ...]:
    assert any(old in line for page in PAGES for line in page)
    return tuple(tuple(line.replace(old, new) for line in page) for page in PAGES)


def form_of(*documents: Sequence[Token]) -> Template:
    made = make_template("tfm-2025-02-12", documents)
    assert made is not None
    return with_clauses(reconcile(made, ()))


@pytest.fixture(scope="module")
def template() -> Template:
    slips = ("salaries", "salaries,"), ("notice", "notlce"), ("two days", "2 days")
    return form_of(
        tokens_of(pages(PAGES), ()),
        *(tokens_of(pages(changed(old, new)), ()) for old, new in slips),
    )


def test_a_template_is_what_most_say(template: Template) -> None:
    assert "notlce" not in keys(template.tokens)
    assert keys(template.tokens).count("notice") == 2
    assert (template.documents, template.voted) == (4, 4)
    assert make_template("tfm", [tokens_of(pages(PAGES), ())]) is None  # one tells nothing


def test_a_template_is_set_like_a_document(template: Template) -> None:
    blocks = [
        (block.kind, block.level, block.number, block.clause) for block in blocks_of(template)
    ]
    assert blocks == [
        ("heading", 1, "I.", "I. PURPOSE"),
        ("paragraph", 0, None, "I. PURPOSE"),
        ("heading", 1, "II.", "II. COSTS"),
        ("paragraph", 0, None, "II. COSTS"),
        ("heading", 1, "III.", "III. TERMINATION"),
        ("paragraph", 0, None, "III. TERMINATION"),
    ]
    assert all(block.share >= 0.98 for block in blocks_of(template))


NAMES = ("Lee", "Polk", "Orange", "Baker", "Gulf")


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        # The party's name alone is left out; the same words elsewhere are the form's.
        (["the {0} County Sheriff’s Office signs at the Field Office of the Department"] * 5,
         "the [agency] signs at the Field Office of the Department"),
        # A line break in a name, and an abbreviation with its ending.
        (["custody of {1}CSO’s jail, of {0} County Sheriff’s Office and of no other office"] * 5,
         "custody of [agency]’s jail, of [agency] and of no other office"),
        # What the form calls every party is its own word.
        (["the LEA and ICE agree"] * 5, "the LEA and ICE agree"),
        # Noise of the first one loses, in words, breaks between words and case.
        (["an order ofremoval by ohs under 1357gl here"]
         + ["an order of removal by DHS under 1357(g)(1) here"] * 4,
         "an order of removal by DHS under 1357(g)(1) here"),
        # A word that the first ones miss and most print is put in.
        (["before the alien custody begins here"] * 2
         + ["before the alien is taken into custody and it begins here"] * 3,
         "before the alien is taken into custody and it begins here"),
        # What each fills in is a blank; what they all print there is none.
        ([f"the director in {city} decides" for city in ("Miami", "Ames", "Bonn", "Rome", "Troy")],
         "the director in [blank] decides"),
        (["field location at ________ OPLA decides"] * 5, "field location at [blank] OPLA decides"),
        (["consistent with [name removed] v. Jersey, 385 U.S. 493"] * 5,
         "consistent with [name removed] v. Jersey, 385 U.S. 493"),
    ],
    ids=["name", "abbreviation", "term", "noise", "missing", "blank", "line", "masked"],
)  # fmt: skip
def test_wording_of_a_template(printed: Sequence[str], shown: str) -> None:
    documents = [
        tokens_of(
            pages([("I. PURPOSE", "This is the text that stands before it and says that",
                    text.format(name, name[0]), "and this is the text that stands behind it.")]),
            name_words(f"{name} County Sheriff’s Office"),
            abbreviations(f"{name} County Sheriff’s Office"),
        )
        for name, text in zip(NAMES, printed, strict=True)
    ]  # fmt: skip
    (_, told) = blocks_of(form_of(*documents))
    before, after = "stands before it and says that ", " and this is the text"
    assert told.text.partition(before)[2].partition(after)[0] == shown


def test_bullets_make_items_and_a_page_break_makes_none() -> None:
    first = (
        "I. PURPOSE",
        "The functions of an officer who is named by the field office are these:",
        "• to serve warrants and to execute them in the jail where the alien is held,",
    )
    second = ("no where else at all in the state or in the country;", "e To take oaths as well.")
    form = form_of(*[tokens_of(pages([first, second]), ())] * 3)
    told = [(block.kind, block.text[:16]) for block in blocks_of(form)]
    assert told[2:] == [("item", "to serve warrant"), ("item", "To take oaths as")]


def test_doubtful_words_are_read_as_other_versions_print_them() -> None:
    right = "personnel may be removed from the program by the office at any time without notice"
    wrong = right.replace("may be removed", "may he removed")
    texts = [("I. PURPOSE", text) for text in (wrong, wrong, wrong, right)]
    form = make_template("tfm-2025-03-07", [tokens_of(pages([text]), ()) for text in texts])
    assert form is not None
    assert "may he removed" in " ".join(keys(form.tokens))
    others = {("may", "be", "removed")}
    assert "may be removed" in " ".join(keys(reconcile(form, others).tokens))


def test_versions_are_compared_sentence_by_sentence(template: Template) -> None:
    review = "Either side may ask for a review."
    slips = ("two days of", "five days after"), ("Complaints will", f"{review} Complaints will")
    later = form_of(*[tokens_of(pages(changed(*slips[0])), ())] * 3)
    (change,) = changes_between(template, later)
    assert change.kind == "change"
    assert change.clause == "III. TERMINATION"
    assert change.from_text == (
        "Complaints will be reported to the office within two days of their receipt."
    )
    longer = form_of(*[tokens_of(pages(changed(*slips[1])), ())] * 3)
    (added,) = changes_between(template, longer)
    assert (added.kind, added.from_text) == ("addition", "")
    assert added.to_text == review
    assert changes_between(template, template) == ()


def test_a_dropped_clause_goes_with_its_own_heading(template: Template) -> None:
    """Once “C. OUTREACH … D. RELEASE” became “C. RELEASE”: the number of the next one was lost."""
    last = tuple(line.replace("III. TERMINATION", "II. TERMINATION") for line in PAGES[1])
    later = form_of(*[tokens_of(pages((PAGES[0][:3], last)), ())] * 3)
    (change,) = changes_between(template, later)
    assert (change.kind, change.clause, change.to_text) == ("omission", "II. COSTS", "")
    assert change.from_text.startswith("II. COSTS The agency is responsible")
    assert change.from_text.endswith("at its own expense.")


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
        (changed("notice to the", "notice (by one [name removed] or [name removed]) to the"), []),
        ((PAGES[1], PAGES[0]), []),  # read in another order: all of it stands somewhere
    ],
    ids=["same", "added", "left out", "changed", "letters", "spaces", "party", "address", "contact",
         "order"],
)  # fmt: skip
def test_what_is_a_deviation(
    template: Template, texts: Sequence[Sequence[str]], expected: list[tuple[str, int, str]]
) -> None:
    names = name_words("SpringfieldPD_TFM_MOA.pdf", "Springfield Police Department")
    document = tokens_of(pages(texts), names)
    found = find_deviations(template, document, names)
    assert [(one.kind, one.page_number, one.clause) for one in found] == expected
    assert all(one.is_sure for one in found)


def test_few_words_count_where_nothing_can_be_misread(template: Template) -> None:
    texts = changed("within two days", "in no less than two days")
    (found,) = find_deviations(template, tokens_of(pages(texts), ()))
    assert (found.kind, found.is_sure, found.document_text) == ("addition", True, "in no less than")
    scan = [replace(page, image_share=1.0) for page in pages(texts)]
    assert find_deviations(template, tokens_of(scan, ())) == ()


@pytest.mark.parametrize(("room", "is_sure"), [(0.0, True), (200.0, False)])
def test_words_that_reading_missed_leave_room_on_the_page(
    template: Template, room: float, is_sure: bool
) -> None:
    lost = "of the agency will be nominated and trained by"
    first, last = (replace(page, image_share=1.0) for page in pages(changed(lost, "by")))
    lines = [
        tuple(
            w._replace(x0=w.x0 + room, x1=w.x1 + room) if n > 1 else w for n, w in enumerate(line)
        )
        if " ".join(word.text for word in line) == "selected personnel by the field office."
        else line
        for line in first.lines
    ]
    (found,) = find_deviations(template, tokens_of([replace(first, lines=tuple(lines)), last], ()))
    assert (found.kind, found.is_sure) == ("omission", is_sure)


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


def entry(name: str, texts: Sequence[Sequence[str]], footer: str = "Revised 02/12/2025") -> Entry:
    told = [
        [line for line in (*page, footer) if line]
        for page in (("287(g) Task Force Model", *texts[0]), *texts[1:])
    ]
    ready = ReadyFile(tuple(ReadyPage(page, 0, ()) for page in pages(told)), ())
    return Entry(name, name, f"{name}.pdf", "", {name: ready})


def test_a_memorandum_without_a_template_is_compared_with_the_nearest(tmp_path: Path) -> None:
    odd = entry("moa-odd", changed("expense.", f"expense, {PROVISO}."), footer="")
    comparison = compare([*(entry(f"moa-{n}", PAGES) for n in range(3)), odd], tmp_path)
    assert [(one.id, one.documents) for one in comparison.templates] == [("tfm-2025-02-12", 4)]
    assert {one.document_id: len(one.found) for one in comparison.compared} == {
        "moa-0": 0,
        "moa-1": 0,
        "moa-2": 0,
        "moa-odd": 1,
    }


def test_one_more_memorandum_is_all_that_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [entry(f"moa-{n}", PAGES) for n in range(4)]
    before = compare(entries, tmp_path)
    kept = set(tmp_path.rglob("*.json"))
    after = compare([*entries, entry("moa-new", PAGES)], tmp_path)
    assert [one.digest for one in after.templates] == [one.digest for one in before.templates]
    # Its description, its differences, and the draft of the version for which it votes.
    assert len(set(tmp_path.rglob("*.json")) - kept) == 3
    assert compare(entries, tmp_path) == before  # from the cache, nothing new
    assert len(set(tmp_path.rglob("*.json")) - kept) == 3


def test_work_runs_on_any_executor(tmp_path: Path) -> None:
    entries = [entry(f"moa-{n}", PAGES) for n in range(3)]
    with ThreadPoolExecutor(2) as pool:
        assert compare(entries, tmp_path / "a", pool) == compare(entries, tmp_path / "b")


def test_how_unusual_a_difference_is() -> None:
    common = [
        Difference("t", "addition", f"a clause that {n} of them have", str(n)) for n in (1, 2)
    ]
    rare = Difference("t", "addition", "what one alone says of detention for a fee", "3")
    assert count_alike([*common, rare]) == [2, 2, 1]


def test_a_machine_made_name_stays_when_other_differences_appear(template: Template) -> None:
    added = changed("expense.", f"expense, {PROVISO}.")
    twice = tuple(
        tuple(
            line.replace("under it will end", "will cease once and for all then") for line in page
        )
        for page in added
    )
    (alone,) = find_deviations(template, tokens_of(pages(added), ()))
    both = find_deviations(template, tokens_of(pages(twice), ()))
    assert machine_id("moa-a", alone) in {machine_id("moa-a", one) for one in both}
    assert machine_id("moa-a", alone).startswith("moa-a-m")


def test_a_confirmed_deviation_stands_without_any_source(tmp_path: Path) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
    connection.execute(
        "insert into documents (id, kind, title, provenance, is_held, is_curated, template)"
        " values ('moa-a', 'memorandum', 'A', 'official-record', 0, 0, 'tfm-2025-02-12')"
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
    row = connection.execute(
        "select id, summary, is_sure, is_verified, template_id from deviations"
    ).fetchone()
    assert row == ("moa-a-d01", "A proviso.", 1, 1, "tfm-2025-02-12")
    # the version's address stands too, and says that nothing of it was at hand
    version = connection.execute("select title, revised_on, documents from templates").fetchone()
    assert version == ("Task Force Model, revised 12 February 2025", "2025-02-12", 0)


@pytest.fixture(scope="module")
def compared_corpus(corpus: Path) -> sqlite3.Connection:
    """The test corpus compared, its scans read as the build reads them."""
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
    return connection


@pytest.fixture(scope="module")
def corpus_comparison(
    compared_corpus: sqlite3.Connection,
) -> dict[str, list[tuple[str, int, str, bool]]]:
    """Differences by file name."""
    names = compared_corpus.execute("select id from documents")
    found: dict[str, list[tuple[str, int, str, bool]]] = {name: [] for (name,) in names}
    for name, kind, page, text, sure in compared_corpus.execute(
        "select document_id, kind, page_number, coalesce(document_text, template_text), is_sure"
        " from deviations order by id"
    ):
        found[name].append((kind, page, text, bool(sure)))
    return found


@pytest.mark.corpus
def test_templates_agree_with_their_memoranda(compared_corpus: sqlite3.Connection) -> None:
    """A memorandum prints its template word for word, but for what reading and blanks change."""
    rows = compared_corpus.execute("select id, voted, agreement from templates").fetchall()
    assert {row[0] for row in rows} >= {"tfm-2025-02-12", "wso-2019", "wso-2025-02-15"}
    assert min(agreement for _, _, agreement in rows) > 0.93
    born_digital = {name: agreement for name, _, agreement in rows if name.startswith("tfm")}
    assert born_digital["tfm-2025-02-12"] > 0.985


@pytest.mark.corpus
def test_templates_can_be_shown_as_documents(compared_corpus: sqlite3.Connection) -> None:
    """Once every County, Office and Department was [agency], and what one scan misread stood."""
    texts = dict(
        compared_corpus.execute(
            "select template_id, group_concat(text, char(10)) from"
            " (select * from template_clauses order by template_id, position) group by template_id"
        ).fetchall()
    )
    for name, text in texts.items():
        assert "Department of Homeland Security (DHS)" in text, name
        assert "8 U.S.C. § 1357(g)" in text, name
        assert not re.search(r"\b(?:ohs|ofremoval|1357gl|FOO|QPLA)\b", text), name
        assert "[agency] of Homeland" not in text, name
    kinds = compared_corpus.execute(
        "select distinct kind from template_clauses where template_id = 'tfm-2025-02-12'"
    )
    assert {kind for (kind,) in kinds} == {"title", "heading", "paragraph", "item"}


@pytest.mark.corpus
def test_what_2025_dropped_from_2020(compared_corpus: sqlite3.Connection) -> None:
    """Confirmed on pictures of both: the clause on outreach, and where complaints go."""
    rows = compared_corpus.execute(
        "select from_id, coalesce(from_text, ''), coalesce(to_text, '') from template_changes"
        " where to_id = 'wso-2025-02-15'"
    ).fetchall()
    early = [(one, other) for name, one, other in rows if name in ("wso-2019", "wso-2020")]
    assert any("OUTREACH" in one and "OUTREACH" not in other for one, other in early)
    assert any("JIC" in one and "JIC" not in other for one, other in early)
    assert not [row for row in rows if row[0] == "wso-2025-02-14"]  # they say the same


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
    labels = Path(__file__).parents[1] / "labels" / "unchanged_memoranda.csv"
    names = [row["file_name"] for row in csv.DictReader(labels.open(encoding="utf-8"))]
    assert len(names) == 20
    alarms = [name for name in names if any(one[3] for one in corpus_comparison[name])]
    assert len(alarms) <= 1, alarms


def test_comparison_is_a_value(tmp_path: Path) -> None:
    assert compare([], tmp_path) == Comparison((), ())


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


def test_one_states_habit_is_no_wording_of_the_form() -> None:
    def one(number: int) -> Described:
        return Described(f"moa-{number}", "", None, False, "wso", "", 1.0, 1.0, ())

    ranked = [one(number) for number in range(20)]
    states = {f"moa-{number}": "FL" if number < 12 else ["GA", "NC"][number % 2]
              for number in range(20)}  # fmt: skip
    kept = [states[found.document_id] for found in spread(ranked, states)]
    assert (kept.count("FL"), kept.count("GA"), kept.count("NC")) == (4, 4, 4)
    alone = {f"moa-{number}": "FL" for number in range(20)}
    assert len(spread(ranked, alone)) == 20
