"""Where paragraphs begin on a page, from its lines' places: gaps, short lines, centred titles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from scripts.reading.page import Line

_WIDER = 1.3  # times the usual distance of two lines: a new paragraph
_SHORT = 0.25  # share of the text's width that a paragraph's last line leaves free
_CENTRED = 0.22  # share of the page by which a centred line is set in, on both sides


def paragraph_starts(lines: Sequence[Line], width: float) -> tuple[bool | None, ...]:
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
        is_after_short = right - before[-1].x1 > _SHORT * (right - left)
        is_heading = _is_caps(before) != _is_caps(line)
        is_other = _is_centred(before, width) != _is_centred(line, width)
        starts.append(is_apart or is_after_short or is_heading or is_other)
    return tuple(starts)


def _pitch(tops: Sequence[float]) -> float:
    """The usual distance from one line to the next, in points."""
    steps = [after - before for before, after in pairwise(tops)]
    return median([step for step in steps if 6 < step < 40] or [14.0])


def _right_edge(lines: Sequence[Line]) -> float:
    edges = sorted(line[-1].x1 for line in lines)
    return edges[int(len(edges) * 0.8)] if edges else 0.0


def _is_caps(line: Line) -> bool:
    letters = [letter for word in line for letter in word.text if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) > 0.8 * len(letters)


def _is_centred(line: Line, width: float) -> bool:
    left, right = line[0].x0, width - line[-1].x1
    return min(left, right) > width * _CENTRED and abs(left - right) < 20
