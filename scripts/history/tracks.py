"""Agreements: the rows of list after list, tied together into signed instruments.

An agreement is an agency, a model and a signing date. Between one list and the next the publisher
corrects dates and names; what then disappears and what takes its place is one agreement where the
rules below say so. Judged list by list, by what the lists up to then show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from scripts.history.matching import shares_place, typo_distance
from scripts.history.readings import Reading

AgencyOf = Callable[[Reading], str | None]
AreDistinct = Callable[[str, str, str], bool]


@dataclass(frozen=True, order=True)
class Instance:
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

    def show(self, position: int, instance: Instance) -> None:
        """Note that the list at ``position`` shows it so."""
        last = self.spans[-1] if self.spans else None
        if last and last.instance == instance and last.last == position - 1:
            last.last = position
        else:
            self.spans.append(Span(position, position, instance))


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
    lists: list[list[Reading]], agency_of: AgencyOf, are_distinct: AreDistinct
) -> Tracks:
    """Tie the rows of all participating lists, in order of time, into agreements.

    ``are_distinct`` says whether a person declared two names (state, key, key) two bodies.
    """
    tracks: list[Track] = []
    of_instance: dict[Instance, Track] = {}
    of_listing: dict[int, Track] = {}
    before: dict[Instance, list[Reading]] = {}
    instances: dict[int, Instance | None] = {}
    for position, readings in enumerate(lists):
        now: dict[Instance, list[Reading]] = {}
        for reading in readings:
            if reading.first == position:
                instances[reading.listing] = read_instance(reading, agency_of)
            instance = instances[reading.listing]
            if instance is not None:
                now.setdefault(instance, []).append(reading)
        _place(before, now, of_instance, tracks, are_distinct)
        for instance, rows in now.items():
            track = of_instance[instance]
            track.show(position, instance)
            of_listing.update((row.listing, track) for row in rows if row.first == position)
        before = now
    return Tracks(tuple(tracks), of_listing)


def _place(
    before: dict[Instance, list[Reading]],
    now: dict[Instance, list[Reading]],
    of_instance: dict[Instance, Track],
    tracks: list[Track],
    are_distinct: AreDistinct,
) -> None:
    """Find or make the track of every instance that is new on this list."""
    gone = sorted(instance for instance in before if instance not in now)
    new = sorted(instance for instance in now if instance not in before)
    taken = {id(of_instance[instance]) for instance in now if instance in before}
    fresh = []
    for instance in new:
        track = of_instance.get(instance)
        if track is not None and id(track) not in taken:
            taken.add(id(track))
        else:
            fresh.append(instance)
    gone = [instance for instance in gone if id(of_instance[instance]) not in taken]
    for old, instance in _tie(gone, fresh, before, now, are_distinct):
        of_instance[instance] = of_instance[old]
        fresh.remove(instance)
    for instance in fresh:
        of_instance[instance] = Track()
        tracks.append(of_instance[instance])


def _tie(
    gone: list[Instance],
    fresh: list[Instance],
    before: dict[Instance, list[Reading]],
    now: dict[Instance, list[Reading]],
    are_distinct: AreDistinct,
) -> list[tuple[Instance, Instance]]:
    """Pairs of what went and what came that are one agreement, each in one pair at most."""
    pairs: list[tuple[Instance, Instance]] = []
    for is_one in (_is_redated, _is_relabelled):
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
