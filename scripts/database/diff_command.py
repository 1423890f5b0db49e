"""The command ``diff``: what one build of the database says otherwise than another."""

from __future__ import annotations

from pathlib import Path

import click

from scripts.database.difference import compare_databases

DATABASE_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.argument("old", type=DATABASE_FILE)
@click.argument("new", type=DATABASE_FILE)
@click.option("--csv", "table", type=click.Path(path_type=Path), help="Also write all of it here.")
def diff(old: Path, new: Path, table: Path | None) -> None:
    """Say which records of NEW were not in OLD, which are no more, and which changed."""
    found = compare_databases(old, new)
    if table is not None:
        table.write_text(found.csv(), encoding="utf-8", newline="")
    click.echo(found.text())
