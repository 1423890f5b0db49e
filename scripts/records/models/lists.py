"""Rows of the lists as ICE published them, and of their files and order."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from scripts.records.models.base import Identifier, ListKind, PublicationId, Row, Sha256


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
