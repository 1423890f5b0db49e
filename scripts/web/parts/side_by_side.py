"""Two wordings beside each other: what one has and the other lacks, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

Mark = Literal["same", "gone", "new"]
AGENCY = "[agency]"  # stands in a template where the form names the party
_PARTY = re.compile(r"^(?:\[agency\]|lea|lea’?s|agency)$")
_EDGES = re.compile(r"^[^\w\[§$%]+|[^\w\]§$%]+$")
_ISLAND = 2  # equal words between two changes that are shown as changed too
_ENOUGH = 20  # letters from which on words are known by likeness
_ALIKE = 90
_GAP = 12  # printed words that may stand between two compared ones (a name, a page's foot)


class Piece(NamedTuple):
    """Words in a row that are alike in what they are: the same, gone, or new."""

    text: str
    mark: Mark


@dataclass(frozen=True)
class Sides:
    """Both wordings cut where they differ, and both in one row."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    inline: tuple[Piece, ...]


def lay_side_by_side(before: str, after: str) -> Sides:
    """Compare two wordings word by word: case, punctuation and the party's name do not count."""
    old, new = before.split(), after.split()
    steps = _steps(old, new)
    inline: list[tuple[str, Mark]] = []
    for is_same, (a0, a1, b0, b1) in steps:
        if is_same:
            inline += ((word, "same") for word in new[b0:b1])
        else:
            inline += ((word, "gone") for word in old[a0:a1])
            inline += ((word, "new") for word in new[b0:b1])
    left = [
        (word, "same" if same else "gone") for same, (a0, a1, _, _) in steps for word in old[a0:a1]
    ]
    right = [
        (word, "same" if same else "new") for same, (_, _, b0, b1) in steps for word in new[b0:b1]
    ]
    return Sides(_join(left), _join(right), _join(inline))


def _join(words: Sequence[tuple[str, str]]) -> tuple[Piece, ...]:
    return tuple(
        Piece(" ".join(word for word, _ in group), mark)
        for mark, group in groupby(words, key=lambda item: item[1])
    )


Step = tuple[bool, tuple[int, int, int, int]]


def _steps(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """What is the same and what is not, in turn; islands of a word or two belong to the change."""
    steps: list[Step] = []
    codes = Levenshtein.opcodes([_key(word) for word in old], [_key(word) for word in new])
    for number, code in enumerate(codes):
        place = (code.src_start, code.src_end, code.dest_start, code.dest_end)
        is_inside = 0 < number < len(codes) - 1
        is_same = code.tag == "equal" and not (is_inside and place[1] - place[0] <= _ISLAND)
        if steps and steps[-1][0] == is_same:
            first = steps[-1][1]
            steps[-1] = (is_same, (first[0], place[1], first[2], place[3]))
        else:
            steps.append((is_same, place))
    return steps


def _key(word: str) -> str:
    key = _EDGES.sub("", word).lower().replace("'", "’")
    return AGENCY if _PARTY.match(key) else key or word


def shorten(pieces: Sequence[Piece], words: int) -> tuple[Piece, ...]:
    """The pieces up to so many words, an ellipsis behind where there are more."""
    left, result = words, list[Piece]()
    for piece in pieces:
        own = piece.text.split()
        if len(own) > left:
            result.append(Piece(" ".join([*own[:left], "…"]), piece.mark))
            break
        result.append(piece)
        left -= len(own)
    return tuple(result)


class Found(NamedTuple):
    """Where words stand in a text: characters from ``start`` up to ``end``."""

    start: int
    end: int


def find_words(text: str, words: Sequence[str]) -> Found | None:
    """The shortest stretch of ``text`` that holds ``words`` in order, few others between them.

    The comparison leaves out what it does not compare: a page's foot, the rest of a name.
    """
    if not words:
        return None
    printed = [(match.group(), match.start(), match.end()) for match in re.finditer(r"\S+", text)]
    best: tuple[int, int] | None = None
    for first, (word, _, _) in enumerate(printed):
        if word != words[0]:
            continue
        last = _follow(printed, first, words)
        if last is not None and (best is None or last - first < best[1] - best[0]):
            best = (first, last)
    return None if best is None else Found(printed[best[0]][1], printed[best[1]][2])


def find_alike(text: str, words: Sequence[str]) -> Found | None:
    """The stretch of ``text`` that reads most like ``words``, whole words of it.

    ``None`` where none reads nearly so (spaces inside words, a letter read otherwise).
    """
    wanted, flat = " ".join(words), text.replace("\n", " ")
    if len(wanted) < _ENOUGH or len(wanted) > len(text):
        return None
    place = fuzz.partial_ratio_alignment(wanted, flat, score_cutoff=_ALIKE)
    if place is None:
        return None
    start = flat.rfind(" ", 0, place.dest_start + 1) + 1
    end = flat.find(" ", max(place.dest_end - 1, 0))
    return Found(start, len(text) if end < 0 else end)


def _follow(
    printed: Sequence[tuple[str, int, int]], first: int, words: Sequence[str]
) -> int | None:
    at = first
    for word in words[1:]:
        near = range(at + 1, min(at + 2 + _GAP, len(printed)))
        at = next((index for index in near if printed[index][0] == word), -1)
        if at < 0:
            return None
    return at
