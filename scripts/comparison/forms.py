"""How a form prints a word: case and marks as most memoranda have them; abbreviations mended."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from scripts.comparison.clauses import PARTY
from scripts.facts.parties import is_term
from scripts.reading.quality import known_words

AGENCY = "[agency]"
REMOVED = "[name removed]"
_SAME = 0.5  # share of the weight with which one wording for the party is the form's own
_BEFORE = re.compile(r"^[(\[“\"'‘]*")
_AFTER = re.compile(r"(?:['’`]s?)?[)\]”\"'’.,;:]*$")
_DEFINED = re.compile(r"^[(“\"]*([A-Z]{3,5})[)”\"]+[.,;:]*$")
_CAPITALS = re.compile(r"[A-Z]{3,5}")


class FormWord(NamedTuple):
    """One word of a template."""

    key: str  # as compared: lower case, marks dropped; `PARTY` for the agency
    text: str  # as most print it
    share: float  # of the memoranda that print it
    starts: bool = False  # a paragraph begins here
    is_item: bool = False  # after a bullet
    is_hidden: bool = False  # on a page of signatures or contacts
    clause: str = ""  # heading under which it stands, as the form prints it
    rivals: tuple[tuple[str, str], ...] = ()  # other readings of it: key and text, most first
    is_faint: bool = False  # printed by fewer than half
    is_scrawl: bool = False  # printed by too few for a page of signatures: filled in, perhaps


def printed_form(key: str, votes: Sequence[tuple[str, float]]) -> str:
    """The text with the most weight; for the party `AGENCY`, unless most call it the same.

    ``votes`` are texts with their weights. Apostrophes and quotation marks are set as the forms
    print them: optical reading has them straight or curly as it happens.
    """
    texts = [(_typographic(text), weight) for text, weight in votes]
    if key != PARTY:
        return _heaviest(texts)
    terms = [(text, weight) for text, weight in texts if is_term(text)]
    if sum(weight for _, weight in terms) >= _SAME * sum(weight for _, weight in texts):
        return _heaviest(terms)
    before = _heaviest([(_BEFORE.findall(text)[0], weight) for text, weight in texts])
    after = _heaviest([(_AFTER.findall(text)[0], weight) for text, weight in texts])
    if (")" in after) != ("(" in before):  # the rest of a name in brackets
        before, after = before.replace("(", ""), after.replace(")", "")
    return f"{before}{AGENCY}{after}"


def _heaviest(texts: Sequence[tuple[str, float]]) -> str:
    weights: dict[str, float] = defaultdict(float)
    for text, weight in texts:
        weights[text] += weight
    return min(weights, key=lambda text: (-weights[text], text))


def _typographic(text: str) -> str:
    text = re.sub(r"_{2,}", "", text)
    text = re.sub(r"(?<=\w)['`´](?=\w|[^\w]|$)", "’", text)
    return re.sub(r"\"(?=\w)", "“", text).replace('"', "”")


def is_common(text: str) -> bool:
    """Whether a word stands in the dictionary, so that it need not be a name."""
    return text.strip(".,;:()“”\"’'").lower() in known_words()


def mend_abbreviations(words: Sequence[FormWord]) -> tuple[FormWord, ...]:
    """Capitals that differ in one letter from an abbreviation which the form itself explains.

    The form says “Field Office Director (FOD)”; where the readings of a whole version have FOO,
    the letters of the words before the first one tell what is printed.
    """
    defined = _defined(words)
    return tuple(_mend(word, defined) for word in words)


def _defined(words: Sequence[FormWord]) -> frozenset[str]:
    found: set[str] = set()
    for index, word in enumerate(words):
        match = _DEFINED.match(word.text)
        if match is None:
            continue
        size = len(match[1])
        before = " ".join(word.text for word in words[max(index - size - 2, 0) : index])
        near = [
            initials[at : at + size].upper()
            for pattern in (r"[A-Z][\w’]*", r"[A-Za-z][\w’]*")
            for initials in ["".join(part[0] for part in re.findall(pattern, before))]
            for at in range(len(initials) - size + 1)
        ]
        if match[1] in near or is_common(match[1]):
            found.add(match[1])
        else:
            found.update([own for own in near if Levenshtein.distance(own, match[1]) == 1][-1:])
    return frozenset(found)


def _mend(word: FormWord, defined: frozenset[str]) -> FormWord:
    match = _CAPITALS.search(word.text)
    if match is None or match[0] in defined or word.key == PARTY or is_common(word.text):
        return word
    near = [
        name
        for name in defined
        if len(name) == len(match[0]) and Levenshtein.distance(name, match[0]) == 1
    ]
    if len(near) != 1:
        return word
    text = word.text.replace(match[0], near[0])
    return word._replace(text=text, key=word.key.replace(match[0].lower(), near[0].lower()))
