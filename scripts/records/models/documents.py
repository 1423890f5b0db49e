"""Rows of memoranda and what was read in them, of confirmed differences among them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import StringConstraints

from scripts.records.models.base import Identifier, ModelCode, Row, Sha256


class Document(Row):
    """One memorandum or addendum file, held or known only by its address."""

    file = "documents.csv"
    key = ("id",)
    id: Identifier
    kind: Literal["memorandum", "addendum"]
    title: str
    agreement_id: Identifier | None  # the agreement it belongs to
    agency_id: Identifier | None
    file_name: str
    address: str | None
    archived_address: str | None
    sha256: Sha256 | None  # None: known by address only
    bytes: int | None
    pages: int | None
    text_from: Literal["embedded", "ocr", "mixed", "none"] | None
    model: ModelCode | None  # as the document itself says
    template: Identifier | None
    signed_on: dt.date | None  # ICE's signing date as the document says, never guessed
    signed_basis: str | None
    note: str | None


class DocumentFact(Row):
    """One thing that a memorandum says of itself, with how it was read and how sure that is."""

    file = "document_facts.csv"
    key = ("document_id", "fact")
    document_id: Identifier
    fact: Identifier  # model, template, agency, ice-signed-on, field-office, addendum, form-fields
    value: str
    basis: str  # how it was read: title, footer, opening, typed, digital-signature …
    page_number: int | None
    confidence: Annotated[str, StringConstraints(pattern=r"^[01]\.\d\d$")]  # 0.00 to 1.00


class FormField(Row):
    """One field of a memorandum's form: what it asks for and whether it is filled in."""

    file = "form_fields.csv"
    key = ("document_id", "position")
    document_id: Identifier
    position: int  # from 1, in the file's order
    page_number: int
    name: str | None  # as the form's author named it; None where the name may hold a person's
    asks_for: (
        Literal["agency", "date", "title", "signature", "person", "contact", "office"] | None
    )  # by its name
    kind: Literal["text", "choice", "mark", "signature"]
    is_filled: Literal["yes", "no"]
    typed_date: dt.date | None  # the only value that is kept


class FactCheck(Row):
    """A fact of a memorandum that was compared with the picture of its page."""

    file = "fact_checks.csv"
    key = ("document_id", "fact")
    document_id: Identifier
    fact: Identifier
    value: str | None  # what the picture shows; None where it shows nothing that may be taken down
    page_number: int
    checked_on: dt.date


class ConfirmedDeviation(Row):
    """A difference of a memorandum from its template that a person has seen on the picture."""

    file = "deviations.csv"
    key = ("id",)
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*-d\d{2}$")]
    document_id: Identifier
    page_number: int
    kind: Literal["addition", "omission", "change"]
    clause: str
    summary: str  # what differs, in the archive's own words
    checked_on: dt.date
