"""Which day a memorandum's file speaks of, and rows that link a paper newer than their SIGNED.

ICE sometimes links a newer memorandum in an old row without changing the row's signing date. The
paper is kept with the row's agreement, and never told as signed on the older day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from scripts.records.models.agreements import Agreement, Event
from scripts.records.models.documents import Document, DocumentFact

DAYS_LATE = 60  # from SIGNED; so far a paper may be dated later and still be the row's own
SURE = 0.75  # confidence from which a date read from a page counts
REPLACED = "memorandum-replaced"
_YEAR_FIRST = re.compile(r"(?<!\d)(20\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d\d?)([-_.]?)(\d\d?)\2(20\d\d|\d\d)(?!\d)")


@dataclass(frozen=True)
class Paper:
    """The day that a memorandum's file speaks of; the page where it was read, else its name."""

    day: dt.date
    page: int | None = None

    def is_late(self, signed_on: dt.date | None) -> bool:
        """Whether it is dated well after the signing date that the list prints."""
        return signed_on is not None and (self.day - signed_on).days > DAYS_LATE

    @property
    def basis(self) -> str:
        """How the day is known, in words."""
        return "date read from its pages" if self.page else "date in the file's name"


def day_in_name(file_name: str) -> dt.date | None:
    """The date in a file's name; ``None`` where there is none, or where two differ."""
    name = unquote(file_name)
    parts = [(m[1], m[3], m[4]) for m in _YEAR_FIRST.finditer(name)]
    parts += [(m[4], m[1], m[3]) for m in _YEAR_LAST.finditer(name)]
    found = {day for part in parts if (day := _day(*map(int, part))) is not None}
    return found.pop() if len(found) == 1 else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year if year > 100 else 2000 + year, month, day)
    except ValueError:
        return None


def read_days(facts: Iterable[DocumentFact]) -> dict[str, Paper]:
    """By document, ICE's signing date as read from its pages, where that is sure enough."""
    return {
        fact.document_id: Paper(dt.date.fromisoformat(fact.value), fact.page_number)
        for fact in facts
        if fact.fact == "ice-signed-on" and fact.value and float(fact.confidence) >= SURE
    }


def paper_of(identifier: str | None, file_name: str, read: Mapping[str, Paper]) -> Paper | None:
    """The day that a file speaks of: what its pages say before what its name says."""
    if identifier is not None and identifier in read:
        return read[identifier]
    named = day_in_name(file_name)
    return Paper(named) if named else None


def mark_replaced(
    events: Iterable[Event],
    agreements: Iterable[Agreement],
    documents: Iterable[Document],
    read: Mapping[str, Paper],
) -> tuple[Event, ...]:
    """Events in which the first link to a newer paper in an old row is called what it is.

    Only links that are followed count: a file of another agency is a wrong link, not a renewal.
    """
    signed = {agreement.id: agreement.signed_on for agreement in agreements}
    papers: dict[tuple[str | None, str | None], Paper] = {}
    for document in documents:
        paper = paper_of(document.id, document.file_name or "", read)
        owner = document.agreement_id
        if owner and document.kind == "memorandum" and paper and paper.is_late(signed.get(owner)):
            papers[owner, document.address] = paper
    told: Sequence[Event] = [
        _replaced(event, papers)
        if event.kind in ("memorandum-linked", "memorandum-relinked")
        else event
        for event in events
    ]
    return tuple(told)


def _replaced(event: Event, papers: dict[tuple[str | None, str | None], Paper]) -> Event:
    paper = papers.pop((event.agreement_id, event.after), None)
    if paper is None:
        return event
    update = {"kind": REPLACED, "on": paper.day, "note": paper.basis}
    return event.model_copy(update=update)
