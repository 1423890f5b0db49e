"""The lists as the records hold them: rows, contents and files, without any source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from scripts.errors import ArchiveError
from scripts.lists.dates import ListDate, date_list
from scripts.lists.file_names import read_name
from scripts.lists.listings import Numbers
from scripts.lists.printed import PrintedList, PrintedRow, signing_dates
from scripts.lists.publications import ListFile
from scripts.records.models.base import ListKind
from scripts.records.models.fixes import PublicationDateFix
from scripts.records.models.lists import Listing, ListingOrder, Publication, PublicationFile
from scripts.records.order import expand_order, in_time_order
from scripts.records.read import Records


def recorded_rows(records: Records) -> dict[str, Numbers]:
    """The listing numbers of every recorded list in printed order; ``None`` is a blank row.

    Raises `ArchiveError` for a list without an order, or an order that does not fit.
    """
    orders = {order.publication_id: order for order in records.rows(ListingOrder)}
    before: dict[ListKind, list[int | None]] = {"participating": [], "pending": []}
    rows: dict[str, Numbers] = {}
    for publication in in_time_order(records.rows(Publication)):
        order = orders.get(publication.id)
        if order is None:
            raise ArchiveError.single(
                ListingOrder.file, "publication_id", publication.id, "a row for every publication"
            )
        before[publication.kind] = expand_order(before[publication.kind], order)
        rows[publication.id] = tuple(before[publication.kind])
    return rows


def recorded_contents(records: Records, rows: Mapping[str, Numbers]) -> dict[str, PrintedList]:
    """The content of every recorded list by its hash, made from the records alone.

    Raises `ArchiveError` where an order names a listing that is not there.
    """
    printed = {listing.listing: printed_row(listing) for listing in records.rows(Listing)}
    contents: dict[str, PrintedList] = {}
    for publication in records.rows(Publication):
        numbers = rows[publication.id]
        missing = [number for number in numbers if number is not None and number not in printed]
        if missing:
            raise ArchiveError.single(
                f"{ListingOrder.file}, {publication.id}", "ops", missing[0], "a row of listings.csv"
            )
        contents[publication.content_sha256] = PrintedList(
            publication.kind,
            publication.header,
            tuple(None if number is None else printed[number] for number in numbers),
            publication.content_sha256,
        )
    return contents


def printed_row(listing: Listing) -> PrintedRow:
    """A listing's cells as printed."""
    return PrintedRow(*(getattr(listing, column) for column in PrintedRow._fields))


def recorded_files(records: Records, contents: Mapping[str, PrintedList]) -> list[ListFile]:
    """The recorded files with their dates. Raises `ArchiveError` for one without publication."""
    publications = {item.id: item for item in records.rows(Publication)}
    fixes = {(fix.sha256, fix.file_name): fix.right for fix in records.rows(PublicationDateFix)}
    files = records.rows(PublicationFile)
    carriers = Counter(file.publication_id for file in files)
    found: list[ListFile] = []
    for file in files:
        publication = publications.get(file.publication_id)
        if publication is None:
            raise ArchiveError.single(
                f"{PublicationFile.file}, {file.file_name}",
                "publication_id",
                file.publication_id,
                "a publication of publications.csv",
            )
        fix = fixes.get((file.sha256, file.file_name))
        date = ListDate(
            publication.stated_on,
            publication.half_day,
            publication.date_basis,
            publication.date_note,
        )
        if fix is not None or carriers[publication.id] > 1:
            date = _own_date(file, contents[publication.content_sha256], fix, date)
        found.append(_list_file(file, publication, date))
    return found


def _own_date(
    file: PublicationFile, content: PrintedList, fix: str | None, date: ListDate
) -> ListDate:
    """The date of one of several files of a publication: a late list may come between them."""
    name = read_name(file.file_name)
    own = date_list(name, file.modified_at, signing_dates(content.rows), fix)
    if own is None:
        return date
    readings = (replace(own, alternatives=()), *own.alternatives)
    return next((one for one in readings if one.stated_on == date.stated_on), readings[0])


def _list_file(file: PublicationFile, publication: Publication, date: ListDate) -> ListFile:
    return ListFile(
        sha256=file.sha256,
        file_name=file.file_name,
        bytes=file.bytes,
        kind=publication.kind,
        content_sha256=publication.content_sha256,
        name=read_name(file.file_name),
        date=date,
        modified_at=file.modified_at,
        publication_id=publication.id,
        address=file.address,
        archived_address=file.archived_address,
    )
