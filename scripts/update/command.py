"""The command ``update``."""

from __future__ import annotations

from pathlib import Path

import click

from scripts import options, paths
from scripts.errors import ArchiveError
from scripts.fetch.command import user_agent
from scripts.fetch.fetch import Fetcher
from scripts.progress import stages
from scripts.update.updating import update as bring_up_to_date


@click.command()
@options.records_option
@options.db_option
@click.option("--store", type=options.FOLDER, default=paths.STORE, help="The store to fetch into.")
@click.option(
    "--accept",
    multiple=True,
    metavar="FILE",
    help="A list (file name or SHA-256) that a person has looked at; see `harvest --help`.",
)
@click.option("--most", type=int, default=None, help="Ask for at most so many memoranda.")
@click.option("--contact", default=None, help="Address in the User-Agent; else ARCHIVE_CONTACT.")
def update(
    records: Path,
    db: Path,
    store: Path,
    accept: tuple[str, ...],
    most: int | None,
    contact: str | None,
) -> None:
    """Fetch what is new, harvest, read, build; say what changed, or why nothing could.

    Safe to run every hour. Ends with status 1 where a person has to look at a file; everything else
    is up to date even so.
    """
    named = paths.default_sources()
    more = [named] if named is not None and named != store and named.is_dir() else []
    with Fetcher(store, user_agent(contact)) as fetcher, stages() as progress:
        report = bring_up_to_date(
            fetcher, store, records, db, sources=more, accept=accept, most=most, progress=progress
        )
    click.echo(report.text())
    if report.stopped:
        raise ArchiveError(report.stopped)
