"""The agency's own name in its memorandum: which words are the party's and which the form's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

# Words that names of agencies share with the forms and with each other: alone, none is a name.
OFFICE_WORDS = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "sheriff",
        "county",
        "parish",
        "city",
        "town",
        "township",
        "village",
        "borough",
        "state",
        "police",
        "department",
        "dept",
        "office",
        "division",
        "bureau",
        "public",
        "safety",
        "law",
        "enforcement",
        "agency",
        "national",
        "guard",
        "attorney",
        "general",
        "corrections",
        "correctional",
        "correction",
        "detention",
        "center",
        "jail",
        "prison",
        "services",
        "service",
        "investigation",
        "investigations",
        "district",
        "college",
        "university",
        "school",
        "board",
        "commission",
        "highway",
        "patrol",
        "fish",
        "wildlife",
        "marshal",
        "constable",
        "precinct",
        "criminal",
        "crime",
        "motor",
        "vehicles",
        "transportation",
        "agriculture",
        "consumer",
        "affairs",
        "lottery",
        "emergency",
        "management",
        "task",
        "force",
        "officer",
        "community",
        "regional",
        "airport",
        "authority",
        "united",
        "states",
    ]
)
_LINKS = frozenset(("of", "the", "and", "for"))
_FILE_WORDS = frozenset(("moa", "tfm", "wso", "jem", "pdf", "co", "so", "pd", "dept"))
_FORM_ABBREVIATIONS = frozenset(("ice", "dhs", "moa", "lea", "sop", "fod", "ina", "us", "tfm"))
_ENDINGS = re.compile(r"^[A-Z]{1,5}(?:SO|PD|DC|DOC|CSO)$")
_POSSESSIVE = re.compile(r"[’'`]s?$")
_TERM = frozenset(("lea", "leas", "agency"))  # what the form itself calls the party


def name_words(*names: str) -> frozenset[str]:
    """Words of an agency's names and of its file's, in lower case, without what all share."""
    found = (
        plain(word)
        for name in names
        for word in re.findall(r"[A-Z]?[a-z]{2,}(?:['’]s)?|[A-Z]{2,}", name)
    )
    return frozenset(found) - _FILE_WORDS - _LINKS


def abbreviations(*names: str) -> frozenset[str]:
    """What an agency's names come to when only first letters are written: SCSO, FDLE."""
    found: set[str] = set()
    for name in names:
        words = re.findall(r"[A-Za-z]+", re.sub(r"['’]s\b", "", name))
        for kept in (words, [word for word in words if word.lower() not in _LINKS]):
            found.add("".join(word[0] for word in kept).lower())
    return frozenset(word for word in found if 3 <= len(word) <= 7) - _FORM_ABBREVIATIONS


@cache
def plain(word: str) -> str:
    """A word of a name in lower case; Sheriff’s, Sheriffs and Sheriff are one."""
    lower = _POSSESSIVE.sub("", word.lower().strip("_-–—.,;:()[]{}\"'“”‘’•·*|"))
    return "sheriff" if lower.startswith("sherif") else lower


def is_term(word: str) -> bool:
    """Whether a word is what the form calls every party: LEA, agency."""
    return plain(word) in _TERM


def find_parties(
    words: Sequence[str], names: Collection[str], short: Collection[str]
) -> Iterator[tuple[int, int]]:
    """Runs of words that are the agency's name, as (first, after last).

    A run holds a word of the name that no other agency's name and no form needs to have, in
    capitals, and either a second word of a name or nothing that common English has. A known
    abbreviation is a run by itself.
    """
    start = 0
    plains = [plain(word) for word in words]
    while start < len(words):
        if _is_short(words[start], plains[start], short):
            yield start, start + 1
            start += 1
            continue
        end = start
        while end < len(words) and (plains[end] in names or plains[end] in OFFICE_WORDS):
            end += 1
        first, last = _trim(plains, start, end, names)
        if last > first and _is_name(words[first:last], plains[first:last], names):
            yield first, last
        start = max(end, start + 1)


def _is_short(word: str, own: str, short: Collection[str]) -> bool:
    bare = _POSSESSIVE.sub("", word.strip('_-–—.,;:()[]{}"“”‘•·*|'))
    return own in short or (own not in _FORM_ABBREVIATIONS and bool(_ENDINGS.match(bare)))


def _trim(plains: Sequence[str], first: int, last: int, names: Collection[str]) -> tuple[int, int]:
    """Without the small words at both ends, and without terms of the form."""
    own = [index for index in range(first, last) if plains[index] in names]
    if not own:
        return first, first
    end = own[-1] + 1
    start = own[0]
    while end < last and plains[end] in OFFICE_WORDS and plains[end] not in _LINKS | _TERM:
        end += 1
    while plains[start] in _LINKS:
        start += 1
    return start, end


def _is_name(words: Sequence[str], plains: Sequence[str], names: Collection[str]) -> bool:
    own = [
        word
        for word, bare in zip(words, plains, strict=True)
        if bare in names and bare not in OFFICE_WORDS and word.lstrip("(“\"'")[:1].isupper()
    ]
    return bool(own) and (len(plains) > 1 or len(plains[0]) > 3)
