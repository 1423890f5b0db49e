"""Stretches to be masked: whatever one of them covers is covered in the end."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from scripts.privacy.masking import Masker
from scripts.privacy.ready import mask_pages
from scripts.privacy.spans import Span, merge_spans, page_text
from scripts.reading.page import PageText
from tests.memoranda_made import CONTACTS, lines_of


def covered(spans: list[Span] | tuple[Span, ...]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def apart(places: list[tuple[int, int]], mark: str) -> list[Span]:
    """Stretches that do not overlap."""
    spans: list[Span] = []
    for start, length in sorted(places):
        if not spans or start >= spans[-1].end:
            spans.append(Span(start, start + length, mark))
    return spans


places = some.lists(some.tuples(some.integers(0, 60), some.integers(1, 20)), max_size=8)


@given(places, places)
def test_nothing_that_one_covers_is_left_open(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    one, other = apart(first, "[a]"), [Span(s, s + n, "[b]") for s, n in second]
    merged = merge_spans(one, other)
    assert covered(merged) == covered(one) | covered(other)
    assert list(merged) == sorted(merged)
    assert all(a.end <= b.start for a, b in pairwise(merged))
    assert set(one) <= set(merged)


def test_an_address_right_behind_a_telephone_number_goes_as_well() -> None:
    """The number's last digits were taken for the house's, and the address stayed."""
    line = "Zebulon Quackenbush Sheriff 212-555-0142 309 W. 20th Street Elsewhere, WY 82001"
    pages = [PageText(1, lines_of([*CONTACTS[:3], line]), 612, 792)]
    text = page_text(mask_pages(pages, Masker())[0].page.lines)
    for told in ("309", "20th Street", "555", "0142", "Quackenbush"):
        assert told not in text
