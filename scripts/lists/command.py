"""Print a list again from the records alone, as ICE printed it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from scripts.errors import ArchiveError
from scripts.lists.printed import PrintedList, PrintedRow
from scripts.lists.recorded import recorded_contents, recorded_rows
from scripts.lists.sheet_xml import column_number
from scripts.lists.workbook import COLUMNS, Field
from scripts.options import records_option
from scripts.records.cells import decode_cell
from scripts.records.models.lists import Publication
from scripts.records.read import Records, read_records
from scripts.records.write import format_value

_LINK_TITLES: dict[Field, str] = {"moa": "MOA link", "addendum": "ADDENDUM link"}


def reprinted(records: Records, publication_id: str) -> PrintedList:
    """A list's content from the records. Raises `ArchiveError` for an unknown publication."""
    known = {item.id: item for item in records.rows(Publication)}
    if publication_id not in known:
        raise ArchiveError.single(
            Publication.file,
            "id",
            publication_id,
            "a publication such as 2025-05-16-am or pending-2025-05-16-am",
            "Look it up in publications.csv",
        )
    contents = recorded_contents(records, recorded_rows(records))
    return contents[known[publication_id].content_sha256]


def printed_cells(content: PrintedList) -> Iterator[list[str]]:
    """The rows below the header as cells in `encode_cell` form, blank rows in their place.

    A row is as long as the header, or longer where it has values beyond it.
    """
    titles: list[str | None] = json.loads(content.header)
    fields = [COLUMNS.get(" ".join(str(title or "").upper().split())) for title in titles]
    for row in content.rows:
        cells = ["" if row is None or field is None else _cell(row, field) for field in fields]
        for place, value in json.loads((row and row.other_cells) or "{}").items():
            if ":" not in place:
                column = column_number(place)
                cells += [""] * (column + 1 - len(cells))
                cells[column] = value
        yield cells


def as_csv(content: PrintedList, *, typed: bool = False) -> str:
    """The list as CSV: header and rows as printed, then the links of the columns that have them.

    A date is written as ISO, an empty cell as nothing; ``typed`` keeps the records' own notation,
    in which a text that looks like a date or a number wears an apostrophe.
    """
    titles: list[str | None] = json.loads(content.header)
    printed = {COLUMNS.get(" ".join(str(title or "").upper().split())) for title in titles}
    linked = [field for field in _LINK_TITLES if field in printed]
    rows = list(printed_cells(content))
    width = max((len(cells) for cells in rows), default=0)
    header = [title or "" for title in titles]
    header += [""] * (width - len(header)) + [_LINK_TITLES[field] for field in linked]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    for row, cells in zip(content.rows, rows, strict=True):
        shown = cells if typed else [format_value(decode_cell(cell)) for cell in cells]
        shown = shown + [""] * (len(header) - len(linked) - len(shown))
        writer.writerow(shown + _addresses(row, linked))
    return buffer.getvalue()


def _cell(row: PrintedRow, field: Field) -> str:
    value = getattr(row, f"{field}_printed")
    assert isinstance(value, str)
    return value


def _addresses(row: PrintedRow | None, linked: Sequence[Field]) -> list[str]:
    return ["" if row is None else getattr(row, f"{field}_address") or "" for field in linked]


@click.command()
@click.argument("publication")
@click.option("--typed", is_flag=True, help="Tell a date from a text that looks like one.")
@records_option
def reprint(publication: str, typed: bool, records: Path) -> None:
    """Print a list as ICE printed it, as CSV, from the records alone.

    PUBLICATION is its identifier: 2025-05-16-am, pending-2025-05-16-am.
    """
    click.echo(as_csv(reprinted(read_records(records), publication), typed=typed), nl=False)
