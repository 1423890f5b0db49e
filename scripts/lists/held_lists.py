"""Stage one of the harvest: from the held lists and the records to lists, files, rows, order."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from rich.console import Console
from rich.progress import Progress

from scripts.errors import ArchiveError, Problem
from scripts.held.manifest import Fetched
from scripts.held.store import HeldFile
from scripts.lists.dates import date_list
from scripts.lists.doubts import without_doubtful
from scripts.lists.file_names import read_name
from scripts.lists.listings import Numbers, number_rows, order_rows
from scripts.lists.printed import PrintedList, odd_values, printed_list, signing_dates
from scripts.lists.publications import (
    ListFile,
    arrange,
    in_sequence,
    settle_dates,
)
from scripts.lists.recorded import recorded_contents, recorded_files, recorded_rows
from scripts.lists.workbook import read_workbook
from scripts.records.models.base import ListKind
from scripts.records.models.fixes import PublicationDateFix
from scripts.records.models.lists import Listing, ListingOrder, Publication, PublicationFile
from scripts.records.read import Records
from scripts.workers import make_pool

_FEW_FILES = 12  # so many lists are read sooner than a pool of processes starts


@dataclass(frozen=True)
class Lists:
    """What the lists say, as record rows, and what a person should know.

    ``rows`` holds every list's listing numbers in printed order (``None`` is a blank row) and
    ``sequence`` each kind's publications from the oldest to the newest. ``moved`` are rows whose
    listing a late list gave another number: publication, number before, number now. ``problems``
    stop the harvest;
    ``remarks`` are odd values that were kept as printed. ``new`` are publications not recorded
    before. Agency and agreement of a new listing are empty.
    """

    publications: tuple[Publication, ...]
    files: tuple[PublicationFile, ...]
    listings: tuple[Listing, ...]
    orders: tuple[ListingOrder, ...]
    rows: Mapping[str, Numbers]
    sequence: Mapping[ListKind, tuple[str, ...]]
    moved: tuple[tuple[str, int, int], ...]
    new: tuple[str, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ReadList:
    """One workbook as read in a process of its own: its content, or why it has none."""

    content: PrintedList | None
    modified_at: str | None
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


def read_lists(
    held: Iterable[HeldFile],
    records: Records,
    *,
    accept: Collection[str] = (),
    fetched: Mapping[tuple[str, str], Fetched] = MappingProxyType({}),
    workers: int | None = None,
) -> Lists:
    """Bring the lists among ``held`` and the recorded ones together.

    Files that are recorded already are not read again. A file that is not what it claims, cannot
    be read or dated, or at which a person has to look first (`without_doubtful`) is a problem and
    left out; ``accept`` names (by file name or SHA-256) those that a person has looked at;
    ``fetched`` says whence a file was had, by SHA-256 and file name, as the store's manifest does.
    """
    held = tuple(held)
    rows = recorded_rows(records)
    contents = recorded_contents(records, rows)
    known = recorded_files(records, contents)
    problems = [_unsound(file) for file in held if file.reason]
    remarks: list[Problem] = []
    fresh = _not_recorded(held, known)
    by_hash = {file.sha256: file for file in known}
    read = _read_all([file for file in fresh if file.sha256 not in by_hash], workers)
    for one in read.values():
        problems += one.problems
        remarks += one.remarks
        if one.content is not None:
            contents[one.content.content_sha256] = one.content
    fixes = {(fix.sha256, fix.file_name): fix.right for fix in records.rows(PublicationDateFix)}
    new = [
        _list_file(file, by_hash.get(file.sha256), read.get(file.sha256), contents, fixes)
        for file in fresh
    ]
    problems += [file for file in new if isinstance(file, Problem)]
    files = _with_addresses((*known, *(one for one in new if isinstance(one, ListFile))), fetched)
    files = settle_dates(files, contents.__getitem__)
    days = {key: dt.date.fromisoformat(one.fetched_at[:10]) for key, one in fetched.items()}
    files, doubtful = without_doubtful(files, contents, accept, days)
    carried = arrange(files, records.rows(Publication), contents.__getitem__)
    publications = tuple(item.publication for item in carried)
    numbered = number_rows(
        publications,
        {item.id: contents[item.content_sha256].rows for item in publications},
        rows,
        {listing.listing: listing for listing in records.rows(Listing)},
    )
    sequence = in_sequence(carried)
    orders = {order.publication_id: order for order in records.rows(ListingOrder)}
    return Lists(
        publications=tuple(sorted(publications, key=lambda item: item.id)),
        files=tuple(file.record(item.publication.id) for item in carried for file in item.files),
        listings=numbered.listings,
        orders=order_rows(sequence, numbered, orders),
        rows=numbered.rows,
        sequence=sequence,
        moved=numbered.moved,
        new=tuple(item.id for item in publications if item.id not in rows),
        problems=tuple(problems) + doubtful,
        remarks=tuple(remarks) + _misnamed(files),
    )


def read_one(path: Path) -> ReadList:
    """Read one list; what is wrong with it comes back as a value (runs in a pool)."""
    try:
        book = read_workbook(path)
        content = printed_list(book)
    except ArchiveError as error:
        return ReadList(None, None, error.problems, ())
    return ReadList(content, book.modified_at, (), book.remarks + odd_values(content, path.name))


def _not_recorded(held: Iterable[HeldFile], known: Iterable[ListFile]) -> list[HeldFile]:
    """The sound workbooks that no record names, each content and name once, in a fixed order."""
    recorded = {(file.sha256, file.file_name) for file in known}
    fresh = {
        (file.sha256, file.path.name): file
        for file in held
        if file.media == "workbook" and file.reason is None
    }
    return [fresh[key] for key in sorted(fresh) if key not in recorded]


def _with_addresses(
    files: Iterable[ListFile], fetched: Mapping[tuple[str, str], Fetched]
) -> tuple[ListFile, ...]:
    """Files with the addresses from which they were had; a recorded address stays."""
    found = []
    for file in files:
        had = fetched.get((file.sha256, file.file_name))
        address = file.address or (had.address if had else None)
        archived = file.archived_address or (had.archived_address if had else None)
        if (address, archived) != (file.address, file.archived_address):
            file = replace(file, address=address, archived_address=archived)
        found.append(file)
    return tuple(found)


def _read_all(files: Sequence[HeldFile], workers: int | None) -> dict[str, ReadList]:
    """Each distinct file's content by SHA-256, read in several processes where there are many."""
    paths = {file.sha256: file.path for file in files}
    if len(paths) <= _FEW_FILES:
        return {sha256: read_one(path) for sha256, path in paths.items()}
    return dict(zip(paths, _in_processes(list(paths.values()), workers), strict=True))


def _without_collector() -> None:
    gc.disable()


def _in_processes(paths: Sequence[Path], workers: int | None) -> Iterator[ReadList]:
    with (
        make_pool(workers, start="fork", begin=_without_collector) as pool,
        Progress(console=Console(stderr=True), transient=True) as progress,
    ):
        results = pool.map(read_one, paths, chunksize=4)
        yield from progress.track(results, total=len(paths), description="Reading lists")


def _unsound(file: HeldFile) -> Problem:
    return Problem(
        file.path.name,
        "",
        str(file.reason),
        "an Excel workbook or a PDF, as its name says",
        f"Fetch it again, rename it or take it away (SHA-256 {file.sha256[:12]}…)",
    )


def _list_file(
    held: HeldFile,
    known: ListFile | None,
    read: ReadList | None,
    contents: Mapping[str, PrintedList],
    fixes: Mapping[tuple[str, str], str],
) -> ListFile | Problem | None:
    """A file with its date; ``None`` where it could not be read (which is reported already)."""
    file_name = held.path.name
    if known is not None:
        content, modified_at = contents[known.content_sha256], known.modified_at
    elif read is not None and read.content is not None:
        content, modified_at = read.content, read.modified_at
    else:
        return None
    name = read_name(file_name)
    fix = fixes.get((held.sha256, file_name))
    date = date_list(name, modified_at, signing_dates(content.rows), fix)
    if date is None:
        return Problem(
            file_name,
            "date",
            "no date in its name or its properties",
            "a name such as participatingAgencies05162025am.xlsx",
            f"Add a row to {PublicationDateFix.file} for SHA-256 {held.sha256}",
        )
    return ListFile(
        sha256=held.sha256,
        file_name=file_name,
        bytes=held.bytes,
        kind=content.kind,
        content_sha256=content.content_sha256,
        name=name,
        date=date,
        modified_at=modified_at,
    )


def _misnamed(files: Iterable[ListFile]) -> tuple[Problem, ...]:
    """Remarks on new files named as one kind that hold the other; the content decides."""
    return tuple(
        Problem(file.file_name, "kind", f"a {file.kind} list", "what its name says", "Kept so")
        for file in files
        if file.publication_id is None and _named_kind(file.file_name) not in (None, file.kind)
    )


def _named_kind(file_name: str) -> ListKind | None:
    lower = file_name.lower()
    if "pending" in lower:
        return "pending"
    return "participating" if "participating" in lower else None
