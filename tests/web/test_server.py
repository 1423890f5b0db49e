"""The running site over HTTP: one look, one policy; odd questions; a replaced database."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import httpx
import pytest

from tests.sample_records import FHP
from tests.web.browsing import KINDS
from tests.web.conftest import document, running


@pytest.fixture(scope="module")
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site, timeout=30) as found:
        yield found


@pytest.mark.parametrize(
    "path", ["static/", "assets/", "learn/", "pictures/", "", "agencies/", "archive/", "-/static/"]
)
@pytest.mark.parametrize("length", [255, 256, 1000])
def test_a_name_that_no_file_can_have_is_not_found(
    client: httpx.Client, path: str, length: int
) -> None:
    for part in ("x" * length, "é" * (length // 2) + ".css", f"{'x' * length}/index.html"):
        assert client.get(path + part, follow_redirects=True).status_code == 404, part[-20:]


def test_a_table_to_keep_opens_in_a_spreadsheet(client: httpx.Client) -> None:
    page = document(client.get("archive/agencies").text)
    (link,) = page.xpath("//a[text()='CSV']/@href")
    kept = client.get(urljoin(str(client.base_url), link))
    assert kept.headers["content-type"].startswith("text/csv")
    assert "attachment" in kept.headers["content-disposition"]
    assert kept.content.startswith(b"\xef\xbb\xbfid,")
    assert kept.content.count(b"\xef\xbb\xbf") == 1
    bare = client.get("archive/agencies.csv?_size=max")
    assert not bare.content.startswith(b"\xef\xbb\xbf")
    assert kept.content[3:] == bare.content


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_every_kind_wears_the_shell_and_the_policy(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code in (200, 300, 400, 404, 410)
    page = document(response.text)
    assert page.xpath("//header[@class='a-header']//form/@action")
    assert page.xpath("//footer[@class='a-footer']")
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//title/text()")[0].strip(" ·")
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert not page.xpath("//script[not(@src)]")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in response.headers
    assert "set-cookie" not in response.headers
    here = urlsplit(str(response.url)).netloc
    for link in page.xpath("//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href"):
        address = urlsplit(urljoin(str(response.url), link))
        assert address.netloc == here
        assert client.get(address.path).status_code == 200, link


def test_under_a_path(site_below: str) -> None:
    host = urlsplit(site_below)
    with httpx.Client(base_url=site_below, timeout=30) as client:
        for path in KINDS.values():
            page = document(client.get(path).text)
            for link in page.xpath("//a/@href | //link/@href | //script/@src | //form/@action"):
                address = urlsplit(urljoin(site_below + path, link))
                if address.netloc == host.netloc:
                    assert address.path.startswith("/287g/"), f"{path} leads to {link}"
        for table in ("archive/agencies?_size=1", "archive"):
            found = document(client.get(table).text)
            for link in found.xpath("//article//a/@href"):
                address = urlsplit(urljoin(site_below + table, link))
                if address.netloc == host.netloc and "sql=" not in address.query:
                    target = address.geturl()
                    answer = client.get(target, follow_redirects=True)
                    assert answer.status_code == 200, f"{table} leads to {target}"
        outside = client.get(f"http://{host.netloc}/agencies/")
        assert outside.status_code == 302
        assert outside.headers["location"] == "/287g/agencies/"


@pytest.mark.parametrize(
    ("path", "status", "place"),
    [
        ("learn", 301, "/learn/"),
        (f"agencies/{FHP}", 301, f"/agencies/{FHP}/"),
        (f"agencies/{FHP}?x=1", 301, f"/agencies/{FHP}/"),
        ("agencies/fl-old-name/", 301, f"/agencies/{FHP}/"),
        ("archive/", 302, "/archive"),
        ("-/plugins", 404, None),
        ("-/actor.json", 404, None),
        ("_internal", 404, None),
        ("_memory", 404, None),
        ("archive.db", 403, None),
        ("shell.html", 404, None),
        ("static/..%2f..%2fmkdocs.yml", 404, None),
        ("static/%2e%2e/main.html", 404, None),
        ("..%2f..%2fetc/passwd", 404, None),
        ("archive/agencies.csv", 200, None),
        (f"agencies/{FHP}.json", 200, None),
        ("healthz", 200, None),
    ],
)
def test_addresses(client: httpx.Client, path: str, status: int, place: str | None) -> None:
    response = client.get(path)
    assert response.status_code == status
    if place is not None:
        assert urlsplit(response.headers["location"]).path == place


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_the_site_is_only_read(client: httpx.Client, method: str) -> None:
    response = client.request(method, "archive/agencies")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD"


def test_unchanged_pages_are_not_sent_again(client: httpx.Client) -> None:
    for path in (f"agencies/{FHP}/", "learn/", "static/archive.css"):
        first = client.get(path)
        again = client.get(path, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), path
    packed = client.get("static/archive.css")
    assert packed.headers["content-encoding"] == "gzip"
    whole = client.get("static/archive.css", headers={"accept-encoding": "identity"})
    assert whole.content == packed.content
    assert "content-encoding" not in whole.headers
    head = client.head(f"agencies/{FHP}/")
    assert (head.status_code, head.content) == (200, b"")


ODD = ("nope", "'", '"', "[", "-1", "9" * 25, "é\u2028", "<script>", "%")
ASKED = (
    "agencies?_sort=",
    "agencies?_sort_desc=",
    "agencies?_search=",
    "agencies?_size=",
    "agencies?_next=",
    "agencies?_facet=",
    "agencies?_facet_size=",
    "agencies?_where=",
    "agencies?_col=",
    "agencies?_through=",
    "agencies?_timelimit=",
    "agencies?state__in=",
    "agencies?nope__exact=",
    "agencies.json?_shape=",
    "agencies.csv?_sort=",
    "agency_summary?_next=",
    "search?_searchmode=raw&_search=",
)


@pytest.mark.parametrize("asked", ASKED)
def test_odd_questions_are_never_our_mistake(client: httpx.Client, asked: str) -> None:
    """Plain Datasette answers ``?_sort=nope`` with 500."""
    for value in ODD:
        response = client.get(f"archive/{asked}{quote(value)}")
        assert response.status_code in (200, 302, 400, 404), f"{asked}{value}"


@pytest.mark.parametrize(
    "path", ["archive/agencies?_sort=nope", "archive/agencies.json?_sort=nope", "archive?sql=%27"]
)
def test_a_question_that_cannot_be_answered_says_so(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 400
    assert "Traceback" not in response.text


@pytest.mark.parametrize("path", ["search/?q=%00", "archive?sql=select+%00", "agencies/%00/"])
def test_nul_is_refused(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("value", ["'", '"', "(", "AND", "-", "*", "NEAR(", "a" * 1000, "state:"])
def test_search_takes_whatever_is_typed(client: httpx.Client, value: str) -> None:
    assert client.get("search/", params={"q": value, "page": value}).status_code == 200


def test_search_finds_what_is_there_and_nothing_else(client: httpx.Client) -> None:
    found = document(client.get("search/?q=troopers+weeks").text)
    links = found.xpath("//ul[@class='a-passages']//a/@href")
    assert [urljoin("/search/", link) for link in links] == [
        "/documents/moa-fhp/pages/2/?q=troopers+weeks"
    ]
    nothing = client.get("search/?q=zzyzx").text
    assert "0 found" in nothing
    assert "a-results" not in nothing


def test_sql_runs_within_limits(client: httpx.Client) -> None:
    good = client.get("archive.json", params={"sql": "select count(*) as n from agencies"})
    assert good.json()["rows"] == [[6]]
    for sql in (
        "select zeroblob(900000000)",
        "select load_extension('x')",
        "attach ':memory:' as x",
    ):
        assert client.get("archive.json", params={"sql": sql}).status_code == 400, sql


def test_a_replaced_database_answers_at_once(
    site_db: Path, explainer: Path, tmp_path: Path
) -> None:
    """Copied over a live file, readers once got errors and half-old answers."""
    db, other = tmp_path / "archive.db", tmp_path / "other.db"
    shutil.copy(site_db, db)
    wrong: list[str] = []
    stop = threading.Event()
    with running(db, explainer, "/") as base, httpx.Client(base_url=base, timeout=30) as client:

        def hammer(path: str) -> None:
            with httpx.Client(base_url=base, timeout=30) as own:
                while not stop.is_set():
                    answer = own.get(path)
                    if answer.status_code != 200 or not answer.text.strip():
                        wrong.append(f"{path} {answer.status_code}")

        paths = (f"agencies/{FHP}/", "archive/agencies.json?_shape=array", "search/?q=training")
        threads = [threading.Thread(target=hammer, args=(path,)) for path in paths]
        for thread in threads:
            thread.start()
        for number in range(4):
            shutil.copy(site_db, other)
            with closing(sqlite3.connect(other)) as connection, connection:
                connection.execute("update agencies set name = ? where id = ?", (f"N{number}", FHP))
            os.replace(other, db)
            assert f"<h1>N{number}</h1>" in client.get(f"agencies/{FHP}/").text
            assert client.get(f"archive/agencies/{FHP}.json").json()["rows"][0][2] == f"N{number}"
        stop.set()
        for thread in threads:
            thread.join(30)
    assert not wrong


def test_without_an_explainer_the_site_still_stands(site_db: Path, tmp_path: Path) -> None:
    with running(site_db, tmp_path / "none", "/") as base, httpx.Client(base_url=base) as client:
        home = client.get("")
        assert home.status_code == 200
        assert "a-header" in home.text
        assert client.get("static/archive.css").status_code == 200
        assert client.get("archive/agencies").status_code == 200


def test_ready_made_questions_answer(client: httpx.Client) -> None:
    page = document(client.get("archive").text)
    questions = page.xpath("//h2[@id='queries']/following-sibling::ul[1]//a/@href")
    assert len(questions) >= 10
    given = {"state": "fl", "model": "TFM", "from": "2025-01-01", "to": "2026-01-01"}
    empty = []
    for address in questions:
        answer = client.get(f"{address}.json", params=given).json()
        assert answer["ok"], address
        if not answer["rows"]:
            empty.append(address.rsplit("/", 1)[-1])
    bare = {"superseded-agreements", "no-memorandum", "dates-that-differ"}
    bare |= {"differences-from-templates", "templates-and-their-memoranda"}
    assert set(empty) <= bare  # the sample has none of these
