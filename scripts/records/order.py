"""The order of lists in time, and of the rows within a list (``listing_order.csv``)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from scripts.errors import ArchiveError
from scripts.records.models.lists import ListingOrder, Publication

_HALVES = {"am": 1, "mid": 2, "pm": 3}
_TOKEN = re.compile(
    r"^(?:(?P<from>\d+)(?:-(?P<to>\d+))?|\+(?P<new>\d+)(?:-(?P<last>\d+))?|_(?P<blank>\d+))$"
)

TimeKey = tuple[str, int, str, int, str]


class Dated(Protocol):
    """What has a stated date and half-day: a publication, or a file on its way to be one."""

    @property
    def stated_on(self) -> dt.date: ...

    @property
    def half_day(self) -> str | None: ...


def time_key(publication: Dated) -> TimeKey:
    """Where a list stands in time: its date, then am, mid, pm, then further marks by name.

    A list without a half-day comes first on its day; ``am-b`` and ``am-2`` follow ``am``.
    """
    half, _, mark = (publication.half_day or "").partition("-")
    number = int(mark) if mark.isdigit() else 0
    rank = _HALVES.get(half, 0 if half == "" else 4)
    return (publication.stated_on.isoformat(), rank, half, number, mark)


def in_time_order(publications: Iterable[Publication]) -> tuple[Publication, ...]:
    """Lists from the oldest to the newest; both kinds together, by date."""
    return tuple(
        sorted(publications, key=lambda publication: (time_key(publication), publication.id))
    )


def expand_order(before: Sequence[int | None], order: ListingOrder) -> list[int | None]:
    """Listing numbers of a list, row by row (``None`` is a blank row), from the list before it.

    ``before`` is what this function gave for the list before of the same kind. Raises
    `ArchiveError` for a token that is malformed or copies rows that are not there.
    """
    rows: list[int | None] = []
    for token in order.ops.split():
        match = _TOKEN.match(token)
        if match is None:
            raise _wrong(order, token, "a-b, +n-m or _k")
        if match["blank"]:
            rows.extend([None] * int(match["blank"]))
        elif match["new"]:
            rows.extend(range(int(match["new"]), int(match["last"] or match["new"]) + 1))
        else:
            first, last = int(match["from"]), int(match["to"] or match["from"])
            if not 1 <= first <= last <= len(before):
                raise _wrong(order, token, f"positions from 1 to {len(before)} of the list before")
            rows.extend(before[first - 1 : last])
    return rows


def _wrong(order: ListingOrder, token: str, expected: str) -> ArchiveError:
    return ArchiveError.single(f"listing_order.csv, {order.publication_id}", "ops", token, expected)
