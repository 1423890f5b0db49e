"""Stage one of the harvest: from the held lists and the records to lists, files, rows, order."""

from __future__ import annotations

import gc
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from scripts.errors import ArchiveError, Problem
from scripts.held.store import HeldFile
from scripts.lists.dates import date_list
from scripts.lists.file_names import read_name
from scripts.lists.listings import Numbered, Numbers, number_rows, order_rows
from scripts.lists.printed import PrintedList, odd_values, printed_list, signing_dates
from scripts.lists.publications import (
    ListFile,
    arrange,
    in_file_order,
    in_sequence,
    settle_dates,
)
from scripts.lists.recorded import recorded_contents, recorded_files, recorded_rows
from scripts.lists.workbook import read_workbook
from scripts.records.models.addresses import Permalink
from scripts.records.models.base import ListKind
from scripts.records.models.fixes import PublicationDateFix
from scripts.records.models.lists import Listing, ListingOrder, Publication, PublicationFile
from scripts.records.read import Records

SHRINKS_BY = 0.04  # from one list to the next; the largest loss known is 1.4 percent
_FEW_ROWS = 5  # a loss of so few rows is no sign of a list read in part
_FEW_FILES = 12  # so many lists are read sooner than a pool of processes starts


@dataclass(frozen=True)
class Lists:
    """What the lists say, as record rows, and what a person should know.

    ``rows`` holds every list's listing numbers in printed order (``None`` is a blank row) and
    ``sequence`` each kind's publications from the oldest to the newest. ``permalinks`` are rows
    to add for listings that a late list moved to another number. ``problems`` stop the harvest;
    ``remarks`` are odd values that were kept as printed. ``new`` are publications not recorded
    before. Agency and agreement of a new listing are empty.
    """

    publications: tuple[Publication, ...]
    files: tuple[PublicationFile, ...]
    listings: tuple[Listing, ...]
    orders: tuple[ListingOrder, ...]
    rows: Mapping[str, Numbers]
    sequence: Mapping[ListKind, tuple[str, ...]]
    permalinks: tuple[Permalink, ...]
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
    addresses: Mapping[tuple[str, str], tuple[str, str | None]] | None = None,
    workers: int | None = None,
) -> Lists:
    """Bring the lists among ``held`` and the recorded ones together.

    Files that are recorded already are not read again. A file that is not what it claims, cannot
    be read or dated, or holds far fewer rows than the list before it is a problem and left out;
    ``accept`` names (by file name or SHA-256) lists whose shrinking a person has looked at;
    ``addresses`` gives publisher's and archived address by SHA-256 and file name, as the store's
    manifest has them.
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
    files = _with_addresses((*known, *(one for one in new if isinstance(one, ListFile))), addresses)
    files = settle_dates(files, contents.__getitem__)
    files, shrunk = without_shrunk(files, contents, accept)
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
        permalinks=_moved(numbered),
        new=tuple(item.id for item in publications if item.id not in rows),
        problems=tuple(problems) + shrunk,
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
    files: Iterable[ListFile], addresses: Mapping[tuple[str, str], tuple[str, str | None]] | None
) -> tuple[ListFile, ...]:
    """Files with the addresses from which they were had; a recorded address stays."""
    found = []
    for file in files:
        address, archived = (addresses or {}).get((file.sha256, file.file_name), (None, None))
        address, archived = file.address or address, file.archived_address or archived
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


def _in_processes(paths: Sequence[Path], workers: int | None) -> Iterator[ReadList]:
    with (
        ProcessPoolExecutor(workers or os.cpu_count(), initializer=gc.disable) as pool,
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


def without_shrunk(
    files: Sequence[ListFile], contents: Mapping[str, PrintedList], accept: Collection[str] = ()
) -> tuple[tuple[ListFile, ...], tuple[Problem, ...]]:
    """Leave out new participating lists that shrink by more than `SHRINKS_BY`, with a problem.

    Eighteen agencies were once published elsewhere as departed because a list had been parsed in
    part; so a person looks first. Pending lists lose most of their rows whenever ICE signs.
    """
    kept: list[ListFile] = []
    problems: list[Problem] = []
    before: ListFile | None = None
    for file in in_file_order(files):
        if file.kind == "participating":
            is_new = file.publication_id is None and not {file.sha256, file.file_name} & set(accept)
            if is_new and before is not None and _has_shrunk(file, before, contents):
                problems.append(_shrunk(file, before, contents))
                continue
            before = file
        kept.append(file)
    return tuple(kept), tuple(problems)


def _has_shrunk(file: ListFile, before: ListFile, contents: Mapping[str, PrintedList]) -> bool:
    rows, earlier = contents[file.content_sha256].count, contents[before.content_sha256].count
    return earlier - rows > max(_FEW_ROWS, SHRINKS_BY * earlier)


def _shrunk(file: ListFile, before: ListFile, contents: Mapping[str, PrintedList]) -> Problem:
    return Problem(
        file.file_name,
        "rows",
        f"{contents[file.content_sha256].count} rows",
        f"about {contents[before.content_sha256].count}, as in {before.file_name}, the list before",
        f"Look at the workbook; if ICE's list did shrink so, run again with --accept {file.sha256}",
    )


def _moved(numbered: Numbered) -> tuple[Permalink, ...]:
    """The addresses of listings that a late list split, each with the address it has now."""
    return tuple(
        Permalink(
            path=f"/publications/{publication_id}/#{had}",
            status="moved",
            target=f"/publications/{publication_id}/#{has}",
            reason="a list found later stands between and does not print the row",
        )
        for publication_id, had, has in numbered.moved
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
