"""Pictures and lists made from the database: what they say, and that they stay the same."""

from __future__ import annotations

import itertools
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from lxml import etree

from scripts import paths
from scripts.explainer.charts import CHARTS
from scripts.explainer.drawing import Series, end_labels
from scripts.explainer.tables import TABLES
from tests.sample_site import build_sample


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    db = build_sample(tmp_path_factory.mktemp("charts"))
    with closing(sqlite3.connect(db)) as opened:
        opened.row_factory = sqlite3.Row
        yield opened


def parse(html: str) -> etree._Element:
    return etree.fromstring(html)  # well-formed, or this raises


def words(element: etree._Element) -> str:
    return re.sub(r"\s+", " ", "".join(str(text) for text in element.itertext())).strip()


def test_growth_says_what_it_shows_and_tables_its_numbers(connection: sqlite3.Connection) -> None:
    figure = parse(CHARTS["growth"](connection))
    title = words(figure.findall("p")[0])
    # on the first list two agreements, on the last one three, of which two are warrant service
    assert title == (
        "Agreements on ICE's list rose from 2 in February 2025 to 3 on 3 March 2025;"
        " 2 of these are Warrant Service Officer agreements"
    )
    rows = [[words(cell) for cell in row] for row in figure.iter("tr")]
    assert " ".join(rows[0]) == (
        "Last list of the month Task Force Warrant Service Officer Jail Enforcement All"
    )
    assert rows[1:] == [
        ["3 March 2025", "1", "2", "0", "3"],  # the afternoon's list, not the morning's
        ["26 February 2025", "1", "0", "1", "2"],
    ]
    assert figure.find(".//td/..//a") is not None


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_a_chart_can_be_read_without_seeing_it(name: str, connection: sqlite3.Connection) -> None:
    figure = parse(CHARTS[name](connection))
    drawings = figure.findall("{*}svg")
    assert [drawing.get("class") for drawing in drawings] == ["a-chart__wide", "a-chart__narrow"]
    ids = [element.get("id") for element in figure.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for drawing in drawings:
        assert drawing.get("role") == "img"
        labels = str(drawing.get("aria-labelledby")).split()
        assert [drawing[0].get("id"), drawing[1].get("id")] == labels
        assert words(drawing[0])
        assert words(drawing[1])
    assert figure.find(".//details//table") is not None


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_a_chart_is_safe_in_the_page(name: str, connection: sqlite3.Connection) -> None:
    html = CHARTS[name](connection)
    assert not re.search(r"<script|\sstyle=|\son\w+=|url\(http|<image", html)
    assert "currentColor" in html
    assert not re.search(r'(?:fill|stroke)="(?:#000|black|white|#fff)"', html)  # dark pages
    assert html == CHARTS[name](connection)  # same database, same bytes


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_an_empty_archive_says_so(name: str) -> None:
    with closing(sqlite3.connect(":memory:")) as empty:
        empty.row_factory = sqlite3.Row
        empty.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
        assert "nothing to draw" in CHARTS[name](empty)


def test_colours_have_a_rule_in_the_style_sheet(connection: sqlite3.Connection) -> None:
    styles = (paths.ROOT / "overrides" / "static" / "archive.css").read_text(encoding="utf-8")
    html = "".join(chart(connection) for chart in CHARTS.values())
    classes = set(re.findall(r'class="(c-[a-z]+-(?:fill|stroke))"', html))
    assert "c-tfm-stroke" in classes
    for name in sorted(classes | {"a-chart__wide", "a-chart__narrow", "a-chart__title"}):
        assert f".{name}" in styles, name


def test_names_at_line_ends_do_not_cover_each_other() -> None:
    series = [Series("tfm", "A"), Series("wso", "B"), Series("jem", "C")]
    points = [
        {"date": "2025-01-01", "series": name, "value": value}
        for name, value in (("A", 100), ("B", 3), ("C", 2))
    ]
    places = [label["place"] for label in end_labels(points, series, (560, 260))]
    apart = 100 * 18 / 260
    assert all(high - low >= apart - 1e-9 for low, high in itertools.pairwise(places))


def test_newest_changes_lead_to_their_list(connection: sqlite3.Connection) -> None:
    changes = parse(TABLES["newest-changes"](connection))
    first = words(changes[0])
    assert first == (
        "3 March 2025 Miami-Dade Corrections and Rehabilitation Department (FL)"
        " is no longer listed with its Jail Enforcement agreement"
    )
    hrefs = [link.get("href") for link in changes[0].iter("a")]
    assert hrefs[0] == "/publications/2025-03-03-pm/"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("models", "Task Force 1 1 1 25 February 2025"),
        ("checks", "No window ends before it begins windows 1,234 0"),
        ("provenance", "leaked as reported"),
        ("lists", "Participating agencies 3 3 26 February 2025 3 March 2025"),
        ("tables", "agreements 4"),
    ],
)
def test_tables_hold_what_the_database_holds(
    name: str, expected: str, connection: sqlite3.Connection
) -> None:
    html = TABLES[name](connection)
    parse(html.replace("<br>", "<br/>"))
    spaced = re.sub(r"<[^>]+>", " ", html)
    assert expected in re.sub(r"\s+", " ", spaced)
