"""Words looked for and excerpts, marked on the text of a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scripts.web.view import Row

Range = tuple[int, int]


@dataclass(frozen=True)
class Marked:
    """The text as HTML, and how many places were found."""

    html: Markup
    found: int


def mark_text(text: str, query: str, excerpts: Iterable[Row], page_number: int) -> Marked:
    """``text`` escaped, the query's words in ``<mark>``, excerpts in ``<mark class="a-excerpt">``.

    Words are found as search finds them: whatever their case and accents; a quoted run of words
    is found as a run. An excerpt that goes on over several pages is marked on each.
    """
    hits = list(find_words(text, query))
    spans = [(*span, id) for id, span in excerpt_ranges(text, excerpts, page_number)]
    return Marked(_join(text, hits, spans), len(hits))


def find_words(text: str, query: str) -> Iterator[Range]:
    """Where the words of a query stand in a text, in order, not overlapping."""
    wanted = [re.findall(r"\w+", fold(part)) for part in split_query(query)]
    wanted = [words for words in wanted if words]
    if not wanted:
        return
    patterns = (r"\W+".join(map(re.escape, words)) for words in sorted(wanted, key=len)[::-1])
    for match in re.finditer(rf"\b(?:{'|'.join(patterns)})\b", fold(text)):
        yield match.span()


def split_query(query: str) -> Sequence[str]:
    """The words and quoted runs of a query, without its operators and filters."""
    parts = re.findall(r'"([^"]*)"|(\S+)', query)
    singles = (run or word for run, word in parts)
    return [
        part.strip("()*")
        for part in singles
        if part not in ("AND", "OR", "NOT") and not part.startswith("-") and ":" not in part
    ]


def fold(text: str) -> str:
    """Lower case without accents, one character for one, so that places stay the same."""
    return "".join(_fold(character) for character in text)


def _fold(character: str) -> str:
    if character.isascii():
        return character.lower()
    plain = unicodedata.normalize("NFKD", character)
    first = plain[0].lower() if plain else character
    return first if len(first) == 1 else character


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


def _join(text: str, hits: Sequence[Range], excerpts: Sequence[tuple[int, int, str]]) -> Markup:
    """Cut at every edge; each piece wears what covers it."""
    edges = {0, len(text)}
    edges.update(edge for start, end in hits for edge in (start, end))
    edges.update(edge for start, end, _ in excerpts for edge in (start, end))
    cuts = sorted(edges)
    pieces: list[Markup] = []
    opened: set[str] = set()
    for start, end in zip(cuts, cuts[1:], strict=False):
        piece = Markup("{}").format(text[start:end])
        if any(first <= start and end <= last for first, last in hits):
            piece = Markup("<mark>{}</mark>").format(piece)
        for first, last, id in excerpts:
            if first <= start and end <= last:
                anchor = Markup("") if id in opened else Markup(' id="{}"').format(id)
                opened.add(id)
                piece = Markup('<mark class="a-excerpt"{}>{}</mark>').format(anchor, piece)
                break
        pieces.append(piece)
    return Markup("").join(pieces)
