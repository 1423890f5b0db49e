"""References in prose: what they become, and how a wrong one is refused."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from markdown import Markdown

from scripts.explainer.figure_text import Figure, spell_date, spell_unit, spell_value
from tests.sample_site import build_sample


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("references"))


def convert(text: str, database: Path) -> str:
    extensions = ["scripts.explainer.references", "tables", "md_in_html"]
    settings = {"scripts.explainer.references": {"database": str(database)}}
    return str(Markdown(extensions=extensions, extension_configs=settings).convert(text))


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def test_a_reference_becomes_number_unit_date_link_and_label(database: Path) -> None:
    html = convert("There are {{ figure:active }}.", database)
    assert words(html) == "There are 3 agreements as of 3 March 2025 computed."
    assert '<a class="figure-ref" href="/figures/active/" title="Active agreements">' in html
    assert '<time datetime="2025-03-03">' in html
    assert 'class="provenance provenance--computed"' in html


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("{{ figure:many short }}", "at least 8,501 officers"),
        ("{{figure:many|value}}", "at least 8,501"),  # a bar does outside of tables
        ("{{ figure:many date }}", "September 2025"),
        ("{{ figure:many }}", "at least 8,501 officers as of September 2025 official statement"),
        ("{{ figure:money }}", "about $75 billion press report"),  # no date: none is invented
        ("{{ figure:rate short }}", "$750 per officer"),
        ("{{ figure:one short }}", "1 state"),  # one thing, one singular
        ("| a | b |\n|---|---|\n| x | {{ figure:many value }} |", "a b x at least 8,501"),
        ("<div markdown>\n{{ figure:active value }}\n</div>", "3"),
        ("A `{{ figure:active }}` in code", "A {{ figure:active }} in code"),
    ],
)
def test_forms(reference: str, expected: str, database: Path) -> None:
    assert words(convert(reference, database)) == expected


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("{{ figure:nonsense }}", "no figure has this identifier"),
        ("{{ figure:rule }}", "this figure has no value"),
        ("{{ figure:money date }}", "this figure has no date"),
        ("{{ figure:active loudly }}", "no such form"),
        ("{{ chart:nonsense }}", "no such chart"),
        ("{{ table:nonsense }}", "no such table"),
        ("{{ picture:growth }}", "expected figure, chart or table"),
        ("{{ figure active }}", "not of the form"),  # a typo must not pass as text
        ("{{figure:Active}}", "not of the form"),
    ],
)
def test_what_cannot_be_resolved_is_a_warning_that_strict_mode_counts(
    reference: str, reason: str, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="mkdocs"):
        html = convert(f"Before {reference} after", database)
    assert [record.name for record in caplog.records] == ["mkdocs.references"]
    assert reason in caplog.text
    assert reference in caplog.text
    assert "<mark>" in html  # visible, where somebody builds without strict mode


def test_without_a_database_the_reader_is_told_what_to_run(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    convert("{{ figure:active }}", tmp_path / "none.db")
    assert "make build" in caplog.text


def test_labels_are_escaped(database: Path) -> None:
    assert "Money &lt;set aside&gt;" in convert("{{ figure:money }}", database)


def test_links_from_the_root_get_the_path_of_the_site(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.gov/deep/er")
    html = convert(
        'See [this](/agencies/) {{ figure:one value }} <form action="/search/"></form>'
        " [that](https://example.org/) `<a href=\"/x/\">` [near](#here) <img src='a' alt='/b'>",
        database,
    )
    assert 'href="/deep/er/agencies/"' in html
    assert 'href="/deep/er/figures/one/"' in html
    assert 'action="/deep/er/search/"' in html
    assert 'href="https://example.org/"' in html
    assert '&lt;a href="/x/"&gt;' in html  # code is left alone


def test_a_table_scrolls_inside_itself(database: Path) -> None:
    html = convert(
        "| a | b |\n|---|---|\n| 1 | 2 |\n\ntext `<table>`\n\n{{ table:models }}", database
    )
    assert html.count('tabindex="0" aria-label="Table"><table class="a-table">') == 1
    assert html.count("<div") == html.count("</div>")
    assert "&lt;table&gt;" in html


def figure(value: str, unit: str | None = None, qualifier: str | None = None) -> Figure:
    return Figure("x", "X", value, qualifier, unit, None, "computed")


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "expected"),
    [
        ("1843", "agreements", None, "1,843"),
        ("137000000", "USD", "at-least", "at least $137 million"),
        ("1400000000", "USD", None, "$1.4 billion"),
        ("89123456", "USD", None, "$89,123,456"),  # not round: every digit
        ("7500", "USD per officer", "at-most", "at most $7,500"),
        ("2.5", "percent", None, "2.5"),
        ("from 35 to 76", None, None, "from 35 to 76"),  # words stay as they stand
        ("2026-05-18", "date", None, "18 May 2026"),
    ],
)
def test_numbers_are_spelled(
    value: str, unit: str | None, qualifier: str | None, expected: str
) -> None:
    assert spell_value(figure(value, unit, qualifier)) == expected


def test_units_and_dates_are_spelled() -> None:
    assert spell_unit(figure("5", "USD per officer")) == "per officer"
    assert spell_unit(figure("1", "agreements")) == "agreement"
    assert [spell_date(d) for d in ("2026-05-08", "2026-05", "2026", "soon")] == [
        "8 May 2026",
        "May 2026",
        "2026",
        "soon",
    ]
