"""Optical reading by Tesseract: words with boxes, from a picture of a page."""

from __future__ import annotations

import csv
import io
import os
import re
from dataclasses import replace
from itertools import groupby
from typing import Any

from PIL import Image

from scripts.errors import ArchiveError
from scripts.reading.page import Line, PageText, Word
from scripts.reading.quality import measure_quality
from scripts.reading.render import render_page

DPI = 300
OCR_VERSION = 1
SECONDS_PER_PAGE = 120
_TURN_BELOW = 0.6  # a page that reads worse is tried upright
_SURE_ENOUGH = 20  # Tesseract's confidence, 0 to 100, below which a word is noise


def read_picture(picture: Image.Image, points_per_pixel: float) -> tuple[Line, ...]:
    """The words on a picture of a page, in lines, boxes in points.

    A picture that reads badly is turned as Tesseract's own test of its orientation says, and read
    again; boxes are those of the picture as given. Raises ``RuntimeError`` past the time limit.
    """
    os.environ["OMP_THREAD_LIMIT"] = "1"  # pages run side by side already
    lines = _read(picture)
    if (quality := _quality(lines)) is None or quality < _TURN_BELOW:
        turn = _orientation(picture)
        if turn:
            again = _read(picture.rotate(-turn, expand=True))
            if (_quality(again) or 0) > (quality or 0):
                lines = _turn_back(again, turn, picture.width, picture.height)
    return tuple(tuple(_scale(word, points_per_pixel) for word in line) for line in lines)


def _read(picture: Image.Image) -> list[Line]:
    import pytesseract  # late: it brings pandas with it where that is installed, a second and more

    table = pytesseract.image_to_data(
        picture, lang="eng", config=f"--psm 3 --dpi {DPI}", timeout=SECONDS_PER_PAGE
    )
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if row["level"] == "5" and _is_word(row)]
    lines: list[Line] = []
    for _, group in groupby(
        words, key=lambda row: (row["block_num"], row["par_num"], row["line_num"])
    ):
        lines.append(tuple(_word(row) for row in group))
    return lines


def _is_word(row: dict[str, str]) -> bool:
    text = (row["text"] or "").strip()
    return bool(text) and (
        float(row["conf"]) >= _SURE_ENOUGH or re.search(r"[@\d]", text) is not None
    )


def _word(row: dict[str, str]) -> Word:
    left, top = int(row["left"]), int(row["top"])
    return Word(row["text"].strip(), left, top, left + int(row["width"]), top + int(row["height"]))


def _quality(lines: list[Line]) -> float | None:
    return measure_quality("\n".join(" ".join(word.text for word in line) for line in lines))


def _orientation(picture: Image.Image) -> int:
    """Degrees clockwise by which the picture must be turned to stand upright; 0 where unknown."""
    import pytesseract

    try:
        answer = pytesseract.image_to_osd(
            picture, config=f"--psm 0 --dpi {DPI}", timeout=SECONDS_PER_PAGE
        )
    except pytesseract.TesseractError:  # too few letters to tell, or no orientation data installed
        return 0
    match = re.search(r"Rotate: (\d+)", str(answer))
    return int(match.group(1)) % 360 if match else 0


def _turn_back(lines: list[Line], turn: int, width: int, height: int) -> list[Line]:
    """Boxes on the picture as given, from boxes on the picture turned clockwise by ``turn``."""

    def back(x: float, y: float) -> tuple[float, float]:
        if turn == 90:
            return y, height - x
        if turn == 180:
            return width - x, height - y
        return width - y, x

    def box(word: Word) -> Word:
        (xa, ya), (xb, yb) = back(word.x0, word.y0), back(word.x1, word.y1)
        return Word(word.text, min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))

    return [tuple(box(word) for word in line) for line in lines]


def _scale(word: Word, factor: float) -> Word:
    return Word(word.text, *(round(value * factor, 1) for value in word[1:]))


def read_page_by_eye(document: Any, number: int, name: str) -> PageText:
    """A page of an open PDF read from its picture at 300 dpi.

    Raises `ArchiveError` where Tesseract gives nothing back in time.
    """
    picture = render_page(document, number, DPI / 72)
    page = document[number - 1]
    width, height = (round(float(side), 2) for side in page.get_size())
    page.close()
    try:
        lines = read_picture(picture, width / picture.width)
    except (RuntimeError, OSError) as error:  # RuntimeError: also Tesseract's own
        raise ArchiveError.single(
            f"{name} page {number}", "", str(error), "a page that Tesseract can read"
        ) from error
    page_text = PageText(number, lines, width, height, source="ocr")
    return replace(page_text, quality=measure_quality(page_text.text))
