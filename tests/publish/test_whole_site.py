"""The real explainer over small records, frozen: every internal link leads somewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scripts.database.build import build
from scripts.explainer.building import build_explainer
from scripts.publish.freeze import freeze
from scripts.publish.links import find_broken_links
from tests.file_servers import file_server
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


@pytest.fixture(scope="module")
def site(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("looked-at")
    build_explainer(database, folder / "explainer")
    freeze(database, folder / "explainer", folder / "site", BASES[0])
    return folder / "site"


PAGES = ("", "learn/", "learn/models/", "learn/methods/", "learn/cite/", "learn/data/", "archive/")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_explainer_can_be_read_by_everyone(scheme: str, site: Path, chromium: Any) -> None:
    """No axe violation, nothing wider than a telephone, nothing from another host."""
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    with file_server(site) as address:
        for path in (*PAGES, "search/?q=highway"):
            page.goto(address + path)
            results = Axe().run(page)
            assert results.violations_count == 0, f"{path}: {results.generate_report()}"
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= 390, f"{path} is {width} px wide"
        assert {url for url in asked if not url.startswith((address, "data:"))} == set()
    context.close()


@pytest.mark.browser
def test_a_chart_shows_the_drawing_that_fits(site: Path, chromium: Any) -> None:
    with file_server(site) as address:
        for width, shown in ((390, "narrow"), (1280, "wide")):
            page = chromium.new_page(viewport={"width": width, "height": 800})
            page.goto(address)
            visible = {
                name: page.locator(f"#chart-growth svg.a-chart__{name}").is_visible()
                for name in ("narrow", "wide")
            }
            assert [name for name, is_shown in visible.items() if is_shown] == [shown]
            page.close()
