"""What a printed row says: state, agency, model and signing date, or why it cannot be read.

A value is read only where it can mean one thing. Anything else is left unread, and the reading
says so; a person mends it in ``fixes/cells.csv``, keyed on the wrong value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

import us

from scripts.identity.names import display_name, name_key, plain, squeeze
from scripts.lists.addresses import canonical_address
from scripts.lists.timeline import Timeline
from scripts.records.cells import decode_cell
from scripts.records.models.base import ListKind
from scripts.records.models.fixes import CellFix
from scripts.records.models.lists import Listing

MODELS = {
    "jail enforcement model": "jem",
    "warrant service officer": "wso",
    "task force model": "tfm",
}
STATES: dict[str, str] = {
    str(state.name).upper(): str(state.abbr) for state in us.states.STATES_AND_TERRITORIES
} | {"DISTRICT OF COLUMBIA": "DC"}

FIRST_YEAR = 2002  # Florida signed the first agreement under section 287(g) in 2002
DAYS_AHEAD = 31  # a list may give a signing date a little ahead of its own; not more

_NOTHING = frozenset({"#n/a", "#na", "n/a", "na", "none"})  # what a lookup that failed prints

DateState = Literal["read", "blank", "unread"]


@dataclass(frozen=True)
class Reading:
    """One listing as read. ``first`` and ``last`` are positions among the lists of its kind."""

    listing: int
    kind: ListKind
    first: int
    last: int
    state: str | None
    state_printed: str
    name: str
    name_printed: str
    key: str
    model: str | None
    model_printed: str
    signed: dt.date | None
    signed_printed: str
    date_state: DateState
    type_printed: str
    county: str | None
    memorandum: str | None
    addendum: str | None
    fixed: tuple[str, ...]

    @property
    def unread(self) -> tuple[str, ...]:
        """The columns that could not be read, of those without which the row has no meaning."""
        columns = (("state", self.state), ("agency", self.key or None), ("model", self.model))
        return tuple(column for column, value in columns if value is None)


@cache
def squeeze_cell(printed: str) -> str:
    """A printed cell's text, squeezed."""
    cell = decode_cell(printed)
    return squeeze(str(cell)) if cell is not None else ""


class Fixes:
    """Corrections of cells, looked up by column and wrong value within their scope."""

    def __init__(self, fixes: Iterable[CellFix]) -> None:
        self._fixes: dict[tuple[str, str], list[CellFix]] = {}
        for fix in fixes:
            self._fixes.setdefault((fix.column, squeeze(fix.wrong).casefold()), []).append(fix)

    def find(self, column: str, printed: str, state: str | None, key: str) -> CellFix | None:
        """The fix for a printed value, the narrowest scope first."""
        fixes = self._fixes.get((column, squeeze_cell(printed).casefold()))
        if fixes is None:
            return None
        found = [
            fix
            for fix in fixes
            if (fix.scope_agency is None or name_key(fix.scope_agency) == key)
            and (fix.scope_state is None or fix.scope_state == state)
        ]
        found.sort(key=lambda fix: (fix.scope_agency is None, fix.scope_state is None))
        return found[0] if found else None


@cache
def read_state(text: str) -> str | None:
    """The postal code of a state or territory named in full, or given as its code."""
    name = squeeze(text).upper()
    return name if name in STATES.values() else STATES.get(name)


@cache
def read_model(text: str) -> str | None:
    """The code of a model as ICE names it, or the code itself."""
    name = plain(text)
    return name if name in MODELS.values() else MODELS.get(name)


@cache
def read_signed(printed: str, latest: dt.date) -> tuple[dt.date | None, DateState]:
    """A signing date: a date cell, ISO text, or month/day/year; from 2002 to ``latest``."""
    cell = decode_cell(printed)
    if cell is None or (isinstance(cell, str) and not squeeze(cell)):
        return None, "blank"
    day = _as_date(cell)
    if day is None or day.year < FIRST_YEAR or day > latest:
        return None, "unread"
    return day, "read"


def _as_date(cell: object) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = squeeze(str(cell))
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        month, day, year = (int(part) for part in match.groups())
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _named(text: str) -> str | None:
    return None if text.casefold() in _NOTHING else text or None


def read_listings(
    listings: Iterable[Listing], timeline: Timeline, cell_fixes: Iterable[CellFix]
) -> tuple[Reading, ...]:
    """Every listing as read, in order of listing number."""
    fixes = Fixes(cell_fixes)
    return tuple(
        _read_listing(listing, timeline, fixes)
        for listing in sorted(listings, key=lambda listing: listing.listing)
    )


def _read_listing(listing: Listing, timeline: Timeline, fixes: Fixes) -> Reading:
    first, last = timeline.window(listing.kind, listing.first_publication, listing.last_publication)
    name = squeeze_cell(listing.agency_printed)
    key = name_key(name)
    used: list[str] = []

    def mended(column: str, printed: str, state: str | None) -> str:
        fix = fixes.find(column, printed, state, key)
        if fix is None:
            return printed
        used.append(f"{column}: {squeeze_cell(printed) or 'blank'} → {fix.right}")
        return fix.right

    state_as_printed = read_state(squeeze_cell(listing.state_printed))
    state = read_state(squeeze_cell(mended("state", listing.state_printed, state_as_printed)))
    latest = timeline.of_kind[listing.kind][first].stated_on + dt.timedelta(days=DAYS_AHEAD)
    signed, date_state = read_signed(mended("signed", listing.signed_printed, state), latest)
    return Reading(
        listing=listing.listing,
        kind=listing.kind,
        first=first,
        last=last,
        state=state,
        state_printed=squeeze_cell(listing.state_printed),
        name=display_name(name),
        name_printed=name,
        key=key,
        model=read_model(squeeze_cell(mended("model", listing.model_printed, state))),
        model_printed=squeeze_cell(listing.model_printed),
        signed=signed,
        signed_printed=squeeze_cell(listing.signed_printed),
        date_state=date_state,
        type_printed=squeeze_cell(mended("type", listing.type_printed, state)),
        county=_named(squeeze_cell(mended("county", listing.county_printed, state))),
        memorandum=(
            canonical_address(mended("moa", listing.moa_address, state))
            if listing.moa_address
            else None
        ),
        addendum=canonical_address(listing.addendum_address) if listing.addendum_address else None,
        fixed=tuple(used),
    )
