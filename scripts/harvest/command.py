"""``harvest``: bring the record files up to date from the held lists and memoranda."""

from __future__ import annotations

from pathlib import Path

import click

from scripts import paths
from scripts.errors import ArchiveError
from scripts.harvest.harvest import harvest as run_harvest
from scripts.options import FOLDER, held_sources, records_option
from scripts.progress import stages


@click.command()
@click.option(
    "--sources",
    type=FOLDER,
    multiple=True,
    help="Folder of held sources, may be given more than once; default ARCHIVE_SOURCES, "
    "else sources/ if there.",
)
@records_option
@click.option(
    "--skip-unreadable",
    is_flag=True,
    help="Go on without files that cannot be read; without it they stop the harvest.",
)
@click.option(
    "--accept",
    multiple=True,
    metavar="FILE",
    help="A list (file name or SHA-256) that a person has looked at: much shorter or much longer "
    "than the one before it, or of a day to come.",
)
def harvest(
    sources: tuple[Path, ...], records: Path, skip_unreadable: bool, accept: tuple[str, ...]
) -> None:
    """Read every list and memorandum below --sources and update the record files.

    The records change only when everything could be read, or with --skip-unreadable; what changed
    is printed in words.
    """
    folders = [held_sources(folder) for folder in sources or (None,)]
    found = [folder for folder in folders if folder is not None]
    if not found:
        raise ArchiveError.single(
            str(paths.STORE.name),
            "sources",
            "no folder of sources",
            "lists and memoranda to read",
            "Name one with --sources or ARCHIVE_SOURCES, or run `python -m scripts fetch`",
        )
    with stages() as progress:
        report = run_harvest(
            found, records, skip_unreadable=skip_unreadable, accept=accept, progress=progress
        )
    for problem in report.problems:
        click.echo(f"left out: {problem}", err=True)
    click.echo(report.text())
