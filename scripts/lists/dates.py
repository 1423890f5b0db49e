"""The date that a list speaks of, and how it is known: wrong file names are corrected by evidence.

ICE's staff type the date into the file name. A workbook cannot be published before it was last
saved, nor print a signing that has not happened; where a name says so, the date one slip of the
keys away that fits the last save is the list's own. Where that is not the only reading,
`settle_dates` asks the neighbouring lists, and a row of ``fixes/publication_dates.csv`` has the
last word.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scripts.lists.file_names import StatedName, date_of_digits

DateBasis = Literal["file-name", "capture", "workbook-property", "fix"]

_EARLY = dt.timedelta(days=1)  # a name may run a day ahead of the clock (UTC) of the last save
_OLD = dt.timedelta(days=45)  # a list may be published again long after its last save
_SOON = range(4)  # days from last save to publication, measured on 300 lists: 0 to 3
_FIX = re.compile(r"^(?:pending-)?(\d{4}-\d{2}-\d{2})(?:-(.+))?$")


@dataclass(frozen=True)
class ListDate:
    """A list's date and half-day, how they are known, and why they differ from the file's name.

    ``alternatives`` are other readings that only the neighbouring lists can decide.
    """

    stated_on: dt.date
    half_day: str | None
    basis: DateBasis
    note: str | None = None
    alternatives: tuple[ListDate, ...] = ()


def date_list(
    name: StatedName, modified_at: str | None, signed: Iterable[dt.date], fix: str | None = None
) -> ListDate | None:
    """The date of one list; ``None`` where nothing tells it.

    ``modified_at`` is the workbook's last save (UTC, ISO 8601), ``signed`` all signing dates that
    it prints, ``fix`` the publication identifier that a person gave it.
    """
    if fix is not None and (given := _FIX.match(fix)):
        return ListDate(dt.date.fromisoformat(given[1]), given[2], "fix")
    if name.captured_at:
        return ListDate(dt.date.fromisoformat(name.captured_at[:10]), None, "capture")
    saved = dt.date.fromisoformat(modified_at[:10]) if modified_at else None
    if name.digits is None:
        note = "the file name states no date; the workbook was last saved on this day"
        return ListDate(saved, None, "workbook-property", note) if saved else None
    newest = _newest(signed, saved)
    if saved is None:
        return _without_save(name, newest)
    if name.stated_on is not None and -_EARLY <= name.stated_on - saved <= _OLD:
        return ListDate(name.stated_on, name.half_day, "file-name")
    return _by_save(name, name.digits, saved, newest)


def _newest(signed: Iterable[dt.date], saved: dt.date | None) -> dt.date | None:
    """The newest signing date that can be true: years such as 5025 are slips themselves."""
    limit = saved + _EARLY if saved else dt.date(2100, 1, 1)
    return max((day for day in signed if day <= limit), default=None)


def _by_save(
    name: StatedName, digits: str, saved: dt.date, newest: dt.date | None
) -> ListDate | None:
    """The date of a list whose name does not fit its last save."""
    stated = name.stated_on
    as_named = ListDate(stated, name.half_day, "file-name") if stated else None
    near = [day for day in _one_slip_away(digits, saved) if (day - saved).days in _SOON]
    shown = f"{digits[:2]}/{digits[2:-4]}/{digits[-4:]}"
    if newest and stated and newest > stated + _EARLY:
        reason = f"it prints a signing of {newest}"
    else:
        reason = f"the workbook was last saved on {saved}"
    note = f"the file name says {shown}, but {reason}"
    if near:
        corrected = ListDate(near[0], name.half_day, "workbook-property", note)
    elif stated is None or (newest is not None and newest > stated + _EARLY):
        corrected = ListDate(saved, name.half_day, "workbook-property", note)
    else:
        return as_named
    if as_named is None or _is_plain(as_named.stated_on, near, newest, saved):
        return corrected
    first, second = (corrected, as_named) if saved > as_named.stated_on else (as_named, corrected)
    return ListDate(first.stated_on, first.half_day, first.basis, first.note, (second,))


def _is_plain(stated: dt.date, near: list[dt.date], newest: dt.date | None, saved: dt.date) -> bool:
    """Whether the evidence against the name needs no second witness."""
    if newest is not None and newest > stated + _EARLY:
        return True
    other_year = bool(near) and near[0].year != stated.year
    return other_year or (stated < saved and bool(near) and near[0].month != stated.month)


def _without_save(name: StatedName, newest: dt.date | None) -> ListDate | None:
    """The date of a workbook that does not say when it was saved."""
    stated = name.stated_on
    if stated is None:
        return None
    as_named = ListDate(stated, name.half_day, "file-name")
    if newest is None or newest <= stated + _EARLY:
        return as_named
    note = f"the file name says {stated}, but it prints a signing of {newest}"
    later = [day for day in _one_slip_away(name.digits or "", newest) if day >= newest]
    if not later:
        return as_named
    corrected = ListDate(min(later), name.half_day, "workbook-property", note)
    return ListDate(stated, name.half_day, "file-name", None, (corrected,))


def _one_slip_away(digits: str, near: dt.date) -> list[dt.date]:
    """Dates one slip of the keys from ``digits``, the likeliest slip first.

    A digit too many or too few; the year of another time; another month; another day; month and
    day exchanged.
    """
    found: list[dt.date | None] = []
    if len(digits) == 9:
        found += [date_of_digits(digits[:i] + digits[i + 1 :]) for i in range(9)]
    if len(digits) == 7:
        found += [
            date_of_digits(digits[:i] + extra + digits[i:])
            for extra in "0123456789"
            for i in range(8)
        ]
    if len(digits) == 8:
        month, day, year = digits[:2], digits[2:4], digits[4:]
        found += [date_of_digits(f"{month}{day}{near.year + more:04}") for more in (0, 1)]
        found += [date_of_digits(f"{other:02}{day}{year}") for other in range(1, 13)]
        found += [date_of_digits(f"{month}{other:02}{year}") for other in range(1, 32)]
        found.append(date_of_digits(f"{day}{month}{year}"))
    dates = [date for date in found if date is not None and 2000 < date.year < 2100]
    return list(dict.fromkeys(dates))
