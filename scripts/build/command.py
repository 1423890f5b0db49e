"""Commands of the build room: ``build`` and ``check``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from scripts import options
from scripts.build.build import build as build_database
from scripts.build.check import CheckReport, check_records, rewrite_records
from scripts.build.executors import dask_executor
from scripts.errors import ArchiveError


@contextmanager
def stages() -> Iterator[Callable[[str], None]]:
    """Show the stage that is under way on the error stream, where that is a terminal."""
    console = Console(stderr=True)
    with console.status("") as status:
        yield lambda stage: status.update(f"{stage} …")


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


@click.command()
@options.records_option
@options.db_option
@click.option("--write", is_flag=True, help="First write canonical form and missing addresses.")
@click.option("--questions", is_flag=True, help="List what a person is asked to judge.")
def check(records: Path, db: Path, write: bool, questions: bool) -> None:
    """Check the records: form, references, invariants, sources, wording, addresses.

    Whether the records' words are our own is checked against the pages of the built database,
    where there is one.
    """
    with stages() as progress:
        if write:
            progress("Writing canonical form")
            for line in rewrite_records(records):
                click.echo(f"wrote {line}")
        progress("Checking records")
        report = check_records(records, db)
    console = Console()
    Console(width=None if console.is_terminal else 160).print(outcome_table(report))
    click.echo(f"{len(report.questions)} question(s) for a person (--questions lists them)")
    if questions:
        for question in report.questions:
            click.echo(" · ".join(str(value) for value in vars(question).values() if value))
    if report.problems:
        raise ArchiveError(report.problems)


def outcome_table(report: CheckReport) -> Table:
    """All checks with their counts, for a terminal."""
    table = Table("check", "what must be true", "checked", "failed", "remark")
    for outcome in report.outcomes:
        table.add_row(
            outcome.id,
            outcome.title,
            f"{outcome.counted:,}",
            f"[bold red]{outcome.failed:,}" if outcome.failed else "0",
            (outcome.remark or "")[:60],
        )
    return table
