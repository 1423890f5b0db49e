"""The real explainer over small records, frozen: every internal link leads somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.build.build import build
from scripts.publish.explainer import build_explainer
from scripts.publish.freeze import freeze
from scripts.publish.links import find_broken_links
from tests.sample_site import write_site_records

BASES = ("http://127.0.0.1:8001/", "https://example.gov/deep/287g/")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    build(write_site_records(folder / "records"), None, folder / "archive.db")
    return folder / "archive.db"


@pytest.mark.parametrize("base", BASES, ids=["root", "path"])
def test_no_internal_link_of_the_whole_site_is_broken(
    base: str, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", base)
    build_explainer(database, tmp_path / "explainer")
    freeze(database, tmp_path / "explainer", tmp_path / "site", base)
    count, problems = find_broken_links(tmp_path / "site", base)
    assert count > 500
    assert [str(problem) for problem in problems] == []
