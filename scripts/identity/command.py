"""``register``: the FBI's register, and a crosswalk beside it, into records."""

from __future__ import annotations

from pathlib import Path

import click

from scripts.identity.register_file import read_crosswalk, read_register
from scripts.options import records_option
from scripts.records.models.register import CrosswalkAgency, RegisterAgency
from scripts.records.swap import writing
from scripts.records.write import write_tables

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("employees", type=FILE)
@click.option("--crosswalk", type=FILE, help="A second opinion on identifiers (ORI).")
@records_option
def register(employees: Path, crosswalk: Path | None, records: Path) -> None:
    """Read the FBI's Law Enforcement Employees (CSV) into register.csv; `harvest` then joins it."""
    agencies = read_register(employees)
    others = read_crosswalk(crosswalk) if crosswalk else None
    with writing(records):
        write_tables(records, {RegisterAgency: agencies})
        if others is not None:
            write_tables(records, {CrosswalkAgency: others})
    click.echo(f"{len(agencies):,} agencies in register.csv; federal ones left out")
