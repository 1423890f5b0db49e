"""Events: one row per change, enough to play every list again from nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from scripts.history.standing import Standing
from scripts.identity.readings import Reading
from scripts.identity.tracks import Span, Track
from scripts.records.models.agreements import Event
from scripts.records.models.lists import Publication


@dataclass(frozen=True)
class Face:
    """How a list shows an agreement: name, memorandum and addendum."""

    key: str
    name: str
    memorandum: str | None
    addendum: str | None


@dataclass(frozen=True)
class Teller:
    """What telling an agreement's story needs: the lists, its identifier, its end."""

    publications: Sequence[Publication]
    agreement_id: str

    def at(self, position: int) -> str:
        """The identifier of the list at a position."""
        return self.publications[position].id

    def event(
        self,
        position: int,
        kind: str,
        span: Span,
        *,
        before: str | None = None,
        after: str | None = None,
        note: str | None = None,
        dated: bool = False,
    ) -> Event:
        """One event of the agreement, named as the list then names it."""
        return Event(
            publication_id=self.at(position),
            kind=kind,
            agency_id=span.instance.agency_id,
            model=span.instance.model,
            agreement_id=self.agreement_id,
            on=span.instance.day if dated else None,
            before=before,
            after=after,
            note=note,
        )


def tell_agreement(
    teller: Teller,
    track: Track,
    rows: Sequence[Reading],
    standing: Standing,
    successor_id: str | None,
) -> list[Event]:
    """All events of one agreement, in order of time."""
    events: list[Event] = []
    face: Face | None = None
    before: Span | None = None
    for span in track.spans:
        events += _begin(teller, before, span, _face(rows, span.first))
        for position in _turns(rows, span):
            shown = _face(rows, position)
            events += _turn(teller, position, span, face, shown)
            face = shown
        before = span
    if standing.status != "active":
        events.append(_end(teller, track.last, standing, successor_id))
    if successor_id and standing.status == "superseded" and standing.successor is not None:
        start = standing.successor.first.first
        if start > track.last.last + 1:
            events.append(teller.event(start, "superseded", track.last, after=successor_id))
    return events


def _begin(teller: Teller, before: Span | None, span: Span, face: Face) -> list[Event]:
    """How a span starts: first listed, listed again, or changed from the list before."""
    if before is None:
        return [teller.event(span.first, "listed", span, after=face.name, dated=True)]
    events = []
    if before.last + 1 < span.first:
        events.append(teller.event(before.last + 1, "removed", before, note="listed again later"))
        events.append(teller.event(span.first, "listed-again", span, after=face.name, dated=True))
    if before.instance.signed != span.instance.signed:
        events.append(
            teller.event(
                span.first,
                "date-corrected",
                span,
                before=before.instance.signed or None,
                after=span.instance.signed or None,
                dated=True,
            )
        )
    if before.instance.agency_id != span.instance.agency_id:
        events.append(
            teller.event(
                span.first,
                "relabelled",
                span,
                before=before.instance.agency_id,
                after=span.instance.agency_id,
            )
        )
    return events


def _turn(teller: Teller, position: int, span: Span, before: Face | None, now: Face) -> list[Event]:
    """What a list prints otherwise than the list before: name, memorandum, addendum."""
    events = []
    if before is not None and before.key != now.key:
        events.append(teller.event(position, "renamed", span, before=before.name, after=now.name))
    for what in ("memorandum", "addendum"):
        was = getattr(before, what) if before else None
        is_now = getattr(now, what)
        if was == is_now:
            continue
        kind = "linked" if was is None else "unlinked" if is_now is None else "relinked"
        events.append(teller.event(position, f"{what}-{kind}", span, before=was, after=is_now))
    return events


def _end(teller: Teller, span: Span, standing: Standing, successor_id: str | None) -> Event:
    position = span.last + 1
    superseded = (
        standing.status == "superseded"
        and standing.successor is not None
        and standing.successor.first.first == position
    )
    if superseded:
        return teller.event(position, "superseded", span, after=successor_id)
    return teller.event(position, "removed", span, note=standing.reason)


def _turns(rows: Sequence[Reading], span: Span) -> list[int]:
    """The lists within a span at which the printed rows change, its first one included."""
    changes = {span.first} | {row.first for row in rows} | {row.last + 1 for row in rows}
    return sorted(p for p in changes if span.first <= p <= span.last)


def _face(rows: Sequence[Reading], position: int) -> Face:
    shown = [row for row in rows if row.first <= position <= row.last]
    row = min(shown, key=lambda r: (r.key, r.name, r.listing))
    memoranda = sorted({r.memorandum for r in shown if r.memorandum})
    addenda = sorted({r.addendum for r in shown if r.addendum})
    return Face(
        row.key,
        row.name,
        memoranda[0] if memoranda else None,
        addenda[0] if addenda else None,
    )


Look = tuple[str, str, str]  # agency, model, signing date (empty where none can be read)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Shown:
    """One agreement as a list shows it, played from events."""

    agency_id: str
    model: str
    signed: str
    name: str

    @cached_property
    def looks(self) -> frozenset[Look]:
        """Agency, model and signing date, to compare with those that a list's rows show."""
        return frozenset({(self.agency_id, self.model, self.signed)})


def replay(
    events: Iterable[Event], publications: Sequence[Publication]
) -> dict[str, dict[str, Shown]]:
    """From events alone: for each participating list, its agreements as it shows them.

    ``publications`` are the participating lists in order of time.
    """
    by_list: dict[str, list[Event]] = {}
    for event in events:
        if event.agreement_id is not None:
            by_list.setdefault(event.publication_id, []).append(event)
    shown: dict[str, Shown] = {}
    result: dict[str, dict[str, Shown]] = {}
    for publication in publications:
        changes = by_list.get(publication.id, [])
        for event in sorted(changes, key=lambda e: (_PLAY_ORDER.get(e.kind, 9), e.after or "")):
            _play(event, shown)
        result[publication.id] = dict(shown)
    return result


_PLAY_ORDER = {"removed": 0, "superseded": 0, "listed": 1, "listed-again": 1}


def _play(event: Event, shown: dict[str, Shown]) -> None:
    key = event.agreement_id
    assert key is not None
    if event.kind in ("removed", "superseded"):
        shown.pop(key, None)
    elif event.kind in ("listed", "listed-again"):
        shown[key] = Shown(event.agency_id, event.model or "", _iso(event.on), event.after or "")
    elif event.kind == "date-corrected":
        was = shown[key]
        day = event.after if _ISO.fullmatch(event.after or "") else None
        shown[key] = Shown(was.agency_id, was.model, day or "", was.name)
    elif event.kind == "relabelled":
        was = shown[key]
        shown[key] = Shown(event.agency_id, was.model, was.signed, was.name)
    elif event.kind == "renamed":
        was = shown[key]
        shown[key] = Shown(was.agency_id, was.model, was.signed, event.after or "")


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
