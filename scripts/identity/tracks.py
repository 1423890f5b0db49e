"""Agreements: the rows of list after list, tied together into signed instruments.

An agreement is an agency, a model and a signing date. Between one list and the next the publisher
corrects dates and names; what then disappears and what takes its place is one agreement where the
rules below say so. Judged list by list, by what the lists up to then show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from scripts.identity.matching import shares_place, typo_distance
from scripts.identity.readings import Reading

AgencyOf = Callable[[Reading], str | None]
AreDistinct = Callable[[str, str, str], bool]


class Instance(NamedTuple):
    """What one row shows: an agency under one model with one signing date.

    ``signed`` is ISO; empty where the list gives none, as printed where it cannot be read.
    """

    agency_id: str
    model: str
    signed: str
    is_read: bool = True

    @property
    def day(self) -> dt.date | None:
        """The signing date where there is one that can be read."""
        return dt.date.fromisoformat(self.signed) if self.signed and self.is_read else None


@dataclass
class Span:
    """One instance over an unbroken run of lists (positions, both ends included)."""

    first: int
    last: int
    instance: Instance


@dataclass
class Track:
    """One agreement through the lists."""

    spans: list[Span] = field(default_factory=list)

    @property
    def first(self) -> Span:
        """Where it was first listed."""
        return self.spans[0]

    @property
    def last(self) -> Span:
        """Where it was last listed."""
        return self.spans[-1]

    @property
    def is_read(self) -> bool:
        """Whether any row gives its date, or leaves it blank, in a way that can be read."""
        return any(span.instance.is_read for span in self.spans)


@dataclass(frozen=True)
class Tracks:
    """All agreements, and which one each listing shows (by listing number)."""

    tracks: tuple[Track, ...]
    of_listing: dict[int, Track]


def read_instance(reading: Reading, agency_of: AgencyOf) -> Instance | None:
    """What a row shows; ``None`` where its state, agency or model cannot be read."""
    agency_id = agency_of(reading)
    if agency_id is None or reading.model is None:
        return None
    if reading.date_state == "unread":
        return Instance(agency_id, reading.model, reading.signed_printed, is_read=False)
    return Instance(agency_id, reading.model, reading.signed.isoformat() if reading.signed else "")


def trace_agreements(
    readings: Iterable[Reading], newest: int, agency_of: AgencyOf, are_distinct: AreDistinct
) -> Tracks:
    """Tie the rows of all participating lists, in order of time, into agreements.

    ``newest`` is the position of the newest list; ``are_distinct`` says whether a person declared
    two names (state, key, key) two bodies.
    """
    tracing = _Tracing(are_distinct)
    starts: dict[int, list[Reading]] = {}
    ends: dict[int, list[Reading]] = {}
    for reading in readings:
        starts.setdefault(reading.first, []).append(reading)
        ends.setdefault(reading.last + 1, []).append(reading)
    instances = {
        reading.listing: instance
        for rows in starts.values()
        for reading in rows
        if (instance := read_instance(reading, agency_of)) is not None
    }
    for position in range(newest + 1):
        tracing.turn(
            position,
            [(instances[r.listing], r) for r in ends.get(position, ()) if r.listing in instances],
            [(instances[r.listing], r) for r in starts.get(position, ()) if r.listing in instances],
        )
    tracing.turn(newest + 1, tracing.standing(), [])
    return Tracks(tuple(tracing.tracks), tracing.of_listing)


Row = tuple[Instance, Reading]


class _Tracing:
    """The rows that stand on a list, and the agreement of each; moved on list by list."""

    def __init__(self, are_distinct: AreDistinct) -> None:
        self.tracks: list[Track] = []
        self.of_listing: dict[int, Track] = {}
        self._are_distinct = are_distinct
        self._rows: dict[Instance, dict[int, Reading]] = {}
        self._of_instance: dict[Instance, Track] = {}
        self._open: dict[Instance, Span] = {}
        self._standing: set[int] = set()  # id() of the agreements on the list last turned to

    def standing(self) -> list[Row]:
        """Every row that stands on the list last turned to."""
        return [(i, row) for i, rows in self._rows.items() for row in rows.values()]

    def turn(self, position: int, ended: list[Row], started: list[Row]) -> None:
        """Move on to the list at ``position``: rows that it no longer prints, rows new on it."""
        before: dict[Instance, list[Reading]] = {}
        for instance, _row in [*ended, *started]:
            before.setdefault(instance, list(self._rows.get(instance, {}).values()))
        for instance, row in ended:
            del self._rows[instance][row.listing]
        for instance, row in started:
            self._rows.setdefault(instance, {})[row.listing] = row
        gone = sorted(i for i, rows in before.items() if rows and not self._rows[i])
        new = sorted(i for i, rows in before.items() if not rows and self._rows[i])
        for instance in gone:
            self._open.pop(instance).last = position - 1
            self._standing.discard(id(self._of_instance[instance]))
        self._place(gone, new, before)
        for instance in new:
            self._open[instance] = span = Span(position, position, instance)
            self._standing.add(id(self._of_instance[instance]))
            self._of_instance[instance].spans.append(span)
        for instance, row in started:
            self.of_listing[row.listing] = self._of_instance[instance]

    def _place(
        self, gone: list[Instance], new: list[Instance], before: dict[Instance, list[Reading]]
    ) -> None:
        """Find or make the agreement of every instance that is new on this list."""
        taken = set(self._standing)
        fresh = []
        for instance in new:
            track = self._of_instance.get(instance)
            if track is not None and id(track) not in taken:
                taken.add(id(track))
            else:
                fresh.append(instance)
        gone = [instance for instance in gone if id(self._of_instance[instance]) not in taken]
        now = {instance: list(self._rows[instance].values()) for instance in fresh}
        for old, instance in _tie(gone, fresh, before, now, self._are_distinct):
            self._of_instance[instance] = self._of_instance[old]
            fresh.remove(instance)
        for instance in fresh:
            self._of_instance[instance] = Track()
            self.tracks.append(self._of_instance[instance])


def _tie(
    gone: list[Instance],
    fresh: list[Instance],
    before: dict[Instance, list[Reading]],
    now: dict[Instance, list[Reading]],
    are_distinct: AreDistinct,
) -> list[tuple[Instance, Instance]]:
    """Pairs of what went and what came that are one agreement, each in one pair at most."""
    pairs: list[tuple[Instance, Instance]] = []
    for is_one in (_is_relabelled, _is_redated):
        left = [i for i in gone if all(i != old for old, _ in pairs)]
        right = [i for i in fresh if all(i != new for _, new in pairs)]
        matches = [
            (o, n)
            for o in left
            for n in right
            if is_one(o, n, before[o], now[n])
            and not are_distinct(before[o][0].state or "", before[o][0].key, now[n][0].key)
        ]
        matches = _same_file_first(matches, before, now)
        pairs += [
            (o, n)
            for o, n in matches
            if sum(o == other for other, _ in matches) == 1
            and sum(n == other for _, other in matches) == 1
        ]
    return pairs


def _same_file_first(
    matches: list[tuple[Instance, Instance]],
    before: dict[Instance, list[Reading]],
    now: dict[Instance, list[Reading]],
) -> list[tuple[Instance, Instance]]:
    """Without the pairs that compete with one that links the same memorandum."""
    sure = [(o, n) for o, n in matches if _files(before[o]) & _files(now[n])]
    olds, news = {o for o, _ in sure}, {n for _, n in sure}
    return sure + [(o, n) for o, n in matches if o not in olds and n not in news]


def _files(rows: list[Reading]) -> set[str]:
    return {row.memorandum for row in rows if row.memorandum}


def _is_redated(old: Instance, new: Instance, gone: list[Reading], came: list[Reading]) -> bool:
    """The same agency and model under another date on the very next list.

    One agreement where a date was blank or cannot be read, where no memorandum was linked before,
    or where the file is the same and the date moved by 120 days at most or by a whole year; and
    where the file is another one of the same day, at most a week apart.
    """
    if (old.agency_id, old.model) != (new.agency_id, new.model):
        return False
    if old.day is None or new.day is None:
        return True
    was, now = _files(gone), _files(came)
    apart = abs((old.day - new.day).days)
    if not was:
        return True
    if was & now:
        return apart <= 120 or (old.day.month, old.day.day) == (new.day.month, new.day.day)
    return apart <= 7


def _is_relabelled(old: Instance, new: Instance, gone: list[Reading], came: list[Reading]) -> bool:
    """The same state, model and date under another agency on the very next list.

    One agreement where both link the same file, or where none was linked before and the two names
    share a place or differ by a few letters.
    """
    if old.agency_id == new.agency_id or (old.model, old.signed) != (new.model, new.signed):
        return False
    if gone[0].state != came[0].state:
        return False
    if _files(gone) & _files(came):
        return True
    if _files(gone):
        return False
    one, other = gone[0].key, came[0].key
    return shares_place(one, other) or typo_distance(one, other) is not None


def agencies_of(track: Track) -> Iterable[str]:
    """The agencies under which an agreement was listed, in order, each once."""
    return dict.fromkeys(span.instance.agency_id for span in track.spans)
