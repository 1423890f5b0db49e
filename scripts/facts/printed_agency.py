"""The agency that a memorandum names: what is printed, held against every spelling known.

Nothing of the page is kept. A memorandum's name for its agency is free text among names of
persons, so only a body of the archive can come of it, and only by a spelling that a list has
printed or the same office in other common words (``Sheriff``, ``Sheriff's Office``). What differs
from a spelling by more than a machine's misreading is silence: Parker County is not Parmer County.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scripts.facts.fact import Fact
from scripts.facts.memorandum import Mention
from scripts.identity.matching import STATE_NAMES, mend_common_words, read_shape
from scripts.identity.names import name_key
from scripts.records.models.agreements import Agency, AgencyName

# What a machine takes for each other: strokes, and r n for m. Two names of a state that are one
# after this are told apart by their letters or not at all.
_STROKES = str.maketrans({"i": "l", "j": "l", "1": "l", "0": "o", "5": "s", "8": "b"})
# Words that go on with a name: ``York County`` is not all of ``York County Regional Police``.
_GOES_ON = frozenset(
    (
        *("county", "parish", "city", "town", "township", "village", "borough", "state"),
        *("district",),
        *("police", "sheriffs", "department", "office", "division", "bureau", "board", "college"),
        *("university", "school", "airport", "regional", "jail", "of", "constables", "public"),
        *("detention", "corrections", "correctional", "safety", "attorneys", "beach", "authority"),
    )
)
_CODES = {code.lower(): code for code in STATE_NAMES}
_NAMES = {name_key(name).replace(" ", ""): code for code, name in STATE_NAMES.items()}
_STATE_INSIDE = re.compile(
    rf"\b(?:{'|'.join(STATE_NAMES)}|(?i:{'|'.join(STATE_NAMES.values())}))\b(?!['’])"
)
# What ends a name: a short form in brackets, or how the form goes on.
_END = re.compile(r"[(\[{|]|,? ?here(?:in|\s?af)|,? pursua|,? which ice| should be held", re.I)


@dataclass(frozen=True)
class Vocabulary:
    """Every spelling known, without spaces: as it is, and with look-alike letters made one."""

    exact: dict[str, frozenset[str]]  # spelling → agencies
    alike: dict[str, frozenset[str]]
    state: dict[str, str]  # agency → postal code
    longest: int


def make_vocabulary(agencies: Iterable[Agency], names: Iterable[AgencyName]) -> Vocabulary:
    """All spellings of all agencies, sheriffs and police also under their other common words."""
    state = {agency.id: agency.state for agency in agencies}
    spellings: dict[str, set[str]] = {}
    for agency in agencies:
        _add(spellings, agency.id, agency.name)
    for name in names:
        if name.agency_id in state:
            _add(spellings, name.agency_id, name.name_printed)
    alike: dict[str, set[str]] = {}
    for spelling, ids in spellings.items():
        alike.setdefault(_fold(spelling), set()).update(ids)
    return Vocabulary(
        {spelling: frozenset(ids) for spelling, ids in spellings.items()},
        {spelling: frozenset(ids) for spelling, ids in alike.items()},
        state,
        max(map(len, spellings), default=0),
    )


def _add(spellings: dict[str, set[str]], agency_id: str, name: str) -> None:
    key = mend_common_words(name_key(name))
    shape = read_shape(key)
    forms = {key}
    if shape.kind == "sheriff":
        place = shape.place
        forms |= {f"{place} sheriffs", f"{place} sheriffs office", f"{place} sheriffs department"}
        forms |= {f"sheriffs of {place}", f"office of the sheriffs {place}"}
    elif shape.kind == "police":
        forms |= {f"{shape.place} police", f"{shape.place} police department"}
    for form in forms:
        spellings.setdefault(form.replace(" ", ""), set()).add(agency_id)


def _fold(text: str) -> str:
    return text.replace("rn", "m").replace("vv", "w").translate(_STROKES)


@dataclass(frozen=True)
class _Match:
    ids: frozenset[str]
    is_exact: bool
    state: str | None  # printed after the name


def read_agency(
    mentions: Sequence[Mention], vocabulary: Vocabulary, linked: str | None
) -> Fact | None:
    """The agency that a memorandum names: its identifier, or silence.

    The opening counts before every other place; other places count where they agree. A name that
    bodies of several states bear is taken for that of the printed state, else for ``linked``, the
    agency whose row links the file, where that is one of them: then only the name agrees, and the
    confidence says so. Where none of them is linked and no state is printed, it is silence.
    """
    openings: list[tuple[Mention, _Match]] = []
    others: list[tuple[Mention, _Match]] = []
    for mention in mentions:
        match = _match(mention.text, vocabulary)
        if match is not None:
            (openings if mention.basis == "opening" else others).append((mention, match))
    for found in (openings, others):
        facts = [
            fact
            for mention, match in found
            if (fact := _decide(mention, match, vocabulary, linked)) is not None
        ]
        if len({fact.value for fact in facts}) == 1:
            return max(facts, key=lambda fact: (fact.confidence, -fact.page_number))
        if facts:
            return None
    return None


def _decide(
    mention: Mention, match: _Match, vocabulary: Vocabulary, linked: str | None
) -> Fact | None:
    ids = match.ids
    confidence = 0.98 if match.is_exact else 0.90
    if match.state is not None:
        ids = frozenset(i for i in ids if vocabulary.state[i] == match.state)
    elif len(ids) > 1 and linked is not None and linked in ids:
        ids, confidence = frozenset((linked,)), confidence - 0.1
    if len(ids) != 1:
        return None
    (agency_id,) = ids
    if match.state is None and linked is not None and agency_id != linked:
        here = vocabulary.state.get(linked)
        if vocabulary.state[agency_id] != here:  # a namesake far away is no evidence
            return None
    return Fact(agency_id, mention.basis, mention.page_number, round(confidence, 2))


def _match(text: str, vocabulary: Vocabulary) -> _Match | None:
    """The longest spelling with which a text begins, if the name ends there."""
    name = _END.split(text, maxsplit=1)[0]
    for words, state in _variants(name):
        for is_exact, table in ((True, vocabulary.exact), (False, vocabulary.alike)):
            for start in _starts(words):
                seen = start if is_exact else _fold(start)
                for length in range(min(len(seen), vocabulary.longest), 5, -1):
                    ids = table.get(seen[:length])
                    if ids is not None and _ends(start, seen, length, words):
                        return _Match(ids, is_exact, state or _state_after(start, seen, length))
    return None


def _variants(name: str) -> Iterator[tuple[list[str], str | None]]:
    """The words of a name, and again without a state that stands inside it or its code spelled out.

    ``Nash County, NC Sheriff's Office``; a code counts only in capitals: ``or`` is no Oregon.
    """
    yield _words(name), None
    for found in _STATE_INSIDE.finditer(name):
        code = found[0].upper() if len(found[0]) == 2 else _NAMES[_packed(found[0])]
        before, after = name[: found.start()], name[found.end() :]
        if not before.strip(" ,"):
            yield _words(f"{STATE_NAMES[code]} {after}"), code
        yield _words(f"{before} {after}"), code


def _words(name: str) -> list[str]:
    return mend_common_words(name_key(name)).split()


def _packed(text: str) -> str:
    return name_key(text).replace(" ", "")


def _starts(words: Sequence[str]) -> Iterator[str]:
    """The letters from which a name may begin: without ``the``, written apart or not."""
    packed = "".join(words)
    yield packed
    if packed.startswith("the"):
        yield packed[3:]


def _rest(start: str, seen: str, length: int) -> str:
    """What follows a match; folding may shorten what it matched, so ends are counted back."""
    return start[len(start) - (len(seen) - length) :] if len(seen) > length else ""


def _ends(start: str, seen: str, length: int, words: Sequence[str]) -> bool:
    """Whether no word follows that goes on with the name, and no letters of the same word."""
    rest = _rest(start, seen, length)
    if not rest:
        return True
    tail = 0
    for index in range(len(words) - 1, -1, -1):
        tail += len(words[index])
        if tail == len(rest):
            return words[index] not in _GOES_ON
        if tail > len(rest):
            break
    return any(rest.startswith(name) for name in _NAMES)


def _state_after(start: str, seen: str, length: int) -> str | None:
    rest = _rest(start, seen, length)
    for name, code in _NAMES.items():
        if rest.startswith(name):
            return code
    return _CODES.get(rest)
