"""Rows of the lists as ICE published them, and of their files and order."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import StringConstraints

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


class KnownList(Row):
    """One list that exists and is not held: nobody here has read it."""

    file = "known_lists.csv"
    key = ("sha256", "file_name")
    sha256: Sha256
    file_name: str
    kind: ListKind
    stated_on: dt.date  # as the file's name states; nothing else is known of what it speaks of
    half_day: str | None
    retrieved_at: str  # UTC, ISO 8601, when the project that keeps the copy had it
    bytes: int | None
    address: str | None  # at the publisher


GitBlob = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]


class Copy(Row):
    """One public copy of a file, to be believed by SHA-256, or by git blob where that is known."""

    file = "copies.csv"
    key = ("repository", "ref", "path")
    repository: Annotated[str, StringConstraints(pattern=r"^[\w.-]+/[\w.-]+$")]  # on GitHub
    ref: str | None  # commit or branch; None: the repository's newest state
    path: str
    sha256: Sha256 | None
    git_blob: GitBlob | None  # SHA-1 of "blob <length>", a zero byte and the content
    bytes: int | None
    document_id: Identifier | None  # only where no SHA-256 says which document it is: by file name
