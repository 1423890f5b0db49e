"""Addresses are compared with every earlier commit, not with the working tree."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from scripts.history.kept import check_kept
from scripts.history.permalinks import update_permalinks, used_identifiers
from scripts.records.earlier import read_earlier
from scripts.records.models import Document, Permalink, Release, Row
from scripts.records.read import read_records
from scripts.records.write import write_table
from tests.sample_records import write_sample

ALPHA, BETA, GAMMA = "/agencies/fl-alpha/", "/agencies/fl-beta/", "/agencies/fl-gamma/"


def current(*paths: str) -> list[Permalink]:
    return [Permalink(path=path, status="current", target=None, reason=None) for path in paths]


class Repository:
    """A git repository with record files below ``db/records``."""

    def __init__(self, place: Path) -> None:
        self.place, self.records = place, place / "db" / "records"
        self.records.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> None:
        who = ["-c", "user.name=Test", "-c", "user.email=test@example.gov"]
        subprocess.run(["git", "-C", str(self.place), *who, *arguments], check=True)

    def commit(self, table: type[Row], rows: Sequence[Row]) -> None:
        write_table(self.records, table, rows)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "records")

    def release(self) -> None:
        row = Release(
            id="first",
            released_on=dt.date(2026, 11, 22),
            covers="all",
            newest_publication="2026-05-11-am",
        )
        self.commit(Release, [row])


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def failed(repository: Repository) -> int:
    earlier = read_earlier(repository.records)
    return check_kept(read_records(repository.records), earlier).failed


def test_an_address_that_is_gone_since_the_release_fails(repository: Repository) -> None:
    repository.commit(Permalink, current(ALPHA))
    repository.release()
    repository.commit(Permalink, current(ALPHA, BETA))
    assert failed(repository) == 0
    repository.commit(Permalink, current(ALPHA, GAMMA))  # committed away, not only edited
    assert failed(repository) == 1
    repository.commit(Permalink, current(ALPHA, BETA, GAMMA))
    assert failed(repository) == 0


def test_before_the_first_release_nothing_is_permanent(repository: Repository) -> None:
    repository.commit(Permalink, current(ALPHA))
    repository.commit(Permalink, current(BETA))
    assert failed(repository) == 0
    repository.release()
    assert failed(repository) == 0


def test_an_address_in_the_release_itself_counts(repository: Repository) -> None:
    repository.commit(Permalink, current(ALPHA))
    repository.release()
    repository.commit(Permalink, current(BETA))
    assert failed(repository) == 1


def test_a_document_must_not_lose_a_page(repository: Repository) -> None:
    write_sample(repository.records)
    repository.release()
    records = read_records(repository.records)
    paged = next(row for row in records.rows(Document) if row.pages)
    assert failed(repository) == 0
    rest = [row for row in records.rows(Document) if row.id != paged.id]
    fewer = paged.model_copy(update={"pages": (paged.pages or 0) - 1})
    write_table(repository.records, Document, [*rest, fewer])
    assert failed(repository) == 1


def test_a_shallow_clone_fails_in_ci_and_says_so_elsewhere(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(Permalink, current(ALPHA))
    repository.commit(Permalink, current(ALPHA, BETA))
    clone = tmp_path / "clone"
    url = f"file://{repository.place}"
    subprocess.run(["git", "clone", "-q", "--depth", "1", url, str(clone)], check=True)
    monkeypatch.delenv("CI", raising=False)
    earlier = read_earlier(clone / "db" / "records")
    records = read_records(clone / "db" / "records")
    result = check_kept(records, earlier)
    assert (result.failed, "shallow" in (result.detail or "")) == (0, True)
    monkeypatch.setenv("CI", "true")
    assert check_kept(records, earlier).failed == 1


def test_addresses_of_records_that_went_name_what_took_their_place() -> None:
    known = current(ALPHA, BETA, GAMMA)
    moved = {ALPHA: [BETA, GAMMA]}
    rows = {row.path: row for row in update_permalinks(known, [BETA, "/new/"], moved, "why")}
    assert (rows[ALPHA].status, rows[ALPHA].target) == ("moved", f"{BETA} {GAMMA}")
    assert (rows[GAMMA].status, rows[GAMMA].reason) == ("withdrawn", "why")
    assert rows["/new/"].status == "current"
    again = update_permalinks(rows.values(), [BETA, GAMMA, "/new/"], {}, "later")
    assert {row.path: row.status for row in again}[GAMMA] == "current"


def test_identifiers_that_ever_had_an_address_are_not_minted_again() -> None:
    gone = Permalink(path=ALPHA, status="moved", target=BETA, reason="merged")
    assert used_identifiers([gone, *current(BETA)], "agencies") == {"fl-alpha", "fl-beta"}
