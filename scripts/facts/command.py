"""The command ``read``: what held memoranda say of themselves, into the records."""

from __future__ import annotations

from pathlib import Path

import click

from scripts import options
from scripts.errors import ArchiveError
from scripts.facts.recording import read_memoranda
from scripts.held.store import held_paths


@click.command()
@options.records_option
@options.sources_option
@click.option("--again", is_flag=True, help="Also read what was read before.")
def read(records: Path, sources: Path | None, again: bool) -> None:
    """Read held memoranda: model, template, agency, ICE's date, field office, form fields."""
    held = options.held_sources(sources)
    if held is None:
        raise ArchiveError.single("sources", "", "none at hand", "a folder", "Give --sources")
    report = read_memoranda(records, held_paths(held), again=again)
    click.echo(f"Read {report.count:,} memoranda.")
    for line in report.told:
        click.echo(line)
    if report.problems:
        raise ArchiveError(report.problems)
