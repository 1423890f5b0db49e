"""Which differences between a memorandum and its template mean something, and how sure that is.

What is no deviation: the parties' names, dates and form blanks; words that stand elsewhere on the
other side (text that was read in another order); and differences of letters, which are reading,
not wording. A difference on a page that was read badly, or made of words that are none, is unsure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz

from scripts.comparison.clauses import MARK, PARTY, Token
from scripts.comparison.forms import AGENCY, FormWord
from scripts.comparison.templates import PRINTED, Template, keys
from scripts.facts.parties import OFFICE_WORDS, plain
from scripts.reading.quality import known_words

Kind = Literal["addition", "omission", "change"]
Hunk = tuple[int, int, int, int]  # words of the template, words of the memorandum
Side = Sequence[Token | FormWord]

WORDS = 5  # words of meaning that a difference must have
_CLEAR = 3  # the same, where the page was born digital and nothing was misread
_OWN_PAGE = 0.95  # quality of such a page
_BOTH = 2  # words of meaning that both sides of a change have
_BOTH_SHARE = 0.08  # the same, as a share of the longer side's
_NEAR = 2  # words between a blank and what is filled in
_BLANK_WORDS = 14  # words that parties fill into a blank
_ADDRESS_WORDS = 40
_POSTAL_CODE = re.compile(r"\d{5}(?:\d{4})?")
_TOLD = 0.4
_SURE_PAGE = 0.75
_AROUND = 15  # words before and after
_LONG = 40
_MASKED = 0.12  # share of masked words from which on a passage names a contact
_MANY = 120  # words from which on an omission is a page or more
_ALONE = 90  # likeness of words that stand elsewhere
_INSTEAD = 2  # words that stand where others are missing
_GAP = 40.0  # points between two words of a line
_LINE = 11.0  # points: the least height of a line
_TWO_LINES = 25  # words that fill two lines
_PIECE = 60  # words looked for at once


@dataclass(frozen=True)
class Sides:
    """What is compared; ``names`` are words of the agency's name."""

    template: Template
    document: Sequence[Token]
    names: frozenset[str]

    @cached_property
    def form_text(self) -> str:
        """All words of the form as compared."""
        return " ".join(keys(self.template.tokens))

    @cached_property
    def document_text(self) -> str:
        """All words of the memorandum as compared, signatures and contacts included."""
        return " ".join(keys(self.document))


def is_difference(sides: Sides, hunk: Hunk) -> bool:
    """Whether the differing words say something else than the form, and are no filled-in blank."""
    a0, a1, b0, b1 = hunk
    before, after = sides.template.tokens[a0:a1], sides.document[b0:b1]
    if _is_hidden(before, after):
        return False
    gone, new = meaning(before, after), meaning(after, before)
    least = _CLEAR if _is_clear(sides.document, hunk, (*gone, *new)) else WORDS
    if max(len(gone), len(new)) < least or _reads_alike(before, after):
        return False
    if _is_filled_in(sides, hunk, gone, new):
        return False
    return not _stands_elsewhere(sides, before, after, gone, new)


def _is_clear(document: Sequence[Token], hunk: Hunk, words: Sequence[str]) -> bool:
    """Whether the page was born digital and all that differs is words: no noise of reading."""
    around = document[max(hunk[2] - _AROUND, 0) : hunk[3] + _AROUND]
    is_own = all(token.is_own and token.quality >= _OWN_PAGE for token in around)
    is_named = any(token.key in (PARTY, MARK) for token in document[hunk[2] : hunk[3]])
    return is_own and not is_named and all(word in known_words() for word in words)


def kind_of(gone: Sequence[str], new: Sequence[str]) -> Kind:
    """By which side has words of meaning that the other lacks."""
    fewer, more = sorted((len(gone), len(new)))
    if fewer >= max(_BOTH, _BOTH_SHARE * more):
        return "change"
    return "addition" if len(new) > len(gone) else "omission"


def meaning(side: Side, against: Side) -> list[str]:
    """Words of one side that the other lacks: no parties, no numbers, no scraps."""
    rest = keys(against)
    words: list[str] = []
    for token in side:
        if token.key in rest:
            rest.remove(token.key)
        elif token.key not in (PARTY, MARK) and len(token.key) > 1 and token.key.isalpha():
            words.append(token.key)
    return words


def _is_hidden(before: Side, after: Side) -> bool:
    """Whether it lies on a page of signatures or contacts, in the memorandum or in the form."""
    side = after or before
    return sum(token.is_hidden for token in side) * 2 > len(side)


def _is_filled_in(sides: Sides, hunk: Hunk, gone: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the difference is a blank of the form: a name, an address, an office's own unit."""
    a0, a1, b0, b1 = hunk
    after = sides.document[b0:b1]
    if _is_address(after) and len(after) <= _ADDRESS_WORDS and len(gone) < _ADDRESS_WORDS:
        return True
    before = sides.template.tokens[a0:a1]
    is_name = bool(before) and all(word.text.startswith(AGENCY) for word in before)
    if is_name and len(after) <= _BLANK_WORDS:
        return True
    if sum(token.key == MARK for token in after) > _MASKED * len(after):
        return True  # names of persons: a contact
    own = sides.names | OFFICE_WORDS
    if len(gone) < WORDS and _is_party(after, sides.template.tokens[a0:a1], own):
        return True
    if len(gone) < WORDS and len(after) <= _BLANK_WORDS and _is_mostly_names(after, own):
        return True
    near = range(a0 - _NEAR, a1 + 1 + _NEAR)
    if any(place in sides.template.fields for place in near) and _is_named(after):
        return True
    form = set(keys(sides.template.tokens[a0:a1]))
    is_blank = any(place in sides.template.blanks for place in range(a0, a1 + 1))
    is_short = max(a1 - a0, b1 - b0) <= 2 * _BLANK_WORDS and len(new) <= _BLANK_WORDS
    own_words = [token for token in after if token.key in new or token.key not in form]
    return is_blank and is_short and _is_loose(sides, hunk) and _looks_filled_in(own_words)


def _is_named(side: Sequence[Token]) -> bool:
    """Whether names and small words between them are all that stands there."""
    told = [token for token in side if token.key not in ("of", "the", "and", "in", "at", "for")]
    return len(side) <= _BLANK_WORDS and all(
        token.key in (PARTY, MARK) or not token.text[:1].islower() for token in told
    )


def _is_loose(sides: Sides, hunk: Hunk) -> bool:
    """Whether few of the form's words that are missing here are words that all others print."""
    a0, a1, b0, b1 = hunk
    there = set(keys(sides.document[b0:b1]))
    words = [word for word in sides.template.tokens[a0:a1] if word.key not in (PARTY, MARK)]
    return sum(word.share >= PRINTED and word.key not in there for word in words) < WORDS


def _is_party(after: Sequence[Token], before: Side, own: frozenset[str]) -> bool:
    """Whether what is new is a party's name, misread in part: capitals and an agency's words."""
    rest = set(keys(before))
    words = [token for token in after if token.key not in rest and len(token.key) > 1]
    named = [plain(token.text) in own or token.key in (PARTY, MARK) for token in words]
    told = [
        is_own or token.text.lstrip('(“"')[:1].isupper() or token.key not in known_words()
        for token, is_own in zip(words, named, strict=True)
    ]
    return sum(named) * 2 >= len(words) and sum(told) >= 0.9 * len(words)


def _looks_filled_in(side: Sequence[Token]) -> bool:
    """Names, numbers and scraps rather than a sentence; nothing is a blank left empty."""
    told = sum(
        token.text[:1].isupper() or not token.key.isalpha() or token.key not in known_words()
        for token in side
    )
    return told >= _TOLD * len(side)


def _is_mostly_names(side: Sequence[Token], own: frozenset[str]) -> bool:
    """Whether what is printed is a name beside the agency's: capitals and the agency's words."""
    words = [token for token in side if token.key != PARTY and token.key not in own]
    capitals = sum(token.text[:1].isupper() for token in words)
    return any(token.key == PARTY for token in side) and capitals >= 0.7 * len(words)


def _stands_elsewhere(
    sides: Sides, before: Side, after: Side, gone: Sequence[str], new: Sequence[str]
) -> bool:
    """Whether what seems added or lost stands on the other side all the same, in another place."""
    if max(len(gone), len(new)) < WORDS:
        return False  # so few stand somewhere by chance
    is_new = len(new) >= WORDS and not _stands_in(after, before, sides.form_text)
    is_gone = len(gone) >= WORDS and not _stands_in(before, after, sides.document_text)
    return not is_new and not is_gone


def _is_address(side: Sequence[Token]) -> bool:
    """The address of an office of ICE's lawyers, which the form leaves to be filled in."""
    return any(_POSTAL_CODE.fullmatch(token.key) for token in side)


def _reads_alike(before: Side, after: Side) -> bool:
    """The same letters but for reading: spaces lost, letters taken for others."""
    one = "".join(token.key for token in before if token.key not in (PARTY, MARK))
    two = "".join(token.key for token in after if token.key not in (PARTY, MARK))
    return bool(one and two) and fuzz.ratio(one, two) >= 72


def _stands_in(side: Side, against: Side, text: str) -> bool:
    """Whether all of it, or the words that the other side lacks here, stands in a text.

    Piece by piece: to look for thousands of words at once in thousands takes minutes.
    """
    words = [key for key in keys(side) if key not in (PARTY, MARK)]
    alone = " ".join(meaning(side, against))
    if len(side) < _LONG and fuzz.partial_ratio(alone, text, score_cutoff=_ALONE) >= _ALONE:
        return True
    least = 84 if len(side) < _LONG else 74  # party names lie between the words of a long one
    pieces = [" ".join(words[start : start + _PIECE]) for start in range(0, len(words), _PIECE)]
    if len(pieces) < 2:
        return bool(pieces) and fuzz.partial_ratio(pieces[0], text, score_cutoff=least) >= least
    likeness = sum(len(piece) * fuzz.partial_ratio(piece, text) for piece in pieces)
    return likeness >= least * sum(map(len, pieces))


def is_sure(sides: Sides, hunk: Hunk, gone: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the words that differ and those around them were read well."""
    _, _, b0, b1 = hunk
    document = sides.document
    around = document[max(b0 - _AROUND, 0) : b1 + _AROUND]
    if not around or min(token.quality for token in around) < _SURE_PAGE:
        return False
    if len(new) < WORDS and (
        _is_garbled(hunk, document)
        or (any(token.is_copied for token in around) and not _closes_up(document, hunk, gone, new))
    ):
        return False  # an omission: the text layer of a scan may have missed the line
    words = [token.key for token in around if token.key.isalpha()]
    return _known(words) >= 0.88 and _known(new or gone) >= 0.8


def _closes_up(
    document: Sequence[Token], hunk: Hunk, gone: Sequence[str], new: Sequence[str]
) -> bool:
    """Whether no room is left on the page where words are missing, so that none were missed.

    Other words stand there instead, or what is before and behind is as close as lines are.
    """
    _, _, b0, b1 = hunk
    if sum(len(word) > 3 and word in known_words() for word in new) >= _INSTEAD:
        return True
    if not 0 < b0 <= b1 < len(document) or document[b0 - 1].page != document[b1].page:
        return False
    before, after = document[b0 - 1].box, document[b1].box
    height = before[3] - before[1]
    if abs(after[1] - before[1]) < height / 2:
        return after[0] - before[2] < _GAP
    right = max(token.box[2] for token in document[max(b0 - 60, 0) : b1 + 60])
    if right - before[2] > _GAP:
        return False  # the end of the line may not have been read
    lines = 1.6 if len(gone) < _TWO_LINES else 2.4
    return 0 < after[1] - before[1] < lines * max(height, _LINE)


def _is_garbled(hunk: Hunk, document: Sequence[Token]) -> bool:
    """Whether scraps stand where words are missing."""
    scraps = [token.key for token in document[hunk[2] : hunk[3]]]
    return len(scraps) >= 2 and _known(scraps) < 0.5


def _known(words: Sequence[str]) -> float:
    return sum(word in known_words() or word == PARTY for word in words) / max(len(words), 1)


def is_page_long(sides: Sides, hunk: Hunk, gone: Sequence[str]) -> bool:
    """An omission so long, and just where a page ends, that a page must be missing."""
    b0 = hunk[2]
    if len(gone) < _MANY or not 0 < b0 < len(sides.document):
        return False
    around = {token.page for token in sides.document[max(b0 - 6, 0) : b0 + 6]}
    return len(around) > 1
