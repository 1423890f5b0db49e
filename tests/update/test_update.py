"""A made site of ICE's goes through what really happened; `update` follows it, list by list."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest

from scripts.checks.check import check_records
from scripts.errors import ArchiveError
from scripts.fetch.fetch import Fetcher, Limits
from scripts.harvest.harvest import harvest
from scripts.held.manifest import read_manifest
from scripts.locks import alone
from scripts.records.models.lists import Publication, PublicationFile
from scripts.records.read import read_records
from scripts.update.updating import UpdateReport, update
from tests.houses import signed
from tests.lists_made import save_list
from tests.misbehaving import Site, cut_off, file, page, serving
from tests.told import told

PAGE = "/identify-and-arrest/287g"
FOLDER = "/doclib/about/offices/ero/287g/"
QUICK = Limits(pause=0, tries=2, first_wait=0.01, read=2.0, whole=20.0)


class Ice:
    """ICE's site on this machine, an archive that follows it, and what it was told."""

    def __init__(self, site: Site, place: Path) -> None:
        self.site, self.place = site, place
        self.store, self.records, self.db = place / "store", place / "records", place / "a.db"
        self.records.mkdir(parents=True)

    def show(self, links: Mapping[str, str], *, markup: int = 0) -> None:
        """The page with these links (path → words), in one of its layouts."""
        forms = (
            '<p><a href="{path}">{words}</a></p>',
            '<div><ul><li><i>List:</i> <a class="b" href="{path}">{words}</a></li></ul></div>',
            '<table><tr><td><a href="http://www.ice.gov{path}"><u>{words}</u></a></td></tr></table>',
        )
        body = "".join(forms[markup].format(path=path, words=w) for path, w in links.items())
        self.site.paths[PAGE] = page(f"<html><body>{body}</body></html>".encode())

    def put(self, path: str, body: bytes, **headers: str) -> None:
        """A file at a path."""
        self.site.paths[path] = file(body, **headers)

    def follow(self, *accept: str) -> UpdateReport:
        """One run of the archive; its records are sound afterwards."""
        stand_ins = {"www.ice.gov": self.site.base, "web.archive.org": self.site.base}
        with Fetcher(self.store, "test", QUICK, stand_ins, lambda seconds: None) as fetcher:
            report = update(fetcher, self.store, self.records, self.db, accept=accept)
        assert check_records(self.records).problems == ()
        return report

    def lists(self) -> list[str]:
        """The identifiers of all lists."""
        return [row.id for row in read_records(self.records).rows(Publication)]


@pytest.fixture
def ice(tmp_path: Path) -> Iterator[Ice]:
    with serving() as site:
        yield Ice(site, tmp_path)


def made(place: Path, day: str, names: list[str]) -> bytes:
    """A workbook of that day (``2025-05-16``)."""
    path = place / "made.xlsx"
    rows = [signed(name, "2025-03-01") for name in names]
    save_list(path, rows, modified=dt.datetime.fromisoformat(f"{day}T12:00"))
    return path.read_bytes()


NAMES = [f"{letter}{other}ville PD" for letter in "BCDFGHJKLM" for other in "aeiou"]


def test_what_really_happens(ice: Ice, tmp_path: Path) -> None:
    first = FOLDER + "participatingAgencies05162025am.xlsx"
    ice.put(first, made(tmp_path, "2025-05-16", NAMES))
    ice.show({first: "Participating Agencies"})
    assert ice.follow().text().startswith("1 new list, 50 agreements")
    assert ice.follow().text() == "nothing changed: ICE's page leads to what is held already"

    # the year in two digits, in the singular, in another layout of the page
    second = FOLDER + "ParticipatingAgency051825pm.xlsx"
    ice.put(second, made(tmp_path, "2025-05-18", [*NAMES, "Nova PD"]))
    ice.show({second: "Participating Agency"}, markup=1)
    assert ice.follow().text().startswith("1 new list, 1 agreement")
    assert ice.lists() == ["2025-05-16-am", "2025-05-18-pm"]

    # an address that says nothing of the file; its name comes with the answer
    third = "/file-download/download/public/209067"
    named = 'attachment; filename="287gParticipatingAgencies052025am.xlsx"'
    body = made(tmp_path, "2025-05-20", [*NAMES[1:], "Nova PD"])
    ice.put(third, body, Content_Disposition=named)
    ice.show({third: "287(g) Participating Agencies [XLSX]"}, markup=2)
    assert "1 removed" in ice.follow().text()
    assert ice.lists()[-1] == "2025-05-20-am"

    # the same bytes under a new name: the same list
    fourth = FOLDER + "participatingAgencies05202025am 12.15.07 AM.xlsx"
    ice.put(fourth.replace(" ", "%20"), body)
    ice.show({fourth: "Participating Agencies"})
    assert "nothing changed" in ice.follow().text()
    assert len(ice.lists()) == 3
    assert len(read_records(ice.records).rows(PublicationFile)) == 4

    # days on which nothing answers, or something else does
    before = told(ice.records)
    fifth = FOLDER + "participatingAgencies05222025am.xlsx"
    whole = made(tmp_path, "2025-05-22", [*NAMES[1:], "Nova PD", "Ulm PD"])
    for answer, said in (
        (page(b"no", 403), "status 403"),
        (page(b"no", 404), "status 404"),
        (page(b"<html>Be back soon"), "a web page, status 200"),
        (cut_off(whole, len(whole) // 2), "participatingAgencies05222025am.xlsx"),
        (page(whole[: len(whole) // 2]), "a damaged zip"),
    ):
        ice.site.paths[fifth] = answer
        ice.show({fifth: "Participating Agencies"})
        report = ice.follow()
        assert said in report.text()
        assert "nothing could be had" in report.text()
        assert report.stopped == ()
    ice.site.paths[PAGE] = page(b"no", 403)
    assert "identify-and-arrest/287g" in ice.follow().text()
    assert told(ice.records) == before
    ice.put(fifth, whole)
    ice.show({fifth: "Participating Agencies"})
    assert "1 agreement" in ice.follow().text()

    # a list that lost two in five rows waits for a person, and says so until one has looked
    sixth = FOLDER + "participatingAgencies05232025pm2.xlsx"
    ice.put(sixth, made(tmp_path, "2025-05-23", NAMES[20:]))
    ice.show({sixth: "Participating Agencies"})
    for _ in range(2):
        report = ice.follow()
        assert [problem.place for problem in report.stopped] == [sixth.rsplit("/", 1)[1]]
        assert "30 rows" in report.text()
    assert len(ice.lists()) == 4
    assert "21 removed" in ice.follow(sixth.rsplit("/", 1)[1]).text()
    assert ice.lists()[-1] == "2025-05-23-pm-2"

    # a list of an earlier day turns up
    late = FOLDER + "participatingAgencies05172025am.xlsx"
    ice.put(late, made(tmp_path, "2025-05-17", [*NAMES, "Oslo PD"]))
    ice.show({late: "Participating Agencies"})
    assert "1 agreement" in ice.follow().text()
    assert ice.lists()[1] == "2025-05-17-am"

    # all at once gives the same
    plain = tmp_path / "plain"
    plain.mkdir()
    harvest(ice.store, plain, accept=[sixth.rsplit("/", 1)[1]])
    assert told(plain) == told(ice.records)
    assert len(read_manifest(ice.store)) >= 7


def test_a_column_or_sheet_that_nobody_knows_stops_that_list_alone(
    ice: Ice, tmp_path: Path
) -> None:
    paths = {day: FOLDER + f"participatingAgencies05{day}2025am.xlsx" for day in (16, 18, 20)}
    ice.put(paths[16], made(tmp_path, "2025-05-16", NAMES))
    ice.show({paths[16]: "Participating Agencies"})
    ice.follow()
    changed = tmp_path / "changed.xlsx"
    changed.write_bytes(made(tmp_path, "2025-05-18", NAMES))
    book = openpyxl.load_workbook(changed)
    book.active.insert_cols(3)
    book.active.cell(1, 3, "FUNDING")
    for number in range(2, 20):
        book.active.cell(number, 3, "yes")
    book.save(changed)
    ice.put(paths[18], changed.read_bytes())
    renamed = tmp_path / "renamed.xlsx"
    renamed.write_bytes(made(tmp_path, "2025-05-20", [*NAMES, "Nova PD"]))
    book = openpyxl.load_workbook(renamed)
    book.active.title = "Current as of today"
    book.save(renamed)
    ice.put(paths[20], renamed.read_bytes())
    ice.show(dict.fromkeys(paths.values(), "Participating Agencies"))
    report = ice.follow()
    assert "1 agreement" in report.text()
    (problem,) = report.stopped
    assert problem.place.startswith("participatingAgencies05182025am.xlsx")
    assert "FUNDING" in str(problem)


def test_one_update_at_a_time(ice: Ice) -> None:
    with (
        alone(ice.store / ".update.lock", "a test"),
        pytest.raises(ArchiveError, match="an update is under way"),
    ):
        ice.follow()


@pytest.mark.corpus
def test_two_years_of_lists_in_order(ice: Ice, corpus: Path, tmp_path: Path) -> None:
    """Real lists as they came, some under names of the newer forms."""
    records = read_records(Path(__file__).parents[2] / "db" / "records")
    chance = random.Random(1)
    files = [
        (row.stated_on, row.id, path)
        for file in records.rows(PublicationFile)
        if (path := corpus / "workbooks" / file.sha256[:12] / file.file_name).is_file()
        for row in records.rows(Publication)
        if row.id == file.publication_id and file.captured_at is None
    ]
    chosen = sorted(chance.sample(files, 14))
    lists: dict[str, bytes] = {}
    for number, (_, _, path) in enumerate(chosen):
        name = path.name
        kind = "Pending" if "pending" in name.lower() else "Participating"
        address = FOLDER + name.replace(" ", "%20")
        if number % 3 == 1:
            address = f"/file-download/download/public/{209000 + number}"
        body = path.read_bytes()
        ice.put(address, body, Content_Disposition=f'attachment; filename="{name}"')
        ice.show({address: f"{kind} Agencies"}, markup=number % 3)
        lists[name] = body
        ice.follow(*lists)
    plain, sources = tmp_path / "plain", tmp_path / "sources"
    plain.mkdir()
    for number, (_, _, path) in enumerate(chosen):
        (sources / str(number)).mkdir(parents=True)
        shutil.copy(path, sources / str(number) / path.name)
    harvest(sources, plain, accept=list(lists))
    assert told(ice.records) == told(plain)
