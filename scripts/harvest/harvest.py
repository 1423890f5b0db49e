"""The harvest: from held lists and memoranda to the record files, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from scripts.checks.addresses import record_addresses
from scripts.errors import ArchiveError, Problem
from scripts.harvest.changes import describe_changes
from scripts.harvest.judging import Tables, blame, judge
from scripts.held.manifest import newest_entries
from scripts.held.store import HeldFile, find_held
from scripts.history.derive import History, Known, derive_history
from scripts.history.documents import HeldDocument, collect_documents
from scripts.history.papers import mark_replaced, read_days
from scripts.history.permalinks import (
    address,
    follow_anchors,
    update_permalinks,
    used_identifiers,
)
from scripts.lists.held_lists import Lists, read_lists
from scripts.reading.pdf import probe_pdf
from scripts.records.markdown import read_documents
from scripts.records.models.addresses import Permalink
from scripts.records.models.agreements import Agency, AgencyName, Agreement, Event
from scripts.records.models.base import Row
from scripts.records.models.documents import Document, DocumentFact, FactCheck
from scripts.records.models.fixes import AgencyNameFix, CellFix
from scripts.records.models.lists import Listing, ListingOrder, Publication, PublicationFile
from scripts.records.models.register import (
    AgencyCounty,
    AgencyCountyFix,
    RegisterAgency,
    RegisterFix,
    RegisterMatch,
)
from scripts.records.read import Records, read_records
from scripts.records.swap import writing
from scripts.records.write import write_tables

F = TypeVar("F", DocumentFact, FactCheck)


@dataclass(frozen=True)
class HarvestReport:
    """What a harvest did: the changes in words, and the files that it went on without."""

    changes: tuple[str, ...]
    files_written: tuple[str, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]

    def text(self) -> str:
        """The changes as one sentence and its details, for a terminal or a pull request."""
        if self.changes:
            return "\n".join(self.changes)
        if self.files_written:
            rewritten = ", ".join(self.files_written)
            return f"no list, agreement or spelling changed; rewritten: {rewritten}"
        return "nothing changed"


def harvest(
    sources: Path | Sequence[Path],
    records: Path,
    *,
    skip_unreadable: bool = False,
    accept: Collection[str] = (),
    progress: Callable[[str], None] = lambda stage: None,
) -> HarvestReport:
    """Bring the record files up to date with the held lists and memoranda.

    The new records are judged as `check` and `build` judge them before any of them is written.
    Raises `ArchiveError` with every file that cannot be read, or with what would be wrong of the
    records and the file that led there; the records stay as they are. With ``skip_unreadable`` goes
    on without the files that cannot be read and names them in the report. ``accept`` names lists
    that a person has looked at (see `scripts.lists.doubts`); ``progress`` is told each stage.
    """
    folders = [sources] if isinstance(sources, Path) else list(sources)
    with writing(records):
        progress("Reading records")
        before = read_records(records)
        held = [file for folder in folders for file in find_held(folder)]
        fetched = {key: one for folder in folders for key, one in newest_entries(folder).items()}

        def make(files: Sequence[HeldFile]) -> Made:
            lists = read_lists(files, before, accept=accept, fetched=fetched)
            pdfs, unreadable = probe_documents(files, before.rows(Document))
            return Made(make_tables(lists, pdfs, before), lists, (*lists.problems, *unreadable))

        progress("Reading lists and memoranda")
        made = make(held)
        if made.problems and not skip_unreadable:
            raise ArchiveError(made.problems)
        progress("Judging the new records")
        wrong = judge(before, made.tables)
        if wrong:
            progress("Looking for the file that led to what is wrong")
            raise ArchiveError(blame(wrong, held, before, lambda files: make(files).tables))
        written = write_tables(records, made.tables)
    changes = describe_changes(before, made.tables)
    return HarvestReport(changes, written, made.problems, made.lists.remarks)


@dataclass(frozen=True)
class Made:
    """The tables that come of some files, and what could not be read of these."""

    tables: Tables
    lists: Lists
    problems: tuple[Problem, ...]


def probe_documents(
    held: Iterable[HeldFile], known: Iterable[Document]
) -> tuple[tuple[HeldDocument, ...], tuple[Problem, ...]]:
    """The held PDFs with their numbers of pages; those known by hash are not opened again."""
    pages = {item.sha256: item.pages for item in known if item.sha256 and item.pages}
    found: list[HeldDocument] = []
    problems: list[Problem] = []
    for file in held:
        if file.media != "pdf" or file.reason is not None:
            continue
        number = pages.get(file.sha256)
        if number is None:
            try:
                number = probe_pdf(file.path).pages
            except ArchiveError as error:
                problems += error.problems
                continue
        folders = tuple(part.name for part in file.path.parents)
        found.append(HeldDocument(file.path.name, folders, file.sha256, file.bytes, number))
    return tuple(found), tuple(problems)


def make_tables(lists: Lists, pdfs: Sequence[HeldDocument], before: Records) -> Tables:
    """Every record table that the harvest writes."""
    permalinks = {row.path: row for row in follow_anchors(before.rows(Permalink), lists.moved)}
    known = Known(
        agencies=before.rows(Agency),
        agency_names=before.rows(AgencyName),
        agreements=before.rows(Agreement),
        listings=before.rows(Listing),
        cell_fixes=before.rows(CellFix),
        name_fixes=before.rows(AgencyNameFix),
        register=before.rows(RegisterAgency),
        register_fixes=before.rows(RegisterFix),
        county_fixes=before.rows(AgencyCountyFix),
        used=used_identifiers(permalinks.values(), "agencies")
        | used_identifiers(permalinks.values(), "agreements"),
    )
    history = derive_history(lists.publications, lists.listings, known)
    read = read_days(before.rows(DocumentFact))
    documents, memoranda = collect_documents(
        history.readings,
        {row.listing: row.agreement_id for row in history.listings},
        history.agreements,
        history.agencies,
        pdfs,
        before.rows(Document),
        used_identifiers(permalinks.values(), "documents"),
        read,
    )
    agreements = tuple(
        row.model_copy(update={"document_id": memoranda.get(row.id)}) for row in history.agreements
    )
    tables: dict[type[Row], Sequence[Row]] = {
        Publication: lists.publications,
        PublicationFile: lists.files,
        Listing: history.listings,
        ListingOrder: lists.orders,
        Agency: history.agencies,
        AgencyName: history.agency_names,
        AgencyCounty: history.agency_counties,
        RegisterMatch: history.register_matches,
        Agreement: agreements,
        Event: mark_replaced(history.events, agreements, documents, read),
        Document: documents,
    }
    tables |= follow_agencies(before, history)
    after = before.with_tables(tables)
    tables[Permalink] = update_permalinks(
        permalinks.values(),
        {
            *record_addresses(after, read_documents(before.folder)),
            *kept_addresses(permalinks.values(), before.folder),
        },
        moved_addresses(history),
        "renamed, merged or split after a correction",
    )
    return tables


def follow_agencies(before: Records, history: History) -> dict[type[Row], Sequence[Row]]:
    """The facts of memoranda with agencies as they are now called.

    A fact about an agency that was split is dropped: the file must be read again to say which.
    """
    now = {agency.id for agency in history.agencies}
    moved = {old: new[0] for old, new in history.moved_agencies.items() if len(new) == 1}

    def follow(rows: Iterable[F]) -> tuple[F, ...]:
        kept: list[F] = []
        for row in rows:
            if row.fact == "agency" and row.value is not None and row.value not in now:
                if row.value not in moved:
                    continue
                row = row.model_copy(update={"value": moved[row.value]})
            kept.append(row)
        return tuple(kept)

    facts, checks = before.rows(DocumentFact), before.rows(FactCheck)
    tables: dict[type[Row], Sequence[Row]] = {}
    if facts or checks:
        tables = {DocumentFact: follow(facts), FactCheck: follow(checks)}
    return tables


def kept_addresses(known: Iterable[Permalink], folder: Path) -> list[str]:
    """Current addresses of records that are not the harvest's: excerpts, curated documents …"""
    curated = {f"/documents/{path.stem}/" for path in (folder / "documents").glob("*.md")}
    ours = ("/agencies/", "/agreements/", "/documents/", "/publications/")
    return [
        row.path
        for row in known
        if row.status == "current" and (not row.path.startswith(ours) or row.path in curated)
    ]


def moved_addresses(history: History) -> dict[str, list[str]]:
    """Addresses of records that are no more, with those that took their place."""
    kinds = (("agencies", history.moved_agencies), ("agreements", history.moved_agreements))
    return {
        address(kind, old): [address(kind, identifier) for identifier in new]
        for kind, moved in kinds
        for old, new in moved.items()
    }
