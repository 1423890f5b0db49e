"""Agencies: every printed name is given to one body, in the order in which names appeared.

A name is judged by what the lists up to its first appearance show; a person's verdict in
``fixes/agency_names.csv`` comes before any rule. Every run judges all names anew, so that a list
which is found late tells the same history as if it had come in time; what earlier runs recorded
decides nothing but identifiers, which stay (`scripts.identity.kept`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from scripts.identity.identifiers import Mint, agency_identifier
from scripts.identity.kept import KnownName, NameKey, keep_identifiers
from scripts.identity.listed import ListedRows
from scripts.identity.names import display_name, name_key
from scripts.identity.readings import Reading
from scripts.identity.rules import Judgement, judge_name
from scripts.lists.timeline import Timeline
from scripts.records.models.fixes import AgencyNameFix

DAYS_WAITING = 60  # from pending to participating under another spelling


@dataclass
class Verdicts:
    """What persons decided: which spellings are one body, and which are not."""

    canonical: dict[NameKey, str] = field(default_factory=dict)  # key → right key
    shown: dict[NameKey, str] = field(default_factory=dict)  # right key → right name
    evidence: dict[NameKey, str] = field(default_factory=dict)
    distinct: set[tuple[str, frozenset[str]]] = field(default_factory=set)

    def root(self, name: NameKey) -> NameKey:
        """The spelling under which a name's body goes, after all ``same`` verdicts."""
        seen = {name}
        while name in self.canonical:
            name = (name[0], self.canonical[name])
            if name in seen:
                break
            seen.add(name)
        return name

    def name(self, state: str, key: str) -> str | None:
        """The right spelling of a name by verdict; ``None`` where there is none."""
        return self.shown.get(self.root((state, key)))

    def are_distinct(self, state: str, one: str, other: str) -> bool:
        """Whether a person said that two names are two bodies."""
        return (state, frozenset((one, other))) in self.distinct


def read_verdicts(fixes: Iterable[AgencyNameFix]) -> Verdicts:
    """The verdicts of the record file; in a ``same`` row ``other_name`` is the right spelling."""
    verdicts = Verdicts()
    for fix in fixes:
        key, other = name_key(fix.name), name_key(fix.other_name)
        if fix.verdict == "distinct":
            verdicts.distinct.add((fix.state, frozenset((key, other))))
        elif key != other:
            verdicts.canonical[fix.state, key] = other
            verdicts.shown[fix.state, other] = display_name(fix.other_name)
            verdicts.evidence[fix.state, key] = f"{fix.reason}. {fix.evidence}"
    return verdicts


@dataclass(frozen=True)
class Assignment:
    """A spelling's agency, with the rule that gave it and what the rule saw."""

    agency_id: str
    matched_by: str
    evidence: str | None


@dataclass
class AgencyIndex:
    """All spellings with their agencies, and what became of identifiers that are no more."""

    by_name: dict[NameKey, Assignment] = field(default_factory=dict)
    moved: dict[str, set[str]] = field(default_factory=dict)

    def of(self, reading: Reading) -> str | None:
        """The agency that a row names; ``None`` where its name cannot be read or is new."""
        if reading.state is None:
            return None
        found = self.by_name.get((reading.state, reading.key))
        return found.agency_id if found else None


def assign_agencies(
    standing: ListedRows,
    timeline: Timeline,
    verdicts: Verdicts,
    known_names: Iterable[KnownName],
    used: Iterable[str],
) -> AgencyIndex:
    """Give every spelling on the lists to an agency; agencies that are known keep identifiers.

    ``used`` are identifiers that no new agency may have.
    """
    judged = _judge_all(standing, timeline, verdicts)
    bodies: dict[str, list[NameKey]] = {}
    for name, assignment in judged.by_name.items():
        bodies.setdefault(assignment.agency_id, []).append(name)
    kept = keep_identifiers(bodies, known_names, verdicts.distinct, Mint(used))
    for name, assignment in judged.by_name.items():
        judged.by_name[name] = replace(assignment, agency_id=kept.names[assignment.agency_id])
    judged.moved = kept.moved
    return judged


def _judge_all(standing: ListedRows, timeline: Timeline, verdicts: Verdicts) -> AgencyIndex:
    """Every spelling with its body, in order of appearance, under the name that a new one has."""
    mint = Mint()
    index = AgencyIndex()
    spellings: dict[str, dict[str, str]] = {}  # state → key → agency
    roots: dict[NameKey, str] = {}
    for publication in timeline.ordered:
        position = timeline.position[publication.id]
        for reading in _newcomers(standing[publication.kind][position], position, index):
            assert reading.state is not None
            name = (reading.state, reading.key)
            found = _judge(
                reading, position, standing, timeline, index, verdicts, roots, spellings, mint
            )
            index.by_name[name] = found
            roots.setdefault(verdicts.root(name), found.agency_id)
            spellings.setdefault(reading.state, {})[reading.key] = found.agency_id
    return index


def _newcomers(readings: list[Reading], position: int, index: AgencyIndex) -> list[Reading]:
    """The first reading of each name that was on no list before, in order of state and name."""
    found: dict[NameKey, Reading] = {}
    for reading in readings:
        if reading.first != position or reading.state is None or not reading.key:
            continue
        name = (reading.state, reading.key)
        if name not in index.by_name:
            found.setdefault(name, reading)
    return [found[name] for name in sorted(found)]


def _judge(
    reading: Reading,
    position: int,
    standing: ListedRows,
    timeline: Timeline,
    index: AgencyIndex,
    verdicts: Verdicts,
    roots: dict[NameKey, str],
    spellings: dict[str, dict[str, str]],
    mint: Mint,
) -> Assignment:
    assert reading.state is not None
    name = (reading.state, reading.key)
    root = verdicts.root(name)
    if root in roots:
        return Assignment(roots[root], *_basis(name, verdicts))
    lists = standing[reading.kind]
    judgement = judge_name(
        reading,
        before=lists[position - 1] if position else [],
        now=lists[position],
        waiting=_waiting(reading, position, standing, timeline),
        spellings=spellings.get(reading.state, {}),
        agency_of=index.of,
        are_distinct=verdicts.are_distinct,
    )
    if judgement is not None and root == name:
        return _accept(judgement)
    shown = verdicts.name(*name) or reading.name
    identifier = mint.make(agency_identifier(reading.state, shown))
    return Assignment(identifier, *_basis(name, verdicts))


def _basis(name: NameKey, verdicts: Verdicts) -> tuple[str, str | None]:
    """How a spelling without rule is known: by a verdict where it is not the right one itself."""
    if name in verdicts.canonical:
        return "verdict", verdicts.evidence[name]
    return "exact", None


def _waiting(
    reading: Reading, position: int, standing: ListedRows, timeline: Timeline
) -> list[Reading]:
    """For a row of a participating list, what the pending lists of the 60 days before print."""
    if reading.kind == "pending":
        return []
    day = timeline.of_kind["participating"][position].stated_on
    rows: dict[int, Reading] = {}
    for number, publication in enumerate(timeline.of_kind["pending"]):
        if 0 <= (day - publication.stated_on).days <= DAYS_WAITING:
            rows.update((row.listing, row) for row in standing["pending"][number])
    return list(rows.values())


def _accept(judgement: Judgement) -> Assignment:
    return Assignment(judgement.agency_id, judgement.rule, judgement.evidence)
