"""How a memorandum differs from its template: additions, omissions and changes that mean something.

Both are compared word by word, names, numbers and runs of letters put right first. Differences that
lie close together are one. What is none is told in `scripts.comparison.judging`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein, Opcodes

from scripts.comparison.clauses import Token
from scripts.comparison.joined_words import respell, spelling_of
from scripts.comparison.judging import (
    Hunk,
    Kind,
    Side,
    Sides,
    is_difference,
    is_page_long,
    is_sure,
    kind_of,
    meaning,
)
from scripts.comparison.places import PlacedBox, box_of, gap_boxes, line_boxes
from scripts.comparison.templates import Template, keys
from scripts.reading.page import PageText

_CLOSE = 4  # equal words between two differences that make them one
_LONG = 40  # words on both sides that are looked at once more
_APART = 8  # equal words between two differences of a long one that keep them apart
_CONTEXT = 12  # words before and after that are kept to be shown
_TITLE = re.compile(r"\bTitle\W?:")
_SIGNATURES = 2  # the agency's and ICE's
_ALIKE = 80  # likeness of two headings that are one
_NUMERAL = re.compile(r"^[IVXLA-H]{1,6}[.,]\s*")


@dataclass(frozen=True)
class Deviation:
    """One difference; texts as printed, the memorandum's contact details masked before."""

    kind: Kind
    page_number: int
    clause: str
    template_text: str
    document_text: str
    is_sure: bool  # both sides were read well
    words: int  # words of meaning that differ
    boxes: tuple[PlacedBox, ...] = ()  # where: one box a line; of an omission, where it would stand
    template_before: str = ""  # a few words before and after on either side
    template_after: str = ""
    document_before: str = ""
    document_after: str = ""


def find_deviations(
    template: Template, document: Sequence[Token], names: Collection[str] = ()
) -> tuple[Deviation, ...]:
    """What differs in a memorandum from its template, in order.

    ``document`` are all its words, those of signatures and contacts marked as hidden: what stands
    there is no omission, and what differs there is not looked at. ``names`` are words of the
    agency's name.
    """
    own = keys(template.tokens)
    words = respell(document, spelling_of(own))
    sides = Sides(template, words, frozenset(names))
    hunks = differing(own, keys(words))
    return tuple(_tell(sides, hunk) for hunk in hunks if is_difference(sides, hunk))


def differing(own: Sequence[str], other: Sequence[str]) -> list[Hunk]:
    """Runs of differences, those that are separated by few equal words joined.

    Long ones are looked at once more for words that both have: where much was put in, word for
    word the cheapest way from one to the other goes past clauses that both print.
    """
    hunks: list[Hunk] = []
    for a0, a1, b0, b1 in _joined(_steps(Levenshtein.opcodes(own, other))):
        if min(a1 - a0, b1 - b0) < _LONG:
            hunks.append((a0, a1, b0, b1))
            continue
        inner = _joined(_steps(Indel.opcodes(own[a0:a1], other[b0:b1])), _APART)
        hunks.extend((a0 + c0, a0 + c1, b0 + d0, b0 + d1) for c0, c1, d0, d1 in inner)
    return hunks


def _steps(opcodes: Opcodes) -> list[Hunk]:
    return [
        (step.src_start, step.src_end, step.dest_start, step.dest_end)
        for step in opcodes
        if step.tag != "equal"
    ]


def _joined(steps: Sequence[Hunk], close: int = _CLOSE) -> list[Hunk]:
    hunks: list[Hunk] = []
    for a0, a1, b0, b1 in steps:
        if hunks and a0 - hunks[-1][1] <= close and b0 - hunks[-1][3] <= close:
            hunks[-1] = (hunks[-1][0], a1, hunks[-1][2], b1)
        else:
            hunks.append((a0, a1, b0, b1))
    return hunks


def _tell(sides: Sides, hunk: Hunk) -> Deviation:
    a0, a1, b0, b1 = hunk
    before, after = sides.template.tokens[a0:a1], sides.document[b0:b1]
    gone, new = meaning(before, after), meaning(after, before)
    return Deviation(
        kind=kind_of(gone, new),
        page_number=_page(sides.document, b0, b1),
        clause=_clause(sides, hunk),
        template_text=_told(before),
        document_text=_told(after),
        is_sure=is_page_long(sides, hunk, gone) or is_sure(sides, hunk, gone, new),
        words=max(len(gone), len(new)),
        boxes=line_boxes(after) if new else gap_boxes(sides.document, b0),
        template_before=_told(sides.template.tokens[max(a0 - _CONTEXT, 0) : a0]),
        template_after=_told(sides.template.tokens[a1 : a1 + _CONTEXT]),
        document_before=_told(sides.document[max(b0 - _CONTEXT, 0) : b0]),
        document_after=_told(sides.document[b1 : b1 + _CONTEXT]),
    )


def _told(side: Side) -> str:
    return " ".join(word.text.rstrip("_") for word in side)


def _page(document: Sequence[Token], b0: int, b1: int) -> int:
    if not document:
        return 1
    return document[min(b0, len(document) - 1)].page if b1 > b0 else document[max(b0 - 1, 0)].page


def _clause(sides: Sides, hunk: Hunk) -> str:
    """The heading in the form; the memorandum's own where the form has none like it."""
    a0, a1, b0, b1 = hunk
    words = sides.template.tokens
    place = a0 if a1 > a0 else a0 - 1
    in_form = words[place].clause if 0 <= place < len(words) else ""
    own = sides.document[b0].clause if b1 > b0 else ""
    if b1 - b0 > a1 - a0 and own and not any(_is_same(own, word.clause) for word in words):
        return own
    return in_form or own


def _is_same(one: str, other: str) -> bool:
    bare, own = (_NUMERAL.sub("", text.strip()).lower() for text in (one, other))
    return bool(bare and own) and fuzz.partial_ratio(bare, own) >= _ALIKE


def find_extra_signature(pages: Sequence[PageText]) -> Deviation | None:
    """A third signature on the pages of signatures, by its label for a title."""
    for page in pages:
        lines = [" ".join(word.text for word in line) for line in page.lines]
        titled = [number for number, line in enumerate(lines) for _ in _TITLE.findall(line)]
        if len(titled) > _SIGNATURES:
            return Deviation(
                kind="addition",
                page_number=page.page_number,
                clause="Signatures",
                template_text="",
                document_text=lines[titled[-1]],
                is_sure=True,
                words=1,
                boxes=(box_of(page.page_number, page.lines[titled[-1]]),),
            )
    return None
