"""Lists as records, for tests of what they mean: publications and listings without any file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from scripts.history.derive import History, Known, derive_history
from scripts.records.cells import encode_cell
from scripts.records.models.agreements import Agency, Agreement, Event
from scripts.records.models.base import ListKind
from scripts.records.models.lists import Listing, Publication

MODELS = {
    "jem": "Jail Enforcement Model",
    "wso": "Warrant Service Officer",
    "tfm": "Task Force Model",
}


@dataclass(frozen=True)
class Printed:
    """A row as a test gives it; ``moa`` is a file name on the publisher's site."""

    agency: str
    model: str = "tfm"
    signed: str = "2025-03-01"
    moa: str | None = None
    state: str = "FLORIDA"
    county: str = ""


def printed(line: str) -> Printed:
    """A row from ``agency | model | signed | moa | state``, from the left as far as given."""
    cells = [cell.strip() for cell in line.split("|")]
    names = ("agency", "model", "signed", "moa", "state")
    return Printed(**{k: v for k, v in zip(names, cells, strict=False) if v or k == "signed"})


@dataclass
class Lists:
    """A run of lists; each is given whole, rows that stay become one listing."""

    publications: list[Publication] = field(default_factory=list)
    rows: list[tuple[str, tuple[Printed, ...]]] = field(default_factory=list)

    def add(self, day: str, *lines: str | Printed, kind: ListKind = "participating") -> Lists:
        """A list of that day (``2025-03-01`` or ``2025-03-01-am``)."""
        rows = tuple(printed(line) if isinstance(line, str) else line for line in lines)
        identifier = day if kind == "participating" else f"pending-{day}"
        self.publications.append(
            Publication.model_validate(
                {
                    "id": identifier,
                    "kind": kind,
                    "stated_on": day[:10],
                    "half_day": day[11:] or None,
                    "date_basis": "file-name",
                    "date_note": None,
                    "rows": len(rows),
                    "header": "[]",
                    "content_sha256": "0" * 64,
                }
            )
        )
        self.rows.append((identifier, rows))
        return self

    def pending(self, day: str, *lines: str | Printed) -> Lists:
        """A pending list."""
        return self.add(day, *lines, kind="pending")

    def listings(self) -> list[Listing]:
        """The rows of all lists, each over the run of lists of its kind that print it."""
        found: list[Listing] = []
        kinds: tuple[ListKind, ...] = ("participating", "pending")
        for kind in kinds:
            found += _runs(
                kind, [r for r in self.rows if r[0].startswith("pending") == (kind == "pending")]
            )
        found.sort(key=_minting_order)
        return [x.model_copy(update={"listing": n}) for n, x in enumerate(found, 1)]

    def history(self, known: Known | None = None) -> History:
        """What these lists tell."""
        return derive_history(self.publications, self.listings(), known or Known())


def _minting_order(listing: Listing) -> tuple[str, ...]:
    """Numbers as the harvest mints them: by first list, whatever comes after it."""
    first = listing.first_publication.removeprefix("pending-")
    row = listing.model_dump(exclude={"listing", "first_publication", "last_publication"})
    return (first, *(str(value) for value in row.values()))


def _runs(kind: ListKind, lists: list[tuple[str, tuple[Printed, ...]]]) -> Iterable[Listing]:
    open_rows: dict[tuple[Printed, int], str] = {}
    before = ""
    for identifier, rows in [*lists, ("", ())]:
        counted = [(row, rows[:n].count(row) + 1) for n, row in enumerate(rows)]
        for key in [key for key in open_rows if key not in counted or not identifier]:
            yield _listing(kind, *key, open_rows.pop(key), before if identifier else None)
        for key in counted:
            open_rows.setdefault(key, identifier)
        before = identifier


def _listing(
    kind: ListKind, row: Printed, occurrence: int, first: str, last: str | None
) -> Listing:
    address = f"https://www.ice.gov/doclib/287gMOA/{row.moa}" if row.moa else None
    signed = "" if kind == "pending" else row.signed
    return Listing(
        listing=1,
        kind=kind,
        agency_id=None,
        agreement_id=None,
        occurrence=occurrence,
        state_printed=row.state,
        agency_printed=encode_cell(row.agency),
        type_printed="",
        county_printed=row.county,
        model_printed=MODELS.get(row.model, row.model),
        signed_printed=signed,
        moa_printed="link" if row.moa else "link pending",
        moa_address=address,
        addendum_printed="",
        addendum_address=None,
        other_cells=None,
        first_publication=first,
        last_publication=last,
    )


def known(history: History, **more: object) -> Known:
    """What a later run knows of an earlier one."""
    values: dict[str, object] = {
        "agencies": history.agencies,
        "agency_names": history.agency_names,
        "agreements": history.agreements,
        "listings": history.listings,
    }
    return Known(**(values | more))  # type: ignore[arg-type]


def agreements(history: History) -> dict[str, Agreement]:
    """Agreements by identifier."""
    return {row.id: row for row in history.agreements}


def agencies(history: History) -> dict[str, Agency]:
    """Agencies by identifier."""
    return {row.id: row for row in history.agencies}


def told(history: History, *kinds: str) -> list[tuple[str, str, str | None, str | None]]:
    """Events of some kinds: list, agreement, before, after."""
    return [
        (event.publication_id, event.agreement_id or event.agency_id, event.before, event.after)
        for event in _in_order(history)
        if event.kind in kinds
    ]


def _in_order(history: History) -> list[Event]:
    place = {p.id: n for n, p in enumerate(history.timeline.ordered)}
    return sorted(history.events, key=lambda e: (place[e.publication_id], e.agreement_id or ""))
