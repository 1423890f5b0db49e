"""The command ``fetch``."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console

from scripts import paths
from scripts.errors import ArchiveError
from scripts.fetch.collect import Collector, Wanted
from scripts.fetch.fetch import Fetcher
from scripts.held.store import held_paths
from scripts.options import FOLDER, records_option
from scripts.records.curated import CuratedDocument
from scripts.records.markdown import read_documents
from scripts.records.models.documents import Document
from scripts.records.models.lists import PublicationFile
from scripts.records.read import Records, read_records


def user_agent(contact: str | None = None) -> str:
    """Who asks: the archive, and where its keepers can be reached."""
    where = contact or os.environ.get("ARCHIVE_CONTACT") or os.environ.get("SITE_URL")
    return f"287g-archive/0.1 (public records archive{f'; +{where}' if where else ''})"


def wanted_files(
    records: Records, curated: Iterable[CuratedDocument], held: frozenset[str]
) -> tuple[Wanted, ...]:
    """The lists and documents that the records name by SHA-256 and that are not held, each once."""
    lists = [
        Wanted(row.sha256, row.file_name, "workbook", _places(row.address, row.archived_address))
        for row in records.rows(PublicationFile)
        if row.sha256 not in held
    ]
    documents = [
        Wanted(row.sha256, row.file_name, "pdf", _places(row.address, row.archived_address))
        for row in records.rows(Document)
        if row.sha256 is not None and row.sha256 not in held
    ]
    fronts = [(document.id, document.front) for document in curated]
    read = [
        Wanted(front.sha256, f"{name}.pdf", "pdf", _places(front.address, front.archived))
        for name, front in fronts
        if front.sha256 is not None and front.sha256 not in held
    ]
    wanted = {(one.sha256, one.file_name): one for one in (*lists, *documents)}
    known = {sha256 for sha256, _ in wanted}
    return (*wanted.values(), *(one for one in read if one.sha256 not in known))


def _places(*addresses: str | None) -> tuple[str, ...]:
    return tuple(address for address in addresses if address)


@click.command()
@click.option("--from-records", is_flag=True, help="Bring back what the records name by SHA-256.")
@click.option("--lists-only", is_flag=True, help="Leave the linked memoranda alone.")
@click.option("--again", is_flag=True, help="Ask for known memoranda too, in case they changed.")
@click.option("--most", type=int, default=None, help="Ask for at most so many memoranda.")
@click.option("--contact", default=None, help="Address in the User-Agent; else ARCHIVE_CONTACT.")
@click.option("--sources", type=FOLDER, default=paths.STORE, help="The store to fetch into.")
@records_option
def fetch(
    from_records: bool,
    lists_only: bool,
    again: bool,
    most: int | None,
    contact: str | None,
    sources: Path,
    records: Path,
) -> None:
    """Fetch ICE's current lists and the memoranda they link; the Wayback Machine comes second.

    Every file is kept below its SHA-256, with address, time and headers in manifest.jsonl.
    """
    console = Console(stderr=True)
    with Fetcher(sources, user_agent(contact)) as fetcher, console.status("Fetching") as status:
        collector = Collector(fetcher, sources)
        fetcher.says = status.update
        if from_records:
            held = frozenset(held_paths(sources)) if sources.is_dir() else frozenset()
            named = paths.default_sources()
            if named is not None and named != sources:
                held |= frozenset(held_paths(named))
            named_files = wanted_files(read_records(records), read_documents(records), held)
            report = collector.missing(named_files)
        else:
            report = collector.current(memoranda=not lists_only, again=again, most=most)
    click.echo(report.text())
    if report.problems:
        raise ArchiveError(report.problems)
