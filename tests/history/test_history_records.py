"""The committed records against themselves and against the real lists."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from scripts import paths
from scripts.harvest.harvest import harvest
from scripts.history.events import replay
from scripts.history.invariants import CHECKS, check_invariants
from scripts.history.questions import find_questions
from scripts.history.results import CheckResult
from scripts.history.review import make_subject
from scripts.identity.matching import mend_common_words
from scripts.identity.names import name_key, plain
from scripts.identity.readings import Fixes, read_model, read_signed, read_state
from scripts.lists.timeline import make_timeline
from scripts.records.cells import encode_cell
from scripts.records.models.addresses import Permalink
from scripts.records.models.agreements import Agency, AgencyName, Agreement, Event
from scripts.records.models.base import Row
from scripts.records.models.documents import Document
from scripts.records.models.fixes import AgencyNameFix, CellFix
from scripts.records.models.lists import Listing, ListingOrder, Publication, PublicationFile
from scripts.records.models.register import (
    AgencyCounty,
    CrosswalkAgency,
    RegisterAgency,
    RegisterMatch,
)
from scripts.records.read import Records, read_records
from tests.lists_made import PARTICIPATING, save_list
from tests.told import told

_DFS = "Florida Department of Financial Services"


@pytest.fixture(scope="module")
def records() -> Records:
    return read_records(paths.RECORDS)


@pytest.fixture(scope="module")
def checks(records: Records) -> dict[str, CheckResult]:
    return {check.id: check for check in check_invariants(records)}


CHECKED_BY = {
    "active-equals-newest": "check_newest",
    "rows-resolved": "check_resolved",
    "no-merge-across": "check_merges",
    "superseded-names-successor": "check_successors",
    "windows-forward": "check_windows",
    "publications-in-order": "check_order",
    "fips-in-state": "check_fips",
    "events-replay": "check_replay",
    "dates-plausible": "check_dates",
    "permalinks-whole": "check_permalinks",
}


@pytest.mark.parametrize("check_id", CHECKED_BY)
def test_invariant(checks: dict[str, CheckResult], check_id: str) -> None:
    check = checks[check_id]
    assert check.counted > 0
    assert check.failed == 0, check.detail


def test_each_check_can_fail(records: Records) -> None:
    """One thing broken at a time; the check meant for it speaks."""
    agreement = next(row for row in records.rows(Agreement) if row.status == "active")
    gone = next(row for row in records.rows(Agreement) if row.status == "superseded")
    agency = next(row for row in records.rows(Agency) if row.county_fips)
    listing = next(row for row in records.rows(Listing) if row.agreement_id)
    event = next(row for row in records.rows(Event) if row.kind == "removed")
    date = next(row for row in records.rows(Event) if row.kind == "date-corrected")
    name = records.rows(AgencyName)[0]
    order = records.rows(ListingOrder)[3]
    link = records.rows(Permalink)[0]
    early = records.rows(Publication)[0].id
    broken: dict[str, tuple[Row, dict[str, object] | None]] = {
        "active-equals-newest": (agreement, {"status": "removed"}),
        "rows-resolved": (listing, {"agreement_id": None}),
        "no-merge-across": (date, None),
        "superseded-names-successor": (gone, {"successor_id": None}),
        "windows-forward": (
            name,
            {"first_publication": name.last_publication, "last_publication": early},
        ),
        "publications-in-order": (order, {"ops": "1-2"}),
        "fips-in-state": (agency, {"county_fips": "99001"}),
        "events-replay": (event, None),
        "dates-plausible": (agreement, {"signed_on": dt.date(5025, 7, 7)}),
        "permalinks-whole": (link, None),
    }
    if name.last_publication is None:
        broken["windows-forward"] = (
            agreement,
            {"listed_until": early, "listed_from": "2026-05-11-am"},
        )
    for check_id, (row, change) in broken.items():
        table = type(row)
        rows = [other for other in records.tables[table] if other != row]
        if change is not None:
            rows.append(row.model_copy(update=change))
        changed = Records(records.folder, {**records.tables, table: tuple(rows)})
        check = {one.__name__: one for one in CHECKS}[CHECKED_BY[check_id]]
        result = check(make_subject(changed))
        assert (result.id, result.failed > 0) == (check_id, True)


CASES = [
    # One day off, put right by ICE on a later list.
    ("sc-duncan-police-department-tfm-2025-06-12", "2025-06-11", "list-corrected", "active"),
    # The year 5025, and strokes left out.
    ("tn-grundy-county-sheriffs-office-wso-2025-07-07", "2025-07-07", "fix", "active"),
    ("va-campbell-county-sheriffs-office-tfm-2025-05-08", "2025-05-08", "fix", "active"),
    # A year early.
    ("tx-tenaha-police-department-tfm-2026-01-07", "2026-01-07", "fix", "active"),
    # Blank, filled in on the next list.
    ("wv-hampshire-county-sheriffs-office-tfm-undated", "2025-12-02", "list-corrected", "active"),
    # Signed anew after four years.
    ("tn-knox-county-sheriffs-office-jem-2017-06-15", "2017-06-15", "list", "superseded"),
    # Left the list in March 2026, as five of Maryland's did.
    ("md-cecil-county-sheriffs-office-jem-2020-03-09", "2020-03-09", "list", "removed"),
    # Gone for one list, back, and gone in May 2026.
    ("md-garrett-county-sheriffs-office-wso-2025-02-28", "2025-02-28", "list", "removed"),
    # Gone from July 2025 to February 2026.
    ("tx-southside-place-police-department-tfm-2025-06-13", "2025-06-13", "list", "active"),
]


@pytest.mark.parametrize(("identifier", "signed", "basis", "status"), CASES)
def test_agreement(records: Records, identifier: str, signed: str, basis: str, status: str) -> None:
    (row,) = [row for row in records.rows(Agreement) if row.id == identifier]
    assert (str(row.signed_on), row.signed_basis, row.status) == (signed, basis, status)


@pytest.mark.parametrize(
    ("state", "names", "bodies"),
    [
        ("TX", ("Parker County Sheriff's Office", "Parmer County Sheriff's Office"), 2),
        ("TX", ("Galveston County Constable's Office Precinct 1",
                "Galveston County Constable's Office Precinct 4"), 2),
        ("PA", ("Franklin County Sheriff's Office",
                "County of Franklin / Franklin County Jail"), 2),
        ("FL", ("Melbourne Police Department", "West Melbourne Police Department"), 2),
        ("FL", ("Pasco County Sheriff's Office", "Pasco County BOCC"), 2),
        ("MO", ("Dogulas County Sheriff's Office", "Douglas County Sheriff's Office"), 1),
        ("TX", ("Lampass County Sheriff's Office", "Lampasas County Sheriff's Office"), 1),
        ("LA", ("Calacasieu Parish Sheriff's Office", "Calcasieu Parish Sheriff's Office"), 1),
        ("LA", ("Louisiana State Patrol", "Louisiana State Police Department"), 1),
        ("FL", ("Florida Department of Agriculture", "Office of Agricultural Law Enforcement"), 1),
        ("IN", ("Green Forks Police Department", "Greens Fork Police Department"), 1),
        ("SC", ("Lexington County Sheriff's Office", "Lexington County Sheriff's Department"), 1),
        ("AK", ("Department of Corrections", "Alaska Department of Corrections"), 1),
        # the memorandum of the department's row names its division
        ("FL", (_DFS, f"{_DFS}, Criminal Investigation Division"), 1),
    ],
)  # fmt: skip
def test_bodies(records: Records, state: str, names: tuple[str, ...], bodies: int) -> None:
    states = {row.id: row.state for row in records.rows(Agency)}
    found = {
        name: {
            row.agency_id
            for row in records.rows(AgencyName)
            if states[row.agency_id] == state and name_key(row.name_printed) == name_key(name)
        }
        for name in names
    }
    assert all(len(ids) == 1 for ids in found.values()), found
    assert len(set().union(*found.values())) == bodies


def test_orders_of_magnitude(records: Records) -> None:
    """Participating rows over time, against what others counted on the same lists."""
    rows = {row.id: row.rows for row in records.rows(Publication) if row.kind == "participating"}
    assert rows["2025-02-26"] == 239
    assert rows["2025-12-29-am"] == 1274
    agencies = {
        row.agency_id
        for row in records.rows(Listing)
        if row.kind == "participating"
        and row.agreement_id
        and row.first_publication <= "2025-02-26"
        and (row.last_publication or "9") >= "2025-02-26"
    }
    assert len(agencies) == 177


def test_a_question_is_asked_of_what_no_rule_decides(records: Records) -> None:
    questions = find_questions(records)
    assert {question.kind for question in questions} >= {"wrong-link", "county-unknown"}
    pairs = {(q.subject, q.other) for q in questions if q.kind == "same-body"}
    assert len(pairs) < 20  # more is not a list that a person reads


# -- against the workbooks ---------------------------------------------------------------------


@pytest.mark.corpus
def test_events_alone_give_every_workbook(records: Records, corpus: Path) -> None:
    """Played from ``events.csv``, compared with what the workbooks print."""
    timeline = make_timeline(records.rows(Publication))
    lists = timeline.of_kind["participating"]
    played = replay(records.rows(Event), lists)
    names: dict[tuple[str, str], str] = {}
    states = {row.id: row.state for row in records.rows(Agency)}
    for name in records.rows(AgencyName):
        names[states[name.agency_id], name_key(name.name_printed)] = name.agency_id
    compared = 0
    for publication, path in files_of(records, corpus):
        if publication.kind == "pending":
            continue
        printed = {
            (names[state, key], model, signed)
            for state, key, model, signed in rows_of(path, publication, records.rows(CellFix))
        }
        shown = {(row.agency_id, row.model, row.signed) for row in played[publication.id].values()}
        assert shown == printed, publication.id
        compared += 1
    assert compared > 100


def files_of(records: Records, corpus: Path) -> Iterator[tuple[Publication, Path]]:
    """One held file of every publication."""
    publications = {row.id: row for row in records.rows(Publication)}
    for file in records.rows(PublicationFile):
        path = corpus / "workbooks" / file.sha256[:12] / file.file_name
        publication = publications.pop(file.publication_id, None)
        if publication is not None and path.is_file():
            yield publication, path


def rows_of(
    path: Path, publication: Publication, cell_fixes: tuple[CellFix, ...]
) -> Iterator[tuple[str, str, str, str]]:
    """State, name key, model and date of every printed row, read without our own reader."""
    fixes = Fixes(cell_fixes)
    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    columns = {str(title).strip(): number for number, title in enumerate(header)}
    for row in rows:
        state, agency, model, signed = (
            encode_cell(row[columns[c]])  # type: ignore[arg-type]
            for c in ("STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE", "SIGNED")
        )
        if not agency.strip():
            continue
        key = name_key(agency)

        def mended(column: str, value: str, code: str | None, key: str = key) -> str:
            fix = fixes.find(column, value, code, key)
            return fix.right if fix else value

        code = read_state(mended("state", state, read_state(state))) or ""
        latest = publication.stated_on + dt.timedelta(days=31)
        day, _ = read_signed(mended("signed", signed, code), latest)
        yield (
            code,
            key,
            read_model(mended("model", model, code)) or "",
            day.isoformat() if day else "",
        )


@pytest.mark.corpus
def test_with_identifiers_kept_the_lists_give_the_records_again(
    records: Records, corpus: Path, more_lists: Path, tmp_path: Path
) -> None:
    """Everything but identifiers and fixes deleted; then all lists, in under 30 seconds alone."""
    kept: tuple[type[Row], ...] = (
        Agency,
        AgencyName,
        Agreement,
        Permalink,
        Document,
        RegisterAgency,
        CrosswalkAgency,
    )
    for folder in ("fixes", "documents"):
        shutil.copytree(paths.RECORDS / folder, tmp_path / folder)
    for table in kept:
        shutil.copy(paths.RECORDS / table.file, tmp_path / table.file)
    harvest([corpus, more_lists], tmp_path)
    for table in (Agency, Document):  # what has no list in it is the same to the letter
        committed = (paths.RECORDS / table.file).read_text(encoding="utf-8")
        assert (tmp_path / table.file).read_text(encoding="utf-8") == committed, table.file
    # Lists that were found late keep the names that they had then; numbers of rows are minted anew.
    again, committed_history = told(tmp_path), told(paths.RECORDS)
    for what, told_there in committed_history.items():
        assert again[what] == told_there, what


@pytest.mark.corpus
def test_the_lists_as_recorded_give_every_file_again_to_the_letter(
    corpus: Path, more_lists: Path, tmp_path: Path
) -> None:
    """What the harvest derives is deleted: events, counties, matches with the register."""
    shutil.copytree(paths.RECORDS, tmp_path / "records")
    derived = (Event, AgencyCounty, RegisterMatch)
    for table in derived:
        (tmp_path / "records" / table.file).unlink()
    harvest([corpus, more_lists], tmp_path / "records")
    compared = 0
    for path in sorted(paths.RECORDS.rglob("*.csv")):
        again = tmp_path / "records" / path.relative_to(paths.RECORDS)
        assert again.read_bytes() == path.read_bytes(), path.name
        compared += 1
    assert compared > 25


@pytest.mark.corpus
def test_the_everyday_list(records: Records, more_lists: Path, tmp_path: Path) -> None:
    """A list never seen: two agreements, one gone, one date put right, one spelling."""
    shutil.copytree(paths.RECORDS, tmp_path / "records")
    before = read_records(tmp_path / "records")
    newest = make_timeline(before.rows(Publication)).of_kind["participating"][-1]
    (path,) = [path for row, path in files_of(before, more_lists) if row.id == newest.id]
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]
    rows = [row for row in rows if str(row[1]).strip()]
    day = newest.stated_on + dt.timedelta(days=2)
    del rows[100]
    rows[200][5] = rows[200][5] + dt.timedelta(days=1)  # type: ignore[operator]
    rows[300][1] = "City of " + str(rows[300][1]) if "Police" in str(rows[300][1]) else rows[300][1]
    for name in ("Zwolle Police Department", "Zebulon Police Department"):
        rows.append(["LOUISIANA", name, "Municipality", "", "Task Force Model", day, "link", ""])
    saved = dt.datetime.combine(day, dt.time(12))
    name = f"participatingAgencies{day:%m%d%Y}am.xlsx"
    # The links are left out on purpose: every row then differs, and yet no agreement may.
    save_list(tmp_path / "lists" / name, rows, header=PARTICIPATING[: len(rows[0])], modified=saved)
    started = time.process_time()
    report = harvest(tmp_path / "lists", tmp_path / "records")
    seconds = time.process_time() - started
    after = read_records(tmp_path / "records", canonical=True)
    assert report.text().startswith("1 new list, 2 agreements, 1 removed, 1 signing date corrected")
    assert len(after.rows(Agreement)) == len(before.rows(Agreement)) + 2
    assert not [check for check in check_invariants(after) if check.failed]
    assert seconds < 10  # 3 on a machine that does nothing else


def test_a_misspelling_is_called_one(records: Records) -> None:
    """Six verdicts gave “more or fewer words” as their reason where a word was misspelt."""
    wrong = [
        fix.name
        for fix in records.rows(AgencyNameFix)
        if "more or fewer words" in fix.reason
        and any(
            mend_common_words(word).rstrip("s") != word.rstrip("s")
            for word in plain(fix.name).split()
        )
    ]
    assert wrong == []
