"""`check`: each kind of mistake is found, named and counted; `--write` mends form and addresses."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.checks.check import CheckReport, check_records, rewrite_records
from scripts.checks.command import check
from scripts.cli import main
from scripts.errors import ArchiveError
from scripts.harvest.harvest import kept_addresses
from scripts.identity.counties import all_counties
from scripts.records.models.addresses import Permalink, Release
from scripts.records.read import read_table
from scripts.records.write import write_table
from tests import sample_records as sample

AGENCY = f"/agencies/{sample.FHP}/"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    folder = sample.write_sample(tmp_path / "records")
    rewrite_records(folder)  # the sample leaves out addresses that the harvest does not write
    return folder


def replace_text(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def failed(report: CheckReport) -> dict[str, int]:
    return {outcome.id: outcome.failed for outcome in report.outcomes if outcome.failed}


def test_sound_records_pass_with_counts(records: Path) -> None:
    report = check_records(records)
    assert report.problems == ()
    counted = {outcome.id: outcome.counted for outcome in report.outcomes}
    assert counted["canonical-form"] == 12
    assert counted["references"] > 50
    assert counted["active-equals-newest"] == 3
    assert counted["addresses-recorded"] == 22 + len(all_counties())
    assert len(report.outcomes) > 10


BROKEN = [
    # file, what stands there, what is put in its place, the check that fails, what it must name
    ("topics.csv", "training,Training", '"training",Training', "canonical-form", "topics.csv:2"),
    ("payments.csv", "moa-fhp", "moa-nowhere", "references", "payments.csv:2: source_id"),
    ("agreements.csv", "2025-02-26,2025-03-03-am", "2025-03-03-am,2025-02-26", "windows-forward",
     sample.MIAMI),
    ("agencies.csv", "12086", "13086", "fips-in-state", "13086"),
    ("permalinks.csv", f"{AGENCY},current,,\n", "", "addresses-recorded", AGENCY),
    ("permalinks.csv", f"{AGENCY},current", f"{AGENCY},withdrawn", "addresses-recorded", AGENCY),
    ("permalinks.csv", "/agencies/fl-m", "/agencies/fl-a/,current,,\n/agencies/fl-m",
     "addresses-kept", "/agencies/fl-a/"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "name", "named"), BROKEN)
def test_a_mistake_is_found(
    records: Path, file: str, old: str, new: str, name: str, named: str
) -> None:
    replace_text(records / file, old, new)
    report = check_records(records)
    assert name in failed(report)
    assert named in "\n".join(str(problem) for problem in report.problems)


def test_a_row_that_cannot_be_read_stops_it(records: Path) -> None:
    replace_text(records / "agencies.csv", ",FL,", ",Florida,")
    with pytest.raises(ArchiveError, match=r"agencies\.csv:2: state"):
        check_records(records)


def test_write_mends_form_and_addresses(records: Path) -> None:
    lines = (records / "agencies.csv").read_text(encoding="utf-8").split("\n")
    text = "\r\n".join([lines[0], *reversed(lines[1:-1]), ""])
    (records / "agencies.csv").write_text(text, encoding="utf-8", newline="")
    replace_text(records / "permalinks.csv", f"{AGENCY},current,,\n", "")
    assert set(failed(check_records(records))) >= {"canonical-form", "addresses-recorded"}
    assert rewrite_records(records) == ("agencies.csv", "permalinks.csv: 1 new addresses")
    assert check_records(records).problems == ()
    assert rewrite_records(records) == ()


def git(folder: Path, *arguments: str) -> None:
    settings = ("-c", "user.name=A Person", "-c", "user.email=person@example.gov")
    subprocess.run(
        ["git", "-C", str(folder), *settings, *arguments], check=True, capture_output=True
    )


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "records")


@pytest.fixture
def repository(records: Path) -> Path:
    """Records under git: one commit before the first release, one with it."""
    git(records.parent, "init", "-q")
    before = read_table(records, Permalink)
    early = Permalink(path="/agencies/early/", status="current", target=None, reason=None)
    write_table(records, Permalink, [*before, early])
    commit(records)
    write_table(records, Permalink, before)  # before the first release, nothing is permanent
    release = Release.model_validate(
        {"id": "r1", "released_on": "2025-03-04", "covers": "all", "newest_publication": sample.L3}
    )
    write_table(records, Release, [release])
    commit(records)
    return records


def test_an_address_of_an_earlier_commit_may_not_go(repository: Path) -> None:
    assert check_records(repository).problems == ()
    path = "/topics/training/"
    replace_text(repository / "permalinks.csv", f"{path},current,,\n", "")
    (repository / "topics.csv").unlink()  # with its record gone nothing else would notice
    commit(repository)
    (problem,) = check_records(repository).problems
    assert f"no row for {path}" in str(problem)
    # Added and lost again later is noticed too; moved or withdrawn is kept.
    replace_text(
        repository / "permalinks.csv",
        "/publications/",
        f"{path},withdrawn,,a mistake\n/publications/",
    )
    rewrite_records(repository)
    assert check_records(repository).problems == ()


def test_the_history_before_the_first_release_does_not_bind(repository: Path) -> None:
    report = check_records(repository)
    kept = next(outcome for outcome in report.outcomes if outcome.id == "addresses-kept")
    assert kept.problems == ()
    assert kept.counted == 22 + len(all_counties())
    assert kept.remark == "1 commits since the first release"


def test_the_command_prints_counts_and_ends_with_1(
    records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = ["--db", str(records / "no.db")]  # else whatever was built last is looked through
    done = CliRunner().invoke(check, ["--records", str(records), *elsewhere])
    assert done.exit_code == 0
    assert "Every identifier in a record names a record" in " ".join(done.output.split())
    replace_text(records / "payments.csv", "moa-fhp", "moa-nowhere")
    with pytest.raises(SystemExit) as ended:
        main(["check", "--records", str(records)])
    assert ended.value.code == 1
    assert "payments.csv:2: source_id: found 'moa-nowhere'" in capsys.readouterr().err


def test_a_harvest_keeps_addresses_that_are_not_its_own(records: Path) -> None:
    (records / "documents").mkdir()
    (records / "documents" / "a-report.md").touch()
    rows = [
        Permalink(path=path, status="current", target=None, reason=None)
        for path in (
            "/agencies/gone/",
            "/documents/moa-gone/",
            "/documents/a-report/",
            "/excerpts/x/",
        )
    ]
    assert kept_addresses(rows, records) == ["/documents/a-report/", "/excerpts/x/"]
