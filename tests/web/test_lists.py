"""Long lists in a real browser; a record page's weight."""

from __future__ import annotations

import gzip
import re
from typing import Any

import httpx
import pytest

from tests.sample_records import FHP
from tests.web.browsing import KINDS, looking

RECORDS = (
    "agency",
    "agreement",
    "document",
    "document page",
    "excerpt",
    "figure",
    "payment",
    "publication",
    "state",
    "topic",
)


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_page_is_light(site: str, name: str) -> None:
    """Page, style and scripts together, packed, without pictures."""
    page = httpx.get(site + KINDS[name])
    parts = {page.url.join(a) for a in re.findall(r'(?:src|href)="([^"]+\.(?:css|js))"', page.text)}
    size = sum(len(gzip.compress(httpx.get(a).content, 5)) for a in parts)
    assert len(gzip.compress(page.content, 5)) + size < 150_000


@pytest.mark.browser
def test_the_address_narrows_and_sorts_as_the_form_does(browser: Any, site: str) -> None:
    with looking(browser, site, 390, "light") as page:
        page.goto(f"{site}agreements/")
        every = page.locator("[data-entry]:not([hidden])").count()
        page.select_option("#filter-model", "tfm")
        page.wait_for_url("**/agreements/?model=tfm")
        some = page.locator("[data-entry]:not([hidden])").count()
        assert 0 < some < every
        page.select_option("#filter-sort", "signed")
        page.wait_for_url("**/agreements/?model=tfm&sort=signed")
        signed = page.locator("[data-entry]:not([hidden])").evaluate_all(
            "all => all.map(one => one.dataset.bySigned)"
        )
        assert signed == sorted(signed)
        page.goto(f"{site}agreements/?model=tfm&sort=signed")
        assert page.locator("[data-entry]:not([hidden])").count() == some
        page.fill("#filter-q", "zzyzx")
        page.press("#filter-q", "Enter")  # narrowed by the server: it is asked again
        page.wait_for_url("**q=zzyzx**")
        assert page.locator("[data-entry]:not([hidden])").count() == 0
        assert page.locator("[data-filter-none]").is_visible()


@pytest.mark.browser
def test_facts_lead_to_the_narrowed_list(browser: Any, site: str) -> None:
    with looking(browser, site, 1280, "light") as page:
        for fact in ("model", "state", "year", "standing"):
            page.goto(f"{site}agreements/{FHP}-tfm-2025-02-25/")
            page.locator(f"dl.a-facts a[href*='agreements/?{fact}=']").click()
            left = page.locator("[data-entry]:not([hidden]) a").evaluate_all(
                "all => all.map(one => one.href)"
            )
            assert any(f"{FHP}-tfm-2025-02-25" in address for address in left), fact


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_no_record_page_moves_while_it_loads(browser: Any, site: str, width: int) -> None:
    with looking(browser, site, width, "light") as page:
        page.add_init_script(
            "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach("
            "one => { window.moved += one.value })).observe({type: 'layout-shift', buffered: true})"
        )
        moved = {}
        for name in RECORDS:
            page.goto(site + KINDS[name], wait_until="networkidle")
            moved[name] = page.evaluate("window.moved")
        assert {name: far for name, far in moved.items() if far > 0.01} == {}
