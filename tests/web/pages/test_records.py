"""Record pages as the server and the freezer both make them: from the database, without HTTP."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import pytest
from lxml import html as parser

from scripts import paths
from scripts.search.expression import Term
from scripts.web.files import find_file
from scripts.web.parts.marks import flow, mark_text
from scripts.web.parts.months import Month, draw_months, fill_months
from scripts.web.render import Response, all_paths, data_paths, render_path
from scripts.web.routes import match_route
from scripts.web.shell import FALLBACK, cut_shell, read_shell
from scripts.web.view.catalogue import POT, catalogue_text
from scripts.web.view.words import Words
from tests.sample_records import FHP, MIAMI, STJOHNS
from tests.web.conftest import NASTY, document

BASE = "https://example.org/287g/"
Ask = Callable[..., Response]


@pytest.fixture
def ask(site_db: Path, explainer: Path) -> Iterator[Ask]:
    with closing(sqlite3.connect(site_db)) as connection:

        def answer(path: str, query: str = "") -> Response:
            return render_path(connection, path, BASE, query=query, explainer=explainer)

        answer.connection = connection  # type: ignore[attr-defined]
        yield answer


def text_of(response: Response) -> str:
    article = document(response.body.decode()).xpath("//article")[0]
    return " ".join(article.text_content().split())


def test_every_page_answers_and_links_to_what_answers(ask: Ask, explainer: Path) -> None:
    connection = ask.connection  # type: ignore[attr-defined]
    pages = list(all_paths(connection))
    assert len(pages) == len(set(pages)) > 90
    wanted: set[str] = set()
    for path in pages:
        response = ask(path)
        assert response.status == 200, path
        if not path.endswith("/"):
            continue
        page = document(response.body.decode())
        assert len(page.xpath("//h1")) == 1, path
        assert page.xpath("//link[@rel='canonical']/@href") == [BASE.rstrip("/") + path]
        assert page.xpath("//meta[@name='description']/@content")[0].strip(), path
        assert not page.xpath("//script[not(@src)] | //*[@style] | //style"), path
        for link in page.xpath("//@href | //@src"):
            address = urlsplit(urljoin(BASE.rstrip("/") + path, link))
            if address.netloc == "example.org":
                assert address.path.startswith("/287g/"), f"{path} leads to {link}"
                wanted.add(address.path.removeprefix("/287g"))
    twins = set(data_paths(connection))
    for path in sorted(wanted):
        known = match_route(path) is not None or path in twins or path.startswith("/archive")
        is_explainers = path.startswith("/learn/")
        assert known or is_explainers or find_file(explainer, path), path


def test_what_an_agency_page_says(ask: Ask) -> None:
    said = text_of(ask(f"/agencies/{FHP}/"))
    assert "Florida Highway Patrol, a state agency in Florida, has an agreement with ICE" in said
    assert "signed 25 February 2025" in said
    assert "newest list held, of 3 March 2025" in said
    assert "FL Highway Patrol" in said  # a name as printed
    assert "one → other" in said  # the correction
    assert "$100" in said
    assert "press report" in said


def test_status_in_words(ask: Ask) -> None:
    gone = text_of(ask(f"/agreements/{MIAMI}-jem-2019-12-19/"))
    assert "Lists showed it from 26 February 2025 to 3 March 2025; later lists do not." in gone
    assert "Absence from a list means not listed, no more." in gone
    waited = text_of(ask(f"/agreements/{STJOHNS}-wso-2025-02-27/"))
    assert "1 day until signing" in waited


def test_rows_lead_to_their_place(ask: Ask) -> None:
    page = document(ask("/publications/2025-03-03-pm/").body.decode())
    printed = page.xpath("//table[contains(@class, 'a-printed')]/tbody/tr")
    assert [row.get("id") for row in printed] == ["3", "1", "4"]
    assert [row.xpath("./td[1]//text()")[0] for row in printed] == ["1", "2", "4"]  # 3 is blank
    assert page.xpath("//a[@id='77']"), "an anchor that was left leads on"
    said = text_of(ask("/publications/2025-03-03-pm/"))
    assert "1 agreement or agency new on the list" in said
    assert "1 no longer on it" in said


def test_what_changed_in_the_country(ask: Ask) -> None:
    response = ask("/changes/")
    page = document(response.body.decode())
    said = text_of(response)
    assert "2 lists compared, newest first, up to that of 3 March 2025" in said
    lists = page.xpath("//h2[starts-with(@id, 'l2025')]/@id")
    assert lists == ["l2025-03-03-pm", "l2025-03-03-am"]  # not the first: nothing stands before it
    (counts, _) = [" ".join(p.text_content().split()) for p in page.xpath("//p[@class='a-counts']")]
    assert counts == "1 new 1 gone 0 corrected 0 links changed"
    gone = page.xpath("//li[contains(@class, 'a-change--removed')]//@href")
    assert gone == [f"../agencies/{MIAMI}/", f"../agreements/{MIAMI}-jem-2019-12-19/"]
    (picture,) = page.xpath("//svg[@role='img']")
    named = picture.get("aria-labelledby").split()
    told = [" ".join(picture.xpath(f"./*[@id='{name}']/text()")) for name in named]
    assert "2 agreements new and 1 gone" in told[1]
    months = [
        [cell.text_content() for cell in row] for row in page.xpath("//figure//table/tbody/tr")
    ]
    assert months == [["March 2025", "2", "+2", "−1"]]


def test_what_the_rules_leave_open(ask: Ask) -> None:
    response = ask("/questions/")
    page = document(response.body.decode())
    assert "7 questions that the archive's rules leave open" in text_of(response)
    kinds = page.xpath("//article//h2[@id]/@id")
    assert kinds == [
        *("same-body", "memorandum-differs", "wrong-link", "date-far", "county-changed"),
        *("county-unknown", "unread-row"),
    ]
    same, _, link, _, _, county, row = page.xpath("//section[@class='a-question']")
    sides = [card.xpath(".//h4/a/@href") for card in same.xpath(".//div[@class='a-card']")]
    assert sides == [[f"../agencies/{MIAMI}/"], [f"../agencies/{STJOHNS}/"]]
    assert f"../agreements/{STJOHNS}-wso-2025-02-27/" in same.xpath(".//@href")
    assert "What the rule saw: much alikeTell us" in " ".join(same.text_content().split())
    assert f"../agreements/{MIAMI}-jem-2019-12-19/" in link.xpath(".//@href")
    assert "../documents/moa-fhp/" in link.xpath(".//@href")
    assert "named as a Task Force memorandum" in link.text_content()
    assert "../agencies/tx-nasty/" in county.xpath(".//@href")
    assert "../publications/pending-2025-02-26/" in row.xpath(".//@href")
    assert NASTY in row.text_content()
    for question in (same, link, county, row):
        (report,) = question.xpath(".//a[text()='Tell us what you know']/@href")
        assert "&" not in unquote(parse_qs(urlsplit(report).query)["title"][0])  # once escaped


def test_months_without_a_list_keep_their_place() -> None:
    found = (Month("2024-11", 3, 0, 1), Month("2025-02", 1, 4, 2))
    filled = fill_months(found, 24)
    assert [one.month for one in filled] == ["2024-11", "2024-12", "2025-01", "2025-02"]
    assert [one.lists for one in filled] == [1, 0, 0, 2]
    assert fill_months(found, 2) == (Month("2025-01"), found[1])
    picture = parser.fragment_fromstring(str(draw_months(filled, "a < b", "told")))
    bars = {(r.get("class"), int(r.get("height"))) for r in picture.xpath(".//rect")}
    tall = {kind: sorted(h for k, h in bars if k == kind) for kind in ("t-added", "t-removed")}
    assert tall["t-added"][1] == pytest.approx(3 * tall["t-added"][0], abs=2)  # one scale
    assert tall["t-removed"][0] == pytest.approx(4 * tall["t-added"][0], abs=3)
    assert picture.xpath("./title/text()") == ["a < b"]
    assert str(draw_months((), "a", "b")) == ""


def test_words_and_excerpts_are_marked_on_a_page(ask: Ask) -> None:
    page = document(ask("/documents/moa-fhp/pages/2/", "q=certified+weeks+zebra").body.decode())
    assert page.xpath("//mark[not(@class)]/text()") == ["weeks", "certified"]
    excerpt = page.xpath("//mark[@class='a-excerpt']")
    assert excerpt[0].get("id") == "moa-fhp-e01"
    joined = "".join(mark.text_content() for mark in excerpt)
    assert joined == "Nominated troopers complete four weeks of training"


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (
            ["A HEADING", "a line that is full of", "words goes on here."],
            "A HEADING|a line that is full of words goes on here.",
        ),
        (
            ["a line that is full of", "", "words after a gap go"],
            "a line that is full of||words after a gap go",
        ),
        (["short", "lines"], "short lines"),
        ([""], ""),
    ],
)
def test_lines_of_a_paragraph_flow(lines: list[str], shown: str) -> None:
    text = "\n".join(lines)
    flowing, _ = flow(text)
    assert flowing == shown.replace("|", "\n")
    assert len(flowing) == len(text)  # so that marks keep their places


def test_paragraphs_begin_where_the_page_shows_it() -> None:
    text = "I. PURPOSE\nThis agreement is\nabout costs.\nIt ends"
    flowing, breaks = flow(text, (0, 1, 3))
    assert flowing == "I. PURPOSE\nThis agreement is about costs.\nIt ends"
    assert [text[place:][:4] for place in breaks] == ["This", "It e"]
    marked = mark_text(text, (Term(("agreement",)),), (), 1, (0, 1, 3))
    assert marked.html == (
        'I. PURPOSE\n<span class="a-para"></span>This <mark>agreement</mark> is about costs.\n'
        '<span class="a-para"></span>It ends'
    )


def test_unchecked_wording_wears_no_quotation_marks(ask: Ask) -> None:
    assert "“Nominated troopers" in text_of(ask("/excerpts/moa-fhp-e01/"))
    unchecked = text_of(ask("/excerpts/moa-fhp-e02/"))
    assert "“Either party may" not in unchecked
    assert "without quotation marks" in unchecked
    assert "reported from a leaked record, not held here" in unchecked


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/agencies/tx-nasty/", ""),
        ("/agencies/", ""),
        ("/questions/", ""),
        ("/excerpts/moa-fhp-e01/", ""),
        ("/excerpts/moa-fhp-e02/", ""),
        ("/documents/moa-fhp/pages/3/", "q=<script>alert(1)</script>"),
        ("/search/", 'q=<script>alert(1)</script>&state="><script>'),
    ],
)
def test_text_never_becomes_markup(ask: Ask, path: str, query: str) -> None:
    page = document(ask(path, query).body.decode())
    assert not page.xpath("//script[not(@src)] | //img | //*[@onerror]")
    if "tx-nasty" in path:
        assert NASTY in page.text_content()


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/agencies/fl-old-name/", 301, "/287g/agencies/fl-florida-highway-patrol/"),
        ("/agencies/fl-old-name.json", 301, "/287g/agencies/fl-florida-highway-patrol.json"),
        (f"/agencies/{FHP}", 301, f"/287g/agencies/{FHP}/"),
        ("/agencies/fl-split/", 300, "more than one successor"),
        ("/agencies/fl-split.json", 300, "/agencies/tx-nasty/"),
        ("/agencies/fl-gone/", 410, "A private person was named."),
        ("/agencies/fl-gone.json", 410, "A private person was named."),
        ("/agencies/fl-never/", 404, "Nothing stands at this address"),
        ("/agencies/fl-never.json", 404, "Nothing stands at this address"),
        ("/documents/moa-fhp/pages/4/", 404, "Nothing stands"),
        ("/documents/moa-fhp/pages/02/", 404, "Nothing stands"),
        ("/search.json", 404, "Nothing stands"),
    ],
)
def test_addresses_that_were_left(ask: Ask, path: str, status: int, said: str) -> None:
    response = ask(path)
    assert response.status == status
    shown = response.headers.get("location", "") + response.body.decode()
    assert said in shown


def test_other_forms_of_a_record(ask: Ask) -> None:
    stem = f"/agreements/{FHP}-tfm-2025-02-25"
    record = json.loads(ask(f"{stem}.json").body)
    assert record["url"] == f"https://example.org/287g{stem}/"
    assert record["agreement"]["signed_on"] == "2025-02-25"
    assert record["as_of"] == "2025-03-03"
    csl = json.loads(ask(f"{stem}.csl.json").body)
    assert csl[0]["issued"] == {"date-parts": [[2025, 3, 3]]}
    bibtex = ask(f"{stem}.bib").body.decode()
    assert bibtex.startswith("@misc{agreements-fl-florida-highway-patrol-tfm-2025-02-25,")
    assert bibtex.count("{") == bibtex.count("}")
    assert "UR  - https://example.org/287g" in ask(f"{stem}.ris").body.decode()


def test_the_report_of_a_mistake_names_the_record(ask: Ask) -> None:
    page = document(ask(f"/agencies/{FHP}/").body.decode())
    (link,) = page.xpath("//a[text()='Tell us']/@href")
    assert f"title=Mistake%3A%20%2Fagencies%2F{FHP}%2F" in link
    assert f"https%3A%2F%2Fexample.org%2F287g%2Fagencies%2F{FHP}%2F" in link


def test_the_feed_is_atom(ask: Ask) -> None:
    from lxml import etree

    feed: Any = etree.fromstring(ask("/feeds/changes.atom").body)
    name = {"a": "http://www.w3.org/2005/Atom"}
    assert len(feed.xpath("//a:entry", namespaces=name)) == 7
    identifiers = feed.xpath("//a:entry/a:id/text()", namespaces=name)
    assert len(set(identifiers)) == 7
    assert all(one.startswith(BASE) for one in identifiers)
    times = feed.xpath("//a:entry/a:updated/text()", namespaces=name)
    assert times == sorted(set(times), reverse=True)  # no two alike, the newest first
    assert feed.xpath("string(a:updated)", namespaces=name) == times[0]


def test_corrections_have_a_feed(ask: Ask) -> None:
    from lxml import etree

    feed: Any = etree.fromstring(ask("/feeds/corrections.atom").body)
    name = {"a": "http://www.w3.org/2005/Atom"}
    (entry,) = feed.xpath("//a:entry", namespaces=name)
    assert entry.xpath("string(a:id)", namespaces=name) == f"{BASE}agencies/{FHP}/#c-1"
    assert entry.xpath("string(a:summary)", namespaces=name) == "It said: one. It says: other."
    assert feed.xpath("string(a:updated)", namespaces=name) == "2026-11-01T00:00:01Z"


def test_the_catalogue_holds_every_word() -> None:
    assert POT.read_text(encoding="utf-8") == catalogue_text(paths.ROOT), (
        "run python -m scripts.web.view.catalogue"
    )


def test_a_language_is_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Agencies"\nmsgstr "Agencias"\n',
        encoding="utf-8",
    )
    spanish = Words("es", tmp_path)
    assert spanish.text("Agencies") == "Agencias"
    assert spanish.date("2025-02-25") == "25 febrero 2025"
    assert Words("en").text("Agencies") == "Agencies"


def test_the_fallback_shell_is_the_theme_s(explainer: Path) -> None:
    """The committed shell must not fall behind the theme: same header, footer and scripts."""
    built, kept = read_shell(explainer), cut_shell(FALLBACK.read_text(encoding="utf-8"))

    def frame(pieces: tuple[str, ...]) -> str:
        text = re.sub(r"<link rel=\"stylesheet\" href=\"./assets/[^>]*>", "", "|".join(pieces))
        return " ".join(text.split())

    assert frame(kept.pieces) == frame(built.pieces), "run python -m scripts.web.shell"


def test_a_list_found_to_be_older_is_named_by_its_date(site_db: Path, tmp_path: Path) -> None:
    """Its identifier stays; nothing on a page may read a date out of that."""
    copy = tmp_path / "archive.db"
    shutil.copy(site_db, copy)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(
            "update publications set stated_on = '2025-03-01', half_day = 'pm'"
            " where id = '2025-03-03-am'"
        )
        page = text_of(render_path(connection, "/publications/2025-03-03-am/", BASE))
        assert "list of 1 March 2025 (pm)" in page
        assert "First published with this content on 1 March 2025 (pm)" in page
        assert "known here as 2025-03-03-am" in page
        after = text_of(render_path(connection, "/publications/2025-03-03-pm/", BASE))
        assert "since the list of 1 March 2025 (pm)" in after
        assert "known here as" not in after
