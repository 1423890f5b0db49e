"""Repair of two known kinds of damage in a text layer: shifted glyphs, and spaces read as a letter.

Fonts without a character map make pdfium give out glyph numbers, 29 below the character
(``6LJQDWXUH`` is ``Signature``, and spaces vanish). Others map the space to a letter
(``thiseMOA``). Both are mended word by word, and only where the result is better.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scripts.reading.page import Line, PageText, Word
from scripts.reading.quality import is_known, known_words, measure_quality, word_value

_SHIFT = 29
_SHIFTED_SIGN = re.compile(r"[\x03-\x1f]|BBBB")
_JOINTS = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[a-z])(?=\d)|(?<=\d)(?=[A-Z][a-z])|(?<=[,;:)])(?=\w)"
)
_ENOUGH = 8  # spaces that a letter must have swallowed on a page before it counts as one


def repair_page(page: PageText) -> PageText:
    """The page with known damage mended; the same page where nothing is known to be wrong."""
    lines = _unshift(page.lines)
    lines = _restore_spaces(lines)
    if lines == page.lines:
        return page
    mended = replace(page, lines=lines, source="repaired")
    return replace(mended, quality=measure_quality(mended.text))


def _unshift(lines: Sequence[Line]) -> tuple[Line, ...]:
    if not any(_SHIFTED_SIGN.search(word.text) for line in lines for word in line):
        return tuple(lines)
    return tuple(tuple(part for word in line for part in _unshift_word(word)) for line in lines)


def _unshift_word(word: Word) -> list[Word]:
    codes = [ord(character) for character in word.text]
    if not all(3 <= code <= 126 - _SHIFT for code in codes):
        return [word]
    shifted = "".join(chr(code + _SHIFT) for code in codes)
    parts = [part for part in _JOINTS.split(shifted.replace(" ", "\0")) if part]
    parts = [piece for part in parts for piece in part.split("\0") if piece]
    if set(shifted) <= set("_ "):
        return [word._replace(text=shifted.strip() or "_")]
    if not parts or word.text.lower() in known_words():
        return [word]
    certain = any(code < 32 for code in codes)
    better = _mean_value(parts) > _mean_value([word.text]) + 0.2
    plain = all(part.strip(".,:;").lower() in known_words() for part in parts)
    return share_box(word, parts) if certain or better or plain else [word]


def _mean_value(parts: Sequence[str]) -> float:
    letters = sum(len(part) for part in parts)
    return sum(len(part) * word_value(part) for part in parts) / letters if letters else 0.0


def _restore_spaces(lines: Sequence[Line]) -> tuple[Line, ...]:
    words = [word.text for line in lines for word in line if not is_known(word.text)]
    votes: Counter[str] = Counter()
    for text in words:
        votes.update(_swallowed(text))
    if not votes or votes.most_common(1)[0][1] < _ENOUGH:
        return tuple(lines)
    letter = min(votes, key=lambda candidate: (-votes[candidate], candidate))
    return tuple(tuple(part for word in line for part in _split(word, letter)) for line in lines)


def _swallowed(text: str) -> dict[str, int]:
    """How many spaces each letter may have swallowed: parted there, only known words remain."""
    inner = {character for character in text[1:-1] if character.isalpha() and character.islower()}
    return {letter: len(split_at_letter(text, letter)) - 1 for letter in sorted(inner)}


def _split(word: Word, letter: str) -> list[Word]:
    if letter not in word.text or word_value(word.text) == 1.0:
        return [word]
    parts = split_at_letter(word.text, letter)
    return share_box(word, parts) if parts != [word.text] else [word]


def split_at_letter(text: str, letter: str) -> list[str]:
    """The known words that ``text`` falls into where some of its ``letter`` were spaces.

    The text itself where there is no such reading. Fewest words win.
    """
    best: dict[int, list[str]] = {0: []}
    places = [index for index, character in enumerate(text) if character == letter]
    for end in (*places, len(text)):
        for start in sorted(best):
            if start > end:
                continue
            part = text[start:end]
            if part and not is_known(part):
                continue
            after = end + 1 if end < len(text) else end
            found = [*best[start], part] if part else list(best[start])
            if after not in best or len(found) < len(best[after]):
                best[after] = found
    whole = best.get(len(text), best.get(len(text) + 1))
    return whole if whole else [text]


def share_box(word: Word, parts: Iterable[str]) -> list[Word]:
    """The parts of a word, its box shared out by letters."""
    kept = list(parts)
    unit = (word.x1 - word.x0) / max(sum(len(part) for part in kept) + len(kept) - 1, 1)
    result: list[Word] = []
    x0 = word.x0
    for part in kept:
        x1 = x0 + unit * len(part)
        result.append(Word(part, round(x0, 1), word.y0, round(x1, 1), word.y1))
        x0 = x1 + unit
    return result
