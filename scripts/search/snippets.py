"""The lines around what was found, cut in Python and marked (snippet() would match anew)."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from scripts.search.expression import Term
from scripts.search.folding import fold

SNIPPET_WORDS = 34
LEAD_WORDS = 6  # words before the first one found
_WORDS = re.compile(r"([^\W_]+)")


@dataclass(frozen=True)
class Found:
    """A stretch of a text that a term matches: first and last word, and which term."""

    first: int
    last: int
    term: int


@dataclass(frozen=True)
class _Words:
    spans: tuple[tuple[int, int], ...]  # start and end of each word in the text
    folded: tuple[str, ...]


def mark_all(text: str, terms: Sequence[Term]) -> str:
    """The whole text as HTML, escaped, with what the terms match in ``<mark>``."""
    words = _split(text)
    return _render(text, words, find_terms(words.folded, terms), 0, len(text))


def cut_snippet(text: str, terms: Sequence[Term], length: int = SNIPPET_WORDS) -> str | None:
    """The best ``length`` words of the text as HTML with marks; ``None`` where no term matches.

    Best is where most different terms stand, then most matches, then the earliest.
    """
    words = _split(text)
    found = find_terms(words.folded, terms)
    if not found:
        return None
    start = max(0, _best_start(found, length) - LEAD_WORDS)
    end = min(len(words.spans), start + length)
    start = max(0, end - length)
    first, last = words.spans[start][0], words.spans[end - 1][1]
    first, last = (0 if start == 0 else first), (len(text) if end == len(words.spans) else last)
    inside = [one for one in found if start <= one.first and one.last < end]
    body = _render(text, words, inside, first, last)
    return f"{'… ' if start else ''}{body}{' …' if end < len(words.spans) else ''}"


def find_terms(folded: Sequence[str], terms: Sequence[Term]) -> list[Found]:
    """Every stretch of words that a term matches, in order."""
    found: list[Found] = []
    for number, term in enumerate(terms):
        for words in (term.words, *term.variants):
            found.extend(_find(folded, words, term.is_prefix, number))
    return sorted(set(found), key=lambda one: (one.first, -one.last, one.term))


def _find(folded: Sequence[str], words: Sequence[str], is_prefix: bool, number: int) -> list[Found]:
    size, last = len(words), words[-1]
    if is_prefix:
        ends = [place for place, word in enumerate(folded) if word.startswith(last)]
    else:
        ends = [place for place, word in enumerate(folded) if word == last]
    if size == 1:
        return [Found(end, end, number) for end in ends]
    before = tuple(words[:-1])
    return [
        Found(end - size + 1, end, number)
        for end in ends
        if end >= size - 1 and tuple(folded[end - size + 1 : end]) == before
    ]


def _split(text: str) -> _Words:
    """Words and their places, folded as the index folds them."""
    parts = _WORDS.split(text.lower() if text.isascii() else text.translate(_FOLDED))
    ends = list(accumulate(map(len, parts)))
    return _Words(tuple(zip(ends[::2], ends[1::2], strict=False)), tuple(parts[1::2]))


class _Folding(dict[int, str]):
    """Signs folded, each to one sign, so that places stay what they are; made as they are met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = fold(sign)[:1] or sign
        return self[code]


_FOLDED = _Folding()


def _best_start(found: Sequence[Found], length: int) -> int:
    reach = length - LEAD_WORDS
    best, best_score = found[0].first, (0, 0)
    for index, one in enumerate(found):
        inside = []
        for other in found[index:]:
            if other.first >= one.first + reach:
                break
            inside.append(other)
        score = (len({other.term for other in inside}), len(inside))
        if score > best_score:
            best, best_score = one.first, score
    return best


def _render(text: str, words: _Words, found: Sequence[Found], first: int, last: int) -> str:
    parts: list[str] = []
    at = first
    for one in found:
        start, end = words.spans[one.first][0], words.spans[one.last][1]
        if text[start:end].count("(") > text[start:end].count(")") and text[end:].startswith(")"):
            end += 1  # 287(g) is marked whole
        if start < at or end > last:
            continue
        parts.append(html.escape(text[at:start]))
        parts.append(f"<mark>{html.escape(text[start:end])}</mark>")
        at = end
    parts.append(html.escape(text[at:last]))
    return re.sub(r"\s+", " ", "".join(parts)).strip()
