"""Identifiers that stay: agencies found anew are given the identifiers by which they are known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scripts.identity.identifiers import Mint
from scripts.identity.names import name_key
from scripts.lists.timeline import Timeline
from scripts.records.models.agreements import Agency, AgencyName

NameKey = tuple[str, str]  # postal code, name key


@dataclass(frozen=True)
class KnownName:
    """A spelling that an earlier run gave to an agency, and since when it was listed.

    ``since`` is the place of its first list among all lists in order of time.
    """

    agency_id: str
    name: NameKey
    since: int


@dataclass(frozen=True)
class Kept:
    """Each body's identifier, and for identifiers that are no more, what took their place."""

    names: Mapping[str, str]
    moved: dict[str, set[str]]


def known_names(
    agencies: Iterable[Agency], names: Iterable[AgencyName], timeline: Timeline
) -> tuple[KnownName, ...]:
    """The recorded spellings of agencies that are recorded."""
    state = {agency.id: agency.state for agency in agencies}
    place = {publication.id: number for number, publication in enumerate(timeline.ordered)}
    return tuple(
        KnownName(
            row.agency_id,
            (state[row.agency_id], name_key(row.name_printed)),
            place.get(row.first_publication, len(place)),
        )
        for row in names
        if row.agency_id in state
    )


def keep_identifiers(
    bodies: Mapping[str, Sequence[NameKey]],
    known: Iterable[KnownName],
    distinct: Collection[tuple[str, frozenset[str]]],
    mint: Mint,
) -> Kept:
    """Give each of ``bodies`` (wanted identifier → its names) its identifier.

    One that is known goes to the body that has its oldest spelling; where two are one body, the one
    that was there first stays. Where a person declared two spellings of one agency two bodies, its
    identifier goes to neither and leads to both. New bodies get new identifiers, in their order.
    """
    body_of = {name: body for body, names in bodies.items() for name in names}
    spellings: dict[str, dict[NameKey, int]] = {}
    for row in known:
        since = spellings.setdefault(row.agency_id, {})
        since[row.name] = min(since.get(row.name, row.since), row.since)
    torn = {
        identifier
        for identifier, names in spellings.items()
        for state, pair in distinct
        if len(pair) == 2 and {(state, key) for key in pair} <= names.keys()
    }
    order = sorted(spellings, key=lambda i: (min(spellings[i].values()), i))
    heirs = {identifier: _heirs(spellings[identifier], body_of) for identifier in order}
    names: dict[str, str] = {}
    for identifier in order:
        free = [body for body in heirs[identifier] if body not in names]
        if free and identifier not in torn:
            names[free[0]] = identifier
    given = set(names.values())
    for identifier in order:
        mint.take(identifier)
    for body in bodies:
        if body not in names:
            names[body] = mint.make(body)
    moved = {
        identifier: {names[body] for body in heirs[identifier]}
        for identifier in order
        if identifier not in given and heirs[identifier]
    }
    return Kept(names, moved)


def _heirs(names: Mapping[NameKey, int], body_of: Mapping[NameKey, str]) -> list[str]:
    """The bodies that have an agency's spellings now, that of the oldest spelling first."""
    oldest = sorted(names, key=lambda name: (names[name], name))
    return list(dict.fromkeys(body_of[name] for name in oldest if name in body_of))
