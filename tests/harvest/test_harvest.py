"""The harvest over files: all records or none, the same in any order, and what changed in words."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.errors import ArchiveError
from scripts.harvest.command import harvest as command
from scripts.history.invariants import check_invariants
from scripts.records.models.addresses import Permalink
from scripts.records.models.agreements import Agency, Agreement, Event
from scripts.records.models.documents import Document, DocumentFact
from scripts.records.models.fixes import AgencyNameFix
from scripts.records.models.lists import Listing
from scripts.records.write import write_table
from tests.houses import House, signed
from tests.lists_made import MOA, save_list
from tests.pdfs import make_pdf

BAY, CLAY, GULF = "Bay County Sheriff's Office", "Clay County Sheriff's Office", "Gulfport PD"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Four lists: a signing date put right, an agreement gone, one spelled otherwise."""
    return fill(House(tmp_path / "house"))


def fill(house: House) -> House:
    bay = signed(BAY, "2025-02-26")
    house.list("2025-03-01", [bay, signed(CLAY, "2025-02-27"), signed(GULF, "2025-02-28")])
    house.pending("2025-03-02", [signed("Tampa PD", "2025-03-02")])
    house.list("2025-03-08", [bay, signed(CLAY, "2025-02-26"), signed(GULF, "2025-02-28")])
    house.list("2025-03-15", [bay, signed("Gulfport Police Department", "2025-02-28")])
    house.list(
        "2025-03-22",
        [bay, signed("Gulfport Police Department", "2025-02-28"), signed("Tampa PD", "2025-03-20")],
        links={"G2": MOA + "BayCoFL_TFM_MOA_022625.pdf"},
    )
    return house


def test_a_harvest_writes_everything_and_a_second_one_nothing(house: House) -> None:
    report = house.harvest()
    assert report.text().startswith("5 new lists, 4 agreements, 1 removed")
    assert {row.id: row.status for row in house.read().rows(Agreement)} == {
        "fl-bay-county-sheriffs-office-tfm-2025-02-26": "active",
        "fl-clay-county-sheriffs-office-tfm-2025-02-27": "removed",
        "fl-gulfport-police-department-tfm-2025-02-28": "active",
        "fl-tampa-police-department-tfm-2025-03-20": "active",
    }
    assert all(check.failed == 0 for check in check_invariants(house.read()))
    assert house.harvest().text() == "nothing changed"
    assert house.harvest().files_written == ()


def test_the_order_of_files_does_not_matter(tmp_path: Path, house: House) -> None:
    house.harvest()
    names = sorted(path.name for path in house.sources.iterdir())
    for number, order in enumerate(itertools.islice(itertools.permutations(names), 0, 120, 17)):
        other = House(tmp_path / f"order-{number}")
        for name in order:
            shutil.copy2(house.sources / name, other.sources / name)
        other.harvest()
        assert other.text() == house.text(), order


def test_lists_in_order_of_time_one_by_one_give_the_whole(tmp_path: Path, house: House) -> None:
    house.harvest()
    other = House(tmp_path / "other")
    for path in by_day(house.sources.iterdir()):
        shutil.copy2(path, other.sources / path.name)
        other.harvest()
    assert other.text() == house.text()


def test_with_identifiers_kept_and_the_rest_deleted_the_whole_comes_again(house: House) -> None:
    house.harvest()
    before = house.text()
    kept = {"agencies.csv", "agency_names.csv", "agreements.csv", "permalinks.csv", "documents.csv"}
    for path in house.records.glob("*.csv"):
        if path.name not in kept:
            path.unlink()
    house.harvest()
    assert house.text() == before


@pytest.mark.parametrize("late", range(5))
def test_a_late_list_slots_in_and_moves_no_identifier(
    tmp_path: Path, house: House, late: int
) -> None:
    other = House(tmp_path / "other")
    paths = by_day(house.sources.iterdir())
    for number, path in enumerate(paths):
        if number != late:
            shutil.copy2(path, other.sources / path.name)
    other.harvest()
    before = other.read()
    shutil.copy2(paths[late], other.sources / paths[late].name)
    other.harvest()
    after = other.read()
    assert {row.id for row in before.rows(Agency)} <= {row.id for row in after.rows(Agency)}
    assert {row.id for row in before.rows(Agreement)} <= {row.id for row in after.rows(Agreement)}
    assert {row.path for row in before.rows(Permalink)} <= {
        row.path for row in after.rows(Permalink)
    }
    assert all(check.failed == 0 for check in check_invariants(after))
    house.harvest()
    events = {(e.publication_id, e.kind, e.agency_id) for e in after.rows(Event)}
    assert events == {(e.publication_id, e.kind, e.agency_id) for e in house.read().rows(Event)}


def save_pdf(path: Path, *pages: str) -> None:
    """A PDF with one line on each page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(make_pdf([[page] for page in pages]))


def by_day(paths: Iterable[Path]) -> list[Path]:
    """Lists in order of the dates in their names."""

    def day(path: Path) -> str:
        digits = "".join(letter for letter in path.name if letter.isdigit())
        return digits[4:] + digits[:4]

    return sorted(paths, key=day)


BAD = {
    "participatingAgencies04012025am.xlsx": b"",
    "participatingAgencies04022025am.xlsx": b"PK\x03\x04 and then nothing",
    "BayCoFL_TFM_MOA_022625.pdf": b"<html>not found</html>",
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_leaves_the_records_as_they_are(house: House, name: str) -> None:
    house.harvest()
    before = house.text()
    house.list("2025-03-29", [signed(BAY, "2025-02-26")])
    (house.sources / name).write_bytes(BAD[name])
    with pytest.raises(ArchiveError, match=name):
        house.harvest()
    assert house.text() == before
    result = CliRunner().invoke(
        command, ["--sources", str(house.sources), "--records", str(house.records)]
    )
    assert result.exit_code != 0
    assert house.text() == before


def test_a_person_may_go_on_without_it(house: House) -> None:
    house.harvest()
    (house.sources / "participatingAgencies04012025am.xlsx").write_bytes(b"")
    house.list("2025-03-29", [signed(BAY, "2025-02-26"), signed("Tampa PD", "2025-03-20")])
    report = house.harvest(skip_unreadable=True)
    assert [problem.place for problem in report.problems] == [
        "participatingAgencies04012025am.xlsx"
    ]
    assert "1 new list" in report.text()
    run = ["--skip-unreadable", "--sources", str(house.sources), "--records", str(house.records)]
    result = CliRunner().invoke(command, run)
    assert result.exit_code == 0
    assert "participatingAgencies04012025am.xlsx" in result.stderr


def test_a_list_with_a_new_column_is_named_and_stops_the_harvest(house: House) -> None:
    when = dt.datetime(2025, 4, 5, 12)
    path = house.sources / "participatingAgencies04052025am.xlsx"
    header = ("STATE", "LAW ENFORCEMENT AGENCY", "OFFICERS", "SUPPORT TYPE", "SIGNED", "MOA")
    save_list(path, [["FLORIDA", BAY, 12, "Task Force Model", when.date(), "link"]], header=header)
    with pytest.raises(ArchiveError, match="OFFICERS"):
        house.harvest()
    assert house.text() == {}


def test_a_memorandum_is_joined_by_name_and_state(tmp_path: Path) -> None:
    """A file was once found by its name alone and belonged to the county of that name next door."""
    house = House(tmp_path / "house")
    moa = "FranklinCountySO_TFM_MOA.pdf"
    rows = [signed("Franklin County Sheriff's Office", "2025-02-26", state="ALABAMA")]
    house.list("2025-03-01", rows, links={"G2": MOA + moa})
    save_pdf(house.sources / "TEXAS" / moa, "Franklin County, Texas")
    house.harvest()
    (document,) = house.read().rows(Document)
    assert document.sha256 is None
    save_pdf(house.sources / "ALABAMA" / moa, "Franklin County, Alabama", "second page")
    house.harvest()
    (document,) = house.read().rows(Document)
    assert document.pages == 2
    assert document.agreement_id == "al-franklin-county-sheriffs-office-tfm-2025-02-26"
    (agreement,) = house.read().rows(Agreement)
    assert agreement.document_id == document.id == "moa-franklin-county-so-tfm"


def test_wrong_links_are_noted_and_not_followed(tmp_path: Path) -> None:
    house = House(tmp_path / "house")
    rows = [
        signed("Edgewater Police Department", "2025-07-02"),
        signed("Edgewood Police Department", "2025-04-10"),
        signed("Rush County Sheriff's Office", "2025-08-07", "Warrant Service Officer", "INDIANA"),
    ]
    edgewater = MOA + "EdgewaterPoliceDeptFL_TFM_MOA_07022025.pdf"
    rush = MOA + "RushCoSheriffsOfficeIN_TFM_MOA_08072025.pdf"
    house.list("2025-09-01", rows, links={"G2": edgewater, "G3": edgewater, "G4": rush})
    house.harvest()
    documents = {row.file_name: row for row in house.read().rows(Document)}
    first = documents["EdgewaterPoliceDeptFL_TFM_MOA_07022025.pdf"]
    assert first.agreement_id == "fl-edgewater-police-department-tfm-2025-07-02"
    assert "fl-edgewood-police-department-tfm-2025-04-10" in (first.note or "")
    second = documents["RushCoSheriffsOfficeIN_TFM_MOA_08072025.pdf"]
    assert second.agreement_id is None
    assert "not followed" in (second.note or "")
    linked = {row.id: row.document_id for row in house.read().rows(Agreement)}
    assert [value is not None for _, value in sorted(linked.items())] == [True, False, False]


def test_a_list_with_all_links_one_row_off_moves_no_memorandum(tmp_path: Path) -> None:
    """What a spreadsheet does to links when a row is deleted above them."""
    house = House(tmp_path / "house")
    names = ("Lake Clarke Shores", "Lake County", "Ocala", "Shirley", "Tampa")
    rows = [signed(f"{name} Police Department", "2025-04-10") for name in names]
    files = {n: MOA + f"{name.replace(' ', '')}PDFL_TFM_MOA.pdf" for n, name in enumerate(names)}
    links = {f"G{n + 2}": file for n, file in files.items()}
    house.list("2025-05-01", rows, links=links)
    house.list("2025-05-08", rows[::-1], links={f"G{6 - n}": file for n, file in files.items()})
    house.harvest()
    before = {row.id: row.document_id for row in house.read().rows(Agreement)}
    assert None not in before.values()
    house.list("2025-05-15", rows, links={f"G{n + 1}": file for n, file in files.items() if n})
    house.harvest()
    assert {row.id: row.document_id for row in house.read().rows(Agreement)} == before


def test_what_others_read_from_a_file_is_kept(tmp_path: Path) -> None:
    house = House(tmp_path / "house")
    house.list("2025-03-01", [signed(BAY, "2025-02-26")], links={"G2": MOA + "BayFL_TFM_MOA.pdf"})
    save_pdf(house.sources / "BayFL_TFM_MOA.pdf", "one page")
    house.harvest()
    (document,) = house.read().rows(Document)
    read = document.model_copy(update={"text_from": "ocr", "template": "tfm-2025-03-07"})
    write_table(house.records, Document, [read])
    house.list("2025-03-08", [signed(BAY, "2025-02-26")])
    house.harvest()
    assert [(d.text_from, d.template) for d in house.read().rows(Document)] == [
        ("ocr", "tfm-2025-03-07")
    ]


def test_a_list_changes_as_many_lines_as_it_has_changes(house: House) -> None:
    house.harvest()
    before = house.text()
    house.list(
        "2025-03-29",
        [
            signed(BAY, "2025-02-26"),
            signed("Gulfport Police Department", "2025-02-28"),
            signed("Tampa PD", "2025-03-20"),
            signed("Ocala PD", "2025-03-27"),
        ],
        links={"G2": MOA + "BayCoFL_TFM_MOA_022625.pdf"},
    )
    report = house.harvest()
    assert report.text().splitlines()[0] == "1 new list, 1 agreement, 1 new agency"
    changed = sum(
        len(set(house.text()[name].splitlines()) ^ set(before[name].splitlines()))
        for name in before
    )
    # list, file, order; listing, name, agency, agreement, event; three addresses
    assert changed == 11


def test_every_row_is_accounted_for(tmp_path: Path) -> None:
    house = House(tmp_path / "another")
    odd = signed("Ocala PD", "2025-03-27", "Tribal Model", "FLORIDDA")
    names = (f"{one}{other}ville PD" for one in "BCDFGHJKLM" for other in "abcdefghijklmnopqrstu")
    many = [signed(name, "2025-02-26") for name in names]
    house.list("2025-03-29", [*many, odd])  # more than one in 200 would be too many
    report = house.harvest()
    assert "1 unresolved row" in report.text()
    (row,) = [r for r in house.read().rows(Listing) if r.agency_printed == "Ocala PD"]
    assert (row.agency_id, row.agreement_id, row.model_printed) == (None, None, "Tribal Model")


def test_without_sources_the_command_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHIVE_SOURCES", str(tmp_path / "nowhere"))
    result = CliRunner().invoke(command, ["--records", str(tmp_path)])
    assert isinstance(result.exception, ArchiveError)
    assert "nowhere" in str(result.exception)


def test_what_merged_is_told(house: House) -> None:
    """Agencies that a verdict made one were once “no list, agreement or spelling changed”."""
    house.list("2025-03-29", [signed(BAY, "2025-02-26"), signed("Ocala Rangers", "2025-03-25")])
    house.harvest()
    verdict = AgencyNameFix(
        state="FL",
        name="Ocala Rangers",
        other_name="Bay Rangers",
        verdict="same",
        reason="Another name",
        evidence="Their letterhead",
    )
    moved = verdict.model_copy(update={"other_name": BAY})
    write_table(house.records, AgencyNameFix, [moved])
    fact = DocumentFact(
        document_id=house.read().rows(Document)[0].id,
        fact="agency",
        value="fl-ocala-rangers",
        basis="opening",
        page_number=1,
        confidence="0.98",
    )
    write_table(house.records, DocumentFact, [fact])
    text = house.harvest().text()
    (follows,) = house.read().rows(DocumentFact)
    assert follows.value == "fl-bay-county-sheriffs-office"
    assert text.startswith("1 merged or split")
    assert "merged or split: /agencies/fl-ocala-rangers/ → /agencies/fl-bay-county-" in text
    write_table(house.records, AgencyNameFix, [moved, verdict.model_copy(update={"name": BAY})])
    assert "agency named anew: fl-bay-county-sheriffs-office: " in house.harvest().text()
    assert house.harvest().text() == "nothing changed"
