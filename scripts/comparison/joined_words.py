"""Words that reading ran together or tore apart, put right by the words of the other side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, TypeVar

from scripts.comparison.clauses import MARK, PARTY
from scripts.reading.quality import known_words

T = TypeVar("T", bound=Any)  # a named tuple with ``key`` and ``text``
_COUNT = re.compile(r"\d+[a-z]{3,}")  # 70percent
_SHORTEST = 5  # letters of what may be two words


@dataclass(frozen=True)
class Spelling:
    """The words of one side, and its pairs of neighbours by how they read when run together."""

    words: frozenset[str]
    pairs: dict[str, tuple[str, str]]


def spelling_of(keys: Sequence[str]) -> Spelling:
    """How one side spells its words."""
    own = [key if key not in (PARTY, MARK) else "" for key in keys]
    pairs = {one + two: (one, two) for one, two in pairwise(own) if one and two}
    return Spelling(frozenset(own) - {""}, pairs)


def respell(words: Sequence[T], spelling: Spelling) -> list[T]:
    """The words, those split that stand as two on the other side, and joined that are one there.

    Nothing is changed that is a word by itself. Texts are shared out between the parts.
    """
    result: list[T] = []
    for word in words:
        last = result[-1] if result else None
        if word.key in spelling.words or word.key in (PARTY, MARK):
            pass
        elif word.key in spelling.pairs and (may_be_two(word.key) or _COUNT.fullmatch(word.key)):
            result.extend(split_word(word, spelling.pairs[word.key]))
            continue
        elif last is not None and _is_torn(last.key, word.key, spelling):
            result[-1] = last._replace(key=last.key + word.key, text=last.text + word.text)
            continue
        result.append(word)
    return result


def may_be_two(key: str) -> bool:
    """Whether a word may be two that ran together: letters, and enough of them."""
    return key.isalpha() and len(key) >= _SHORTEST


def _is_torn(one: str, two: str, spelling: Spelling) -> bool:
    if one in (PARTY, MARK) or one + two not in spelling.words:
        return False
    return not all(part in known_words() or part in spelling.words for part in (one, two))


def split_word(word: T, parts: tuple[str, str]) -> tuple[T, T]:
    """One word as two; the letters of the text go with the part that they belong to."""
    counts = accumulate(letter.isalnum() or letter in "§%$" for letter in word.text)
    ends = (place for place, count in enumerate(counts, 1) if count == len(parts[0]))
    at = next(ends, len(word.text))
    first = word._replace(key=parts[0], text=word.text[:at])
    rest: dict[str, Any] = {"key": parts[1], "text": word.text[at:]}
    if hasattr(word, "starts"):
        rest |= {"starts": False, "is_item": False}
    return first, word._replace(**rest)
