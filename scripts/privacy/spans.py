"""Stretches of a page's text replaced by others, in the words and their boxes alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scripts.privacy.marks import NAME_MARK, NOT_SHOWN
from scripts.reading.page import Line, Word

_NEAR = 8  # characters between two marks that are one
Box = tuple[float, float, float, float]


class Span(NamedTuple):
    """Characters ``start`` up to ``end`` of a page's text, and what stands there instead."""

    start: int
    end: int
    replacement: str


def page_text(lines: Sequence[Line]) -> str:
    """Words joined by spaces, lines by LF."""
    return "\n".join(" ".join(word.text for word in line) for line in lines)


def replace_spans(
    lines: Sequence[Line], spans: Sequence[Span]
) -> tuple[tuple[Line, ...], tuple[Box, ...]]:
    """The lines with each span replaced, and the boxes of all words that a span touched.

    The replacement stands as one word where its span begins. A line that loses all its words goes.
    Spans do not overlap; their places are those of `page_text`.
    """
    wanted = sorted(span for span in spans if span.end > span.start)
    result: list[Line] = []
    boxes: list[Box] = []
    offset = 0
    for line in lines:
        kept: list[Word] = []
        for word in line:
            end = offset + len(word.text)
            touching = [span for span in wanted if span.start < end and span.end > offset]
            if touching:
                boxes.append(word[1:])
                text = _rest(word.text, offset, touching)
                if text:
                    kept.append(word._replace(text=text))
            else:
                kept.append(word)
            offset = end + 1
        if kept:
            result.append(tuple(kept))
    return tuple(result), tuple(boxes)


def _rest(text: str, offset: int, spans: Sequence[Span]) -> str:
    """What is left of a word: its letters outside the spans, and replacements that begin in it."""
    parts: list[str] = []
    place = offset
    for span in spans:
        parts.append(text[place - offset : max(span.start - offset, 0)])
        if span.start >= offset:
            parts.append(span.replacement)
        place = min(span.end, offset + len(text))
    parts.append(text[place - offset :])
    return "".join(parts)


def locate_boxes(lines: Sequence[Line], start: int, end: int) -> tuple[Box, ...]:
    """One box per line for characters ``start`` up to ``end`` of a page's text, in points."""
    boxes: list[Box] = []
    offset = 0
    for line in lines:
        touched: list[Word] = []
        for word in line:
            if offset < end and offset + len(word.text) > start:
                touched.append(word)
            offset += len(word.text) + 1
        if touched:
            boxes.append(
                (
                    min(word.x0 for word in touched),
                    min(word.y0 for word in touched),
                    max(word.x1 for word in touched),
                    max(word.y1 for word in touched),
                )
            )
    return tuple(boxes)


def merge_spans(first: Sequence[Span], second: Sequence[Span]) -> tuple[Span, ...]:
    """All of ``first``, and of ``second`` what none of them nor an earlier one covers.

    A stretch that is covered in part is not left open for that: an address whose number was taken
    for the end of a telephone number still goes.
    """
    kept = list(first)
    for span in sorted(second):
        kept += _uncovered(span, kept)
    return tuple(sorted(kept))


def _uncovered(span: Span, kept: Iterable[Span]) -> list[Span]:
    """The pieces of a stretch that no other covers."""
    pieces: list[Span] = []
    start = span.start
    for other in sorted(kept):
        if other.end <= start or other.start >= span.end:
            continue
        if other.start > start:
            pieces.append(Span(start, other.start, span.replacement))
        start = max(start, other.end)
    if start < span.end:
        pieces.append(Span(start, span.end, span.replacement))
    return pieces


def join_neighbours(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Names and what is not shown beside them as one mark; lines of nothing else as one, too."""
    joined: list[Span] = []
    for span in sorted(spans):
        last = joined[-1] if joined else None
        between = text[last.end : span.start] if last is not None else ""
        if last is not None and _are_one(last.replacement, span.replacement, between):
            mark = last.replacement if last.replacement == NAME_MARK else span.replacement
            joined[-1] = Span(last.start, span.end, mark)
        else:
            joined.append(span)
    return tuple(joined)


def _are_one(first: str, second: str, between: str) -> bool:
    if any(letter.isalnum() for letter in between) or len(between) > _NEAR:
        return False
    marks = {first, second}
    return marks == {NOT_SHOWN} or ("\n" not in between and marks <= {NAME_MARK, NOT_SHOWN})
