"""The command ``check``."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from scripts import options, paths
from scripts.checks.check import CheckReport, check_records, rewrite_records
from scripts.errors import ArchiveError
from scripts.progress import stages


@click.command()
@options.records_option
@options.db_option
@click.option("--write", is_flag=True, help="First write canonical form and missing addresses.")
@click.option("--questions", is_flag=True, help="List what a person is asked to judge.")
@click.option("--pictures", is_flag=True, help="Read all page pictures that were not yet read.")
@click.option("--sample", type=click.IntRange(0), default=0, help="Read so many of them.")
@click.option("--site", type=options.FOLDER, default=paths.STATIC_SITE, help="The static site.")
def check(
    records: Path,
    db: Path,
    write: bool,
    questions: bool,
    pictures: bool,
    sample: int,
    site: Path,
) -> None:
    """Check the records: form, references, invariants, sources, wording, addresses, privacy.

    Whether the records' words are our own is checked against the pages of the built database,
    where there is one; database, page pictures and static site are looked through for contact
    details of persons.
    """
    with stages() as progress:
        if write:
            progress("Writing canonical form")
            for line in rewrite_records(records):
                click.echo(f"wrote {line}")
        progress("Checking records")
        report = check_records(
            records, db, site=site, read_pictures=None if pictures else sample, progress=progress
        )
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
