"""Which agency of the FBI's register a body is: by name, state and county, where one alone fits.

A name alone is no match (six sheriffs were once given another county's numbers that way): where no
list prints a county, the name must be the only one of its kind in the whole state, and the match
says so. A person's verdict in ``fixes/register.csv`` comes before any rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz

from scripts.identity.matching import mend_common_words
from scripts.identity.names import name_key
from scripts.records.models.register import RegisterAgency, RegisterFix

ALIKE = 90  # of 100, as rapidfuzz counts: one letter in a name of ten
_APART = 10  # by how much the next one must be less alike
_TYPES = {
    "sheriff": ("County",),
    "municipal-police": ("City", "County"),
    "campus-police": ("University or College",),
    "port": ("Other",),
    "regional": ("City", "Other"),
    "marshal": ("City", "Other"),
    "constable": ("Other",),
    "state-agency": ("State Police", "Other State Agency"),
    "corrections": ("Other State Agency", "Other"),
    "prosecutor": ("Other",),
}
_PREFIX = re.compile(r"^(?:the )?(?:city|town|village|borough|municipality) of (?:the )?")
_SUFFIX = re.compile(
    r" (?:police services department|police department|police|department of public safety"
    r"|public safety department|public safety|department of police|division of police"
    r"|police division|marshals office|marshals|board of trustees|sheriffs office)$"
)
_PLACE = re.compile(r" (?:city|town|village|borough)$")
_WORDS = {"mt": "mount", "saint": "st", "fort": "ft", "sainte": "ste"}


@dataclass(frozen=True)
class Found:
    """The register's agency that a body is, and how that is known."""

    row: RegisterAgency
    matched_by: str
    evidence: str


@dataclass
class RegisterIndex:
    """The register by state, and by ORI, with what persons decided."""

    by_state: dict[str, list[RegisterAgency]] = field(default_factory=dict)
    by_ori: dict[str, RegisterAgency] = field(default_factory=dict)
    verdicts: dict[tuple[str, str], RegisterFix] = field(default_factory=dict)


def index_register(
    register: Iterable[RegisterAgency], fixes: Iterable[RegisterFix]
) -> RegisterIndex:
    """The register, ready to be looked up."""
    index = RegisterIndex()
    for row in register:
        index.by_state.setdefault(row.state, []).append(row)
        index.by_ori[row.ori] = row
    index.verdicts = {(fix.state, name_key(fix.agency)): fix for fix in fixes}
    return index


def find_in_register(
    index: RegisterIndex, state: str, keys: Sequence[str], kind: str | None, fips: str | None
) -> Found | None:
    """The one agency of the register that a body is; ``None`` for none, several, or a verdict.

    ``keys`` are the spellings of its name, the newest first; ``fips`` its county where one is known
    from the lists.
    """
    for key in keys:
        verdict = index.verdicts.get((state, key))
        if verdict is not None:
            row = index.by_ori.get(verdict.ori or "")
            return Found(row, "verdict", f"{verdict.reason}. {verdict.evidence}") if row else None
    rows = [row for row in index.by_state.get(state, ()) if row.type_printed in _types(kind)]
    if kind == "sheriff":
        return _find_sheriff(rows, fips)
    for key in keys:
        found = _find_named(rows, bare_name(key), fips)
        if found is not None:
            return found
    return _find_alike(rows, [bare_name(key) for key in keys], fips) if fips else None


def _types(kind: str | None) -> tuple[str, ...]:
    return _TYPES.get(kind or "", ())


def _find_sheriff(rows: Sequence[RegisterAgency], fips: str | None) -> Found | None:
    """A county has one sheriff; county police stand in the register under their full name."""
    here = [row for row in rows if fips and _in_county(row, fips) and not _is_police(row)]
    if len(here) != 1:
        return None
    return Found(here[0], "county", f"the county's one sheriff: {_told(here[0])}")


def _is_police(row: RegisterAgency) -> bool:
    return "police" in row.name_printed.casefold()


def _find_named(rows: Sequence[RegisterAgency], name: str, fips: str | None) -> Found | None:
    """The same name: in the county where one is known, else the only one of the whole state."""
    same = [row for row in rows if register_name(row) == name and _is_town(row)]
    if not same and (bare := _PLACE.sub("", name)) != name:
        same = [row for row in rows if register_name(row) == bare and _is_town(row)]
    if fips:
        here = [row for row in same if _in_county(row, fips)]
        if len(here) == 1:
            return Found(here[0], "county", f"the same name and county: {_told(here[0])}")
        return None
    like = {_shortest(register_name(row)) for row in same}
    alone = [row for row in rows if _shortest(register_name(row)) in like and _is_town(row)]
    if len(same) == 1 and len(alone) == 1 and same[0].county_fips:
        told = f"the only one of the name in the state: {_told(same[0])}"
        return Found(same[0], "place", told)
    return None


def _find_alike(rows: Sequence[RegisterAgency], names: Sequence[str], fips: str) -> Found | None:
    """The one name of the county that differs by a letter or two."""
    here = [row for row in rows if _in_county(row, fips) and _is_town(row)]
    scored = [(max(fuzz.ratio(name, register_name(row)) for name in names), row) for row in here]
    scored.sort(key=lambda item: (-item[0], item[1].ori))
    if not scored or scored[0][0] < ALIKE:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _APART:
        return None
    row = scored[0][1]
    return Found(row, "spelling", f"nearly the same name, the same county: {_told(row)}")


def _is_town(row: RegisterAgency) -> bool:
    """Whether a row names one body: a sheriff's row and one cut off at a colon do not."""
    is_sheriff = row.type_printed == "County" and not _is_police(row)
    return not is_sheriff and not row.name_printed.rstrip().endswith(":")


def _in_county(row: RegisterAgency, fips: str) -> bool:
    return fips in (row.county_fips or "").split()


def _told(row: RegisterAgency) -> str:
    return f"“{row.name_printed}”, {row.county_printed.title()} ({row.type_printed})"


@cache
def bare_name(key: str) -> str:
    """The place in the name of a police department: ``City of X Police Department`` → ``x``."""
    name = mend_common_words(key)
    for pattern in (_PREFIX, _SUFFIX, _PREFIX):
        name = pattern.sub("", name)
    return _spelled(name)


def register_name(row: RegisterAgency) -> str:
    """The same of a name as the register prints it."""
    return _register_name(row.name_printed)


@cache
def _register_name(printed: str) -> str:
    return bare_name(name_key(printed.rstrip(": ")))


def _spelled(name: str) -> str:
    return " ".join(_WORDS.get(word, word) for word in name.split())


def _shortest(name: str) -> str:
    return re.sub(r" (?:city|town|village|borough|township|county)$", "", name)
