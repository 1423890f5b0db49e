"""Whether a page's embedded text is good enough, and what to do where it is not."""

from __future__ import annotations

from dataclasses import replace

from scripts.reading.page import PageText
from scripts.reading.quality import GOOD, measure_quality
from scripts.reading.repair import repair_page

_SHORT = 200  # characters; a picture with less text than this on it is read afresh
_LITTLE = 80  # characters
_PICTURE = 0.25  # share of a page from which an image counts as the page's picture


def judge_page(page: PageText) -> PageText:
    """The page with its quality, repaired where that helps, waiting where it must be read.

    A page waits for optical reading when its text is poor even after repair, or when there is
    hardly any text on a page that is a picture.
    """
    judged = replace(page, quality=measure_quality(page.text))
    if judged.quality is None or judged.quality < GOOD:
        mended = repair_page(judged)
        if (mended.quality or 0) > (judged.quality or 0):
            judged = mended
    return replace(judged, is_waiting=_must_be_read(judged))


def _must_be_read(page: PageText) -> bool:
    if len(page.text) < _SHORT and page.image_share >= _PICTURE:
        return True
    if page.quality is None:
        return page.image_share > 0 or not page.lines
    if len(page.text) < _LITTLE and page.image_share < _PICTURE:
        return False  # a few typed words: no more on the page than its own text says
    return page.quality < GOOD


def choose_reading(embedded: PageText, by_eye: PageText) -> PageText:
    """The better of a page's embedded text and its optical reading.

    Quality times length decides between them, so that a short clean header does not beat a page
    read well; embedded text wins a tie.
    """
    if _worth(embedded) >= _worth(by_eye):
        return replace(embedded, is_waiting=False)
    return replace(
        by_eye,
        fields=embedded.fields,
        image_share=embedded.image_share,
        rotation=embedded.rotation,
        is_waiting=False,
    )


def _worth(page: PageText) -> float:
    return (page.quality or 0.0) ** 2 * len(page.text)
