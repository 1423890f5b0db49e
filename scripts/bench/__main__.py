"""Print every section's table. ``python -m scripts.bench lists`` prints those of one room."""

from __future__ import annotations

import importlib
import os
import sys

import click
from rich.console import Console
from rich.table import Table

from scripts import paths
from scripts.bench.measure import Section, Setting

ROOMS = (
    "lists",
    "build",
    "memoranda",
    "comparisons",
    "search",
    "publish",
)  # modules of this package, each with `sections(setting)`


@click.command()
@click.argument("rooms", nargs=-1, type=click.Choice(ROOMS))
def bench(rooms: tuple[str, ...]) -> None:
    """Measure, and print a table per section. Needs held sources for most of it."""
    console = Console(width=max(100, Console().width))
    setting = Setting(paths.default_sources(), paths.RECORDS, paths.DATABASE)
    console.print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores", style="dim")
    if setting.sources is None:
        console.print("No sources at hand (ARCHIVE_SOURCES): lists and memoranda are left out.")
    for room in rooms or ROOMS:
        module = importlib.import_module(f"scripts.bench.{room}")
        for section in module.sections(setting):
            console.print(_table(section))
            for remark in section.remarks:
                console.print(remark, style="dim")


def _table(section: Section) -> Table:
    table = Table(title=section.title, title_justify="left", title_style="bold")
    for index, column in enumerate(section.columns):
        is_number = all(_is_number(row[index]) for row in section.rows)
        table.add_column(column, justify="right" if is_number else "left")
    for row in section.rows:
        table.add_row(*row)
    return table


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace(",", "").isdigit()


if __name__ == "__main__":
    bench()
