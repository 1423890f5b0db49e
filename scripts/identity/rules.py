"""The rules by which a new spelling is found to be a body that the archive knows.

Each rule speaks only where it gives one agency and no other; what two rules see differently, or
what one sees twice, is left apart and becomes a question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scripts.identity.matching import (
    are_plain_modifiers,
    is_modified,
    is_same_shape,
    must_differ,
    read_shape,
    real_county,
    typo_distance,
)
from scripts.identity.readings import Reading

AgencyOf = Callable[[Reading], str | None]
AreDistinct = Callable[[str, str, str], bool]


@dataclass(frozen=True)
class Judgement:
    """The agency that a rule gives a new spelling."""

    agency_id: str
    rule: str
    evidence: str


class _Case:
    """A new spelling with the list that shows it and the list of its kind before it.

    ``waiting`` are rows of pending lists of the weeks before, for a participating list.
    """

    def __init__(
        self,
        reading: Reading,
        before: Iterable[Reading],
        now: Iterable[Reading],
        waiting: Iterable[Reading],
        agency_of: AgencyOf,
    ) -> None:
        self.reading = reading
        self.state = reading.state or ""
        here = [row for row in now if row.state == reading.state]
        self.mine = [row for row in here if row.key == reading.key]
        self.models = {row.model for row in self.mine}
        self._models_of: dict[str, set[str | None]] = {}
        for row in here:
            if row.key != reading.key and (agency := agency_of(row)) is not None:
                self._models_of.setdefault(agency, set()).add(row.model)
        stays = {(row.key, row.model, row.signed) for row in here}
        self._gone: dict[str, list[Reading]] = {}
        for row in before:
            if row.state == reading.state and (row.key, row.model, row.signed) not in stays:
                self._gone.setdefault(row.key, []).append(row)
        self._waiting: dict[str, list[Reading]] = {}
        for row in waiting:
            if row.state == reading.state:
                self._waiting.setdefault(row.key, []).append(row)

    def is_beside(self, agency_id: str) -> bool:
        """Whether the agency stands on this list by another spelling, under the same model."""
        return bool(self._models_of.get(agency_id, set()) & self.models)

    def is_listed(self, agency_id: str) -> bool:
        """Whether the agency stands on this list by another spelling."""
        return agency_id in self._models_of

    def replaced(self, key: str) -> list[tuple[Reading, Reading]]:
        """Rows of a spelling that went with this list, each with a new row of the same model."""
        return [
            (old, new)
            for old in self._gone.get(key, ())
            for new in self.mine
            if old.model == new.model and old.model is not None
        ]

    def took_over(self, key: str) -> str | None:
        """How the new spelling took a spelling's row: same model and date, or same file."""
        for old, new in self.replaced(key):
            if _same_file(old, new) or (old.signed == new.signed and old.signed is not None):
                return f"took the row of “{old.name}” ({_what(new)})"
        return None

    def followed(self, key: str) -> str | None:
        """How the new spelling came where another was pending, or was printed the list before."""
        for old, _ in self.replaced(key):
            return f"came where “{old.name}” went ({old.model})"
        for row in self._waiting.get(key, ()):
            if row.model in self.models and row.model is not None:
                return f"listed after “{row.name}” was pending ({row.model})"
        return None


def judge_name(
    reading: Reading,
    *,
    before: list[Reading],
    now: list[Reading],
    waiting: list[Reading],
    spellings: dict[str, str],
    agency_of: AgencyOf,
    are_distinct: AreDistinct,
) -> Judgement | None:
    """The agency of a new spelling by the rules; ``None`` where it is a new body, or may be.

    ``spellings`` are the state's known name keys with their agencies.
    """
    assert reading.state is not None
    case = _Case(reading, before, now, waiting, agency_of)
    apart = {
        agency
        for key, agency in spellings.items()
        if are_distinct(reading.state, key, reading.key)
        or must_differ(reading.state, key, reading.key)
    }
    near = [(key, agency) for key, agency in spellings.items() if agency not in apart]
    for rule in (_by_shape, _by_typo, _by_modifier, _by_rename):
        found = {j.agency_id: j for key, agency in near for j in rule(case, key, agency)}
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            return None
    return None


def _by_shape(case: _Case, key: str, agency: str) -> list[Judgement]:
    """Typo or modifier: only common words misspelt, or a sheriff's office called department."""
    if not is_same_shape(case.state, case.reading.key, key):
        return []
    rule = "typo" if read_shape(key).kind is None else "modifier"
    return [Judgement(agency, rule, f"has the same words as “{key}” but for common ones")]


def _by_typo(case: _Case, key: str, agency: str) -> list[Judgement]:
    """A few letters off, and the lists show that the one took the other's place."""
    distance = typo_distance(case.reading.key, key)
    if distance is None or case.is_beside(agency):
        return []
    seen = case.took_over(key) or (case.followed(key) if distance <= 2 else None)
    if seen is None and distance == 1 and read_shape(key).kind == "sheriff":
        named, other = real_county(case.state, case.reading.key), real_county(case.state, key)
        if bool(named) != bool(other):
            wrong = case.reading.key if not named else key
            seen = f"is close, and “{wrong}” names no county of the state"
    return [Judgement(agency, "typo", seen)] if seen else []


def _by_modifier(case: _Case, key: str, agency: str) -> list[Judgement]:
    """One name's words hold the other's, and they are plain, or the one took the other's row."""
    words = is_modified(case.state, case.reading.key, key)
    if words is None or case.is_beside(agency):
        return []
    seen = case.took_over(key)
    if seen is None and are_plain_modifiers(words):
        extra = " ".join(sorted(words)) or "the state, or the order of words"
        seen = f"reads “{key}” but for: {extra}"
    return [Judgement(agency, "modifier", seen)] if seen else []


def _by_rename(case: _Case, key: str, agency: str) -> list[Judgement]:
    """Another name from one list to the next, with the same memorandum file, model and date."""
    if case.is_listed(agency):
        return []
    mine, theirs = read_shape(case.reading.key).kind, read_shape(key).kind
    if mine != theirs and ("sheriff" in (mine, theirs) or None not in (mine, theirs)):
        return []
    for old, new in case.replaced(key):
        if old.signed == new.signed and _same_file(old, new):
            return [Judgement(agency, "rename", f"took the row of “{old.name}” ({_what(new)})")]
    return []


def _same_file(old: Reading, new: Reading) -> bool:
    return old.memorandum is not None and old.memorandum == new.memorandum


def _what(reading: Reading) -> str:
    signed = reading.signed.isoformat() if reading.signed else "no date"
    return f"{reading.model or reading.model_printed}, {signed}"
