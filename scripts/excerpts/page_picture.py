"""A page's picture with a passage marked on it, for a person who compares the two."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from scripts.excerpts.boxes import Box
from scripts.reading.pdf import open_pdf

SCALE = 2.0  # pixels per point
_MARK = (255, 214, 10, 110)


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
