"""Page pictures: made once, named by content, persons' details covered, some pages withheld."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from scripts.pictures.command import pictures
from scripts.pictures.index import picture_path, read_index, write_index
from scripts.pictures.making import PictureJob, draw_file, find_covers, pad_boxes
from scripts.privacy.masking import Masker
from scripts.privacy.ready import make_jobs, make_ready, text_version
from scripts.reading.tesseract import tesseract_version
from scripts.records.models.documents import Document
from scripts.records.models.fixes import ContactAllowance
from scripts.records.write import write_table
from tests.conftest import missing
from tests.memoranda_made import BODY, CONTACTS, SIGNATURES
from tests.pdfs import make_pdf, make_scan, sha256

PAGE = [*BODY, "Write to jane.doe@example.gov or call 212-555-0100 for a copy."]
GREY = 96  # what a covered area is filled with


def job_for(folder: Path, content: bytes, *, by_eye: bool = False) -> PictureJob:
    path = folder / "moa.pdf"
    path.write_bytes(content)
    (job,) = make_jobs({sha256(content): path}, folder / "cache", (), by_eye=by_eye)
    return PictureJob(job, folder / "pictures")


def test_details_are_covered_and_the_rest_is_not(tmp_path: Path) -> None:
    job = job_for(tmp_path, make_pdf([PAGE]))
    drawn = draw_file(job)
    picture = Image.open(picture_path(job.folder, drawn.pages[1][0]))
    assert picture.size == (1400, 1812)
    assert picture.mode in ("L", "RGB")
    factor = 1400 / 612
    (page,) = make_ready([job.job])[job.job.sha256].pages
    for x0, y0, x1, y1 in page.covers:
        middle = picture.convert("L").crop(
            (int(x0 * factor), int(y0 * factor), int(x1 * factor), int(y1 * factor))
        )
        low, high = middle.getextrema()
        assert (low, high) == pytest.approx((GREY, GREY), abs=14)  # nothing to be seen beneath
    assert len(page.covers) == 2
    heading = picture.convert("L").crop((160, 160, 700, 190))
    assert min(heading.tobytes()) < 60  # black letters of the first line


def test_pages_of_persons_get_no_picture(tmp_path: Path) -> None:
    drawn = draw_file(job_for(tmp_path, make_pdf([BODY, SIGNATURES, CONTACTS])))
    assert list(drawn.pages) == [1]


def test_words_beside_the_picture_are_the_masked_text(tmp_path: Path) -> None:
    job = job_for(tmp_path, make_pdf([PAGE]))
    words = json.loads(
        picture_path(job.folder, draw_file(job).pages[1][1]).read_text(encoding="utf-8")
    )
    text = " ".join(word[0] for word in words["words"])
    assert text.endswith("Write to [e-mail removed] or call [telephone number removed] for a copy.")
    assert (words["width"], words["height"]) == (612, 792)


def test_a_second_run_draws_nothing_and_gives_the_same(tmp_path: Path) -> None:
    job = job_for(tmp_path, make_pdf([PAGE]))
    first = draw_file(job)
    picture = picture_path(job.folder, first.pages[1][0])
    assert hashlib.sha256(picture.read_bytes()).hexdigest().startswith(picture.stem)
    made = picture.stat().st_mtime_ns
    job.job.path.unlink()  # it could not be drawn again
    assert draw_file(job) == first
    assert picture.stat().st_mtime_ns == made


def test_boxes_grow_by_a_third_of_the_line() -> None:
    assert pad_boxes([(10, 10, 50, 19)]) == ((7, 7, 53, 22),)
    assert pad_boxes([(10, 10, 50, 70)]) == ((6, 6, 54, 74),)  # a region, at most four points


def test_a_scan_with_details_is_not_drawn_until_it_can_be_read(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    make_scan(scan, PAGE)
    (job,) = make_jobs({"0" * 64: scan}, tmp_path / "cache", (), by_eye=False)
    assert draw_file(PictureJob(job, tmp_path / "pictures")).pages == {}


@pytest.mark.ocr
def test_a_scan_is_covered_by_what_its_picture_shows(tmp_path: Path) -> None:
    if tesseract_version() is None:
        missing("Tesseract is not installed")
    scan = tmp_path / "scan.pdf"
    make_scan(scan, PAGE)
    (job,) = make_jobs({"0" * 64: scan}, tmp_path / "cache", (), by_eye=True)
    (page,) = make_ready([job])["0" * 64].pages
    assert page.masked == 2
    assert "[e-mail removed]" in page.text
    assert find_covers(page, job) == page.covers
    drawn = draw_file(PictureJob(job, tmp_path / "pictures"))
    picture = Image.open(picture_path(tmp_path / "pictures", drawn.pages[1][0])).convert("L")
    for x0, y0, x1, y1 in page.covers:
        box = tuple(int(value * 1400 / page.page.width) for value in (x0, y0, x1, y1))
        low, high = picture.crop((box[0], box[1], box[2], box[3])).getextrema()
        assert (low, high) == pytest.approx((GREY, GREY), abs=14)


def test_the_command_writes_an_index_that_a_build_reads(tmp_path: Path) -> None:
    sources, records, out = tmp_path / "sources", tmp_path / "records", tmp_path / "pictures"
    sources.mkdir()
    content = make_pdf([PAGE, SIGNATURES])
    (sources / "moa.pdf").write_bytes(content)
    row = dict.fromkeys(Document.model_fields)
    row |= {"id": "moa-example", "kind": "memorandum", "title": "A memorandum"}
    row |= {"file_name": "moa.pdf", "sha256": sha256(content), "pages": 2}
    write_table(records, Document, [Document.model_validate(row)])
    arguments = ["--records", str(records), "--sources", str(sources), "--out", str(out)]
    result = CliRunner().invoke(pictures, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    assert "Drawn: 1 page of 1 document (" in result.output
    index = read_index(out, text_version(()))
    assert list(index[sha256(content)]) == [1]
    assert picture_path(out, index[sha256(content)][1][0]).is_file()
    assert read_index(out, "another masking") == {}


def test_an_index_is_the_same_again(tmp_path: Path) -> None:
    files = {"b" * 64: {2: ("x.webp", "x.json"), 1: ("y.webp", "y.json")}, "a" * 64: {}}
    write_index(tmp_path, "v", files)
    assert read_index(tmp_path, "v") == {"a" * 64: {}, "b" * 64: files["b" * 64]}
    assert read_index(tmp_path / "none", "v") == {}


def test_masker_and_allowed_lines_change_the_version() -> None:
    line = ContactAllowance(value="212-555-0100", office="an office", reason="public line")
    assert text_version(()) != text_version((line,))
    assert Masker((line,)).mask("212-555-0100").count == 0
