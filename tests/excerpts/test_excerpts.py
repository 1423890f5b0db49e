"""Excerpts from record to database, from page to record, and what stops them."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts import paths
from scripts.checks.statements import check_excerpts, check_own_words, check_sources
from scripts.database.build import build
from scripts.errors import ArchiveError
from scripts.excerpts.anchoring import PageText
from scripts.excerpts.annotation import annotation_html
from scripts.excerpts.boxes import passage_boxes
from scripts.excerpts.command import excerpt as command
from scripts.excerpts.load import load_excerpts
from scripts.excerpts.normalising import wording_sha256
from scripts.excerpts.page_picture import draw_page
from scripts.excerpts.proposing import Proposal, propose
from scripts.excerpts.wording import words_of
from scripts.records.curated import CuratedDocument
from scripts.records.markdown import format_document, parse_document, read_documents
from scripts.records.read import read_records
from scripts.tables.curated import load_curated
from tests import sample_records as sample

WORDING = "The AGENCY pays the travel of its officers."
PAGE = f"Section X. {WORDING} Nothing else is paid. The AGENCY keeps records."


def curated(wording: str = WORDING, **more: str) -> str:
    values = {
        "id": "moa-x-e01",
        "page": "1",
        "from": "The AGENCY pays",
        "to": "of its officers.",
        "topics": "costs",
        "sha256": wording_sha256(wording),
        **more,
    }
    lines = "\n".join(f"{key}: {value}" for key, value in values.items() if value)
    return (
        "---\ntitle: A memorandum\nkind: memorandum\nprovenance: official-record\n"
        f"access: public\n---\n\nIn our words.\n\n## Who pays\n\n```locator\n{lines}\n```\n\n"
        "It says *who* pays. [Source](https://www.example.gov/).\n"
    )


def document(text: str) -> CuratedDocument:
    return parse_document(text, "moa-x")


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        opened.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
        opened.execute(
            "insert into documents (id, kind, title, pages, provenance, is_held, is_curated)"
            " values ('moa-x', 'memorandum', 'A memorandum', 2, 'official-record', 1, 0)"
        )
        opened.execute("insert into topics values ('costs', 'Costs', 'Who pays.')")
        opened.execute(
            "insert into pages (document_id, page_number, text, masked, is_held)"
            " values ('moa-x', 1, ?, 0, 1)",
            [PAGE],
        )
        yield opened


def load(connection: sqlite3.Connection, text: str) -> dict[str, object]:
    load_curated(connection, [document(text)])
    load_excerpts(connection, [document(text)])
    cursor = connection.execute("select * from excerpts")
    names = [column[0] for column in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))


def test_an_excerpt_is_taken_from_its_page(connection: sqlite3.Connection) -> None:
    row = load(connection, curated(checked="2026-11-22"))
    assert row["wording"] == WORDING
    assert (row["state"], row["checked_on"]) == ("resolved", "2026-11-22")
    start, end = row["start_offset"], row["end_offset"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert PAGE[start:end] == WORDING
    assert str(row["suffix"]).startswith("Nothing else is paid.")
    assert connection.execute("select topic_id from excerpt_topics").fetchall() == [("costs",)]
    html = connection.execute("select body_html from annotations").fetchone()[0]
    assert "<em>who</em>" in html
    assert connection.execute("select is_curated, summary from documents").fetchone() == (
        1,
        "In our words.",
    )


def test_a_wording_nobody_has_compared_has_no_date(connection: sqlite3.Connection) -> None:
    assert load(connection, curated())["checked_on"] is None


def test_a_passage_that_moved_on_its_page_is_fine(connection: sqlite3.Connection) -> None:
    """Better reading: other line ends, another place, the same words."""
    moved = "A NEW HEADING\n" + PAGE.replace("travel of its", "travel\nof  its")
    connection.execute("update pages set text = ?", [moved])
    row = load(connection, curated())
    assert row["state"] == "resolved"
    assert row["wording"] == WORDING


def test_changed_wording_stops_the_build_with_file_and_line(connection: sqlite3.Connection) -> None:
    connection.execute("update pages set text = ?", [PAGE.replace("travel", "travels")])
    with pytest.raises(ArchiveError, match=r"documents/moa-x.md:12: sha256: found .* now reads"):
        load(connection, curated())


@pytest.mark.parametrize("change", ["update pages set text = ''", "delete from pages"])
def test_without_the_text_the_locator_stays(connection: sqlite3.Connection, change: str) -> None:
    connection.execute(change)
    connection.execute("update documents set pages = null")
    row = load(connection, curated())
    assert (row["state"], row["wording"]) == ("source-not-held", None)
    assert (row["page_number"], row["first_words"]) == (1, "The AGENCY pays")


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ({"topics": "money"}, "topics: found 'money'; expected an id of topics.csv"),
        ({"page": "3"}, "page: found 3; expected a page from 1 to 2"),
        ({"from": "The AGENCY"}, "stands 2 times"),
        ({"sha256": ""}, "sha256: found no hash"),
    ],
)
def test_all_faults_of_all_excerpts_are_reported(
    connection: sqlite3.Connection, more: dict[str, str], part: str
) -> None:
    with pytest.raises(ArchiveError) as caught:
        load(connection, curated(**more))
    assert part in str(caught.value)


def test_a_memorandum_must_be_in_documents_csv(connection: sqlite3.Connection) -> None:
    other = replace(document(curated()), id="moa-y", excerpts=())
    with pytest.raises(ArchiveError, match=r"documents/moa-y.md:1: file name"):
        load_curated(connection, [other])


def test_a_record_must_agree_on_the_file(connection: sqlite3.Connection) -> None:
    connection.execute("update documents set sha256 = ?", ["b" * 64])
    text = curated().replace("access: public", f"sha256: {'a' * 64}\naccess: public")
    text = text.replace(
        f"provenance: official-record\nsha256: {'a' * 64}",
        f"sha256: {'a' * 64}\nprovenance: official-record",
    )
    with pytest.raises(ArchiveError, match=r"as documents\.csv has it"):
        load_curated(connection, [document(text)])


HARMFUL = [
    ("<script>alert(1)</script>", "<script"),
    ("[x](javascript:alert(1))", "<a"),
    ("![x](https://example.org/x.png)", "<img"),
    ("<b onclick=x>y</b>", "<b"),
    ("# A heading", "<h1"),
]


@pytest.mark.parametrize(("markdown", "part"), HARMFUL)
def test_annotations_cannot_do_harm(markdown: str, part: str) -> None:
    assert part not in annotation_html(markdown)


PAGES = [PageText(1, "One two three four. One two three five. Six seven eight nine ten.")]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("One two three five. Six seven", "One two three five.", "Six seven"),
        ("Six seven eight … nine ten.", "Six seven eight", "nine ten."),
        ("two three four. One", "two three four.", "One"),
    ],
)
def test_the_shortest_unambiguous_ends_are_proposed(words: str, first: str, last: str) -> None:
    found = propose(PAGES, words)
    assert isinstance(found, Proposal), found
    assert (found.locator.first_words, found.locator.last_words) == (first, last)
    assert found.likeness == 100


def test_misread_words_find_the_closest_passage_and_say_so() -> None:
    found = propose(PAGES, "Slx seven eight nlne ten.")
    assert isinstance(found, Proposal)
    assert found.likeness < 100
    assert found.passage.wording == "Six seven eight nine ten."


def test_words_like_nothing_on_the_page_are_refused() -> None:
    assert not isinstance(propose(PAGES, "zzzz qqqq xxxx"), Proposal)


@pytest.fixture
def archive(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Records with one held memorandum, its sources, and the database built from them."""
    records, sources, db = tmp_path / "records", tmp_path / "sources", tmp_path / "a.db"
    sample.write_sample(records)
    sample.write_sources(sources)
    build(records, sources, db)
    return records, sources, db


def run(archive: tuple[Path, Path, Path], *arguments: str, answer: str = "") -> str:
    records, sources, db = archive
    options = ["--records", str(records), "--sources", str(sources), "--db", str(db)]
    result = CliRunner().invoke(
        command, [*arguments, *options], input=answer, catch_exceptions=False
    )
    return result.output


def test_the_command_prints_a_block_that_can_be_pasted(
    archive: tuple[Path, Path, Path],
) -> None:
    records, sources, db = archive
    name = "moa-fhp"
    printed = run(archive, name, "2", "Costs of overtime … are appropriated.")
    block = printed[printed.index("## ") : printed.index("Then: ")]
    front = "---\ntitle: x\nkind: memorandum\nprovenance: official-record\naccess: public\n---\n"
    text = f"{front}\nIn our words.\n\n{block.strip()}\n"
    parsed = parse_document(text, name)
    assert parsed.excerpts[0].id == f"{name}-e01"
    (records / "documents").mkdir(exist_ok=True)
    (records / "documents" / f"{name}.md").write_text(format_document(parsed), encoding="utf-8")
    build(records, sources, db)
    assert "Does the wording stand" in run(
        archive, "--check", f"{name}-e01", "--on", "2026-11-22", answer="n\n"
    )
    assert read_documents(records)[0].excerpts[0].checked_on is None
    run(archive, "--check", f"{name}-e01", "--on", "2026-11-22", answer="y\n")
    assert read_documents(records)[0].excerpts[0].checked_on == dt.date(2026, 11, 22)


def test_the_passage_is_marked_on_the_picture(archive: tuple[Path, Path, Path]) -> None:
    _, sources, _ = archive
    text = curated(**{"page": "2", "from": "Costs of overtime", "to": "are appropriated."})
    path = sources / "highway-patrol.pdf"
    boxes = passage_boxes(path, document(text).excerpts[0].locator)
    assert len(boxes) == 1
    picture = draw_page(path, 2, boxes)
    middle = (boxes[0].x0 + 1) * 2, (boxes[0].y0 + boxes[0].y1)
    assert picture.getpixel((int(middle[0]), int(middle[1]))) != (255, 255, 255)


def test_a_sentence_copied_from_a_source_is_found(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    records = sample.write_sample(tmp_path / "records")
    copied = curated().replace("It says *who* pays.", f"It says that {PAGE[11:90].lower()}")
    found = check_own_words(connection, read_records(records), [document(copied)])
    assert found.failed == 1
    assert "documents/moa-x.md:12" in str(found.detail)
    assert not check_own_words(connection, read_records(records), [document(curated())]).failed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The officer’s pay", ["the", "officer's", "pay"]),
        ("law-\nenforcement, law-enforcement", ["lawenforcement", "lawenforcement"]),
        ("8 U.S.C. § 1357(g)", ["8", "u", "s", "c", "1357", "g"]),
    ],
)
def test_words_are_compared_without_case_and_marks(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.corpus
def test_the_archives_excerpts_stand_on_their_pages(corpus: Path, tmp_path: Path) -> None:
    """At least ten excerpts, from five memoranda, one over two pages, are found in the corpus."""
    db = tmp_path / "archive.db"
    build(paths.RECORDS, corpus, db)
    with closing(sqlite3.connect(db)) as built:
        rows = built.execute(
            "select document_id, to_page_number from excerpts where state = 'resolved'"
        ).fetchall()
        assert len(rows) >= 10
        assert len({name for name, _ in rows}) >= 5
        assert any(to_page for _, to_page in rows)
        records, curated = read_records(paths.RECORDS), read_documents(paths.RECORDS)
        results = [
            *check_sources(records, curated),
            *check_excerpts(built),
            check_own_words(built, records, curated),
        ]
        assert {result.id: result.detail for result in results if result.failed} == {}
