"""The record files' rows: one frozen model per file, columns in the order in which they stand.

An empty cell is ``None`` (unknown), except in ``*_printed`` columns, which hold a workbook's cell
as `encode_cell` writes it, where empty is an empty cell. ``TABLES`` lists every CSV file.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
PublicationId = Annotated[
    str, StringConstraints(pattern=r"^(?:pending-)?\d{4}-\d{2}-\d{2}(?:-[a-z0-9]+)*$")
]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
StateCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Fips = Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
ModelCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1)]

ListKind = Literal["participating", "pending"]
Provenance = Literal[
    "official-record",
    "official-statement",
    "court-record",
    "audit",
    "press-report",
    "leaked-record",
    "leaked-as-reported",
    "research",
    "advocacy-analysis",
    "computed",
]


class Row(BaseModel):
    """One row of a record file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: ClassVar[str]
    key: ClassVar[tuple[str, ...]]


class Publication(Row):
    """One content of a list that ICE published, over the neighbouring files that carried it."""

    file = "publications.csv"
    key = ("id",)
    id: PublicationId
    kind: ListKind
    stated_on: dt.date
    half_day: str | None  # am, mid, pm, am-b, pm-2 …; None where the source states none
    date_basis: Literal["file-name", "capture", "workbook-property", "fix"]
    date_note: str | None  # why the date differs from the one in the file name
    rows: int  # printed rows below the header, blank rows not counted
    header: str  # JSON array of the header cells as printed, trailing empty columns kept
    content_sha256: Sha256  # of header, rows and unwrapped links (see harvest.publications)


class PublicationFile(Row):
    """One file that carried a publication."""

    file = "publication_files.csv"
    key = ("sha256", "file_name")
    sha256: Sha256
    file_name: str
    publication_id: PublicationId
    bytes: int
    stated_on: dt.date | None  # as the file's own name says, before any correction
    half_day: str | None
    captured_at: str | None  # UTC, ISO 8601, when a web archive captured it
    modified_at: str | None  # docProps/core.xml, UTC, ISO 8601
    address: str | None  # at the publisher
    archived_address: str | None


class Listing(Row):
    """One row as printed, over the run of publications of its kind that printed it the same."""

    file = "listings.csv"
    key = ("listing",)
    listing: int  # stable number, minted once
    kind: ListKind
    agency_id: Identifier | None
    agreement_id: Identifier | None  # empty for pending and for unresolved rows
    occurrence: int  # 1, or 2… where a list prints the same row twice
    state_printed: str
    agency_printed: str
    type_printed: str
    county_printed: str
    model_printed: str
    signed_printed: str
    moa_printed: str
    moa_address: str | None  # unwrapped
    addendum_printed: str
    addendum_address: str | None
    other_cells: str | None  # JSON object {column letter: cell} of cells under unnamed headers
    first_publication: PublicationId
    last_publication: PublicationId | None  # None while it stands on the newest list of its kind


class ListingOrder(Row):
    """The order of one publication's rows.

    ``ops`` is a sequence of tokens: ``a-b`` or ``a`` copies rows a to b of the list before of the
    same kind (positions from 1, blank rows counted), ``+n`` or ``+n-m`` inserts listings n to m,
    ``_k`` inserts k blank rows;
    a list without rows is ``_0``.
    """

    file = "listing_order.csv"
    key = ("publication_id",)
    publication_id: PublicationId
    ops: str


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


class Permalink(Row):
    """One address ever published, and what it is now."""

    file = "permalinks.csv"
    key = ("path",)
    path: Annotated[str, StringConstraints(pattern=r"^/.*[^ ]$")]
    status: Literal["current", "moved", "withdrawn"]
    target: str | None  # address or addresses (separated by spaces) that took its place
    reason: str | None


class Release(Row):
    """One published state of the records."""

    file = "releases.csv"
    key = ("id",)
    id: Identifier
    released_on: dt.date
    covers: str
    newest_publication: PublicationId


class PublicationDateFix(Row):
    """A file whose name states a wrong date."""

    file = "fixes/publication_dates.csv"
    key = ("sha256", "file_name")
    sha256: Sha256
    file_name: str
    wrong: str
    right: PublicationId
    reason: str
    evidence: str


class CellFix(Row):
    """A wrong value in a list's cell; lapses when the publisher corrects it."""

    file = "fixes/cells.csv"
    key = ("column", "wrong", "scope_state", "scope_agency")
    column: Literal["state", "model", "type", "county", "signed"]
    wrong: str
    right: str
    scope_state: str | None
    scope_agency: str | None
    reason: str
    evidence: str


class AgencyNameFix(Row):
    """A person's verdict on whether two printed names are one body."""

    file = "fixes/agency_names.csv"
    key = ("state", "name", "other_name")
    state: StateCode
    name: str
    other_name: str
    verdict: Literal["same", "distinct"]
    reason: str
    evidence: str


class PageTextFix(Row):
    """A misreading in a page's text, mended at its place."""

    file = "fixes/page_text.csv"
    key = ("sha256", "page_number", "wrong", "occurrence")
    sha256: Sha256
    page_number: int
    wrong: str
    right: str
    occurrence: int
    reason: str
    evidence: str


class ContactAllowance(Row):
    """A public line of an office that need not be masked."""

    file = "fixes/contact_allow.csv"
    key = ("value",)
    value: str
    office: str
    reason: str


class CommonPhrase(Row):
    """A run of words that is nobody's wording: names of statutes, programmes, agencies."""

    file = "fixes/common_phrases.csv"
    key = ("phrase",)
    phrase: str
    reason: str


TABLES: tuple[type[Row], ...] = (
    Publication,
    PublicationFile,
    Listing,
    ListingOrder,
    Agency,
    AgencyName,
    Agreement,
    Event,
    Document,
    DocumentFact,
    FormField,
    FactCheck,
    ConfirmedDeviation,
    Payment,
    Rate,
    Figure,
    Topic,
    Correction,
    Permalink,
    Release,
    PublicationDateFix,
    CellFix,
    AgencyNameFix,
    PageTextFix,
    ContactAllowance,
    CommonPhrase,
)
