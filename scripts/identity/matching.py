"""Whether two printed names can be one body: the shapes of names, and what keeps them apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import us
from rapidfuzz.distance import OSA

from scripts.identity.counties import find_county
from scripts.identity.names import plain

_SHAPES = (
    ("sheriff", re.compile(r"^(?P<place>.+?) sheriffs(?: (?:office|department))?$")),
    ("sheriff", re.compile(r"^(?P<place>.+?) (?:office|department) of the sheriffs$")),
    ("police", re.compile(r"^(?P<place>.+?) police(?: department)?$")),
)
_COMMON = (
    *("department", "police", "sheriffs", "county", "office", "constables", "district"),
    *("corrections", "township", "borough", "university", "national", "agricultural"),
)
_MODIFIERS = frozenset(
    ("city", "town", "village", "of", "the", "state", "office", "department", "division")
)
STATE_NAMES = {str(s.abbr): str(s.name) for s in us.states.STATES_AND_TERRITORIES}
_PLACE_ENDING = re.compile(r" (county|parish|borough)$")


@dataclass(frozen=True)
class Shape:
    """A name's kind of body and the place that it names (the whole name where it has no shape)."""

    kind: str | None
    place: str


@cache
def read_shape(key: str) -> Shape:
    """The shape of a name key, misspelt common words mended first."""
    mended = mend_common_words(key)
    for kind, pattern in _SHAPES:
        if match := pattern.match(mended):
            return Shape(kind, match["place"])
    return Shape(None, mended)


@cache
def mend_common_words(key: str) -> str:
    """A name key with misspelt common words mended: ``departent`` is ``department``."""
    return " ".join(_mend_word(word) for word in key.split())


def _mend_word(word: str) -> str:
    if len(word) < 5 or word in _COMMON:
        return word
    for common in _COMMON:
        limit = 1 if len(common) < 8 else 2
        if word[0] == common[0] and OSA.distance(word, common, score_cutoff=limit) <= limit:
            return common
    return word


@cache
def digits(key: str) -> tuple[str, ...]:
    """The numbers in a name: ``Precinct 1`` and ``Precinct 4`` are two bodies."""
    return tuple(sorted(re.findall(r"\d+", key)))


@cache
def real_county(state: str, key: str) -> str | None:
    """The FIPS code of the county that a sheriff's name gives exactly; ``None`` if it is none."""
    shape = read_shape(key)
    if shape.kind != "sheriff":
        return None
    county = find_county(state, shape.place)
    return county.fips if county else None


def must_differ(state: str, one: str, other: str) -> bool:
    """Whether two names are certainly two bodies: other numbers, other counties, other kinds."""
    if digits(one) != digits(other):
        return True
    mine, theirs = real_county(state, one), real_county(state, other)
    if mine and theirs:
        return mine != theirs
    return False


def is_same_shape(state: str, one: str, other: str) -> bool:
    """Whether two names differ only in misspelt common words or ``Office``/``Department``.

    Two sheriffs of one county are one body too, whether or not ``County`` or ``Parish`` is printed.
    """
    if read_shape(one) == read_shape(other):
        return True
    mine, theirs = real_county(state, one), real_county(state, other)
    return mine is not None and mine == theirs


def typo_distance(one: str, other: str) -> int | None:
    """Letters by which two places differ, all else alike; ``None`` where more than spelling."""
    mine, theirs = read_shape(one), read_shape(other)
    if mine.kind != theirs.kind or digits(one) != digits(other):
        return None
    here = _PLACE_ENDING.sub("", mine.place)
    there = _PLACE_ENDING.sub("", theirs.place)
    distance = OSA.distance(here, there, score_cutoff=3)
    if here[:1] != there[:1] and distance > 1:
        return None
    return distance if 0 < distance <= 3 and min(len(here), len(there)) > 2 * distance else None


@cache
def words_of(state: str, key: str) -> frozenset[str]:
    """A name key's words without the state's own name, misspelt common ones mended."""
    mended = f" {mend_common_words(key)} "
    for name in (plain(STATE_NAMES.get(state, "")), state.lower()):
        mended = mended.replace(f" {name} ", " ", 1) if name else mended
    return frozenset(mended.split())


def is_modified(state: str, one: str, other: str) -> frozenset[str] | None:
    """The words that one name has beyond the other's; ``None`` where neither holds the other."""
    mine, theirs = words_of(state, one), words_of(state, other)
    if mine == theirs:
        return frozenset()
    if mine < theirs or theirs < mine:
        return mine ^ theirs
    return None


def are_plain_modifiers(words: frozenset[str]) -> bool:
    """Whether words say nothing of which body it is: ``City of``, ``Office``."""
    return words <= _MODIFIERS


def shares_place(one: str, other: str) -> bool:
    """Whether two names share a word that names a place or thing, not only ``police``."""
    common = {*_COMMON, *_MODIFIERS, "jail", "public", "safety", "board", "commissioners", "law",
              "enforcement", "attorneys", "center", "detention", "and", "parish"}  # fmt: skip
    return bool((set(one.split()) & set(other.split())) - common)
