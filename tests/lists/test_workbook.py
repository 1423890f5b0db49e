"""Lists are read strictly: what is odd is said, what is unsafe is refused."""

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scripts.errors import ArchiveError
from scripts.lists.sheet_xml import column_letter, column_number
from scripts.lists.workbook import read_workbook
from tests.lists_made import MOA, PARTICIPATING, PENDING, SAFELINK, edit_part, row, save_list


def test_cells_by_type_hidden_rows_and_blank_rows_in_place(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        row("Bay County Sheriff's Office ", dt.date(2025, 3, 1)),
        [None] * 8,  # blank inside the table
        row("Gulf County Sheriff\u2019s Office", "05/082025"),
        ["#N/A", "Leon", 5, 1.5, True, dt.datetime(2025, 3, 1, 9, 30), None, None],
        [None] * 8,  # blank at the end: not a row
    ]
    path = save_list(tmp_path / "l.xlsx", rows, hidden=[4], modified=dt.datetime(2025, 3, 2, 8))
    book = read_workbook(path)
    assert book.header == PARTICIPATING
    assert [r.number for r in book.rows] == [2, 3, 4, 5]
    assert [r.is_blank for r in book.rows] == [False, True, False, False]
    assert book.rows[0].cells[1] == "Bay County Sheriff's Office "
    assert book.rows[0].cells[5] == dt.date(2025, 3, 1)
    assert book.rows[2].cells[5] == "05/082025"
    assert book.rows[3].cells[:6] == ("#N/A", "Leon", 5, 1.5, True, dt.datetime(2025, 3, 1, 9, 30))
    assert book.fields["addendum"] == 7
    assert book.modified_at == "2025-03-02T08:00:00Z"
    assert book.remarks == ()


def test_links_are_unwrapped_wherever_they_stand(tmp_path: Path) -> None:
    rows = [row("A"), row("B"), row("C"), row("D"), row("E")]
    rows[4][6] = f"https://web.archive.org/web/20210113002027/{MOA}E.pdf"  # a cell that is a link
    path = save_list(
        tmp_path / "l.xlsx",
        rows,
        links={"G2": SAFELINK, "H3": f"http://www.ice.gov/{'x'}.pdf", "B4": f"{MOA}C.pdf"},
    )
    book = load_workbook(path)
    book.active["G5"].hyperlink = "#Sheet!A1"
    book.save(path)
    read = read_workbook(path)
    assert [r.links for r in read.rows] == [
        ((6, f"{MOA}BayCoFL_TFM_MOA_031825.pdf"),),
        ((7, "https://www.ice.gov/x.pdf"),),
        ((1, f"{MOA}C.pdf"),),
        (),
        ((6, f"{MOA}E.pdf"),),
    ]
    assert read.rows[4].cells[6] == f"{MOA}E.pdf"
    assert [(p.place, p.field) for p in read.remarks] == [
        ("l.xlsx G5", "link"),
        ("l.xlsx row 4", "link"),
    ]


def test_a_link_on_a_range_holds_for_each_cell(tmp_path: Path) -> None:
    path = save_list(tmp_path / "l.xlsx", [row("A"), row("B")], links={"G2": f"{MOA}A.pdf"})
    edit_part(path, "xl/worksheets/sheet1.xml", b'ref="G2"', b'ref="G2:H3"')
    assert [r.links for r in read_workbook(path).rows] == [
        ((6, f"{MOA}A.pdf"), (7, f"{MOA}A.pdf")),
        ((6, f"{MOA}A.pdf"), (7, f"{MOA}A.pdf")),
    ]


def test_no_staff_address_survives_reading(tmp_path: Path) -> None:
    rows = [[*row("A")[:7], "link"]]
    links = {"G2": SAFELINK, "H2": "mailto:some.body@example.gov"}
    book = read_workbook(save_list(tmp_path / "l.xlsx", rows, links=links))
    assert "some.body" not in repr(book)


@pytest.mark.parametrize("cell", ["ask some.body@example.gov", SAFELINK.replace("url=", "u=")])
def test_a_cell_with_a_staff_address_is_refused_without_repeating_it(
    tmp_path: Path, cell: str
) -> None:
    with pytest.raises(ArchiveError) as caught:
        read_workbook(save_list(tmp_path / "l.xlsx", [row("A"), row(cell)]))
    assert "l.xlsx row 3" in str(caught.value)
    assert "some.body" not in str(caught.value)


def test_values_under_unnamed_headers_are_kept_and_reported(tmp_path: Path) -> None:
    path = save_list(tmp_path / "l.xlsx", [[*row("A"), None, "seen"], row("B")])
    book = read_workbook(path)
    assert book.rows[0].other == ((9, "seen"),)
    assert [str(p) for p in book.remarks] == [
        "l.xlsx row 2: unnamed column: found 'seen' in column J; expected an empty cell."
        " Kept as it is"
    ]


@pytest.mark.parametrize(
    ("header", "seen"),
    [
        ((*PARTICIPATING, "NOTES"), "'NOTES'"),  # a new column must stop the harvest
        (("STATE", "AGENCY", *PARTICIPATING[2:]), "'AGENCY'"),  # so must a renamed one
        ((*PARTICIPATING, "MOA"), "'MOA'"),
        (PENDING[:4], "a column SUPPORT TYPE"),
        ((None, None), "a header row in row 1"),
    ],
)
def test_a_header_that_is_not_known_is_refused(
    tmp_path: Path, header: tuple[str, ...], seen: str
) -> None:
    with pytest.raises(ArchiveError) as caught:
        read_workbook(save_list(tmp_path / "l.xlsx", [row("A")], header=header))
    assert seen in str(caught.value)
    assert str(caught.value).startswith("l.xlsx")


def test_headers_with_stray_spaces_and_case_are_known(tmp_path: Path) -> None:
    header = [f" {title.lower()} \xa0" for title in PENDING]
    book = read_workbook(save_list(tmp_path / "l.xlsx", [row("A")[:5]], header=header))
    assert tuple(book.fields) == ("state", "agency", "type", "county", "model")
    assert list(book.header) == header  # as printed


def test_files_that_are_no_list_are_refused(tmp_path: Path) -> None:
    good = save_list(tmp_path / "good.xlsx", [row("A")], links={"G2": f"{MOA}A.pdf"})
    cases = {
        "empty.xlsx": b"",
        "html.xlsx": b"<html>",
        "cut.xlsx": good.read_bytes()[: good.stat().st_size // 2],
    }
    for name, content in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ArchiveError, match=name):
            read_workbook(tmp_path / name)
    edit_part(good, "xl/worksheets/sheet1.xml", b"</hyperlinks>", b"")
    with pytest.raises(ArchiveError, match=r"good\.xlsx"):
        read_workbook(good)


def test_a_link_made_by_a_formula_is_not_overlooked(tmp_path: Path) -> None:
    rows = [row("A")]
    rows[0][6] = f'=HYPERLINK("{MOA}A.pdf", "link")'
    with pytest.raises(ArchiveError, match="HYPERLINK formula"):
        read_workbook(save_list(tmp_path / "l.xlsx", rows))


def test_column_letters() -> None:
    assert [column_letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_number(column_letter(n)) == n for n in range(2000))
