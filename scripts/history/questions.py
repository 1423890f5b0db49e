"""What the rules leave to a person: names that may be one body, rows and links that do not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rapidfuzz import fuzz, process

from scripts.history.memoranda import ask_dates, ask_memoranda, ask_replaced, is_answered
from scripts.history.registers import ask_register
from scripts.history.review import Question, Subject, make_subject
from scripts.identity.agencies import Verdicts, read_verdicts
from scripts.identity.counties import find_county
from scripts.identity.matching import (
    is_modified,
    is_same_shape,
    must_differ,
    read_shape,
    typo_distance,
)
from scripts.identity.names import name_key
from scripts.identity.readings import Reading
from scripts.records.read import Records

ROUGHLY = 85  # token set ratio below which no two names are looked at closely
ALIKE = 93  # of 100, as rapidfuzz counts; below it nothing was one body among the pairs looked at


def find_questions(records: Records) -> tuple[Question, ...]:
    """All open questions of a folder's records, sorted."""
    return (*ask(make_subject(records)), *ask_register(records))


def ask(subject: Subject) -> tuple[Question, ...]:
    """All open questions of a subject that is made already, sorted."""
    found = {
        *ask_names(subject),
        *ask_rows(subject),
        *ask_links(subject),
        *ask_counties(subject),
        *ask_changed_counties(subject),
        *ask_dates(subject),
        *ask_memoranda(subject),
        *ask_replaced(subject),
    }
    return tuple(sorted(found, key=lambda q: tuple(str(value or "") for value in vars(q).values())))


def ask_names(subject: Subject) -> Iterator[Question]:
    """Pairs of agencies of a state whose names are alike and never stood on one list together."""
    verdicts = read_verdicts(subject.name_fixes)
    keys: dict[str, set[str]] = {}
    for name in subject.agency_names:
        keys.setdefault(name.agency_id, set()).add(name_key(name.name_printed))
    rows: dict[str, list[Reading]] = {}
    for reading in subject.readings:
        agency_id = subject.listings[reading.listing].agency_id
        if agency_id is not None:
            rows.setdefault(agency_id, []).append(reading)
    for state, one, other in sorted(_near_pairs(subject, keys)):
        why = _likeness(state, keys[one], keys[other], verdicts)
        if why and not _stand_together(rows[one], rows[other]):
            detail = f"{why}. {_tell(subject, one)} — {_tell(subject, other)}"
            newer = max(
                (min(rows[i], key=_when(subject)) for i in (one, other)), key=_when(subject)
            )
            shown = subject.timeline.of_kind[newer.kind][newer.first].id
            yield Question("same-body", state, one, other, shown, detail)


def _when(subject: Subject) -> Callable[[Reading], str]:
    """The date of the list on which a row first stands, as a key to sort by."""
    return lambda row: subject.timeline.of_kind[row.kind][row.first].stated_on.isoformat()


def _near_pairs(subject: Subject, keys: dict[str, set[str]]) -> set[tuple[str, str, str]]:
    """Pairs of agencies of one state of which some spellings are roughly alike."""
    owners: dict[str, dict[str, str]] = {}
    for agency_id, spellings in keys.items():
        state = subject.agencies[agency_id].state
        owners.setdefault(state, {}).update(dict.fromkeys(spellings, agency_id))
    pairs = set()
    for state, owner in owners.items():
        names = sorted(owner)
        for number, name in enumerate(names):
            rest = names[number + 1 :]
            for found, _, _ in process.extract(
                name, rest, scorer=fuzz.token_set_ratio, score_cutoff=ROUGHLY, limit=None
            ):
                one, other = sorted((owner[name], owner[found]))
                if one != other:
                    pairs.add((state, one, other))
    return pairs


def _likeness(state: str, mine: set[str], theirs: set[str], verdicts: Verdicts) -> str | None:
    """How two agencies' names are alike; ``None`` where they are not or a person has judged."""
    why: str | None = None
    for one in mine:
        for other in theirs:
            if verdicts.are_distinct(state, one, other) or must_differ(state, one, other):
                return None
            why = why or _alike(state, one, other)
    return why


def _alike(state: str, one: str, other: str) -> str | None:
    if is_same_shape(state, one, other):
        return "the same words but for common ones"
    distance = typo_distance(one, other)
    if distance is not None and distance <= 2:
        return f"{distance} letters apart" if distance > 1 else "one letter apart"
    words = is_modified(state, one, other)
    if words is not None and len(words) <= 2:
        return f"one name has more words: {' '.join(sorted(words))}"
    alike = read_shape(one).kind == read_shape(other).kind
    return "much alike" if alike and fuzz.ratio(one, other) >= ALIKE else None


def _stand_together(one: Sequence[Reading], other: Sequence[Reading]) -> bool:
    """Whether any list prints both."""
    return any(
        a.kind == b.kind and a.first <= b.last and b.first <= a.last for a in one for b in other
    )


def _tell(subject: Subject, agency_id: str) -> str:
    """An agency's history in a line: agreements, or when it was pending."""
    agency = subject.agencies[agency_id]
    agreements = [a for a in subject.agreements.values() if a.agency_id == agency_id]
    if agreements:
        parts = [
            f"{a.model} {a.signed_on or 'undated'}, listed {a.listed_from} to"
            f" {a.listed_until or 'now'}"
            for a in sorted(agreements, key=lambda a: (a.listed_from, a.id))
        ]
        return f"{agency.name}: {'; '.join(parts)}"
    names = sorted(
        (n.first_publication, n.last_publication or "now")
        for n in subject.agency_names
        if n.agency_id == agency_id
    )
    return f"{agency.name}: no agreement, printed {names[0][0]} to {names[-1][1]}"


def ask_rows(subject: Subject) -> Iterator[Question]:
    """Rows of which state, agency, model or date cannot be read."""
    for row in subject.readings:
        listing = subject.listings[row.listing]
        unread = [*row.unread, *(["signed"] if row.date_state == "unread" else [])]
        if not unread or (row.kind == "pending" and unread == ["signed"]):
            continue
        printed = f"{row.state_printed} | {row.name_printed} | {row.model_printed}"
        detail = f"cannot be read: {', '.join(unread)}"
        if listing.agreement_id:
            detail += f"; taken for {listing.agreement_id} by the lists beside it"
        subject_text = f"{printed} | {row.signed_printed}"
        yield Question(
            "unread-row", row.state, subject_text, None, listing.first_publication, detail
        )


def ask_links(subject: Subject) -> Iterator[Question]:
    """Links to a memorandum that seems to be another agreement's."""
    for document in subject.documents:
        if document.note and "not followed" in document.note and not is_answered(subject, document):
            agency = subject.agencies.get(document.agency_id or "")
            state = agency.state if agency else None
            yield Question("wrong-link", state, document.id, None, None, document.note)


def ask_counties(subject: Subject) -> Iterator[Question]:
    """Counties that the state does not have, and sheriffs of whom no county could be found."""
    unknown: dict[str, set[str]] = {}
    for row in subject.readings:
        agency_id = subject.listings[row.listing].agency_id
        if agency_id and row.state and row.county and find_county(row.state, row.county) is None:
            unknown.setdefault(agency_id, set()).add(row.county)
    for agency in subject.agencies.values():
        printed = ", ".join(sorted(unknown.get(agency.id, ())))
        if agency.county_fips is None and (printed or agency.kind == "sheriff"):
            detail = f"no county of the state by the name printed: {printed or 'none'}"
            yield Question("county-unknown", agency.state, agency.id, None, None, detail)


def ask_changed_counties(subject: Subject) -> Iterator[Question]:
    """Agencies in whose rows lists print different counties, and whose name does not decide it.

    Townships of one name lie in several counties: a later list may correct an earlier one, or the
    rows may be two bodies.
    """
    printed: dict[str, dict[str, list[Reading]]] = {}
    for row in subject.readings:
        agency_id = subject.listings[row.listing].agency_id
        county = find_county(row.state, row.county) if row.state and row.county else None
        if agency_id and county:
            printed.setdefault(agency_id, {}).setdefault(county.name, []).append(row)
    for agency_id, counties in sorted(printed.items()):
        agency = subject.agencies[agency_id]
        if len(counties) < 2 or agency.county_basis == "name":
            continue
        when = _when(subject)
        in_order = sorted(counties.items(), key=lambda item: min(map(when, item[1])))
        told = "; ".join(f"{name} {_shown(subject, rows)}" for name, rows in in_order)
        newer = min(in_order[-1][1], key=when)
        shown = subject.timeline.of_kind[newer.kind][newer.first].id
        yield Question("county-changed", agency.state, agency_id, None, shown, told)


def _shown(subject: Subject, rows: Sequence[Reading]) -> str:
    """The first and last list of some rows: ``from 2025-07-18-am to now``."""
    first = min(rows, key=_when(subject))
    listings = [subject.listings[row.listing] for row in rows]
    last = "now" if any(listing.last_publication is None for listing in listings) else None
    if last is None:
        latest = max(rows, key=lambda row: subject.timeline.of_kind[row.kind][row.last].stated_on)
        last = subject.timeline.of_kind[latest.kind][latest.last].id
    return f"from {subject.timeline.of_kind[first.kind][first.first].id} to {last}"
