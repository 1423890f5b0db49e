"""Words that are nobody's name, for pages on which every unknown word is taken for one.

The dictionary of the memoranda (`scripts.reading.quality.known_words`) knows what the templates
print. To it come the offices, bodies and terms of those who sign, and what optical reading makes
of all of these: a letter wrong in a long word, two words run together.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from scripts.reading.quality import known_words

_MONTHS = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)", re.I)
_FIELD_OFFICES = frozenset(
    (
        *("atlanta", "baltimore", "boston", "buffalo", "chicago", "dallas", "denver", "detroit"),
        *("el", "paso", "harlingen", "houston", "los", "angeles", "miami", "new", "orleans"),
        *("york", "newark", "philadelphia", "phoenix", "salt", "lake", "city", "san", "antonio"),
        *("diego", "francisco", "seattle", "st", "saint", "paul", "washington"),
    )
)
_JOINED = ("of", "for", "if", "the", "in", "by", "and", "to", "is", "appendix", "digitally")
_ACRONYM = re.compile(r"(?:[A-Z]{2,5}(?:SO|PD|DC|DOC|OSO|CSO)|DHS|ICE|LEA|ERO|OPA|FOD|MOA)[’'`]?s?")


@cache
def also_names() -> frozenset[str]:
    """Common words that are names as well: masked only beside a name."""
    return _read("also_names.txt")


@cache
def office_words() -> frozenset[str]:
    """Words of offices, bodies and resolutions that the memoranda's own dictionary lacks."""
    return _read("office_words.txt")


def _read(name: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(name).read_text("utf-8").split())


def is_no_name(word: str) -> bool:
    """Whether a word, marks at its edges gone, is a term or an office however badly it was read."""
    plain = re.sub(r"[’'`]s?\Z", "", word)
    lower = plain.lower()
    return (
        _is_listed(lower)
        or _ACRONYM.fullmatch(plain) is not None
        or _is_misread(lower)
        or _is_run_together(plain)
    )


def is_field_office(word: str) -> bool:
    """Whether a word is of the name of a city in which ICE has a field office."""
    return word.lower().strip(".,") in _FIELD_OFFICES


def is_month(word: str) -> bool:
    """Whether a word is a month's short name, as stamps print it."""
    return _MONTHS.fullmatch(word) is not None


def _is_listed(lower: str) -> bool:
    known = known_words()
    return (
        lower in known or lower in office_words() or (lower.endswith("s") and lower[:-1] in known)
    )


@cache
def _long_words() -> dict[int, tuple[str, ...]]:
    """Words of seven letters and more, by length."""
    words: dict[int, list[str]] = {}
    for word in sorted(known_words() | office_words()):
        if len(word) >= 7:
            words.setdefault(len(word), []).append(word)
    return {length: tuple(own) for length, own in words.items()}


@cache
def _is_misread(lower: str) -> bool:
    """Within one wrong letter of a word of eight letters or more, two of one of ten."""
    letters = re.sub(r"[^a-z0-9]", "", lower)
    if letters in (
        "sherift",
        "sherifl",
        "shcriff",
        "sherifi",
        "sherif",
        "sherlff",
        "sheritr",
        "sherifr",
    ):
        return True
    if len(letters) < 7:
        return False
    for length in range(len(letters) - 2, len(letters) + 3):
        if max(length, len(letters)) < 8:
            continue
        allowed = 2 if min(length, len(letters)) >= 10 else 1
        for word in _long_words().get(length, ()):
            if Levenshtein.distance(letters, word, score_cutoff=allowed) <= allowed:
                return True
    return False


def _is_run_together(plain: str) -> bool:
    """Two words without the space between: ``ofHomeland``, ``ForDHS``, ``APPENDIXC``, ``ofthis``.

    ``Tomas`` and ``Andover`` are names: the second word must show where it begins.
    """
    for first in _JOINED:
        rest = plain[len(first) :]
        if not rest or not plain.lower().startswith(first):
            continue
        is_party = rest.isupper() and len(rest) <= 5
        if plain.isupper():
            shows = first in ("of", "for", "appendix") and (len(rest) >= 5 or first == "appendix")
        elif plain.islower():
            shows = first in ("of", "if") and len(rest) >= 3
        else:
            shows = rest[0].isupper()
        if shows and (is_party or _is_listed(rest.lower())):
            return True
    return False


def is_known_to(word: str, body: Collection[str]) -> bool:
    """Whether all parts of a word are nobody's name, by the lists or by ``body``."""
    parts = [part for part in re.split(r"[^\w'’]+", word) if part and not part.isdecimal()]
    return all(
        part.lower() in body or re.sub(r"['’]s?\Z", "", part.lower()) in body or is_no_name(part)
        for part in parts
    )
