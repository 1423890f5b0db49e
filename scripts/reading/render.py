"""A page of a PDF as a grey picture, its size bounded whatever the file says."""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium
from PIL import Image

MAX_PIXELS = 40_000_000  # 40 MB of grey; a letter page at 300 dpi has 8.4 million


def render_page(document: pdfium.PdfDocument, number: int, scale: float) -> Image.Image:
    """The page as displayed, ``scale`` pixels per point, form fields drawn.

    A page so large that it would pass `MAX_PIXELS` is rendered smaller.
    """
    page: Any = document[number - 1]
    try:
        width, height = page.get_size()
        bounded = min(scale, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
        bitmap = page.render(scale=bounded, grayscale=True, may_draw_forms=True)
        picture: Image.Image = bitmap.to_pil().convert("L")
        bitmap.close()
        return picture
    finally:
        page.close()
