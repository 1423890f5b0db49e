"""What a PDF says of itself, and the embedded text of its pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.errors import ArchiveError
from scripts.sources.pdf import PageText, PdfFacts, probe_pdf, read_pages
from tests.pdfs import make_pdf


def test_reads_every_page_in_order(tmp_path: Path) -> None:
    path = tmp_path / "two.pdf"
    path.write_bytes(make_pdf([["MEMORANDUM OF AGREEMENT", "second line"], []]))
    assert probe_pdf(path) == PdfFacts(pages=2, is_encrypted=False, has_form_fields=False)
    assert read_pages(path) == (
        PageText(1, "MEMORANDUM OF AGREEMENT\nsecond line", 612, 792, 0),
        PageText(2, "", 612, 792, 0),
    )


def test_a_turned_page_is_measured_as_displayed(tmp_path: Path) -> None:
    path = tmp_path / "turned.pdf"
    path.write_bytes(make_pdf([["sideways"]], rotate=90))
    (page,) = read_pages(path)
    assert (page.text, page.width, page.height, page.rotation) == ("sideways", 792, 612, 90)


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", b"PK\x03\x04 not a PDF", make_pdf([["cut short"]])[:200], make_pdf([])],
    ids=["empty", "header only", "a zip", "truncated", "no pages"],
)
def test_a_broken_file_is_reported_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)
    for read in (probe_pdf, read_pages):
        with pytest.raises(ArchiveError, match=r"broken\.pdf: found .* expected a readable PDF"):
            read(path)


@pytest.mark.corpus
def test_the_corpus_holds_locked_and_fillable_files(corpus: Path) -> None:
    facts = [probe_pdf(path) for path in sorted((corpus / "documents").rglob("*.pdf"))]
    assert len(facts) == 60
    assert sum(fact.is_encrypted for fact in facts) == 1
    assert sum(fact.has_form_fields for fact in facts) >= 12
    assert sum(fact.pages for fact in facts) == 727
