"""The command ``fetch``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import click
from rich.console import Console

from scripts import paths
from scripts.errors import ArchiveError
from scripts.fetch.collect import Collector, Wanted, git_blob
from scripts.fetch.fetch import Fetcher, Want
from scripts.fetch.plan import plan_text
from scripts.held.store import held_paths
from scripts.options import FOLDER, records_option
from scripts.records.curated import CuratedDocument
from scripts.records.markdown import read_documents
from scripts.records.models.documents import Document
from scripts.records.models.lists import Copy, KnownList, PublicationFile
from scripts.records.read import Records, read_records


def user_agent(contact: str | None = None) -> str:
    """Who asks: the archive, and where its keepers can be reached."""
    where = contact or os.environ.get("ARCHIVE_CONTACT") or os.environ.get("SITE_URL")
    return f"287g-archive/0.1 (public records archive{f'; +{where}' if where else ''})"


def wanted_files(
    records: Records,
    curated: Iterable[CuratedDocument],
    held: frozenset[str],
    blobs: frozenset[str] = frozenset(),
) -> tuple[Wanted, ...]:
    """The lists and documents that the records name by a hash and that are not held, each once.

    Lists that are known and were never held come too, and documents whose content only a public
    copy's git blob tells. ``held`` are the SHA-256 and ``blobs`` the git blobs of files at hand.
    """
    copies = Copies(records.rows(Copy))
    wanted: dict[tuple[str, str], Wanted] = {}

    def add(sha256: str, name: str, want: Want, size: int | None, *places: str | None) -> None:
        if sha256 not in held:
            addresses = tuple(address for address in places if address)
            found = copies.of(sha256)
            wanted[sha256, name] = Wanted(sha256, name, want, addresses, found, bytes=size)

    for row in records.rows(PublicationFile):
        add(row.sha256, row.file_name, "workbook", row.bytes, row.address, row.archived_address)
    for known in records.rows(KnownList):
        add(known.sha256, known.file_name, "workbook", known.bytes, known.address)
    for one in records.rows(Document):
        if one.sha256 is not None:
            add(one.sha256, one.file_name, "pdf", one.bytes, one.address, one.archived_address)
    contents = {sha256 for sha256, _ in wanted}
    for document in curated:
        front = document.front
        if front.sha256 is not None and front.sha256 not in contents:
            add(front.sha256, f"{document.id}.pdf", "pdf", None, front.address, front.archived)
    return (*wanted.values(), *_by_blob(records, copies, held | blobs))


def _by_blob(records: Records, copies: Copies, held: frozenset[str]) -> Iterator[Wanted]:
    """Documents whose own content nobody here has seen: by the copy that bears their name."""
    for one in records.rows(Document):
        found = copies.named.get(one.id, ())
        if (
            one.sha256 is None
            and found
            and not any({copy.sha256, copy.git_blob} & held for copy in found)
        ):
            first = found[0]
            same = tuple(copy_address(c) for c in found if c.git_blob == first.git_blob)
            places = tuple(place for place in (one.address, one.archived_address) if place)
            yield Wanted(
                first.sha256, one.file_name, "pdf", places, same, first.git_blob, first.bytes
            )


class Copies:
    """Public copies, by content and by the document whose file name they bear."""

    def __init__(self, rows: Iterable[Copy]) -> None:
        self._by_content: dict[str, list[str]] = {}
        self.named: dict[str, list[Copy]] = {}
        for row in rows:
            if row.document_id is not None:
                self.named.setdefault(row.document_id, []).append(row)
            elif row.sha256 is not None:
                self._by_content.setdefault(row.sha256, []).append(copy_address(row))

    def of(self, sha256: str) -> tuple[str, ...]:
        """Where copies of a content lie."""
        return tuple(self._by_content.get(sha256, ()))


def copy_address(copy: Copy) -> str:
    """Where GitHub answers with the bytes of a copy."""
    place = f"{copy.repository}/{quote(copy.ref or 'HEAD')}/{quote(copy.path)}"
    return f"https://raw.githubusercontent.com/{place}"


@click.command()
@click.option(
    "--from-records",
    is_flag=True,
    help="Bring back what records name by hash.",
)
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
            held = held_paths(sources) if sources.is_dir() else {}
            named = paths.default_sources()
            if named is not None and named != sources:
                held = held_paths(named) | held
            pdfs = (path for path in held.values() if path.suffix.lower() == ".pdf")
            blobs = frozenset(git_blob(path) for path in pdfs)
            named_files = wanted_files(
                read_records(records), read_documents(records), frozenset(held), blobs
            )
            click.echo(plan_text(named_files))
            report = collector.missing(named_files, lambda now: click.echo(now, err=True))
        else:
            report = collector.current(memoranda=not lists_only, again=again, most=most)
    click.echo(report.text())
    if report.problems:
        raise ArchiveError(report.problems)
