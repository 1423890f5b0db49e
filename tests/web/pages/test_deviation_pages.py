"""How memoranda differ from their templates, and the templates, as pages; in a browser too."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from iiif_prezi3 import Manifest
from lxml import html as parser

from scripts import paths
from scripts.publish.frozen_pages import write_pages
from scripts.publish.frozen_search import write_records
from scripts.search.index import load_search
from scripts.search.results import SearchRequest
from scripts.search.search import search
from scripts.web.render import all_paths, data_paths, render_path
from tests.web.browsing import looking
from tests.web.conftest import running

BASE = "http://127.0.0.1:8001/"
PICTURE = "0123456789abcdef0123456789abcdef.webp"
MARKS = {"SHA": "ab" * 32, "OTHER": "ba" * 32, "THIRD": "cd" * 32, "PICTURE": PICTURE}
MARKS["NASTY"] = "<script>window.broken = 1</script>"
ROWS = """
insert into states values ('TX', 'Texas', '48', 0), ('NH', 'New Hampshire', '33', 0);
insert into agencies (id, state, name) values
  ('tx-guard', 'TX', 'Texas Guard'), ('nh-county', 'NH', 'Álamo County');
insert into templates (id, model, title, revised_on, documents, voted) values
  ('tfm-2025-02-12', 'tfm', 'Task Force Model, revised 2025-02-12', '2025-02-12', 40, 25),
  ('tfm-2025-03-07', 'tfm', 'Task Force Model, revised 2025-03-07', '2025-03-07', 27, 25),
  ('wso-2019', 'wso', 'Warrant Service Officer, 2019', null, 5, 5),
  ('wso-2020', 'wso', 'Warrant Service Officer, 2020', null, 0, 0);
insert into template_clauses (template_id, position, clause, kind, level, number, text) values
  ('tfm-2025-02-12', 1, 'I. PURPOSE', 'heading', 1, 'I.', 'PURPOSE'),
  ('tfm-2025-02-12', 2, 'I. PURPOSE', 'paragraph', 0, null, 'The [agency] may end it at once.'),
  ('tfm-2025-02-12', 3, 'II. OUTREACH', 'heading', 1, 'II.', 'OUTREACH'),
  ('tfm-2025-02-12', 4, 'II. OUTREACH', 'paragraph', 0, null, 'Meetings as needed.'),
  ('tfm-2025-03-07', 1, 'I. PURPOSE', 'heading', 1, 'I.', 'PURPOSE'),
  ('tfm-2025-03-07', 2, 'I. PURPOSE', 'paragraph', 0, null, 'The [agency] may end it in 90 days.'),
  ('tfm-2025-03-07', 3, 'I. PURPOSE', 'item', 1, 'a.', 'Wording <b>of all</b> on [blank].');
insert into template_changes values ('tfm-2025-02-12', 'tfm-2025-03-07', 1, 'omission',
  'II. OUTREACH', 'Meetings as needed.', null);
insert into documents (id, kind, title, provenance, is_held, is_curated, sha256, model, template,
  agency_id, address, pages) values
  ('moa-a', 'memorandum', 'Memorandum A', 'official-record', 1, 0, '@SHA@', 'tfm',
   'tfm-2025-03-07', 'tx-guard', 'https://example.gov/a.pdf', 4),
  ('moa-b', 'memorandum', 'Memorandum B', 'official-record', 0, 0, '@OTHER@', 'tfm',
   'tfm-2025-02-12', 'nh-county', 'https://example.gov/b.pdf', 1),
  ('moa-c', 'memorandum', 'Memorandum C', 'official-record', 1, 0, '@THIRD@', 'wso', 'wso-2019',
   null, null, 1);
insert into pages (document_id, page_number, text, text_source, is_held, width, height, withheld,
  picture) values
  ('moa-a', 1, 'Nothing here.', 'embedded', 1, 612, 792, null, null),
  ('moa-a', 2, 'As the parties agree, records of costs are kept by the Guard. The end.',
   'embedded', 1, 612, 792, null, '@PICTURE@'),
  ('moa-a', 3, 'The parties meet. Then they sign.', 'ocr', 1, 612, 792, null, '@PICTURE@'),
  ('moa-a', 4, 'Title: Sheriff Title: Attorney General', 'ocr', 1, 612, 792, 'signatures', null),
  ('moa-b', 1, null, null, 0, null, null, null, null),
  ('moa-c', 1, 'All as in the form.', 'embedded', 1, 612, 792, null, null);
insert into deviations (id, document_id, template_id, page_number, kind, clause, summary,
  template_text, document_text, is_sure, is_verified, checked_on, words, alike, compared,
  unusualness, boxes, template_before, template_after, document_before, document_after) values
  ('moa-a-d01', 'moa-a', 'tfm-2025-03-07', 2, 'addition', 'X. COSTS', 'Costs are recorded.', null,
   'records of costs are kept by the', 1, 1, '2026-11-22', 6, 1, 27, 0.96,
   '[[2, 72, 100, 300, 112]]', 'the parties agree.', 'The end.', 'As the parties agree,', 'Guard.'),
  ('moa-a-d02', 'moa-a', 'tfm-2025-03-07', 4, 'addition', 'Signatures', 'A third party signs.',
   null, 'Title: Attorney General', 1, 1, '2026-11-22', 1, 1, 27, 0.96, '[[4, 72, 9, 300, 20]]',
   null, null, null, null),
  ('moa-b-d01', 'moa-b', null, 1, 'change', 'XI. END', 'It ends at once.', null, null, 1, 1,
   '2026-11-22', null, null, null, null, null, null, null, null, null),
  ('moa-a-m11111111', 'moa-a', 'tfm-2025-03-07', 3, 'omission', 'XI. OTHER', null,
   'and hear the [agency] first', null, 1, 0, null, 7, 13, 27, 0.5, '[[3, 72, 200, 300, 203]]',
   'The parties meet', 'Then they sign.', 'The parties meet.', 'Then they sign.'),
  ('moa-a-m22222222', 'moa-a', 'tfm-2025-03-07', 3, 'change', 'XII. NOISE', null,
   'plain words', 'pla1n @NASTY@', 0, 0, null, 7, 1, 27, 0.9, null, null, null, null, null);
"""


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("deviations") / "archive.db"
    with closing(sqlite3.connect(place)) as found:
        for file in (paths.SCHEMA, paths.VIEWS):
            found.executescript(file.read_text(encoding="utf-8"))
        rows = ROWS
        for mark, text in MARKS.items():
            rows = rows.replace(f"@{mark}@", text)
        found.executescript(rows)
    return place


@pytest.fixture(scope="module")
def connection(db: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(db)) as found:
        found.row_factory = sqlite3.Row
        yield found


def page(connection: sqlite3.Connection, path: str, query: str = "") -> Any:
    answer = render_path(connection, path, BASE, query=query, explainer=None)
    assert answer.status == 200, path
    return parser.document_fromstring(answer.body.decode())


def words(found: Any) -> str:
    return " ".join(found.text_content().split())


def shown(found: Any) -> list[str]:
    return [item.get("id") for item in found.xpath("//li[@data-find and not(@hidden)]")]


def test_confirmed_ones_come_first_and_unverified_ones_stand_apart(
    connection: sqlite3.Connection,
) -> None:
    found = page(connection, "/deviations/")
    assert shown(found) == [
        *("moa-a-d01", "moa-a-d02", "moa-b-d01"),  # the most unusual first, then what is unknown
        *("moa-a-m11111111", "moa-a-m22222222"),
    ]
    first = found.get_element_by_id("moa-a-d01")
    assert "Texas Guard" in words(first)
    assert "Found in 1 of 27 held memoranda compared with this template" in words(first)
    assert "confirmed on the picture, 22 Nov 2026" in words(first)
    assert first.xpath(".//h3/a/@href") == ["../deviations/moa-a-d01/"]
    noise = found.get_element_by_id("moa-a-m22222222")
    assert noise.getparent().getparent().get("data-group") == "unverified"
    assert "may be a mistake of reading" in words(noise)
    assert not found.xpath("//script[not(@src)]")
    assert "“" not in words(noise)  # never quoted


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=COSTS+kept", ["moa-a-d01"]),  # words of the memorandum that the list may not show
        ("q=alamo", ["moa-b-d01"]),  # without its accent
        ("q=zzyzx", []),
        ("state=TX&sure=confirmed", ["moa-a-d01", "moa-a-d02"]),
        ("kind=omission", ["moa-a-m11111111"]),
        ("model=wso", []),
        ("template=tfm-2025-03-07&sure=unverified", ["moa-a-m22222222"]),
    ],
)
def test_an_address_filters_the_list(
    connection: sqlite3.Connection, query: str, expected: list[str]
) -> None:
    found = page(connection, "/deviations/", query)
    assert shown(found) == expected
    assert len(found.xpath("//li[@data-find]")) == 5  # the rest is there for a script to show
    assert f"{len(expected)} of 5 differences shown" in words(
        found.xpath("//*[@data-filter-status]")[0]
    )
    assert found.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_counts_say_what_each_choice_would_leave(connection: sqlite3.Connection) -> None:
    found = page(connection, "/deviations/", "sure=confirmed")
    kinds = found.xpath("//select[@name='kind']/option/text()")
    assert kinds == ["anything", "added (2)", "changed (1)", "left out (0)"]
    assert found.xpath("//select[@name='sure']/option[@selected]/@value") == ["confirmed"]


def test_a_confirmed_difference_is_a_record(connection: sqlite3.Connection) -> None:
    found = page(connection, "/deviations/moa-a-d01/")
    assert found.xpath("//ins/text()") == ["records of costs are kept by the"]
    template, memorandum = found.xpath("//div[contains(@class, 'a-sides')]/div")
    assert "the parties agree. The end." in words(template)
    assert "As the parties agree, records" in words(memorandum)
    assert "../../documents/moa-a/pages/2/#moa-a-d01" in memorandum.xpath(".//a/@href")
    crop = found.xpath("//svg[image]")[0]
    assert crop.get("viewbox") == "40 54 532.0 104"
    assert crop.xpath("image/@href") == [f"../../pictures/01/{PICTURE}"]
    assert crop.xpath("rect/@class") == ["a-mark-deviation"]
    assert "287(g) Archive, “Texas Guard: words added" in words(
        found.get_element_by_id("cite-text")
    )
    data = render_path(connection, "/deviations/moa-a-d01.json", BASE, explainer=None)
    assert json.loads(data.body)["deviation"]["summary"] == "Costs are recorded."
    assert "/deviations/moa-a-d01.bib" in set(data_paths(connection))


def test_only_confirmed_ones_have_an_address_of_their_own(connection: sqlite3.Connection) -> None:
    every = set(all_paths(connection))
    assert "/deviations/moa-a-d01/" in every
    assert "/deviations/moa-a-m11111111/" not in every
    answer = render_path(connection, "/deviations/moa-a-m11111111/", BASE, explainer=None)
    assert answer.status == 404


def test_a_page_of_signatures_and_a_page_not_held_say_so(connection: sqlite3.Connection) -> None:
    signed = page(connection, "/deviations/moa-a-d02/")
    assert not signed.xpath("//svg[image]")
    assert "The page bears signatures, so no picture of it is published" in words(signed)
    assert "https://example.gov/a.pdf#page=4" in signed.xpath("//a/@href")
    assert "Sheriff" not in words(signed.xpath("//div[contains(@class, 'a-sides')]")[0])
    absent = page(connection, "/deviations/moa-b-d01/")
    assert "It ends at once." in words(absent)
    assert "The words are not shown: the source was not at hand" in words(absent)


def test_a_memorandum_beside_its_template(connection: sqlite3.Connection) -> None:
    found = page(connection, "/documents/moa-a/differences/")
    assert "2 confirmed on the page's picture, 1 found by machine, 1 perhaps" in words(found)
    left_out = found.get_element_by_id("moa-a-m11111111")
    assert left_out.xpath(".//del/text()") == ["and hear the [agency] first"]
    assert "where the missing words would stand" in words(left_out)
    noise = found.get_element_by_id("moa-a-m22222222")
    assert noise.getparent().tag == "details"
    assert "not to be quoted" in words(noise)


def test_every_memorandum_with_a_file_has_the_page(connection: sqlite3.Connection) -> None:
    assert "/documents/moa-b/differences/" in set(all_paths(connection))
    assert "was not at hand" in words(page(connection, "/documents/moa-b/differences/"))
    same = words(page(connection, "/documents/moa-c/differences/"))
    assert "nothing differs but the parties' names" in same


def test_a_page_marks_its_differences_in_text_and_picture(connection: sqlite3.Connection) -> None:
    found = page(connection, "/documents/moa-a/pages/2/")
    (mark,) = found.xpath("//mark[@class='a-differs']")
    assert (mark.get("id"), mark.text) == ("moa-a-d01", "records of costs are kept by the")
    assert found.xpath("//rect[@class='a-mark-deviation']/@data-of") == ["moa-a-d01"]
    assert "../../../../deviations/moa-a-d01/" in found.xpath("//a/@href")
    missing = page(connection, "/documents/moa-a/pages/3/")
    gap = missing.xpath("//span[@class='a-missing']")[0]
    assert gap.get("id") == "moa-a-m11111111"
    assert gap.getprevious() is None
    assert gap.getparent().text == "The parties meet."
    # what cannot be found in the text keeps its anchor in the list below it
    assert missing.get_element_by_id("moa-a-m22222222").tag == "li"


def test_a_template_is_set_as_a_document(connection: sqlite3.Connection) -> None:
    found = page(connection, "/templates/tfm-2025-03-07/")
    told = words(found)
    assert (
        "27 held memoranda; the wording is counted over the 25 of them that were read best" in told
    )
    assert "Not a document of ICE's" in told
    assert found.xpath("//nav[@class='a-toc']//a/@href") == ["#i-purpose"]
    assert found.get_element_by_id("i-purpose").tag == "h3"
    assert "Wording <b>of all</b> on" in told
    blanks = found.xpath("//div[@class='a-form-text']//span[@class='a-blank']/text()")
    assert blanks == ["[agency]", "[blank]"]
    assert "../../documents/moa-a/" in found.xpath("//a/@href")
    assert "../../templates/tfm-2025-02-12/compare/tfm-2025-03-07/" in found.xpath("//a/@href")
    listed = page(connection, "/templates/")
    assert "../templates/wso-2019/" in listed.xpath("//a/@href")


def test_two_versions_are_compared_and_one_pair_has_one_address(
    connection: sqlite3.Connection,
) -> None:
    path = "/templates/tfm-2025-02-12/compare/tfm-2025-03-07/"
    found = page(connection, path)
    assert "Meetings as needed." in found.xpath("//article//del/text()")
    sections = found.xpath("//details[contains(@class, 'a-section')]")
    assert [words(one.xpath("summary")[0]) for one in sections] == [
        "I. PURPOSE 11 words differ",
        "II. OUTREACH only in the earlier one",
    ]
    assert path in set(all_paths(connection))
    turned = "/templates/tfm-2025-03-07/compare/tfm-2025-02-12/"
    answer = render_path(connection, turned, BASE, explainer=None)
    assert (answer.status, answer.headers["location"]) == (301, path)
    for other in ("wso-2019", "tfm-2025-02-12", "none"):
        missing = f"/templates/tfm-2025-02-12/compare/{other}/"
        assert render_path(connection, missing, BASE, explainer=None).status == 404


def test_a_version_of_which_nothing_is_held_says_so(connection: sqlite3.Connection) -> None:
    absent = words(page(connection, "/templates/wso-2020/"))
    assert "No memorandum made from it was at hand for this build." in absent
    assert "Not a document of ICE's" not in absent
    pair = words(page(connection, "/templates/wso-2019/compare/wso-2020/"))
    assert "so their wordings are not compared" in pair


def test_a_document_leads_to_its_differences(connection: sqlite3.Connection) -> None:
    links = page(connection, "/documents/moa-a/").xpath("//a/@href")
    assert "../../deviations/moa-a-d01/" in links
    assert "../../documents/moa-a/differences/#moa-a-m11111111" in links


def test_the_manifest_tells_confirmed_differences_in_place(connection: sqlite3.Connection) -> None:
    base = "https://example.org/287g/"
    answer = render_path(connection, "/documents/moa-a/manifest.json", base, explainer=None)
    assert answer.headers["access-control-allow-origin"] == "*"  # viewers stand elsewhere
    manifest = json.loads(answer.body)
    Manifest.model_validate(manifest)
    canvases = manifest["items"]
    assert ["items" in canvas for canvas in canvases] == [False, True, True, False]
    assert canvases[3]["summary"]["en"] == ["No picture: the page bears signatures."]
    (page,) = canvases[1]["annotations"]
    (note,) = page["items"]
    assert note["target"] == canvases[1]["id"] + "#xywh=165,229,522,27"
    assert "https://example.org/287g/deviations/moa-a-d01/" in note["body"]["value"]
    assert "annotations" not in canvases[2]  # what nobody has confirmed is not told abroad
    ids = list(identifiers(manifest))
    assert all(id.startswith(base) or id == "https://example.gov/a.pdf" for id in ids)
    own = [id for id in ids if "/canvas" in id]
    assert len(own) == len(set(own))


def identifiers(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from ([value["id"]] if "id" in value else [])
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from identifiers(part)


@pytest.mark.parametrize(
    ("q", "path"),
    [
        ("costs recorded", "/deviations/moa-a-d01/"),  # our words
        ("kind:deviation records of costs", "/deviations/moa-a-d01/"),  # the memorandum's
        ("meetings as needed", "/templates/tfm-2025-02-12/"),
        ("pla1n", None),  # what may be misread is not found
    ],
)
def test_search_finds_confirmed_ones_and_templates_by_their_words(
    db: Path, tmp_path: Path, q: str, path: str | None
) -> None:
    shutil.copyfile(db, tmp_path / "archive.db")
    with closing(sqlite3.connect(tmp_path / "archive.db")) as connection:
        load_search(connection)
        hits = [hit.path for hit in search(connection, SearchRequest(q=q)).hits]
        assert hits[:1] == ([path] if path else [])
        connection.row_factory = sqlite3.Row
        static = tmp_path / "static"
        static.mkdir()
        write_records(connection, static)
        found = [page.read_text(encoding="utf-8") for page in static.iterdir()]
        assert any(f'data-v="{path}"' in page for page in found) == bool(path)


@pytest.fixture(scope="module")
def site(db: Path, explainer: Path) -> Iterator[str]:
    with running(db, explainer, "/") as base:
        yield base


PAGES = (
    *("deviations/", "deviations/moa-a-d01/", "documents/moa-a/differences/", "templates/"),
    *("templates/tfm-2025-03-07/", "templates/tfm-2025-02-12/compare/tfm-2025-03-07/"),
    *("documents/moa-a/pages/2/", "documents/moa-a/pages/3/", "documents/moa-a/pages/4/"),
)


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_the_pages_are_usable_by_all(browser: Any, site: str, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    problems: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 850}, color_scheme=scheme)
    found = context.new_page()
    for path in PAGES:
        found.goto(site + path)
        if found.evaluate("document.documentElement.scrollWidth") > width:
            problems.append(f"{path} scrolls sideways")
        for violation in Axe().run(found).response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"][:3]]
            problems.append(f"{path}: {violation['id']}: {nodes}")
        assert found.evaluate("window.broken") is None
    context.close()
    assert not problems, "\n".join(problems)


@pytest.mark.browser
def test_the_list_filters_as_one_types_and_keeps_its_address(browser: Any, site: str) -> None:
    with looking(browser, site, 390, "light") as found:
        found.goto(f"{site}deviations/?kind=addition")
        visible = found.locator("li[data-find]:visible")
        assert visible.count() == 2
        found.select_option("#filter-kind", "")
        assert visible.count() == 5
        found.fill("#filter-q", "ALAMO")
        assert visible.count() == 1
        assert found.url.endswith("/deviations/?q=ALAMO")
        assert found.locator("[data-filter-status]").inner_text() == "1 of 5 differences shown"
        assert found.locator("#filter-sure option").nth(1).inner_text().endswith("(1)")
        found.get_by_role("link", name="Show all").click()
        assert visible.count() == 5
        assert found.url.endswith("/deviations/")


@pytest.mark.browser
def test_the_place_in_the_address_is_shown_and_keys_change_the_size(
    browser: Any, site: str
) -> None:
    found = browser.new_page(viewport={"width": 1280, "height": 850})
    found.goto(f"{site}documents/moa-a/pages/2/#moa-a-d01")
    assert found.locator("rect.a-mark--here").get_attribute("data-of") == "moa-a-d01"
    sheet = found.locator(".a-picture__sheet")
    before = sheet.bounding_box()["width"]
    found.keyboard.press("+")
    assert sheet.bounding_box()["width"] == pytest.approx(before * 1.5, abs=2)
    found.keyboard.press("0")
    assert sheet.bounding_box()["width"] == pytest.approx(before, abs=2)
    found.locator(".a-jump summary").click()
    found.get_by_role("link", name="4", exact=True).click()
    found.wait_for_url(f"{site}documents/moa-a/pages/4/")
    found.close()


@pytest.mark.browser
def test_plain_files_filter_by_script_and_show_all_without(
    browser: Any, db: Path, explainer: Path, tmp_path: Path
) -> None:
    write_pages(db, explainer, tmp_path, "http://127.0.0.1/")
    shutil.copytree(explainer / "static", tmp_path / "static")
    shutil.copytree(explainer / "assets", tmp_path / "assets")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/deviations/?state=NH"
    for script, expected in ((True, 1), (False, 5)):
        context = browser.new_context(java_script_enabled=script)
        found = context.new_page()
        found.goto(address)
        assert found.locator("li[data-find]:visible").count() == expected
        context.close()
    server.shutdown()
