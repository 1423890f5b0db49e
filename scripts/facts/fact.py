"""One thing read in a memorandum: what, where, how, and how sure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One thing read: its value, how it was read, on which page, and how sure that is."""

    value: str
    basis: str
    page_number: int
    confidence: float


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or ``None`` for a day that no calendar has."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
