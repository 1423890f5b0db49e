"""Where differing words stand on their pages: one box a line, in points from the top left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scripts.comparison.clauses import Token
from scripts.reading.page import Word

PlacedBox = tuple[int, float, float, float, float]  # page number, left, top, right, bottom
_MARK = 3.0  # points: height of the mark where words are missing


def line_boxes(tokens: Sequence[Token]) -> tuple[PlacedBox, ...]:
    """One box for each line that the words fill."""
    lines: list[list[Token]] = []
    for token in tokens:
        last = lines[-1][-1] if lines else None
        if last is not None and _is_same_line(last, token):
            lines[-1].append(token)
        else:
            lines.append([token])
    return tuple(_join(line[0].page, [token.box for token in line]) for line in lines)


def gap_boxes(document: Sequence[Token], place: int) -> tuple[PlacedBox, ...]:
    """A low box where words are missing: under the line before, or over the one that follows."""
    if not document:
        return ()
    if place == 0:
        page, x0, y0, x1, _ = _join(document[0].page, _line_at(document, 0))
        return ((page, x0, max(y0 - _MARK, 0.0), x1, y0),)
    page, x0, _, x1, y1 = _join(document[place - 1].page, _line_at(document, place - 1))
    return ((page, x0, y1, x1, round(y1 + _MARK, 1)),)


def box_of(page: int, line: Sequence[Word]) -> PlacedBox:
    """The box of a whole line."""
    return _join(page, [word[1:] for word in line])


def _line_at(document: Sequence[Token], place: int) -> list[tuple[float, float, float, float]]:
    here = document[place]
    near = document[max(place - 40, 0) : place + 40]
    return [token.box for token in near if token.page == here.page and _overlap(here, token)]


def _is_same_line(last: Token, token: Token) -> bool:
    return last.page == token.page and token.box[2] >= last.box[0] and _overlap(last, token)


def _overlap(one: Token, other: Token) -> bool:
    """Whether two words stand at the same height: they share half of the lower one's."""
    shared = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return shared >= 0.5 * min(one.box[3] - one.box[1], other.box[3] - other.box[1])


def _join(page: int, boxes: Iterable[tuple[float, float, float, float]]) -> PlacedBox:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (
        page,
        *(round(min(lefts), 1), round(min(tops), 1)),
        *(round(max(rights), 1), round(max(bottoms), 1)),
    )
