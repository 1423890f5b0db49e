"""What a list's file name states: its date and half-day, or when a web archive captured it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_CAPTURE = re.compile(r"(?<!\d)(?P<time>(?:19|20)\d{12})(?!\d)")
_SHORT = re.compile(r"(?P<what>agenc(?:y|ies))[ _-]*(?P<day>\d{4})(?P<year>\d{2})(?!\d)", re.I)
_STATED = re.compile(r"(?<!\d)(?P<digits>\d{7,9})(?!\d)[ _-]*(?P<mark>[A-Za-z]*[ _-]*[A-Za-z0-9]*)")
_MARK = re.compile(r"^(?P<half>am|mid|pm)?[ _-]*(?P<more>[a-z]|\d{1,2})?$")
_COPY = re.compile(
    r"(?:[ _-]*copy(?: \d+)?| \(\d+\)|_\d|[ _-]+\d{1,2}\.\d{2}\.\d{2}[ _]*[ap]m)+$", re.I
)


@dataclass(frozen=True)
class StatedName:
    """What a file name says.

    ``digits`` are its date as typed (month, day, year), ``stated_on`` the date that they make if
    they make one. ``captured_at`` (UTC, ISO 8601) stands alone: a capture's name states no date.
    """

    digits: str | None = None
    stated_on: dt.date | None = None
    half_day: str | None = None
    captured_at: str | None = None


def read_name(file_name: str) -> StatedName:
    """Read ``participatingAgencies05162025am.xlsx`` and its many relatives.

    A year of two digits (``287gParticipatingAgencies091526pm``, from September 2026 on) is one of
    this century.

    The half-day comes as ``am``, ``mid``, ``pm``, with a further mark after a hyphen: ``amB`` and
    ``am_b`` are ``am-b``, ``pm2`` is ``pm-2``. ``copy``, ``(1)``, ``_0`` and a time of the clock
    (``12.15.07 AM``), which browsers, servers and desktops add, state nothing.
    """
    stem = file_name.rsplit(".", 1)[0]
    if capture := _CAPTURE.search(stem):
        try:
            time = dt.datetime.strptime(capture["time"], "%Y%m%d%H%M%S")
            return StatedName(captured_at=f"{time.isoformat()}Z")
        except ValueError:
            pass
    stated = _STATED.search(_SHORT.sub(r"\g<what>\g<day>20\g<year>", _COPY.sub("", stem)))
    if stated is None:
        return StatedName()
    digits = stated["digits"]
    return StatedName(digits, date_of_digits(digits), _half_day(stated["mark"]))


def date_of_digits(digits: str) -> dt.date | None:
    """The date that eight digits make as month, day, year; ``None`` where they make none."""
    if len(digits) != 8:
        return None
    try:
        return dt.date(int(digits[4:]), int(digits[:2]), int(digits[2:4]))
    except ValueError:
        return None


def _half_day(mark: str) -> str | None:
    match = _MARK.match(mark.strip(" _-").lower())
    if match is None:
        return None
    return "-".join(part for part in (match["half"], match["more"]) if part) or None
