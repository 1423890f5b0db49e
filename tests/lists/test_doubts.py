"""Lists that cannot be right stop for a person."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.houses import Folder

HUNDRED = [f"A{number}" for number in range(100)]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path)
    folder.add("05162025am", HUNDRED)
    folder.harvest()
    return folder


def test_far_more_rows_than_the_list_before(folder: Folder) -> None:
    path = folder.add("05202025am", ["A"] * 20_000)
    lists = folder.read()
    (problem,) = lists.problems
    assert (problem.place, problem.field, problem.seen) == (path.name, "rows", "20000 rows")
    assert "at most 200 after 100 in participatingAgencies05162025am.xlsx" in problem.expected
    assert "--accept" in problem.remedy
    assert lists.new == ()
    assert folder.read(accept=[path.name]).new == ("2025-05-20-am",)


def test_a_long_time_between_lists_excuses_no_growth(folder: Folder) -> None:
    folder.add("11202025am", [f"A{number}" for number in range(201)])
    assert [problem.field for problem in folder.read().problems] == ["rows"]


def test_a_day_long_after_the_last_save(folder: Folder) -> None:
    path = folder.add("05302025am", HUNDRED, saved=dt.datetime(2025, 5, 20))
    (problem,) = folder.read().problems
    assert (problem.place, problem.field, problem.seen) == (path.name, "date", "2025-05-30")
    assert "2025-05-20" in problem.expected


@pytest.mark.parametrize("rows", [96, 150, 200])
def test_usual_changes_do_not_stop_it(folder: Folder, rows: int) -> None:
    folder.add("05202025am", [f"A{number}" for number in range(rows)])
    assert folder.read().problems == ()


def test_a_day_to_come(folder: Folder) -> None:
    day = dt.datetime.now() + dt.timedelta(days=20)
    path = folder.add(f"{day:%m%d%Y}am", HUNDRED, saved=day)
    (problem,) = folder.read().problems
    assert (problem.place, problem.field) == (path.name, "date")
    assert problem.seen == f"{day:%Y-%m-%d}"
    assert "publication_dates.csv" in problem.remedy
    assert folder.read(accept=[path.name]).problems == ()
