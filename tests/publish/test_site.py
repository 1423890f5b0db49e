"""The static twin: same addresses, no broken link, search without a server, nothing lost."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scripts.errors import ArchiveError
from scripts.explainer.building import build_explainer
from scripts.publish.freeze import freeze
from scripts.publish.frozen_pages import as_static
from scripts.publish.links import find_broken_links
from scripts.publish.release import require_held_texts
from scripts.web.render import all_paths
from tests.file_servers import file_server
from tests.sample_site import build_sample

FHP = "fl-florida-highway-patrol"
MOVED = "/agencies/fl-old-name/"
BASES = ("http://site.example.gov/", "https://example.gov/deep/287g/")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = build_sample(tmp_path_factory.mktemp("site"))
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.executemany(
            "insert into permalinks (path, status, target, reason) values (?, ?, ?, ?)",
            [
                (MOVED, "moved", f"/agencies/{FHP}/", "renamed"),
                ("/agencies/fl-two/", "moved", f"/agencies/{FHP}/ /agencies/", "split"),
                ("/agencies/fl-gone/", "withdrawn", None, "never a body of its own"),
            ],
        )
    return db


@pytest.fixture(scope="module")
def explainer(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real theme around small prose that links to records."""
    from tests.explainer_made import copy_root, write_page

    folder = tmp_path_factory.mktemp("explainer")
    root = copy_root(folder)
    write_page(
        root, "[Agencies](/agencies/) [SQL](/archive/agencies?_sort=name) {{ chart:growth }}"
    )
    build_explainer(database, folder / "explainer", root=root)
    return folder / "explainer"


@pytest.fixture(scope="module", params=BASES, ids=["root", "path"])
def site(
    request: pytest.FixtureRequest,
    database: Path,
    explainer: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, str]:
    out = tmp_path_factory.mktemp("frozen") / "site"
    freeze(database, explainer, out, request.param)
    return out, request.param


def read(site: tuple[Path, str], path: str) -> str:
    return (site[0] / path).read_text(encoding="utf-8")


def test_every_record_stands_at_its_address_with_its_other_forms(
    site: tuple[Path, str], database: Path
) -> None:
    with closing(sqlite3.connect(database)) as connection:
        for path in all_paths(connection):
            page = site[0] / path.strip("/")
            assert (page / "index.html" if path.endswith("/") else page).is_file(), path
    record = json.loads(read(site, f"agencies/{FHP}.json"))
    assert record["url"] == f"{site[1]}agencies/{FHP}/"
    assert (site[0] / f"agencies/{FHP}.bib").is_file()


def test_canonical_addresses_stand_under_the_base(site: tuple[Path, str]) -> None:
    page = read(site, f"agencies/{FHP}/index.html")
    assert f'<link rel="canonical" href="{site[1]}agencies/{FHP}/">' in page
    assert f"<loc>{site[1]}agencies/{FHP}/</loc>" in read(site, "sitemap-1.xml")
    assert f"{site[1]}sitemap-1.xml" in read(site, "sitemap.xml")
    assert f"Sitemap: {site[1]}sitemap.xml" in read(site, "robots.txt")
    assert "agencies/fl-old-name" not in read(site, "sitemap-1.xml")
    assert not (site[0] / "shell.html").exists()


def test_addresses_that_moved_lead_on_and_say_so(site: tuple[Path, str]) -> None:
    page = read(site, MOVED.strip("/") + "/index.html")
    assert f'<link rel="canonical" href="{site[1]}agencies/{FHP}/">' in page
    assert f'content="0; url=../../agencies/{FHP}/"' in page
    said = json.loads(read(site, "agencies/fl-old-name.json"))
    assert said["targets"] == [f"{site[1]}agencies/{FHP}/"]
    two = read(site, "agencies/fl-two/index.html")
    assert f'agencies/{FHP}/"' in two
    assert "never a body of its own" in read(site, "agencies/fl-gone/index.html")


def test_what_needs_a_server_says_so(site: tuple[Path, str]) -> None:
    assert "need a server" in read(site, "archive/index.html")
    assert 'href="./archive/"' in read(site, "index.html")
    assert "_sort" not in read(site, "index.html")


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('<a href="../../archive">', '<a href="../../archive/">'),
        ('<a href="./archive/agencies?_facet=state#x">', '<a href="./archive/">'),
        ('<a href="archive">', '<a href="archive/">'),  # as MkDocs writes it on the home page
        ('<a href="/deep/archive/x.csv">', '<a href="/deep/archive/">'),
        ('<a href="../archives/">', '<a href="../archives/">'),  # another word
        (
            '<a href="https://web.archive.org/archive/x">',
            '<a href="https://web.archive.org/archive/x">',
        ),
    ],
)
def test_links_to_datasette_lead_to_that_page(link: str, expected: str) -> None:
    assert as_static(link.encode(), "https://example.gov/deep/").decode() == expected


# What the records link to and the small site of this test has not: the walk itself is the test of
# the whole site, in `test_whole_site.py`.
def test_the_walk_finds_what_is_broken(site: tuple[Path, str], tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(site[0], copy)
    (copy / "x").mkdir()
    (copy / "x" / "index.html").write_text(
        '<a href="../nowhere/"></a> <a href="#here"></a> <a id="there" href="#there"></a>'
        '<a href="https://example.org/else"></a> <img src="none.png"> <a href="?q=1"></a>'
        '<a href="/outside/"></a> <!-- <a href="comment/"></a> --> <a href="mailto:a@example.gov">'
        '<a href="../agencies/#main&amp;more"></a>',
        encoding="utf-8",
    )
    _, problems = find_broken_links(copy, site[1])
    found = {problem.seen for problem in problems if problem.place == "x/index.html"}
    outside = "outside/" if site[1] == BASES[0] else "outside of /deep/287g/: /outside/"
    assert found == {
        "'nowhere/'",
        "'x/#here'",
        "'x/none.png'",
        f"'{outside}'",
        "'agencies/#main&more'",
    }


@pytest.mark.browser
def test_search_works_on_a_plain_file_server(
    site: tuple[Path, str], tmp_path: Path, chromium: Any
) -> None:
    # below a path of the server, whatever the base address says: links are relative
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "where").symlink_to(site[0])
    with file_server(tmp_path) as address:
        page = chromium.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}some/where/")
        page.fill("#a-q", "highway patrol")
        page.press("#a-q", "Enter")
        page.wait_for_selector("#search-results li")
        first = page.locator("#search-results li a").first
        assert first.inner_text() == "Florida Highway Patrol"
        page.select_option("#search-kind", "agency")
        page.wait_for_function("document.querySelectorAll('#search-results li').length === 1")
        assert "kind=agency" in page.url
        page.locator("#search-results li a").first.click()
        page.wait_for_url(f"**/agencies/{FHP}/")
        assert page.locator("h1").inner_text() == "Florida Highway Patrol"
        # begins like words that are there: the index falls back on beginnings (it found 46 things)
        page.goto(f"{address}some/where/search/?q=highwzqnonsense")
        page.wait_for_function(
            "document.getElementById('search-status').textContent.startsWith('Nothing')"
        )
        assert page.locator("#search-results li").count() == 0
        assert errors == []
        page.close()


def test_a_release_does_not_lose_a_text(database: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as caught:
        require_held_texts(database)  # moa-fhp is recorded with its text; no source is held
    assert [problem.place for problem in caught.value.problems] == ["documents.csv: moa-fhp"]
    assert "fetch --from-records" in str(caught.value)
    copy = tmp_path / "held.db"
    shutil.copy(database, copy)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("update documents set is_held = 1 where id = 'moa-fhp'")
    require_held_texts(copy)


def test_the_same_site_twice_is_the_same_bytes(
    database: Path, explainer: Path, tmp_path: Path
) -> None:
    """Except Pagefind's word index, whose order inside is random (1.5.2); its passages are not."""
    varying = {"index", "filter"}
    digests = []
    for name in ("one", "two"):
        freeze(database, explainer, tmp_path / name, BASES[0])
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        digests.append(
            {
                path.relative_to(tmp_path / name): path.read_bytes()
                for path in files
                if path.parent.name not in varying
                and not path.name.endswith((".pf_meta", "pagefind-entry.json"))
            }
        )
    assert digests[0] == digests[1]


def test_commands_say_what_they_do() -> None:
    for command, options in {
        "serve": ("--port", "--db", "--records", "--sources"),
        "site": ("--out", "--release", "--check-links"),
    }.items():
        done = subprocess.run(
            [sys.executable, "-m", "scripts", command, "--help"],
            capture_output=True,
            text=True,
            check=True,
        )
        for option in options:
            assert option in done.stdout
