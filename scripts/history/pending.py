"""Pending lists: who was announced, from when, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scripts.identity.readings import Reading
from scripts.identity.tracks import AgencyOf
from scripts.records.models.agreements import Event
from scripts.records.models.lists import Publication

Pair = tuple[str, str | None]  # agency, model


@dataclass(frozen=True)
class Wait:
    """An agency and model over an unbroken run of pending lists (positions, ends included)."""

    agency_id: str
    model: str | None
    first: int
    last: int


def find_waits(lists: list[list[Reading]], agency_of: AgencyOf) -> tuple[Wait, ...]:
    """Every run of pending lists that name an agency and model, in order of time."""
    open_since: dict[Pair, int] = {}
    waits: list[Wait] = []
    for position in range(len(lists) + 1):
        rows = lists[position] if position < len(lists) else []
        now: set[Pair] = set()
        for row in rows:
            agency_id = agency_of(row)
            if agency_id is not None:
                now.add((agency_id, row.model))
        for pair in [p for p in open_since if p not in now]:
            waits.append(Wait(*pair, open_since.pop(pair), position - 1))
        for pair in now:
            open_since.setdefault(pair, position)
    return tuple(sorted(waits, key=lambda w: (w.first, w.agency_id, w.model or "")))


def tell_waits(
    waits: Iterable[Wait],
    publications: Sequence[Publication],
    listed: Mapping[Pair, Sequence[tuple[dt.date, str]]],
) -> list[Event]:
    """``pending`` and ``pending-ended`` events; the end names the agreement listed by then.

    ``listed`` gives for each agency and model its agreements' first listing dates, in order.
    """
    events: list[Event] = []
    for wait in waits:
        events.append(_event(wait, publications[wait.first], "pending", None))
        if wait.last + 1 < len(publications):
            start = publications[wait.first].stated_on
            end = publications[wait.last + 1].stated_on + dt.timedelta(days=60)
            found = [
                agreement
                for day, agreement in listed.get((wait.agency_id, wait.model), ())
                if start <= day <= end
            ]
            after = found[0] if found else None
            events.append(_event(wait, publications[wait.last + 1], "pending-ended", after))
    return events


def _event(wait: Wait, publication: Publication, kind: str, after: str | None) -> Event:
    return Event(
        publication_id=publication.id,
        kind=kind,
        agency_id=wait.agency_id,
        model=wait.model,
        agreement_id=None,
        on=None,
        before=None,
        after=after,
        note=None,
    )


def pending_from(
    waits: Iterable[Wait],
    publications: Sequence[Publication],
    listed_on: dt.date,
    after: dt.date | None,
) -> str | None:
    """The first pending list of the run-up to a listing: after the agreement before, in a year."""
    for wait in waits:
        day = publications[wait.first].stated_on
        if day <= listed_on and (listed_on - day).days <= 365 and (after is None or day > after):
            return publications[wait.first].id
    return None
