"""``python -m scripts excerpt``: find a passage and print its record, or check it by picture."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click

from scripts import paths
from scripts.errors import ArchiveError, Problem
from scripts.excerpts.anchoring import Fault, PageText, Passage, find_passage
from scripts.excerpts.boxes import passage_boxes
from scripts.excerpts.page_picture import draw_page
from scripts.excerpts.proposing import Proposal, propose
from scripts.held.store import held_paths
from scripts.options import db_option, held_sources, records_option, sources_option
from scripts.records.curated import CuratedDocument, Excerpt
from scripts.records.locators import format_locator
from scripts.records.markdown import format_document, read_documents

PICTURES = paths.BUILD / "check"


@click.command()
@click.argument("document", required=False)
@click.argument("page", type=click.IntRange(1), required=False)
@click.argument("words", required=False)
@click.option("--to-page", type=click.IntRange(1), help="The next page, where the passage ends.")
@click.option("--page-end", help="Its last words on the first page, before a footer.")
@click.option("--page-start", help="Its first words on the next page, after a header.")
@click.option("--check", "check_id", metavar="ID", help="Compare an excerpt with the page picture.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="Day of the comparison; default today.",
)
@records_option
@sources_option
@db_option
def excerpt(
    document: str | None,
    page: int | None,
    words: str | None,
    to_page: int | None,
    page_end: str | None,
    page_start: str | None,
    check_id: str | None,
    on: dt.datetime | None,
    records: Path,
    sources: Path | None,
    db: Path,
) -> None:
    """Find WORDS on PAGE of DOCUMENT and print the block to paste into its record.

    WORDS are the passage, or its beginning and end with … between them. With --check ID the
    wording and the picture of its page are shown side by side, and the date is recorded when you
    confirm that they agree.
    """
    curated = {found.id: found for found in read_documents(records)}
    with closing(_open(db)) as connection:
        if check_id is not None:
            day = (on or dt.datetime.now()).date()
            _check(connection, curated, check_id, day, records, held_sources(sources))
        elif document is None or page is None or words is None:
            raise click.UsageError("Give DOCUMENT PAGE WORDS, or --check ID")
        else:
            numbers = [page] if to_page is None else [page, to_page]
            found = propose(
                _pages(connection, document, numbers),
                words,
                page_end=page_end,
                page_start=page_start,
            )
            if not isinstance(found, Proposal):
                raise ArchiveError(_problems(f"{document} page {page}", found))
            _print_proposal(found, document, curated.get(document))


def _open(db: Path) -> sqlite3.Connection:
    if not db.is_file():
        raise ArchiveError.single(
            str(db), "db", "no such file", "a built database", "Run `python -m scripts build`"
        )
    return sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)


def _pages(connection: sqlite3.Connection, document: str, numbers: Sequence[int]) -> list[PageText]:
    """The texts of the pages. Raises `ArchiveError` where one is not had."""
    pages: list[PageText] = []
    for number in numbers:
        row = connection.execute(
            "select text from pages where document_id = ? and page_number = ?", [document, number]
        ).fetchone()
        if row is None or not row[0]:
            seen = "no such page" if row is None else "a page whose text is not had"
            raise ArchiveError.single(
                document,
                f"page {number}",
                seen,
                "a held page with text",
                "Build with its source at hand (ARCHIVE_SOURCES or --sources)",
            )
        pages.append(PageText(number, str(row[0])))
    return pages


def _problems(place: str, faults: Sequence[Fault]) -> list[Problem]:
    return [Problem(place, fault.key, fault.seen, fault.expected, fault.remedy) for fault in faults]


def _print_proposal(proposal: Proposal, document: str, known: CuratedDocument | None) -> None:
    """The block on standard output; what a person must look at on standard error."""
    if proposal.likeness < 100:
        click.echo(
            "The words do not stand on the page as typed. The closest passage there "
            f"({proposal.likeness:.0f} of 100) is below: look at the page picture before using it.",
            err=True,
        )
    click.echo(f"Wording: {proposal.passage.wording}\n", err=True)
    draft = Excerpt(
        id=_next_id(document, known),
        title="",
        locator=proposal.locator,
        topics=(),
        sha256=proposal.passage.sha256,
        checked_on=None,
        annotation="",
    )
    click.echo(f"## A heading in your own words\n\n{format_locator(draft)}\n")
    click.echo("What the passage does and why a reader may care, in your own words.")
    click.echo(f"\nThen: python -m scripts excerpt --check {draft.id}", err=True)


def _next_id(document: str, known: CuratedDocument | None) -> str:
    taken = [int(found.id.rpartition("-e")[2]) for found in known.excerpts] if known else []
    return f"{document}-e{max(taken, default=0) + 1:02d}"


def _check(
    connection: sqlite3.Connection,
    curated: dict[str, CuratedDocument],
    identifier: str,
    day: dt.date,
    records: Path,
    sources: Path | None,
) -> None:
    document = curated.get(identifier.rpartition("-e")[0])
    wanted = next((e for e in document.excerpts if e.id == identifier), None) if document else None
    if document is None or wanted is None:
        raise ArchiveError.single(identifier, "id", identifier, "an excerpt of documents/*.md")
    locator = wanted.locator
    numbers = [locator.page] if locator.to_page is None else [locator.page, locator.to_page]
    found = find_passage(_pages(connection, document.id, numbers), locator)
    if not isinstance(found, Passage):
        raise ArchiveError(_problems(f"{document.file}:{wanted.line}", found))
    shown = write_comparison(_held(connection, document.id, sources), wanted, found, PICTURES)
    click.echo(f"Picture and wording: {shown}")
    click.launch(str(shown))
    click.echo(f"\n{found.wording}\n")
    if click.confirm("Does the wording stand on the picture, word for word?"):
        record_check(records, document, identifier, found.sha256, day)
        click.echo(f"{document.file}: checked {day.isoformat()}")


def _held(connection: sqlite3.Connection, document: str, sources: Path | None) -> Path:
    row = connection.execute("select sha256 from documents where id = ?", [document]).fetchone()
    path = held_paths(sources).get(row[0]) if sources is not None and row is not None else None
    if path is None:
        raise ArchiveError.single(
            document, "", "no held file", "its source at hand", "Set ARCHIVE_SOURCES or --sources"
        )
    return path


def write_comparison(path: Path, wanted: Excerpt, found: Passage, folder: Path) -> Path:
    """A page with the pictures and the wording side by side; gives its path."""
    folder.mkdir(parents=True, exist_ok=True)
    boxes = passage_boxes(path, wanted.locator)
    pictures = []
    for number in dict.fromkeys((found.page, found.end_page)):
        name = f"{wanted.id}-p{number}.png"
        draw_page(path, number, boxes).save(folder / name)
        pictures.append(f'<img src="{name}" alt="Page {number}" width="800">')
    page = folder / f"{wanted.id}.html"
    page.write_text(
        "<!doctype html><meta charset=utf-8>"
        f"<title>{html.escape(wanted.id)}</title>"
        '<div style="display:flex;gap:2rem;align-items:flex-start">'
        f"<div>{''.join(pictures)}</div>"
        '<div style="position:sticky;top:0;font:1.2rem/1.6 serif;max-width:32rem">'
        f"<h1>{html.escape(wanted.title)}</h1><p>{html.escape(found.wording)}</p></div></div>\n",
        encoding="utf-8",
    )
    return page


def record_check(
    records: Path, document: CuratedDocument, identifier: str, sha256: str, day: dt.date
) -> None:
    """Write hash and date of a comparison into the document's record."""
    excerpts = tuple(
        replace(e, sha256=sha256, checked_on=day) if e.id == identifier else e
        for e in document.excerpts
    )
    path = records / document.file
    text = format_document(replace(document, excerpts=excerpts))
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    aside = path.with_name(f"{path.name}.{mark}.tmp")
    aside.write_text(text, encoding="utf-8", newline="")
    os.replace(aside, path)
