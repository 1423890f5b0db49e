"""What became of each agreement: active, superseded or removed, as far as timing shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scripts.identity.readings import Reading
from scripts.identity.tracks import Track
from scripts.records.models.lists import Publication

DAYS_TO_SUCCEED = 60
DAYS_TO_SIGN_AGAIN = 365
DAYS_BETWEEN_TWINS = 7


@dataclass(frozen=True)
class Standing:
    """An agreement's status, the reason that timing gives, and the agreement that followed it."""

    status: str
    reason: str | None
    successor: Track | None


@dataclass(frozen=True)
class Lists:
    """The participating lists in order of time, and for each track the rows that show it."""

    publications: Sequence[Publication]
    rows: Mapping[int, Sequence[Reading]]  # id(track) → readings

    def day(self, position: int) -> dt.date:
        """The date that a list states."""
        return self.publications[position].stated_on

    def follows(self, later: Track, earlier: Track) -> bool:
        """Whether one is first listed right after the other: on the next list or in 60 days."""
        gap = later.first.first - earlier.last.last
        if gap <= 0:
            return False
        days = (self.day(later.first.first) - self.day(earlier.last.last)).days
        return gap == 1 or days <= DAYS_TO_SUCCEED


def judge_standings(tracks: Iterable[Track], lists: Lists) -> dict[int, Standing]:
    """The standing of every agreement, by ``id(track)``."""
    tracks = list(tracks)
    newest = len(lists.publications) - 1
    by_agency: dict[str, list[Track]] = {}
    for track in tracks:
        by_agency.setdefault(track.last.instance.agency_id, []).append(track)
    standings: dict[int, Standing] = {}
    for family in by_agency.values():
        successors = _succeed(family, lists)
        for track in family:
            if track.last.last == newest:
                standings[id(track)] = Standing("active", None, None)
            elif id(track) in successors:
                standings[id(track)] = Standing("superseded", None, successors[id(track)])
            else:
                standings[id(track)] = Standing("removed", _reason(track, family, lists), None)
    _mark_corrected_states(tracks, standings, lists)
    return standings


def _succeed(family: list[Track], lists: Lists) -> dict[int, Track]:
    """Each agreement that another of the same model took over from: one to one, none between."""
    pairs = [
        (later.first.first - earlier.last.last, earlier.last.last, _name(earlier), i, j)
        for i, earlier in enumerate(family)
        for j, later in enumerate(family)
        if _model(earlier) == _model(later)
        and lists.follows(later, earlier)
        and not _is_straddled(earlier, later, family)
    ]
    found: dict[int, Track] = {}
    taken: set[int] = set()
    for _, _, _, i, j in sorted(pairs):
        if id(family[i]) not in found and j not in taken:
            found[id(family[i])] = family[j]
            taken.add(j)
    return found


def _is_straddled(earlier: Track, later: Track, family: list[Track]) -> bool:
    """Whether a third agreement of the model was listed throughout the change."""
    return any(
        other is not earlier
        and other is not later
        and _model(other) == _model(earlier)
        and other.first.first <= earlier.last.last
        and other.last.last >= later.first.first
        for other in family
    )


def _reason(track: Track, family: list[Track], lists: Lists) -> str | None:
    others = [other for other in family if other is not track]
    if any(_is_twin(track, other) for other in others):
        return "possible-duplicate"
    if any(_model(other) != _model(track) and lists.follows(other, track) for other in others):
        return "model-switch"
    gone = lists.day(track.last.last)
    for other in others:
        day = other.last.instance.day
        if (
            _model(other) == _model(track)
            and other.first.first > track.last.last
            and day is not None
            and (day - gone).days <= DAYS_TO_SIGN_AGAIN
        ):
            return "possible-re-signing"
    return None


def _is_twin(track: Track, other: Track) -> bool:
    """Whether another of the model, signed within the week, stood beside it and stays listed."""
    mine, theirs = track.last.instance.day, other.last.instance.day
    return (
        _model(other) == _model(track)
        and other.first.first <= track.last.last < other.last.last
        and mine is not None
        and theirs is not None
        and abs((mine - theirs).days) <= DAYS_BETWEEN_TWINS
    )


def _mark_corrected_states(
    tracks: list[Track], standings: dict[int, Standing], lists: Lists
) -> None:
    """Rows that left one state and appeared in another on the next list, all else the same."""
    came: dict[tuple[int, str, str, str], list[Track]] = {}
    for track in tracks:
        for row in lists.rows[id(track)]:
            if row.first == track.first.first:
                key = (row.first, row.key, _model(track), track.first.instance.signed)
                came.setdefault(key, []).append(track)
                break
    for track in tracks:
        standing = standings[id(track)]
        if standing.status != "removed":
            continue
        last = track.last
        rows = [row for row in lists.rows[id(track)] if row.last == last.last]
        found = {
            id(other): other
            for row in rows
            for other in came.get((last.last + 1, row.key, _model(track), last.instance.signed), ())
            if other is not track
        }
        if len(found) == 1:
            (other,) = found.values()
            standings[id(track)] = Standing("removed", "state-corrected", other)


def _model(track: Track) -> str:
    return track.last.instance.model


def _name(track: Track) -> str:
    return track.first.instance.signed
