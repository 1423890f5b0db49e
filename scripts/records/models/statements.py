"""Rows of what is said about the programme: amounts, rates, figures; topics; corrections."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from scripts.records.models.base import Identifier, Provenance, Row, StateCode


class Payment(Row):
    """One amount of money with payee, category, period, status and source."""

    file = "payments.csv"
    key = ("id",)
    id: Identifier
    agency_id: Identifier | None
    payee: str
    category: str
    period: str | None
    amount_usd: int | None
    amount_qualifier: Literal["exact", "about", "at-least", "at-most"] | None
    status: Literal["announced", "appropriated", "set-aside", "obligated", "paid", "projected"]
    payer: str  # ice, state …: state grants are kept apart from ICE's money
    source_id: Identifier
    locator: str | None  # page, or first and last words
    provenance: Provenance
    reported_via: str | None
    note: str | None


class Rate(Row):
    """One rule of the payment scheme."""

    file = "rates.csv"
    key = ("id",)
    id: Identifier
    label: str
    value: str | None
    unit: str | None
    condition: str | None
    valid_from: str | None  # ISO date or month
    valid_until: str | None
    source_id: Identifier
    locator: str | None
    provenance: Provenance
    reported_via: str | None
    note: str | None


class Figure(Row):
    """One number used in prose: reported by a source, or the name of a query that computes it."""

    file = "figures.csv"
    key = ("id",)
    id: Identifier
    label: str  # what it counts, as a noun phrase
    value: str | None  # None where a query computes it
    qualifier: Literal["exact", "about", "at-least", "at-most"] | None
    unit: str | None
    as_of: str | None  # ISO date, month or year; None where a query computes it
    query: str | None  # file name in db/figures without .sql
    source_id: Identifier | None
    locator: str | None
    provenance: Provenance
    reported_via: str | None
    agency_id: Identifier | None
    state: StateCode | None  # where it counts one state alone
    differs_from: str | None  # identifiers of figures that disagree, separated by spaces
    compare_query: str | None  # query that computes the archive's own number for the same date
    note: str | None


class Topic(Row):
    """One subject that gathers excerpts."""

    file = "topics.csv"
    key = ("id",)
    id: Identifier
    title: str
    summary: str


class Correction(Row):
    """One mistake of ours, and what it is now."""

    file = "corrections.csv"
    key = ("id",)
    id: Identifier
    record: str  # address path of the record: /agreements/<id>/
    corrected_on: dt.date
    was: str
    now: str
    reported_by: str | None
