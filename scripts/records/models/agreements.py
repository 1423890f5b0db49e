"""Rows of agencies, their names, agreements, and what happened to them."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from scripts.records.models.base import (
    Fips,
    Identifier,
    ListKind,
    ModelCode,
    PublicationId,
    Row,
    StateCode,
)


class Agency(Row):
    """One law-enforcement body."""

    file = "agencies.csv"
    key = ("id",)
    id: Identifier
    state: StateCode
    name: str
    kind: str | None  # sheriff, municipal-police, state-agency, corrections, constable, …
    kind_basis: str | None  # how the kind is known: name, type-column, fix
    county: str | None
    county_fips: Fips | None
    county_basis: str | None  # how it is known: county-column, name, fix


class AgencyName(Row):
    """One spelling printed for an agency, with its window on the lists of one kind."""

    file = "agency_names.csv"
    key = ("agency_id", "kind", "name_printed", "state_printed")
    agency_id: Identifier
    kind: ListKind
    name_printed: str
    state_printed: str
    first_publication: PublicationId
    last_publication: PublicationId | None
    matched_by: str  # exact, verdict, typo, modifier, rename, relabel
    evidence: str | None


class Agreement(Row):
    """One signed instrument: an agency, a model and a signing date."""

    file = "agreements.csv"
    key = ("id",)
    id: Identifier
    agency_id: Identifier
    model: ModelCode
    signed_on: dt.date | None  # as now understood; corrections stand in events
    signed_basis: str | None  # list, list-corrected, fix
    status: Literal["active", "superseded", "removed"]
    reason: str | None  # why removed or superseded, as far as timing shows
    listed_from: PublicationId
    listed_until: PublicationId | None  # last list that shows it; None while active
    pending_from: PublicationId | None  # first pending list that shows agency and model
    successor_id: Identifier | None
    document_id: Identifier | None  # the memorandum, where the link is believed


class Event(Row):
    """One dated change of an agency's standing, with the publication that shows it."""

    file = "events.csv"
    key = ("publication_id", "agency_id", "model", "kind", "agreement_id", "before", "after")
    publication_id: PublicationId
    kind: str  # pending, pending-ended, signed, listed, date-corrected, renamed, memorandum-linked…
    agency_id: Identifier
    model: ModelCode | None
    agreement_id: Identifier | None
    on: dt.date | None  # the date that the event speaks of (signing), not that of the list
    before: str | None
    after: str | None
    note: str | None
