"""What the checks and questions look at: the records of the history, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scripts.identity.readings import Reading, read_listings
from scripts.lists.timeline import Timeline, make_timeline
from scripts.records.models.addresses import Permalink
from scripts.records.models.agreements import Agency, AgencyName, Agreement, Event
from scripts.records.models.documents import Document, DocumentFact
from scripts.records.models.fixes import AgencyNameFix, CellFix
from scripts.records.models.lists import Listing, ListingOrder, Publication
from scripts.records.read import Records


@dataclass(frozen=True, order=True)
class Question:
    """One thing for a person to judge."""

    kind: str  # same-body, unread-row, wrong-link, county-unknown, date-far …
    state: str | None
    subject: str
    other: str | None
    publication_id: str | None
    detail: str | None


@dataclass(frozen=True)
class Subject:
    """The records of the history with what is needed to judge them."""

    timeline: Timeline
    readings: tuple[Reading, ...]
    listings: Mapping[int, Listing]
    orders: tuple[ListingOrder, ...]
    agencies: Mapping[str, Agency]
    agency_names: tuple[AgencyName, ...]
    agreements: Mapping[str, Agreement]
    events: tuple[Event, ...]
    documents: tuple[Document, ...]
    permalinks: tuple[Permalink, ...]
    name_fixes: tuple[AgencyNameFix, ...]
    document_facts: tuple[DocumentFact, ...]

    @cached_property
    def facts_of(self) -> dict[str, list[DocumentFact]]:
        """By document, what it says of itself."""
        facts: dict[str, list[DocumentFact]] = {}
        for fact in self.document_facts:
            facts.setdefault(fact.document_id, []).append(fact)
        return facts

    @cached_property
    def participating(self) -> tuple[Reading, ...]:
        """The readings of participating lists."""
        return tuple(row for row in self.readings if row.kind == "participating")

    @cached_property
    def rows_of(self) -> dict[str, list[Reading]]:
        """By agreement, the readings that show it."""
        rows: dict[str, list[Reading]] = {}
        for reading in self.participating:
            agreement_id = self.listings[reading.listing].agreement_id
            if agreement_id is not None:
                rows.setdefault(agreement_id, []).append(reading)
        return rows

    @cached_property
    def lists(self) -> Sequence[Publication]:
        """The participating lists in order of time."""
        return self.timeline.of_kind["participating"]


def make_subject(records: Records) -> Subject:
    """The subject of a folder's records."""
    timeline = make_timeline(records.rows(Publication))
    listings = records.rows(Listing)
    return Subject(
        timeline=timeline,
        readings=read_listings(listings, timeline, records.rows(CellFix)),
        listings={row.listing: row for row in listings},
        orders=records.rows(ListingOrder),
        agencies={row.id: row for row in records.rows(Agency)},
        agency_names=records.rows(AgencyName),
        agreements={row.id: row for row in records.rows(Agreement)},
        events=records.rows(Event),
        documents=records.rows(Document),
        permalinks=records.rows(Permalink),
        name_fixes=records.rows(AgencyNameFix),
        document_facts=records.rows(DocumentFact),
    )
