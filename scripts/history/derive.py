"""From the rows as printed to agencies, agreements and events: the pure core of the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from scripts.history.events import Teller, tell_agreement
from scripts.history.pending import Wait, find_waits, pending_from, tell_waits
from scripts.history.standing import Lists, Standing, judge_standings
from scripts.identity.agencies import AgencyIndex, Verdicts, assign_agencies, read_verdicts
from scripts.identity.bodies import describe_body, newest_level
from scripts.identity.identifiers import Mint, agreement_identifier
from scripts.identity.kept import known_names
from scripts.identity.listed import stand_readings
from scripts.identity.places import Place, index_county_fixes, place_agency
from scripts.identity.readings import Reading, read_listings
from scripts.identity.register import index_register
from scripts.identity.tracks import Track, trace_agreements
from scripts.lists.timeline import Timeline, make_timeline
from scripts.records.models.agreements import Agency, AgencyName, Agreement, Event
from scripts.records.models.fixes import AgencyNameFix, CellFix
from scripts.records.models.lists import Listing, Publication
from scripts.records.models.register import (
    AgencyCounty,
    AgencyCountyFix,
    RegisterAgency,
    RegisterFix,
    RegisterMatch,
)


@dataclass(frozen=True)
class Known:
    """What earlier runs minted, and what persons decided; all of it may be empty."""

    agencies: Sequence[Agency] = ()
    agency_names: Sequence[AgencyName] = ()
    agreements: Sequence[Agreement] = ()
    listings: Sequence[Listing] = ()
    cell_fixes: Sequence[CellFix] = ()
    name_fixes: Sequence[AgencyNameFix] = ()
    register: Sequence[RegisterAgency] = ()
    register_fixes: Sequence[RegisterFix] = ()
    county_fixes: Sequence[AgencyCountyFix] = ()
    used: frozenset[str] = frozenset()  # identifiers that records had and have no more


@dataclass(frozen=True)
class History:
    """The history that the lists tell."""

    listings: tuple[Listing, ...]
    agencies: tuple[Agency, ...]
    agency_names: tuple[AgencyName, ...]
    agency_counties: tuple[AgencyCounty, ...]
    register_matches: tuple[RegisterMatch, ...]
    agreements: tuple[Agreement, ...]
    events: tuple[Event, ...]
    readings: tuple[Reading, ...]
    timeline: Timeline
    moved_agencies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    moved_agreements: dict[str, tuple[str, ...]] = field(default_factory=dict)


def derive_history(
    publications: Iterable[Publication], listings: Iterable[Listing], known: Known
) -> History:
    """The whole history from publications and listings; identifiers that are known stay."""
    listings = tuple(listings)
    timeline = make_timeline(publications)
    readings = read_listings(listings, timeline, known.cell_fixes)
    standing = stand_readings(readings, timeline)
    verdicts = read_verdicts(known.name_fixes)
    index = assign_agencies(
        standing,
        timeline,
        verdicts,
        known_names(known.agencies, known.agency_names, timeline),
        known.used,
    )
    traced = trace_agreements(
        [reading for reading in readings if reading.kind == "participating"],
        timeline.newest("participating"),
        index.of,
        verdicts.are_distinct,
    )
    tracks = [track for track in traced.tracks if track.is_read]
    rows: dict[int, list[Reading]] = {id(track): [] for track in traced.tracks}
    for reading in readings:
        if reading.listing in traced.of_listing:
            rows[id(traced.of_listing[reading.listing])].append(reading)
    identifiers, moved = _identify(tracks, rows, known)
    lists = Lists(timeline.of_kind["participating"], rows)
    standings = judge_standings(tracks, lists)
    waits = find_waits(standing["pending"], index.of)
    agreements, events = _write(tracks, rows, identifiers, standings, waits, timeline)
    agreement_of = {
        number: identifiers.get(id(track)) for number, track in traced.of_listing.items()
    }
    agencies, places = _write_agencies(readings, index, verdicts, known)
    by_number = {reading.listing: reading for reading in readings}
    return History(
        listings=tuple(
            listing.model_copy(
                update={
                    "agency_id": index.of(by_number[listing.listing]),
                    "agreement_id": agreement_of.get(listing.listing),
                }
            )
            for listing in listings
        ),
        agencies=agencies,
        agency_names=_write_names(readings, index, timeline),
        agency_counties=tuple(row for place in places for row in place.counties),
        register_matches=tuple(place.match for place in places if place.match is not None),
        agreements=tuple(agreements),
        events=tuple(events),
        readings=readings,
        timeline=timeline,
        moved_agencies={old: tuple(sorted(new)) for old, new in index.moved.items()},
        moved_agreements=moved,
    )


def _identify(
    tracks: list[Track], rows: dict[int, list[Reading]], known: Known
) -> tuple[dict[int, str], dict[str, tuple[str, ...]]]:
    """Each agreement's identifier: the one it had, else a new one, in order of first listing."""
    claims = _claims(tracks, rows, known)
    existing = {agreement.id for agreement in known.agreements}
    mint = Mint(existing | known.used)
    identifiers: dict[int, str] = {}
    moved: dict[str, tuple[str, ...]] = {}
    given: set[str] = set()
    order = sorted(tracks, key=lambda t: (t.first.first, t.first.instance))
    for track in order:
        kept = [identifier for identifier in claims[id(track)] if identifier not in given]
        if kept:
            identifiers[id(track)] = kept[0]
            given.add(kept[0])
    for track in order:
        if id(track) not in identifiers:
            first = track.first.instance
            identifiers[id(track)] = mint.make(
                agreement_identifier(first.agency_id, first.model, first.day)
            )
    for identifier in sorted(existing - given):
        moved[identifier] = tuple(
            sorted(identifiers[id(t)] for t in tracks if identifier in claims[id(t)])
        )
    return identifiers, moved


def _claims(
    tracks: list[Track], rows: dict[int, list[Reading]], known: Known
) -> dict[int, list[str]]:
    """For each agreement the identifiers that its rows had, oldest listing first.

    By listing number where the listings are known; else by agency, model and date.
    """
    order = {agreement.id: agreement for agreement in known.agreements}
    by_listing = {
        row.listing: row.agreement_id for row in known.listings if row.agreement_id in order
    }
    by_date: dict[tuple[str, str, str], list[str]] = {}
    for agreement in known.agreements:
        day = agreement.signed_on.isoformat() if agreement.signed_on else ""
        by_date.setdefault((agreement.agency_id, agreement.model, day), []).append(agreement.id)
    claims: dict[int, list[str]] = {}
    for track in tracks:
        found = [by_listing[r.listing] for r in rows[id(track)] if r.listing in by_listing]
        if not found:
            first = track.first.instance
            wanted = agreement_identifier(first.agency_id, first.model, first.day)
            found = [wanted] if wanted in order else []
            for span in track.spans:
                key = (span.instance.agency_id, span.instance.model, span.instance.signed)
                found += by_date.get(key, [])
        claims[id(track)] = [identifier for identifier in dict.fromkeys(found) if identifier]
    return claims


def _write(
    tracks: list[Track],
    rows: dict[int, list[Reading]],
    identifiers: dict[int, str],
    standings: dict[int, Standing],
    waits: tuple[Wait, ...],
    timeline: Timeline,
) -> tuple[list[Agreement], list[Event]]:
    """The rows of agreements and of events."""
    publications = timeline.of_kind["participating"]
    pending = timeline.of_kind["pending"]
    waits_of: dict[tuple[str, str | None], list[Wait]] = {}
    for wait in waits:
        waits_of.setdefault((wait.agency_id, wait.model), []).append(wait)
    agreements: list[Agreement] = []
    events: list[Event] = []
    listed: dict[tuple[str, str | None], list[tuple[dt.date, str]]] = {}
    for track in sorted(tracks, key=lambda t: (t.first.first, identifiers[id(t)])):
        identifier, standing = identifiers[id(track)], standings[id(track)]
        last, first_day = track.last.instance, publications[track.first.first].stated_on
        pair = (last.agency_id, last.model)
        earlier = listed.setdefault(pair, [])
        successor = identifiers[id(standing.successor)] if standing.successor else None
        agreements.append(
            Agreement(
                id=identifier,
                agency_id=last.agency_id,
                model=last.model,
                signed_on=_signed_on(track),
                signed_basis=_signed_basis(track, rows[id(track)]),
                status=standing.status,  # type: ignore[arg-type]
                reason=standing.reason,
                listed_from=publications[track.first.first].id,
                listed_until=timeline.last_id("participating", track.last.last),
                pending_from=pending_from(
                    waits_of.get(pair, ()), pending, first_day, earlier[-1][0] if earlier else None
                ),
                successor_id=successor,
                document_id=None,
            )
        )
        earlier.append((first_day, identifier))
        teller = Teller(publications, identifier)
        events += tell_agreement(teller, track, rows[id(track)], standing, successor)
    events += tell_waits(waits, pending, listed)
    return agreements, events


def _signed_on(track: Track) -> dt.date | None:
    days = [span.instance.day for span in track.spans if span.instance.is_read]
    return days[-1] if days else None


def _signed_basis(track: Track, rows: list[Reading]) -> str | None:
    if _signed_on(track) is None:
        return None
    if len({span.instance.signed for span in track.spans}) > 1:
        return "list-corrected"
    fixed = any(note.startswith("signed:") for row in rows for note in row.fixed)
    return "fix" if fixed else "list"


def _write_agencies(
    readings: Iterable[Reading], index: AgencyIndex, verdicts: Verdicts, known: Known
) -> tuple[tuple[Agency, ...], tuple[Place, ...]]:
    """One row per agency, and where each is.

    Its name is the one that a verdict gives, else the newest spelling, of participating lists
    where there is one.
    """
    by_agency: dict[str, list[Reading]] = {}
    for reading in readings:
        agency_id = index.of(reading)
        if agency_id is not None:
            by_agency.setdefault(agency_id, []).append(reading)
    register = index_register(known.register, known.register_fixes)
    county_fixes = index_county_fixes(known.county_fixes)
    agencies, places = [], []
    for identifier, rows in sorted(by_agency.items()):
        rows.sort(key=lambda r: (r.kind == "participating", r.last, r.first, r.name, r.listing))
        newest = rows[-1]
        assert newest.state is not None
        keys = list(dict.fromkeys(row.key for row in reversed(rows)))
        place = place_agency(
            identifier,
            newest.state,
            keys,
            describe_body(newest.state, keys, rows[::-1]),
            newest_level(rows[::-1]),
            register,
            county_fixes,
        )
        places.append(place)
        body = place.body
        agencies.append(
            Agency(
                id=identifier,
                state=newest.state,
                name=verdicts.name(newest.state, newest.key) or newest.name,
                kind=body.kind,
                kind_basis=body.kind_basis,
                county=body.county.name if body.county else None,
                county_fips=body.county.fips if body.county else None,
                county_basis=body.county_basis,
            )
        )
    return tuple(agencies), tuple(places)


def _write_names(
    readings: Iterable[Reading], index: AgencyIndex, timeline: Timeline
) -> tuple[AgencyName, ...]:
    """One row per agency, kind of list and spelling, with the window over all its rows."""
    windows: dict[tuple[str, str, str, str], tuple[int, int, Reading]] = {}
    for reading in readings:
        agency_id = index.of(reading)
        if agency_id is None:
            continue
        key = (agency_id, reading.kind, reading.name_printed, reading.state_printed)
        first, last, _ = windows.get(key, (reading.first, reading.last, reading))
        windows[key] = (min(first, reading.first), max(last, reading.last), reading)
    names = []
    for (agency_id, _, name, state), (first, last, reading) in sorted(
        windows.items(), key=lambda item: item[0]
    ):
        assert reading.state is not None
        assignment = index.by_name[reading.state, reading.key]
        names.append(
            AgencyName(
                agency_id=agency_id,
                kind=reading.kind,
                name_printed=name,
                state_printed=state,
                first_publication=timeline.of_kind[reading.kind][first].id,
                last_publication=timeline.last_id(reading.kind, last),
                matched_by=assignment.matched_by,
                evidence=assignment.evidence,
            )
        )
    return tuple(names)
