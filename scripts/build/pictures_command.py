"""The command ``pictures``: page pictures of all held documents, for the next build to name."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from scripts import options, paths
from scripts.build.executors import dask_executor
from scripts.build.picture_index import write_index
from scripts.build.pictures import DrawnFile, PictureJob, draw_files
from scripts.build.ready import make_jobs, text_version
from scripts.errors import ArchiveError
from scripts.records.models import ContactAllowance, Document
from scripts.records.read import read_table
from scripts.sources.store import held_paths
from scripts.sources.tesseract import may_read_by_eye


@click.command()
@options.records_option
@options.sources_option
@click.option("--out", type=options.FOLDER, default=None, help="Folder of the pictures.")
@click.option("--dask", metavar="ADDRESS", help="Draw on the Dask cluster there.")
def pictures(records: Path, sources: Path | None, out: Path | None, dask: str | None) -> None:
    """Draw the pages of all held documents, contact details covered; then build names them."""
    folder = out or paths.pictures_folder()
    held = options.held_sources(sources)
    if held is None:
        raise ArchiveError.single("sources", "", "none at hand", "a folder", "Give --sources")
    files = held_paths(held)
    allowed = read_table(records, ContactAllowance)
    wanted = {row.sha256 for row in read_table(records, Document) if row.sha256 in files}
    own = {sha256: files[sha256] for sha256 in wanted if sha256 is not None}
    jobs = make_jobs(own, paths.cache_folder(), allowed, by_eye=may_read_by_eye())
    with ExitStack() as stack:
        executor = stack.enter_context(dask_executor(dask)) if dask else None
        console = Console(stderr=True)
        columns = (TextColumn("Drawing memoranda"), MofNCompleteColumn(), TimeElapsedColumn())
        bar = stack.enter_context(Progress(*columns, console=console, transient=True))
        task = bar.add_task("", total=len(jobs))
        drawn = draw_files(
            [PictureJob(job, folder) for job in jobs], lambda: bar.advance(task), executor
        )
    write_index(folder, text_version(allowed), {file.sha256: file.pages for file in drawn})
    click.echo(describe(drawn))
    problems = [problem for file in drawn for problem in file.problems]
    if problems:
        raise ArchiveError(problems)


def describe(drawn: tuple[DrawnFile, ...]) -> str:
    """What was drawn, in words."""
    count = sum(len(file.pages) for file in drawn)
    size = sum(file.bytes for file in drawn)
    mean = f", {size / count / 1000:.0f} kB each" if count else ""
    pages = f"{count:,} page{'s' * (count != 1)}"
    documents = f"{len(drawn):,} document{'s' * (len(drawn) != 1)}"
    return f"Drawn: {pages} of {documents} ({size / 1e6:.1f} MB{mean})."
