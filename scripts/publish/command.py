"""Commands of the publishing room: ``serve`` and ``site``."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console

from scripts import options, paths
from scripts.database.build import build as build_database
from scripts.errors import ArchiveError
from scripts.explainer.building import build_explainer
from scripts.progress import counting
from scripts.publish.pictures import draw_behind

PORT = 8001
pictures_option = click.option(
    "--pictures/--no-pictures", default=True, help="Draw the page pictures that are missing."
)


@click.command()
@options.records_option
@options.sources_option
@options.db_option
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to answer on.")
@click.option(
    "--explainer",
    type=options.FOLDER,
    default=paths.EXPLAINER,
    help="Folder for the built explainer.",
)
@pictures_option
def serve(
    records: Path,
    sources: Path | None,
    db: Path,
    port: int,
    host: str,
    explainer: Path,
    pictures: bool,
) -> None:
    """Build what changed, then answer until stopped; draw missing page pictures meanwhile.

    Everything stands under SITE_URL, by default the address on which it answers.
    """
    require_free_port(host, port)
    os.environ.setdefault("SITE_URL", f"http://{host}:{port}/")
    prepare(records, sources, db, explainer)
    with as_if_absent("dask", "numpy", "pandas", "xarray"):
        from scripts.web.serve import serve as answer

    click.echo(f"{paths.site_url()} (stop with Ctrl-C)")
    with draw_behind(records, options.held_sources(sources), db, is_wanted=pictures):
        answer(db, explainer, host, port, paths.site_url())


@click.command()
@options.records_option
@options.sources_option
@options.db_option
@click.option(
    "--out", type=options.FOLDER, default=paths.STATIC_SITE, help="Folder for the static site."
)
@click.option(
    "--explainer",
    type=options.FOLDER,
    default=paths.EXPLAINER,
    help="Folder for the built explainer.",
)
@click.option(
    "--release",
    is_flag=True,
    help="Refuse to leave out the text of a document that was published with it.",
)
@pictures_option
@click.option("--check-links", is_flag=True, help="Walk every internal link of what was written.")
def site(
    records: Path,
    sources: Path | None,
    db: Path,
    out: Path,
    explainer: Path,
    release: bool,
    pictures: bool,
    check_links: bool,
) -> None:
    """Write the whole site as plain files that any web host can serve.

    Its canonical addresses stand under SITE_URL, its page pictures under PICTURES_URL where that
    is set. Without pictures a page shows its text.
    """
    if not pictures:
        os.environ["PICTURES_URL"] = paths.NO_PICTURES
    draw_before(records, options.held_sources(sources))
    prepare(records, sources, db, explainer)
    from scripts.publish.freeze import freeze

    if release:
        from scripts.publish.release import require_held_texts

        require_held_texts(db)
    report = freeze(db, explainer, out, paths.site_url())
    click.echo(report.text())
    if check_links:
        from scripts.publish.links import find_broken_links

        count, problems = find_broken_links(out, paths.site_url())
        click.echo(f"{count:,} internal links, {len(problems):,} broken")
        if problems:
            raise ArchiveError(problems)


def draw_before(records: Path, sources: Path | None) -> None:
    """Draw the pictures that held documents miss, with a bar; problems are told, not raised."""
    if sources is None or not paths.shows_pictures():
        return
    from scripts.pictures.command import describe
    from scripts.pictures.drawing import draw_missing, plan_pictures

    plan = plan_pictures(records, sources)
    if not plan.missing:
        return
    with counting("Drawing memoranda", len(plan.missing)) as advance:
        drawn = draw_missing(plan, advance)
    click.echo(describe(drawn), err=True)
    for problem in (problem for file in drawn for problem in file.problems):
        click.echo(f"Could not be drawn: {problem}", err=True)


@contextmanager
def as_if_absent(*names: str) -> Iterator[None]:
    """Import what follows as if these packages were not installed.

    Datasette brings a library of units that takes all of them in where a developer has them, which
    is most of a second, and nothing here uses it.
    """
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def prepare(records: Path, sources: Path | None, db: Path, explainer: Path) -> None:
    """Bring the database and the explainer up to date with the records, sources and prose."""
    held = options.held_sources(sources)
    with Console(stderr=True).status("") as status:
        report = build_database(
            records, held, db, progress=lambda stage: status.update(f"{stage} …")
        )
        if not report.is_unchanged:
            click.echo(report.text(), err=True)
        status.update("Building the explainer …")
        build_explainer(db, explainer)


def require_free_port(host: str, port: int) -> None:
    """Raise `ArchiveError` where another program answers on the port, before building anything."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ArchiveError.single(
                f"{host}:{port}",
                "port",
                error.strerror or str(error),
                "a port on which nothing answers",
                "Choose another: make serve PORT=8002",
            ) from error
