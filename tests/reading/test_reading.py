"""Files are read in a child process that a bad file cannot take down with it."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from scripts.reading import reading
from scripts.reading.reader import Reader, ReaderError
from scripts.reading.tesseract import tesseract_version
from tests.conftest import missing
from tests.pdfs import make_bomb, make_pdf, make_scan

LINES = (
    "The agency will notify the field office of any complaint",
    "within ten days, and the office will review the report",
    "before any information is released to the public.",
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as child:
        yield child


@pytest.fixture
def tesseract() -> None:
    if tesseract_version() is None:
        missing("Tesseract is not installed")


def read(path: Path, cache: Path, *, by_eye: bool) -> reading.DocumentText:
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return reading.read_document(path, sha256, cache, by_eye=by_eye)


def ask(reader: Reader, do: str, path: Path, seconds: float = 30.0) -> dict[str, object]:
    request = {"do": do, "path": str(path), "page": 1}
    request |= {"width": 1400, "covers": [], "out": str(path.parent)}
    return reader.ask(request, seconds)


def test_a_decompression_bomb_costs_no_more_than_itself(tmp_path: Path) -> None:
    bomb, sound = tmp_path / "bomb.pdf", tmp_path / "sound.pdf"
    bomb.write_bytes(make_bomb(300))
    sound.write_bytes(make_pdf([LINES]))
    assert bomb.stat().st_size < 600_000
    with Reader(memory_bytes=400_000_000) as reader:
        with suppress(ReaderError):  # or pdfium gives up on it by itself
            ask(reader, "text", bomb)
        assert ask(reader, "text", sound)["page"]


def test_a_page_of_twenty_thousand_pixels_is_drawn_small(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    path.write_bytes(make_pdf([["vast"]], size=(14_400, 14_400)))
    answer = ask(reader, "picture", path)
    assert isinstance(answer["bytes"], int)
    assert answer["bytes"] < 100_000


def test_a_child_that_is_slow_is_ended_and_the_next_answer_is_right(
    reader: Reader, tmp_path: Path
) -> None:
    path = tmp_path / "sound.pdf"
    path.write_bytes(make_pdf([LINES]))
    with pytest.raises(ReaderError, match=r"no answer within 0\.0"):
        ask(reader, "picture", path, seconds=0.001)
    assert ask(reader, "probe", path) == {
        "pages": 1,
        "is_encrypted": False,
        "has_form_fields": False,
    }


def test_a_broken_page_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "half.pdf"
    content = make_pdf([LINES, LINES])
    path.write_bytes(content.replace(b"/Type /Page /Parent", b"/Type /Oops /Parent", 1))
    document = read(path, tmp_path / "cache", by_eye=False)
    assert len(document.problems) == 1
    assert document.problems[0].place == "half.pdf page 1"
    assert [bool(page.text) for page in document.pages] == [False, True]


def test_pages_wait_where_they_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    make_scan(path, LINES)
    (page,) = read(path, tmp_path / "cache", by_eye=False).pages
    assert (page.text, page.is_waiting, page.image_share) == ("", True, 1.0)


@pytest.mark.ocr
@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("turn", [0, 90])
def test_a_scan_is_read_by_eye_and_only_once(tmp_path: Path, turn: int) -> None:
    path, cache = tmp_path / "scan.pdf", tmp_path / "cache"
    lines = LINES * (4 if turn else 1)  # to tell which way is up takes some text
    make_scan(path, lines, turn=turn)
    (page,) = read(path, cache, by_eye=True).pages
    assert page.text.split("\n") == list(lines)
    assert (page.source, page.is_waiting) == ("ocr", False)
    assert (page.quality or 0) > 0.95
    first = page.lines[0][0]
    if turn:
        assert (first.y1 - first.y0) > (first.x1 - first.x0)  # the word stands upright
    else:
        assert abs(first.x0 - 72) < 3
    shutil.rmtree(cache / f"text-{reading.EXTRACTOR_VERSION}")
    started = time.perf_counter()
    assert read(path, cache, by_eye=True).pages == (page,)
    assert time.perf_counter() - started < 1.0  # the optical reading came from the cache
