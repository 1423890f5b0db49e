"""A memorandum's page, what list and memorandum say, and the list of all memoranda."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scripts.web.parts.printed_name import holds_known_words, read_printed_name
from scripts.web.render import render_path
from tests.sample_records import FHP
from tests.web.conftest import document

BASE = "http://127.0.0.1:1/"
AGREEMENT = f"/agreements/{FHP}-tfm-2025-02-25/"


@pytest.fixture
def db(site_db: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the sample's database that a test may change."""
    with closing(sqlite3.connect(":memory:")) as connection:
        with closing(sqlite3.connect(site_db)) as source:
            source.backup(connection)
        yield connection


def text_of(connection: sqlite3.Connection, path: str, *, query: str = "") -> str:
    """The page's main words, spaces made single."""
    answer = render_path(connection, path, BASE, query=query, explainer=None)
    assert answer.status == 200
    words = " ".join(" ".join(document(answer.body.decode()).xpath("//body//text()")).split())
    return re.sub(r" (?=[).,;:])", "", words.replace("( ", "("))


@pytest.mark.parametrize("path", ["/documents/moa-fhp/", AGREEMENT])
def test_both_sides_are_told_with_the_page(db: sqlite3.Connection, path: str) -> None:
    text = text_of(db, path)
    told = "The list says 25 February 2025, the memorandum 26 February 2025 (page 2)."
    assert f"differ {told} Compared with the picture of the page on 22 November 2026." in text
    assert "agree Both say Florida Highway Patrol, FL (page 1)." in text
    assert "agree Both say Task Force (page 1)." in text
    assert "one side only The list links none; one stands inside the file (page 3)." in text


def test_what_nobody_has_looked_at_is_no_statement(db: sqlite3.Connection) -> None:
    db.execute("delete from fact_checks")
    text = text_of(db, "/documents/moa-fhp/")
    assert "Read by machine and not yet compared with the picture: The list says 25 Febr" in text
    page = text_of(db, "/disagreements/")
    assert "0 differences between ICE's list" in page
    assert "These may be mistakes of reading" in page


def test_all_differences_stand_in_one_place(db: sqlite3.Connection) -> None:
    text = text_of(db, "/disagreements/")
    assert "1 difference between ICE's list" in text
    assert (
        "Florida Highway Patrol, FL Signing date: the list says 25 February 2025, the memorandum "
        "26 February 2025 (page 2). memorandum 1 day later typed"
    ) in text
    assert "Signing date 0 1 0 Agency 1 0 0 Model 1 0 0 Addendum 0 0 1" in text


def test_differences_are_questions_too(db: sqlite3.Connection) -> None:
    text = text_of(db, "/questions/")
    assert "List and memorandum differ: which is right? (1)" in text
    assert "The list says 25 February 2025, the memorandum 26 February 2025 (page 2)." in text
    assert "Signed on 25 February 2025, first listed on 26 February 2025, 63 days earlier." in text
    assert "Erie County from 3 March 2025 (pm) to now" in text


def test_what_is_not_sure_enough_is_silent(db: sqlite3.Connection) -> None:
    db.execute("update document_facts set confidence = 0.7 where fact = 'ice-signed-on'")
    text = text_of(db, "/documents/moa-fhp/")
    assert "one side only The list says 25 February 2025; on the memorandum ICE's date" in text
    assert "differ The list" not in text


def test_the_record_has_both_sides_too(db: sqlite3.Connection) -> None:
    answer = render_path(db, "/documents/moa-fhp.json", BASE, explainer=None)
    found = json.loads(answer.body)["compared_with_the_list"]
    assert [(row["field"], row["outcome"]) for row in found] == [
        ("signing-date", "differ"),
        ("agency", "agree"),
        ("model", "agree"),
        ("addendum", "silent"),
    ]


def test_a_memorandum_says_who_when_and_which_form(db: sqlite3.Connection) -> None:
    text = text_of(db, "/documents/moa-fhp/")
    assert (
        "Memorandum of agreement between ICE and Florida Highway Patrol, Florida, Task Force model,"
        " signed by ICE on 26 February 2025. The file is held: its 3 pages can be read"
    ) in text
    assert "Template Task Force, revised 12 February 2025" in text
    assert "Model the title 1 98" in text  # how it was read, the page, how sure
    assert "ICE field office the points of contact 3 95" in text
    assert "Signed by ICE 26 February 2025 (typed) page 2" in text
    assert "2 fields in the file, 1 filled in; dates typed in: 26 February 2025" in text


def test_one_known_by_address_says_so(db: sqlite3.Connection) -> None:
    answer = render_path(db, "/documents/moa-st-johns/", BASE, explainer=None)
    page = document(answer.body.decode())
    text = " ".join(page.text_content().split())
    assert "It is known by its address only and not held here." in text
    address = page.xpath("//div[@class='a-note']//a/@href")
    assert address[0].startswith("https://www.ice.gov/")
    assert address[1].startswith("https://web.archive.org/")
    assert "What list and memorandum say" not in text


def test_the_way_there_and_back(db: sqlite3.Connection) -> None:
    """From the file to the rows that link it, the lists that print them, and back."""
    answer = render_path(db, "/documents/moa-fhp/", BASE, explainer=None)
    links = document(answer.body.decode()).xpath("//a/@href")
    assert f"../../agencies/{FHP}/" in links
    assert f"../..{AGREEMENT}" in links
    (row,) = db.execute(
        "select first_publication, listing from listings where moa_address ="
        " (select address from documents where id = 'moa-fhp') order by listing limit 1"
    )
    assert f"../../publications/{row[0]}/#{row[1]}" in links
    for path in (f"/agencies/{FHP}/", AGREEMENT, f"/publications/{row[0]}/"):
        back = document(render_path(db, path, BASE, explainer=None).body.decode())
        assert "../../documents/moa-fhp/" in back.xpath("//a/@href"), path


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["moa-fhp", "moa-st-johns"]),
        ("held=yes", ["moa-fhp"]),
        ("held=no&state=FL", ["moa-st-johns"]),
        ("form=tfm-2025-02-12", ["moa-fhp"]),
        ("with=disagreement", ["moa-fhp"]),
        ("with=disagreement&held=no", []),
        ("held=perhaps", ["moa-fhp", "moa-st-johns"]),  # a value that nothing has is no filter
        ("state=%22%3E%3Cscript%3E", ["moa-fhp", "moa-st-johns"]),
    ],
)
def test_the_list_is_narrowed_by_its_query(
    db: sqlite3.Connection, query: str, found: list[str]
) -> None:
    answer = render_path(db, "/documents/", BASE, query=query, explainer=None)
    page = document(answer.body.decode())
    links = page.xpath("//div[@id='memoranda-list']//li/a/@href")
    assert [link.split("/")[-2] for link in links] == found
    assert page.xpath("normalize-space(//*[@data-filter-status])") == f"{len(found)} of 2 shown"


@pytest.mark.browser
def test_the_list_is_narrowed_by_script_where_no_server_does(browser: Any, site: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site}documents/")
    whole = page.content()
    # a file server gives the same file whatever is asked
    page.route("**/documents/?*", lambda route: route.fulfill(body=whole, content_type="text/html"))
    page.goto(f"{site}documents/?held=yes")
    shown = page.locator("#memoranda-list li:visible a")
    assert shown.all_inner_texts() == ["Florida Highway Patrol"]
    page.select_option("#filter-held", "no")
    name = page.locator("#memoranda-list li[data-held=no] a").text_content()
    assert shown.all_inner_texts() == [name]
    assert page.url.endswith("?held=no")
    page.get_by_role("link", name="Show all").click()
    assert page.locator("#memoranda-list li:not([hidden])").count() == 2
    context.close()


def page_row(opening: str, quality: float = 0.98) -> dict[str, object]:
    text = f"a component of the Department of Homeland Security (DHS), and {opening}"
    return {"text": text, "quality": quality}


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("the City of Example , pursuant to which ICE", "City of Example"),
        ("theCity of Example , pursuant to which ICE", "City of Example"),
        ("Example County Jail (ECJ), pursuant to which", "Example County Jail (ECJ)"),
        ("the , pursuant to which ICE delegates", None),
        ("the FlomaSolDIW.mmSllle, pursuant to which", None),  # a misreading is no name
        ("the [name] Office, hereinafter the", None),  # nor is a mask
    ],
)
def test_the_name_in_the_words_of_the_page(opening: str, name: str | None) -> None:
    assert read_printed_name(page_row(opening)) == name
    assert read_printed_name(page_row(opening, quality=0.9)) is None


def test_a_misread_word_is_not_shown() -> None:
    spellings = "Example County Sheriff's Office Florida FL"
    assert holds_known_words("Example County Sheriff's Office (ECSO), FL", spellings)
    assert not holds_known_words("Example County Sherifrs Office", spellings)


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        (
            "Memorandum of agreement: Florida Highway Patrol, FL, Task Force Model, 2025-02-26",
            "Florida Highway Patrol, Florida: Task Force memorandum of 26 February 2025",
        ),
        ("A title that a person wrote", "A title that a person wrote"),
    ],
)
def test_a_memorandum_is_headed_in_words_not_like_a_file(
    site_db: Path, title: str, heading: str
) -> None:
    with closing(sqlite3.connect(site_db)) as held, closing(sqlite3.connect(":memory:")) as copy:
        held.backup(copy)
        copy.row_factory = sqlite3.Row
        copy.execute("update documents set title = ? where id = 'moa-fhp'", [title])
        answer = render_path(copy, "/documents/moa-fhp/", "http://example.org/", explainer=None)
    assert document(answer.body.decode()).xpath("string(//h1)") == heading
