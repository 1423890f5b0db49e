"""The command ``pictures``: page pictures of all held documents, for the next build to name."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import click

from scripts import options
from scripts.errors import ArchiveError
from scripts.pictures.drawing import draw_missing, plan_pictures
from scripts.pictures.making import DrawnFile
from scripts.progress import counting
from scripts.reading.executors import dask_executor

_LOW = 10  # added to the niceness of a run in the background


@click.command()
@options.records_option
@options.sources_option
@click.option("--out", type=options.FOLDER, default=None, help="Folder of the pictures.")
@click.option("--missing", is_flag=True, help="Only files that have none as the masking now asks.")
@click.option("--dask", metavar="ADDRESS", help="Draw on the Dask cluster there.")
@click.option("--background", is_flag=True, hidden=True, help="Run low, end with what started it.")
def pictures(
    records: Path,
    sources: Path | None,
    out: Path | None,
    missing: bool,
    dask: str | None,
    background: bool,
) -> None:
    """Draw the pages of all held documents, contact details covered; then build names them.

    What was drawn before is not drawn again; a run that was stopped goes on where it stopped.
    """
    held = options.held_sources(sources)
    if held is None:
        raise ArchiveError.single("sources", "", "none at hand", "a folder", "Give --sources")
    plan = plan_pictures(records, held, out, again=not missing)
    if background:
        if not plan.missing:
            return
        click.echo(f"To draw: {len(plan.missing):,} documents")
    with ExitStack() as stack:
        executor = stack.enter_context(dask_executor(dask)) if dask else None
        total = len(plan.missing)
        shown = counting("Drawing memoranda", total)
        advance = run_low() if background else stack.enter_context(shown)
        drawn = draw_missing(plan, advance, executor)
    click.echo(describe(drawn))
    problems = [problem for file in drawn for problem in file.problems]
    if problems:
        raise ArchiveError(problems)


def run_low() -> Callable[[], None]:
    """Give way to everything else, and stop where the process that asked for it has ended."""
    if hasattr(os, "nice"):
        os.nice(_LOW)
    parent = os.getppid()

    def advance() -> None:
        if os.getppid() != parent:
            raise SystemExit(1)

    return advance


def describe(drawn: tuple[DrawnFile, ...]) -> str:
    """What was drawn, in words."""
    count = sum(len(file.pages) for file in drawn)
    size = sum(file.bytes for file in drawn)
    mean = f", {size / count / 1000:.0f} kB each" if count else ""
    pages = f"{count:,} page{'s' * (count != 1)}"
    documents = f"{len(drawn):,} document{'s' * (len(drawn) != 1)}"
    return f"Drawn: {pages} of {documents} ({size / 1e6:.1f} MB{mean})."
