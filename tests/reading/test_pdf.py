"""What a PDF says of itself, and the embedded text of its pages with the words' boxes."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.errors import ArchiveError
from scripts.reading.page import PageText, page_from_json, page_to_json
from scripts.reading.pdf import MAX_PAGES, PdfFacts, probe_pdf, read_pages
from tests.pdfs import make_form, make_pdf


def held(folder: Path, content: bytes) -> Path:
    path = folder / "moa.pdf"
    path.write_bytes(content)
    return path


def test_reads_every_page_in_order(tmp_path: Path) -> None:
    path = held(tmp_path, make_pdf([["MEMORANDUM OF AGREEMENT", "second line"], []]))
    assert probe_pdf(path) == PdfFacts(pages=2, is_encrypted=False, has_form_fields=False)
    first, second = read_pages(path)
    assert first.text == "MEMORANDUM OF AGREEMENT\nsecond line"
    assert (first.width, first.height, first.rotation, first.image_share) == (612, 792, 0, 0)
    assert second == PageText(2, (), 612, 792)
    assert page_from_json(page_to_json(first)) == first


@pytest.mark.parametrize(
    ("rotate", "corner"),
    [
        (0, (72, 72)),  # set in the top left corner, an inch from both edges
        (90, (792 - 72, 72)),
        (180, (612 - 72, 792 - 72)),
        (270, (72, 612 - 72)),
    ],
)
def test_boxes_are_where_the_word_is_seen(
    tmp_path: Path, rotate: int, corner: tuple[float, float]
) -> None:
    (page,) = read_pages(held(tmp_path, make_pdf([["word"]], rotate=rotate)))
    word = page.lines[0][0]
    assert page.rotation == rotate
    assert (page.width, page.height) == ((792, 612) if rotate % 180 else (612, 792))
    across = min(abs(word.x0 - corner[0]), abs(word.x1 - corner[0]))
    down = min(abs(word.y0 - corner[1]), abs(word.y1 - corner[1]))
    assert across < 4
    assert down < 4
    assert 20 < max(word.x1 - word.x0, word.y1 - word.y0) < 30


def test_values_of_form_fields_stand_where_they_are_seen(tmp_path: Path) -> None:
    path = held(tmp_path, make_form(["Name of LEA:", "Date:"], {"lea": "Example Police"}))
    assert probe_pdf(path).has_form_fields
    (page,) = read_pages(path)
    assert [(field.name, field.value) for field in page.fields] == [("lea", "Example Police")]
    assert page.text == "Name of LEA: Example Police\nDate:"


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", b"PK\x03\x04 not a PDF", make_pdf([["cut short"]])[:200], make_pdf([])],
    ids=["empty", "header only", "a zip", "truncated", "no pages"],
)
def test_a_broken_file_is_reported_by_name(tmp_path: Path, content: bytes) -> None:
    path = held(tmp_path, content)
    for read in (probe_pdf, read_pages):
        with pytest.raises(ArchiveError, match=r"moa\.pdf: found .* expected a readable PDF"):
            read(path)


def test_a_file_of_thousands_of_pages_is_reported(tmp_path: Path) -> None:
    path = held(tmp_path, make_pdf([["page"]] * (MAX_PAGES + 1)))
    with pytest.raises(ArchiveError, match=f"found {MAX_PAGES + 1}; expected .* 1 to {MAX_PAGES}"):
        probe_pdf(path)


@pytest.mark.corpus
def test_the_corpus_holds_locked_and_fillable_files(corpus: Path) -> None:
    facts = [probe_pdf(path) for path in sorted((corpus / "documents").rglob("*.pdf"))]
    assert len(facts) == 60
    assert sum(fact.is_encrypted for fact in facts) == 1
    assert sum(fact.has_form_fields for fact in facts) >= 12
    assert sum(fact.pages for fact in facts) == 727


@pytest.mark.corpus
def test_a_date_typed_into_a_form_is_read(corpus: Path) -> None:
    (path,) = (corpus / "documents").rglob("ChattahoocheePoliceDept_TFM_MOA_02.28.25.pdf")
    assert "02/28/2028" in read_pages(path)[8].text  # a slip of the pen, as the file has it
