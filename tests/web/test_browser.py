"""The site as people meet it: real Chromium at telephone and desktop width, light and dark."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sample_records import FHP
from tests.web.browsing import KINDS, looking

pytestmark = pytest.mark.browser
CONTRAST = {"runOnly": ["color-contrast"]}


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_every_kind_of_page(browser: Any, site: str, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    problems: list[str] = []
    with looking(browser, site, width, scheme) as page:
        for name, path in KINDS.items():
            page.goto(site + path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                problems.append(f"{name}: scrolls sideways ({wide})")
            options = CONTRAST if scheme == "dark" else None  # the rest is the same in the dark
            for violation in Axe().run(page, options=options).response["violations"]:
                nodes = [node["html"][:120] for node in violation["nodes"][:3]]
                problems.append(f"{name}: {violation['id']}: {nodes}")
            assert page.evaluate("window.broken") is None, f"{name}: text became a script"
    assert not problems, "\n".join(problems)


def test_from_the_keyboard_to_the_page_of_a_document(browser: Any, site: str) -> None:
    with looking(browser, site, 390, "light") as page:
        page.goto(f"{site}agencies/{FHP}/")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "a-q"
        page.keyboard.type("troopers weeks")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=troopers+weeks")
        page.locator("ul.a-passages a").first.click()
        page.wait_for_url("**/documents/moa-fhp/pages/2/?q=troopers+weeks")
        marks = page.locator("#text mark:not(.a-excerpt)").all_inner_texts()
        assert marks == ["troopers", "weeks"]
        page.locator("nav.a-turn a[rel=next]").first.click()
        page.wait_for_url("**/pages/3/?q=troopers%20weeks")


def test_palette_is_chosen_and_kept(browser: Any, site: str) -> None:
    with looking(browser, site, 1280, "light") as page:
        page.goto(site)
        before = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.get_by_role("button", name="Use dark colours").click()
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert dark != before
        page.goto(f"{site}archive")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_works_without_script(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(site)
    page.fill("#a-q", "Highway Patrol")
    page.press("#a-q", "Enter")
    page.locator("ol.a-results a.a-list__title").first.click()
    assert f"/agencies/{FHP}/" in page.url
    context.close()


def test_a_long_line_of_sql_can_be_reached_and_moved_by_keys(browser: Any, site: str) -> None:
    with looking(browser, site, 390, "light") as page:
        page.goto(f"{site}figures/agreements-active/")
        moving = "e => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)"
        box, words = page.locator("pre[tabindex='0']"), page.locator("pre[tabindex='0'] > code")
        assert box.evaluate(moving)
        assert not words.evaluate(moving)
        words.evaluate("e => { e.textContent = 'select ' + 'x'.repeat(400) }")
        box.focus()
        page.keyboard.press("End")
        for _ in range(5):
            page.keyboard.press("ArrowRight")
        page.wait_for_timeout(400)  # it moves smoothly; the policy forbids a function to wait with
        assert box.evaluate("e => e.scrollLeft") > 0
