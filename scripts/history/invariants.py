"""What must be true of the history, each as a named check with counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

import us

from scripts.errors import ArchiveError
from scripts.history.events import Look, replay
from scripts.history.results import CheckResult, make_result
from scripts.history.review import Subject, make_subject
from scripts.identity.readings import DAYS_AHEAD, FIRST_YEAR, Reading
from scripts.lists.timeline import KINDS
from scripts.records.models.addresses import Permalink
from scripts.records.models.base import ListKind
from scripts.records.order import expand_order
from scripts.records.read import Records

UNRESOLVED_AT_MOST = 0.005  # of all printed rows of participating lists


def check_invariants(records: Records) -> tuple[CheckResult, ...]:
    """All checks over a folder's records, in a fixed order."""
    return check_subject(make_subject(records))


def check_subject(subject: Subject) -> tuple[CheckResult, ...]:
    """All checks over a subject that is made already."""
    return tuple(check(subject) for check in CHECKS)


def _lasting(row: Reading) -> int:
    return row.last - row.first + 1


def check_newest(subject: Subject) -> CheckResult:
    """The active agreements are those of the newest list, one for each distinct row."""
    newest = subject.timeline.newest("participating")
    rows = [row for row in subject.participating if row.last == newest]
    shown: dict[str, set[tuple[str, str | None, str]]] = {}
    failures = []
    unresolved = 0
    for row in rows:
        listing = subject.listings[row.listing]
        if listing.agreement_id is None:
            unresolved += 1
            continue
        named = (listing.agency_id or "", row.model, row.signed_printed)
        shown.setdefault(listing.agreement_id, set()).add(named)
    active = {a.id for a in subject.agreements.values() if a.status == "active"}
    failures += [f"{i} is active and not on the newest list" for i in sorted(active - set(shown))]
    failures += [f"{i} is on the newest list and not active" for i in sorted(set(shown) - active)]
    failures += [f"{i} takes {len(k)} distinct rows" for i, k in shown.items() if len(k) > 1]
    repeated = len(rows) - unresolved - len(shown)
    remark = f"{len(rows)} rows, {repeated} of them repeated, {unresolved} unresolved"
    title = "Active agreements equal the distinct rows of the newest list"
    return make_result("active-equals-newest", title, len(active), failures, remark)


def check_resolved(subject: Subject) -> CheckResult:
    """Every printed row shows one agreement, or says why it cannot be read."""
    counted = sum(_lasting(row) for row in subject.participating)
    without = [r for r in subject.participating if not subject.listings[r.listing].agreement_id]
    failures = [
        f"listing {row.listing} has no agreement though it can be read"
        for row in without
        if not row.unread and row.date_state != "unread"
    ]
    unresolved = sum(_lasting(row) for row in without)
    if counted and unresolved / counted > UNRESOLVED_AT_MOST:
        failures.append(f"{unresolved} rows unresolved, more than {UNRESOLVED_AT_MOST:.1%}")
    remark = f"{unresolved} of {counted} rows unresolved"
    title = "Every printed row resolves to one agreement or is listed as unresolved"
    return make_result("rows-resolved", title, counted, failures, remark)


def check_merges(subject: Subject) -> CheckResult:
    """Rows of one agreement have one state and model; another date or agency has its event."""
    told: dict[str, dict[str, set[str]]] = {}
    for event in subject.events:
        if event.agreement_id and event.kind in ("listed", "date-corrected", "relabelled"):
            values = told.setdefault(event.agreement_id, {"date": set(), "agency": set()})
            values["agency"].add(event.agency_id)
            if event.kind == "date-corrected":
                values["date"] |= {event.before or "", event.after or ""}
    failures = []
    for agreement_id, rows in subject.rows_of.items():
        values = told.get(agreement_id, {"date": set(), "agency": set()})
        agencies = {subject.listings[row.listing].agency_id or "" for row in rows}
        states = {row.state for row in rows}
        dates = {_date(row) for row in rows}
        if states != {subject.agencies[subject.agreements[agreement_id].agency_id].state}:
            failures.append(f"{agreement_id} spans states {sorted(map(str, states))}")
        if {row.model for row in rows} != {subject.agreements[agreement_id].model}:
            failures.append(f"{agreement_id} spans models")
        if len(dates) > 1 and not dates <= values["date"]:
            failures.append(f"{agreement_id} spans dates {sorted(dates)} without a correction")
        if not agencies <= values["agency"]:
            failures.append(f"{agreement_id} spans agencies {sorted(agencies)} without an event")
    title = "No agreement spans states or models; other dates and agencies have their event"
    return make_result("no-merge-across", title, len(subject.rows_of), failures)


def _date(row: Reading) -> str:
    if row.date_state == "unread":
        return row.signed_printed
    return row.signed.isoformat() if row.signed else ""


def check_successors(subject: Subject) -> CheckResult:
    """Every superseded agreement names the one of its agency and model that followed it."""
    superseded = [a for a in subject.agreements.values() if a.status == "superseded"]
    failures = []
    taken: dict[str, str] = {}
    for agreement in superseded:
        successor = subject.agreements.get(agreement.successor_id or "")
        if successor is None:
            failures.append(f"{agreement.id} names no successor")
        elif (successor.agency_id, successor.model) != (agreement.agency_id, agreement.model):
            failures.append(f"{agreement.id} is followed by another agency or model")
        elif successor.id in taken:
            failures.append(f"{successor.id} follows {taken[successor.id]} and {agreement.id}")
        else:
            taken[successor.id] = agreement.id
    title = "Every superseded agreement names its one successor"
    return make_result("superseded-names-successor", title, len(superseded), failures)


def check_windows(subject: Subject) -> CheckResult:
    """No window ends before it begins."""
    position = subject.timeline.position
    windows: list[tuple[str, str, str | None]] = [
        (f"listing {row.listing}", row.first_publication, row.last_publication)
        for row in subject.listings.values()
    ]
    windows += [(a.id, a.listed_from, a.listed_until) for a in subject.agreements.values()]
    windows += [
        (f"{n.agency_id} “{n.name_printed}”", n.first_publication, n.last_publication)
        for n in subject.agency_names
    ]
    failures = [
        f"{what}: {first} to {last}"
        for what, first, last in windows
        if first not in position or (last and position.get(last, -1) < position[first])
    ]
    day = {p.id: p.stated_on for p in subject.timeline.ordered}
    failures += [
        f"{a.id} was pending from {a.pending_from}, after it was listed"
        for a in subject.agreements.values()
        if a.pending_from and day[a.pending_from] > day[a.listed_from]
    ]
    return make_result("windows-forward", "No window ends before it begins", len(windows), failures)


def check_order(subject: Subject) -> CheckResult:
    """Lists stand in order of time, each with its rows in order."""
    orders = {order.publication_id: order for order in subject.orders}
    standing = {kind: _standing(subject, kind) for kind in KINDS}
    failures = []
    before: dict[ListKind, list[int | None]] = {"participating": [], "pending": []}
    for publication in subject.timeline.ordered:
        order = orders.get(publication.id)
        if order is None:
            failures.append(f"{publication.id} has no order of rows")
            continue
        try:
            rows = expand_order(before[publication.kind], order)
        except ArchiveError as error:
            failures.append(str(error))
            continue
        before[publication.kind] = rows
        printed = [number for number in rows if number is not None]
        distinct = set(printed)
        if len(printed) != publication.rows or len(distinct) != len(printed):
            failures.append(f"{publication.id} has {len(printed)} rows, not {publication.rows}")
        place = subject.timeline.position[publication.id]
        if not distinct <= standing[publication.kind][place]:
            failures.append(f"{publication.id} prints a row outside its window")
    title = "Lists stand in order of time, each with all its rows"
    return make_result("publications-in-order", title, len(subject.timeline.ordered), failures)


def _standing(subject: Subject, kind: ListKind) -> list[set[int]]:
    """For each list of a kind, the listings in whose window it lies."""
    standing: list[set[int]] = [set() for _ in subject.timeline.of_kind[kind]]
    for row in subject.readings:
        if row.kind == kind:
            for place in range(row.first, row.last + 1):
                standing[place].add(row.listing)
    return standing


def check_fips(subject: Subject) -> CheckResult:
    """A county's code begins with its state's."""
    prefix = {str(s.abbr): str(s.fips) for s in us.states.STATES_AND_TERRITORIES} | {"DC": "11"}
    agencies = [agency for agency in subject.agencies.values() if agency.county_fips]
    failures = [
        f"{agency.id}: {agency.county_fips}"
        for agency in agencies
        if (agency.county_fips or "")[:2] != prefix.get(agency.state)
    ]
    title = "County codes lie within the agency's state"
    return make_result("fips-in-state", title, len(agencies), failures)


def check_replay(subject: Subject) -> CheckResult:
    """Played from nothing, the events give every list's agreements as it shows them."""
    played = replay(subject.events, subject.lists)
    standing = _looks_shown(subject)
    failures = []
    for place, publication in enumerate(subject.lists):
        shown = {agreement_id: one.looks for agreement_id, one in played[publication.id].items()}
        if shown != standing[place]:
            wrong = sorted(
                agreement_id
                for agreement_id in shown.keys() | standing[place].keys()
                if shown.get(agreement_id) != standing[place].get(agreement_id)
            )
            failures.append(f"{publication.id}: {', '.join(wrong[:3])}")
    title = "Events alone, played from nothing, give each list's agreements"
    return make_result("events-replay", title, len(subject.lists), failures)


def _looks_shown(subject: Subject) -> list[dict[str, frozenset[Look]]]:
    """For each participating list, what its rows show of each agreement: one look, if all agree."""
    shown: list[dict[str, frozenset[Look]]] = [{} for _ in subject.lists]
    for agreement_id, rows in subject.rows_of.items():
        for row in rows:
            agency_id = subject.listings[row.listing].agency_id or ""
            day = row.signed.isoformat() if row.signed else ""  # an event tells no unread date
            looks = frozenset({(agency_id, row.model or "", day)})
            for place in range(row.first, row.last + 1):
                before = shown[place].setdefault(agreement_id, looks)
                if before != looks:
                    shown[place][agreement_id] = before | looks
    return shown


def check_dates(subject: Subject) -> CheckResult:
    """No agreement is signed after the list that first shows it by more than a month."""
    day = {p.id: p.stated_on for p in subject.timeline.ordered}
    dated = [a for a in subject.agreements.values() if a.signed_on]
    newest = max(day.values(), default=dt.date.min)
    failures = [
        f"{a.id} signed on {a.signed_on}"
        for a in dated
        if a.signed_on and not _is_plausible(a.signed_on, day.get(a.listed_until or "", newest))
    ]
    title = "Signing dates lie between 2002 and the list that shows them"
    return make_result("dates-plausible", title, len(dated), failures)


def _is_plausible(signed: dt.date, last_listed: dt.date) -> bool:
    return signed.year >= FIRST_YEAR and (signed - last_listed).days <= DAYS_AHEAD


def check_permalinks(subject: Subject) -> CheckResult:
    """Every record has its address, and every address leads somewhere or says why not."""
    rows = {row.path: row for row in subject.permalinks}
    needed = {
        *(f"/agencies/{i}/" for i in subject.agencies),
        *(f"/agreements/{i}/" for i in subject.agreements),
        *(f"/documents/{d.id}/" for d in subject.documents),
        *(f"/publications/{p.id}/" for p in subject.timeline.ordered),
    }
    failures = [f"{path} is not recorded as current" for path in sorted(_not_current(needed, rows))]
    for path, row in rows.items():
        if row.status == "moved" and not all(_leads(target, rows) for target in _targets(row)):
            failures.append(f"{path} moved to {row.target}, which leads nowhere")
        if row.status == "withdrawn" and not row.reason:
            failures.append(f"{path} is withdrawn without a reason")
    title = "Every record has its address, and every address leads somewhere"
    return make_result("permalinks-whole", title, len(rows), failures)


def _not_current(needed: set[str], rows: Mapping[str, Permalink]) -> Iterator[str]:
    for path in needed:
        if path not in rows or rows[path].status != "current":
            yield path


def _targets(row: Permalink) -> list[str]:
    return (row.target or "nowhere").split()


def _leads(path: str, rows: Mapping[str, Permalink], depth: int = 0) -> bool:
    """Whether an address ends at a current or a withdrawn one, within twenty steps."""
    row = rows.get(path) or rows.get(path.partition("#")[0])
    if row is None or depth > 20:
        return False
    return row.status != "moved" or all(_leads(t, rows, depth + 1) for t in _targets(row))


CHECKS: tuple[Callable[[Subject], CheckResult], ...] = (
    check_newest,
    check_resolved,
    check_merges,
    check_successors,
    check_windows,
    check_order,
    check_fips,
    check_replay,
    check_dates,
    check_permalinks,
)
