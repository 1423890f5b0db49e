"""What a harvest changed, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from scripts.records.models.addresses import Permalink
from scripts.records.models.agreements import Agency, AgencyName, Agreement, Event
from scripts.records.models.base import Row
from scripts.records.models.documents import Document
from scripts.records.models.lists import Listing, Publication
from scripts.records.read import Records

_SHOWN = 12  # details listed of each kind; the git diff has them all


def describe_changes(before: Records, after: Mapping[type[Row], Sequence[Row]]) -> tuple[str, ...]:
    """A line that counts the changes, then a line for each, the first dozen of each kind."""
    lists = _new(before, after, Publication)
    details: list[tuple[str, list[str]]] = [
        ("new list", lists),
        ("agreement", [f"+ {name}" for name in _new(before, after, Agreement)]),
        ("removed", _ended(before, after, "removed")),
        ("superseded", _ended(before, after, "superseded")),
        ("signing date corrected", _events(before, after, "date-corrected")),
        ("relabelled", _events(before, after, "relabelled")),
        ("merged or split", _moved(before, after)),
        ("list with rows at other addresses", _anchors(before, after)),
        ("agency named anew", _renamed(before, after)),
        ("memorandum of another agreement", _reassigned(before, after)),
        ("new agency", [f"+ {name}" for name in _new(before, after, Agency)]),
        ("new spelling", _spellings(before, after)),
        ("new document", [f"+ {name}" for name in _new(before, after, Document)]),
        ("unresolved row", _unresolved(before, after)),
    ]
    counted = [(what, found) for what, found in details if found]
    if not counted:
        return ()
    summary = ", ".join(f"{len(found)} {_plural(what, len(found))}" for what, found in counted)
    lines = [summary]
    for what, found in counted:
        lines += [f"  {what}: {one}" for one in found[:_SHOWN]]
        if len(found) > _SHOWN:
            lines.append(f"  {what}: and {len(found) - _SHOWN} more")
    return tuple(lines)


def _plural(what: str, number: int) -> str:
    if number == 1 or what in ("removed", "superseded", "relabelled", "merged or split"):
        return what
    if what.endswith((" anew", " of another agreement")):
        first, rest = what.split(" ", 1)
        return f"{_plural(first, number)} {rest}".replace("memorandums", "memoranda")
    if what.startswith("list with"):
        return what.replace("list", "lists", 1)
    if what == "signing date corrected":
        return "signing dates corrected"
    return what.replace("agency", "agencies") if what.endswith("agency") else what + "s"


def _new(before: Records, after: Mapping[type[Row], Sequence[Row]], table: type[Row]) -> list[str]:
    known = {getattr(row, "id") for row in before.tables[table]}  # noqa: B009
    return sorted(
        identifier
        for row in after[table]
        if (identifier := getattr(row, "id")) not in known  # noqa: B009
    )


def _ended(before: Records, after: Mapping[type[Row], Sequence[Row]], status: str) -> list[str]:
    known = {row.id for row in before.rows(Agreement) if row.status == status}
    return [
        f"{row.id}, last on {row.listed_until}" + (f" ({row.reason})" if row.reason else "")
        for row in after[Agreement]
        if isinstance(row, Agreement) and row.status == status and row.id not in known
    ]


def _events(before: Records, after: Mapping[type[Row], Sequence[Row]], kind: str) -> list[str]:
    known = {row for row in before.rows(Event) if row.kind == kind}
    return [
        f"{row.agreement_id}: {row.before or 'blank'} → {row.after or 'blank'}"
        for row in after[Event]
        if isinstance(row, Event) and row.kind == kind and row not in known
    ]


def _moved(before: Records, after: Mapping[type[Row], Sequence[Row]]) -> list[str]:
    """Records that are no more, with those that took their place: merged agencies and the like."""
    known = {row.path: row.target for row in before.rows(Permalink) if row.status == "moved"}
    return [
        f"{row.path} → {row.target}"
        for row in after[Permalink]
        if isinstance(row, Permalink)
        and row.status == "moved"
        and "#" not in row.path
        and known.get(row.path) != row.target
    ]


def _anchors(before: Records, after: Mapping[type[Row], Sequence[Row]]) -> list[str]:
    """Lists with rows whose number moved, and how many; the addresses they had lead on."""
    known = {row.path: row.target for row in before.rows(Permalink)}
    moved = Counter(
        row.path.split("/")[2]
        for row in after[Permalink]
        if isinstance(row, Permalink) and "#" in row.path and known.get(row.path) != row.target
    )
    total = sum(moved.values())
    return [
        f"{name}: {count} of {total} rows, whose addresses lead on"
        for name, count in sorted(moved.items())
    ]


def _renamed(before: Records, after: Mapping[type[Row], Sequence[Row]]) -> list[str]:
    names = {row.id: row.name for row in before.rows(Agency)}
    return [
        f"{row.id}: {names[row.id]} → {row.name}"
        for row in after[Agency]
        if isinstance(row, Agency) and names.get(row.id, row.name) != row.name
    ]


def _reassigned(before: Records, after: Mapping[type[Row], Sequence[Row]]) -> list[str]:
    known = {row.id: row.agreement_id for row in before.rows(Document)}
    return [
        f"{row.id}: {known[row.id] or 'none'} → {row.agreement_id or 'none'}"
        for row in after[Document]
        if isinstance(row, Document) and known.get(row.id, row.agreement_id) != row.agreement_id
    ]


def _spellings(before: Records, after: Mapping[type[Row], Sequence[Row]]) -> list[str]:
    known = {(row.agency_id, row.name_printed) for row in before.rows(AgencyName)}
    agencies = {row.id for row in before.rows(Agency)}
    found = {
        (row.agency_id, row.name_printed, row.matched_by)
        for row in after[AgencyName]
        if isinstance(row, AgencyName)
        and (row.agency_id, row.name_printed) not in known
        and (row.agency_id in agencies or row.matched_by != "exact")
    }
    return [f"{agency}: “{name}” ({rule})" for agency, name, rule in sorted(found)]


def _unresolved(before: Records, after: Mapping[type[Row], Sequence[Row]]) -> list[str]:
    def rows(table: Sequence[Row]) -> dict[int, Listing]:
        return {
            row.listing: row
            for row in table
            if isinstance(row, Listing) and row.kind == "participating" and row.agreement_id is None
        }

    known = rows(before.tables[Listing])
    return [
        f"{row.state_printed} | {row.agency_printed} | {row.model_printed} | {row.signed_printed}"
        for number, row in rows(after[Listing]).items()
        if number not in known
    ]
