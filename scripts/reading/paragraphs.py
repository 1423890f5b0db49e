"""Where paragraphs begin on a page, from the places of its lines; asked in two ways.

A page's text keeps the lines of the page. To be read on a screen they must flow, and only the page
itself shows where one paragraph ends and the next begins: by a wider gap, by an indent, or by a
line that stops short (`paragraph_starts`). Memoranda are compared paragraph by paragraph, over the
ends of pages and with their headings told apart, while their items may be set in as they like
(`body_starts`).
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
_WIDER = 1.3  # times the usual distance of two lines: a new paragraph
_LEFT_FREE = 0.25  # share of the text's width that a paragraph's last line leaves free
_CENTRED = 0.22  # share of the page by which a centred line is set in, on both sides
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


def body_starts(lines: Sequence[Line], width: float) -> tuple[bool | None, ...]:
    """For each line of a page's body, whether a paragraph begins with it.

    ``None`` for the first one, which may go on from the page before. ``width`` is the page's.
    """
    tops = [min(word.y0 for word in line) for line in lines]
    pitch = _pitch(tops)
    right = _right_edge(lines)
    left = min((line[0].x0 for line in lines), default=0.0)
    starts: list[bool | None] = [True if _is_caps(line) else None for line in lines[:1]]
    for index in range(1, len(lines)):
        before, line = lines[index - 1], lines[index]
        is_apart = not 0 < tops[index] - tops[index - 1] <= pitch * _WIDER
        is_after_short = right - before[-1].x1 > _LEFT_FREE * (right - left)
        is_heading = _is_caps(before) != _is_caps(line)
        is_other = _is_centred(before, width) != _is_centred(line, width)
        starts.append(is_apart or is_after_short or is_heading or is_other)
    return tuple(starts)


def _pitch(tops: Sequence[float]) -> float:
    """The usual distance from one line to the next, in points."""
    steps = [after - before for before, after in pairwise(tops)]
    return statistics.median([step for step in steps if 6 < step < 40] or [14.0])


def _right_edge(lines: Sequence[Line]) -> float:
    edges = sorted(line[-1].x1 for line in lines)
    return edges[int(len(edges) * 0.8)] if edges else 0.0


def _is_caps(line: Line) -> bool:
    letters = [letter for word in line for letter in word.text if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) > 0.8 * len(letters)


def _is_centred(line: Line, width: float) -> bool:
    left, right = line[0].x0, width - line[-1].x1
    return min(left, right) > width * _CENTRED and abs(left - right) < 20
