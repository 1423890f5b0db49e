"""Where paragraphs begin on a page, from the places of its lines.

A page's text keeps the lines of the page. To be read on a screen they must flow, and only the page
itself shows where one paragraph ends and the next begins: by a wider gap, by an indent, or by a
line that stops short.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from scripts.reading.page import Line

_GAP = 1.35  # of the usual distance between lines, from which on a paragraph begins
_SHORT = 0.72  # of the column's width: a line that ends before does not go on in the next
_MOVED = 12.0  # points to the right or left that are an indent
_NUMBERED = re.compile(
    r"(?:[IVX]{1,5}|[A-Z]|\d{1,2}|[a-z])[.)]\Z|\([a-zA-Z0-9]{1,3}\)\Z|[•●▪·o-]\Z"
)


class _Place(NamedTuple):
    """A line's edges, in points from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def paragraph_starts(lines: Sequence[Line]) -> tuple[int, ...]:
    """Numbers (from 0) of the lines that begin a paragraph, the first line always among them."""
    if not lines:
        return ()
    places = [_place(line) for line in lines]
    steps = [after.middle - before.middle for before, after in pairwise(places)]
    usual = _usual(steps, places)
    left = statistics.median(place.left for place in places)
    right = max(place.right for place in places)
    starts = [0]
    for number, step in enumerate(steps, 1):
        before, here = places[number - 1], places[number]
        is_short = before.right - left < _SHORT * (right - left)
        is_apart = step > _GAP * usual or step < 0
        is_item = _NUMBERED.match(lines[number][0].text) is not None
        if is_apart or is_short or (is_item and abs(here.left - before.left) > _MOVED):
            starts.append(number)
    return tuple(starts)


def _place(line: Line) -> _Place:
    return _Place(
        min(word.x0 for word in line),
        min(word.y0 for word in line),
        max(word.x1 for word in line),
        max(word.y1 for word in line),
    )


def _usual(steps: Sequence[float], places: Sequence[_Place]) -> float:
    """The distance between most neighbouring lines: the lower half, where few stand alone."""
    height = statistics.median(place.bottom - place.top for place in places)
    down = sorted(step for step in steps if step > 0.5 * height)
    return down[len(down) // 3] if down else height * 1.2
