"""Every list can be printed again from the records, as another reader sees it."""

from __future__ import annotations

import csv
import io
import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from scripts.cli import main
from scripts.errors import ArchiveError
from scripts.held.store import find_held
from scripts.lists.command import as_csv, printed_cells, reprint, reprinted
from scripts.lists.held_lists import Lists
from scripts.lists.links import unwrap
from scripts.lists.recorded import recorded_contents, recorded_rows
from scripts.records.cells import encode_cell
from scripts.records.models.base import Row
from scripts.records.models.lists import Listing, ListingOrder, Publication, PublicationFile
from scripts.records.read import Records, read_records
from tests.houses import Folder
from tests.lists_made import MOA

Seen = tuple[list[str], list[list[str]], dict[tuple[int, int], str]]


def test_reprint_gives_the_list_back(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.add("05162025am", ["B ", "", "A"], links={"G2": f"{MOA}B.pdf"})
    folder.add("05172025am", ["A", "B "])
    folder.harvest()
    result = CliRunner().invoke(reprint, ["2025-05-16-am", "--records", str(folder.records)])
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.output)))
    assert [line["LAW ENFORCEMENT AGENCY"] for line in rows] == ["B ", "", "A"]
    assert [line["MOA link"] for line in rows] == [f"{MOA}B.pdf", "", ""]
    assert rows[0]["SIGNED"] == "2025-03-01"
    assert rows[0]["ADDENDUM"] == ""


def test_reprint_tells_a_date_from_its_likeness(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    path = folder.add("05162025am", ["A", "B"])
    book = load_workbook(path)
    book.active["F3"] = "2025-03-01"
    book.active["K3"] = "beyond the header"
    book.save(path)
    folder.harvest()
    content = reprinted(read_records(folder.records), "2025-05-16-am")
    plain, typed = as_csv(content).splitlines(), as_csv(content, typed=True).splitlines()
    assert plain[1].split(",")[5] == plain[2].split(",")[5] == "2025-03-01"
    assert [line.split(",")[5] for line in typed[1:]] == ["2025-03-01", "'2025-03-01"]
    assert plain[2].split(",")[10] == "beyond the header"
    assert len({line.count(",") for line in plain}) == 1


def test_an_unknown_list_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ArchiveError, match="2025-05-16-am"):
        reprinted(Records(tmp_path, read_records(tmp_path).tables), "2025-05-16-zz")
    with pytest.raises(SystemExit):
        main(["reprint", "nonsense", "--records", str(tmp_path)])
    assert "'nonsense'" in capsys.readouterr().err


def seen_by_openpyxl(path: Path) -> Seen:
    """Header, rows and link targets (by row and column from 0) as openpyxl reads them."""
    sheet = load_workbook(path).worksheets[0]
    grid: list[list[str]] = []
    links: dict[tuple[int, int], str] = {}
    for number, row in enumerate(sheet.iter_rows()):
        grid.append([encode_cell(cell.value) for cell in row])
        for column, cell in enumerate(row):
            if cell.hyperlink is not None:
                links[number - 1, column] = cell.hyperlink.target
    while not any(grid[-1]):  # rows that are only formatted
        grid.pop()
    return grid[0], grid[1:], links


def _trimmed(cells: list[str]) -> list[str]:
    while cells and cells[-1] == "":
        cells = cells[:-1]
    return cells


@pytest.mark.corpus
def test_all_lists_of_the_corpus_as_openpyxl_reads_them(
    corpus: Path, corpus_lists: Lists, tmp_path: Path
) -> None:
    tables: dict[type[Row], tuple[Row, ...]] = {
        **read_records(tmp_path).tables,
        Publication: corpus_lists.publications,
        PublicationFile: corpus_lists.files,
        Listing: corpus_lists.listings,
        ListingOrder: corpus_lists.orders,
    }
    records = Records(tmp_path, tables)
    contents = recorded_contents(records, recorded_rows(records))
    by_id = {item.id: contents[item.content_sha256] for item in corpus_lists.publications}
    carried = {file.sha256: by_id[file.publication_id] for file in corpus_lists.files}
    held = [file for file in find_held(corpus, tmp_path) if file.media == "workbook"]
    assert len(held) == len(carried) == 325
    with ProcessPoolExecutor(2) as pool:
        seen = pool.map(seen_by_openpyxl, [file.path for file in held], chunksize=8)
        for file, (header, rows, links) in zip(held, seen, strict=True):
            content, name = carried[file.sha256], file.path.name
            titles = [encode_cell(title) for title in json.loads(content.header)]
            assert _trimmed(header) == titles, name
            shown = [_trimmed(cells) for cells in printed_cells(content)]
            expected = [_trimmed([_without_wrapper(cell) for cell in cells]) for cells in rows]
            assert shown == expected, name
            columns = {
                place: titles.index(title)
                for place, title in ((7, "MOA"), (9, "ADDENDUM"))
                if title in titles
            }
            printed = {
                (number, column): row[place]
                for number, row in enumerate(content.rows)
                if row is not None
                for place, column in columns.items()
                if row[place] and ((number, column) in links or row[place] != row[place - 1])
            }
            assert printed == {place: unwrap(target) for place, target in links.items()}, name


def _without_wrapper(cell: str) -> str:
    return (unwrap(cell) or cell) if cell.startswith("http") else cell
