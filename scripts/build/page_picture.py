"""A page's picture with a passage marked on it, for a person who compares the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from scripts.build.anchoring import PageText, Passage, find_passage
from scripts.records.curated import Locator
from scripts.sources.pdf import open_pdf

SCALE = 2.0  # pixels per point
_MARK = (255, 214, 10, 110)
_LINE_OVERLAP = 0.5  # share of a character's height by which it belongs to the line before


@dataclass(frozen=True)
class Box:
    """A rectangle on a page: points from the left and the top, as displayed."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


def passage_boxes(path: Path, locator: Locator) -> tuple[Box, ...]:
    """One box a line for the passage, from the text layer; empty where it has none that fits.

    The text layer is read afresh, before anything is masked, so that every character of it has its
    place; the passage is found there by its own words.
    """
    numbers = [locator.page] if locator.to_page is None else [locator.page, locator.to_page]
    with open_pdf(path) as document:
        read = []
        for number in numbers:
            page = document[number - 1]
            textpage = page.get_textpage()
            count = textpage.count_chars()
            text = textpage.get_text_range()
            height = float(page.get_height())
            boxes = [textpage.get_charbox(i) for i in range(count)] if len(text) == count else []
            read.append((number, text, height, boxes))
            textpage.close()
            page.close()
    found = find_passage([PageText(number, text) for number, text, _, _ in read], locator)
    if not isinstance(found, Passage):
        return ()
    by_number = {number: (height, boxes) for number, _, height, boxes in read}
    lines: list[Box] = []
    for number, start, end in found.parts:
        height, boxes = by_number[number]
        lines.extend(_lines(number, height, boxes[start:end]))
    return tuple(lines)


def _lines(
    page: int, height: float, boxes: Sequence[tuple[float, float, float, float]]
) -> list[Box]:
    """Character boxes (left, bottom, right, top from the foot of the page) as boxes of lines."""
    lines: list[Box] = []
    for left, bottom, right, top in boxes:
        if right <= left or top <= bottom:
            continue
        box = Box(page, left, height - top, right, height - bottom)
        last = lines[-1] if lines else None
        if last is not None and box.x1 >= last.x0 and _same_line(last, box):
            lines[-1] = Box(
                page,
                min(last.x0, box.x0),
                min(last.y0, box.y0),
                max(last.x1, box.x1),
                max(last.y1, box.y1),
            )
        else:
            lines.append(box)
    return lines


def _same_line(line: Box, box: Box) -> bool:
    shared = min(line.y1, box.y1) - max(line.y0, box.y0)
    return shared > _LINE_OVERLAP * min(line.y1 - line.y0, box.y1 - box.y0)


def draw_page(path: Path, number: int, boxes: Sequence[Box]) -> Image.Image:
    """The picture of page ``number`` of a PDF with ``boxes`` marked on it."""
    with open_pdf(path) as document:
        page = document[number - 1]
        picture = page.render(scale=SCALE).to_pil().convert("RGB")
        page.close()
    marks = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(marks)
    for box in boxes:
        if box.page == number:
            corners = (box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1)
            draw.rectangle([corner * SCALE for corner in corners], fill=_MARK)
    return Image.alpha_composite(picture.convert("RGBA"), marks).convert("RGB")
