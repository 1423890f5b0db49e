"""Words looked for, excerpts and differences, marked on the text of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from markupsafe import Markup

from scripts.search.expression import Term
from scripts.search.folding import fold
from scripts.search.snippets import find_terms
from scripts.web.view.page import Row

Range = tuple[int, int]
_GAP = Markup('<span class="a-para"></span>')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Marked:
    """The text as HTML, and how many places were found."""

    html: Markup
    found: int


def mark_text(
    text: str,
    terms: Sequence[Term],
    excerpts: Iterable[Row],
    page_number: int,
    starts: Sequence[int] | None = None,
    differences: Sequence[tuple[str, Range]] = (),
) -> Marked:
    """``text`` escaped, what search's terms match in ``<mark>``, excerpts in ``a-excerpt``,
    differences from the template in ``a-differs``; where words are missing an empty ``a-missing``.

    ``starts`` are the lines that begin a paragraph, where that is known (``pages.paragraphs``).

    Words are found as search finds them. An excerpt that goes on over several pages is marked on
    each, from its beginning here.
    """
    hits = list(find_words(text, terms)) if terms else []
    spans = [(*span, id) for id, span in excerpt_ranges(text, excerpts, page_number)]
    flowing, breaks = flow(text, starts)
    differing = [(*span, id) for id, span in differences]
    return Marked(_join(flowing, hits, spans, differing, breaks), len(hits))


def flow(text: str, starts: Sequence[int] | None = None) -> tuple[str, tuple[int, ...]]:
    """The text with the breaks inside its paragraphs as spaces; every place stays the same.

    With it, where paragraphs begin, as far as ``starts`` tells it. Without, a line as long as the
    others goes on in the next; a short one ends a paragraph or is a heading.
    """
    lines = text.split("\n")
    if starts is not None:
        first = set(starts)
        places = [0, *accumulate(len(line) + 1 for line in lines)]
        breaks = tuple(places[number] for number in range(1, len(lines)) if number in first)
        flowing = text.replace("\n", " ")
        for place in breaks:
            flowing = f"{flowing[: place - 1]}\n{flowing[place:]}"
        return flowing, breaks
    full = 0.72 * max(map(len, lines))
    ends = [" " if len(line) >= full and after.strip() else "\n" for line, after in pairwise(lines)]
    return "".join(line + end for line, end in zip(lines, [*ends, ""], strict=True)), ()


def find_words(text: str, terms: Sequence[Term]) -> Iterator[Range]:
    """Where the terms stand in a text, in order, not overlapping."""
    words = list(_WORD.finditer(text))
    at = 0
    for found in find_terms([fold(word.group()) for word in words], terms):
        start, end = words[found.first].start(), words[found.last].end()
        if start >= at:
            yield start, end
            at = end


def excerpt_ranges(
    text: str, excerpts: Iterable[Row], page_number: int
) -> Iterator[tuple[str, Range]]:
    """Identifier and place of each excerpt on a page, clipped to it."""
    for row in excerpts:
        start, end = row["start_offset"], row["end_offset"]
        if start is None or end is None:
            continue
        last = row["to_page_number"] or row["page_number"]
        first_here = start if row["page_number"] == page_number else 0
        end_here = end if last == page_number else len(text)
        if 0 <= first_here < end_here <= len(text):
            yield row["id"], (first_here, end_here)


Span = tuple[int, int, str]


def _join(
    text: str,
    hits: Sequence[Range],
    excerpts: Sequence[Span],
    differing: Sequence[Span],
    breaks: Sequence[int],
) -> Markup:
    """Cut at every edge; each piece wears what covers it; a gap stands before a paragraph."""
    edges = {0, len(text), *breaks}
    gaps = set(breaks)
    edges.update(edge for start, end in hits for edge in (start, end))
    edges.update(edge for start, end, _ in (*excerpts, *differing) for edge in (start, end))
    pieces: list[Markup] = []
    opened: set[str] = set()
    for start, end in pairwise((*sorted(edges), len(text))):
        for first, last, id in differing:
            if first == last == start and id not in opened:
                opened.add(id)
                pieces.append(Markup('<span class="a-missing" id="{}"></span>').format(id))
        piece = Markup("{}").format(text[start:end])
        if any(first <= start and end <= last for first, last in hits):
            piece = Markup("<mark>{}</mark>").format(piece)
        for spans, name in ((excerpts, "a-excerpt"), (differing, "a-differs")):
            piece = _wear(piece, (start, end), spans, name, opened)
        pieces.append(_GAP + piece if start in gaps else piece)
    return Markup("").join(pieces)


def _wear(
    piece: Markup, place: Range, spans: Sequence[Span], name: str, opened: set[str]
) -> Markup:
    """The piece in the mark of the span that covers it; the span's first piece is its anchor."""
    for first, last, id in spans:
        if piece and first <= place[0] and place[1] <= last:
            anchor = Markup("") if id in opened else Markup(' id="{}"').format(id)
            opened.add(id)
            return Markup('<mark class="{}"{}>{}</mark>').format(name, anchor, piece)
    return piece
