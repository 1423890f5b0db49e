"""Lists found late and out of order tell the same history as all of them at once."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from scripts.checks.check import check_records
from scripts.database.build import build
from scripts.errors import ArchiveError
from scripts.harvest import harvest as harvesting
from scripts.harvest.harvest import harvest
from scripts.harvest.judging import Tables
from scripts.records.models.addresses import Permalink
from scripts.records.models.agreements import Agency
from scripts.records.models.lists import Publication
from scripts.records.read import read_records
from tests.houses import House, signed
from tests.told import told

LISTS = 24  # of the real ones, for each seed


def parts_of(files: Sequence[Path], chance: random.Random) -> list[list[Path]]:
    """The files in random order, in one to six parts."""
    shuffled = chance.sample(files, len(files))
    cuts = sorted(chance.sample(range(1, len(files)), chance.randint(0, min(5, len(files) - 1))))
    return [shuffled[a:b] for a, b in zip([0, *cuts], [*cuts, len(files)], strict=True)]


def harvest_files(files: Sequence[Path], folder: Path, records: Path) -> None:
    for number, file in enumerate(files):  # two lists may have one name
        place = folder / str(number) / file.name
        place.parent.mkdir(parents=True)
        shutil.copy(file, place)
    harvest(folder, records, accept=[file.name for file in files])


def in_steps(files: Sequence[Path], place: Path, chance: random.Random) -> Path:
    """Records that came of the files step by step, each step accepted and nothing lost."""
    records = place / "records"
    records.mkdir(parents=True)
    addresses: set[str] = set()
    for number, part in enumerate(parts_of(files, chance)):
        harvest_files(part, place / f"step-{number}", records)
        assert check_records(records).problems == ()
        rows = {row.path: row for row in read_records(records).rows(Permalink)}
        assert addresses <= rows.keys()
        assert all(rows[path].status != "withdrawn" for path in addresses)
        addresses |= rows.keys()
    build(records, None, place / "archive.db")
    return records


def at_once(files: Sequence[Path], place: Path) -> Path:
    records = place / "records"
    records.mkdir(parents=True)
    harvest_files(files, place / "all", records)
    return records


@pytest.mark.corpus
@pytest.mark.parametrize("seed", range(4))
def test_real_lists_in_any_order(corpus: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    files = chance.sample(sorted((corpus / "workbooks").rglob("*.xlsx")), LISTS)
    steps = told(in_steps(files, tmp_path / "steps", chance))
    whole = told(at_once(files, tmp_path / "whole"))
    assert len(whole["agreements"]) > 500
    for what in whole:
        assert steps[what] == whole[what], what


NAMES = ["Bay County SO", "Bay County Sheriff's Office", "Gulfport PD", "Ocala Rangers", "Leon PD"]
DAYS = ["2025-02-26", "2025-02-27", "2025-03-03"]


def made_lists(place: Path, chance: random.Random) -> list[Path]:
    """A few lists whose rows come, go, change their date or name, and come again."""
    house = House(place)
    rows = [[name, DAYS[0]] for name in NAMES[1:4]]
    for day in range(1, chance.randint(4, 9)):
        for row in rows:
            if chance.random() < 0.2:
                row[1] = chance.choice(DAYS)
            if chance.random() < 0.1:
                row[0] = chance.choice(NAMES)
        if chance.random() < 0.3 and len(rows) > 1:
            rows.pop(chance.randrange(len(rows)))
        if chance.random() < 0.5:
            rows.insert(chance.randint(0, len(rows)), [chance.choice(NAMES), chance.choice(DAYS)])
        house.list(f"2025-03-{10 + 2 * day:02}", [signed(name, on) for name, on in rows])
    return sorted(house.sources.glob("*.xlsx"))


@pytest.mark.parametrize("seed", range(30))
def test_made_lists_in_any_order(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    files = made_lists(tmp_path / "made", chance)
    assert told(in_steps(files, tmp_path / "steps", chance)) == told(
        at_once(files, tmp_path / "whole")
    )


def test_a_list_that_gives_the_content_an_earlier_date_leaves_its_name(tmp_path: Path) -> None:
    """Ten publications were refused once: a date had been read out of an identifier."""
    house = House(tmp_path)
    rows = [signed(NAMES[1], DAYS[0])]
    late = house.list("2025-03-12", rows)
    kept = tmp_path / late.name
    shutil.move(late, kept)
    house.list("2025-03-13", rows)
    house.harvest()
    shutil.move(kept, late)
    house.harvest()
    (row,) = house.read().rows(Publication)
    assert (row.id, row.stated_on.isoformat()) == ("2025-03-13-am", "2025-03-12")
    assert check_records(house.records).problems == ()


def test_what_would_be_refused_is_not_written_and_its_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(tmp_path)
    house.list("2025-03-12", [signed(NAMES[1], DAYS[0])])
    house.harvest()
    before = house.text()
    house.list("2025-03-14", [signed(NAMES[1], DAYS[0]), signed(NAMES[2], DAYS[0])])
    culprit = house.list("2025-03-16", [signed(NAMES[4], DAYS[0])])
    house.list("2025-03-18", [signed(NAMES[4], DAYS[0])])
    make = harvesting.make_tables

    def wrongly(*arguments: Any) -> Tables:
        """A county's code of another state wherever the culprit's agency is."""
        tables = dict(make(*arguments))
        tables[Agency] = tuple(
            row.model_copy(update={"county_fips": "48001"}) if row.name == NAMES[4] else row
            for row in tables[Agency]
            if isinstance(row, Agency)
        )
        return tables

    monkeypatch.setattr(harvesting, "make_tables", wrongly)
    with pytest.raises(ArchiveError, match="fips-in-state") as caught:
        house.harvest()
    assert house.text() == before
    assert culprit.name in str(caught.value)
