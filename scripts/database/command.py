"""The command ``build``."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from scripts import options
from scripts.database.build import build as build_database
from scripts.progress import stages
from scripts.reading.executors import dask_executor


@click.command()
@options.records_option
@options.sources_option
@options.db_option
@click.option("--force", is_flag=True, help="Build even where nothing changed.")
@click.option("--dask", metavar="ADDRESS", help="Read memoranda on the Dask cluster there.")
def build(records: Path, sources: Path | None, db: Path, force: bool, dask: str | None) -> None:
    """Build the database from the records and whatever sources are held."""
    held = options.held_sources(sources)
    with ExitStack() as stack:
        executor = stack.enter_context(dask_executor(dask)) if dask else None
        progress = stack.enter_context(stages())
        report = build_database(
            records, held, db, force=force, progress=progress, executor=executor
        )
    click.echo(report.text())
