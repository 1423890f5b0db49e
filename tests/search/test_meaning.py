"""What people mean: fewer words, other forms, near spellings, identifiers; and any input at all."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scripts.bench.judged import NOTHING, read_judged
from scripts.database.build import build, open_database
from scripts.search.lookups import direct_paths
from scripts.search.query import parse_query
from scripts.search.search import SearchRequest, search
from scripts.search.variants import amount_forms, date_forms, initials, name_forms, unify
from tests import sample_records as sample

STATES = {"FL": "Florida", "IA": "Iowa", "NM": "New Mexico", "OR": "Oregon", "TX": "Texas"}
INPUTS = int(os.environ.get("SEARCH_INPUTS", "20000"))
PIECES = [
    *(
        "AND",
        "OR",
        "NOT",
        "-",
        "(",
        ")",
        '"',
        "*",
        ":",
        "^",
        "'",
        "’",
        "+",
        "\0",
        "é",
        "ﬁ",
        "\ud800",
    ),
    *(
        "state:",
        "state:FL",
        "kind:agency",
        "agency:",
        'county:"',
        "provenance:leaked",
        "NEAR(",
        "{x}",
    ),
    *(
        "287(g)",
        "287 (g",
        "$7,500",
        "25%",
        "8 USC",
        "patrol",
        "fl*",
        "the",
        "O'B",
        "a.b_c",
        "0449b944a3",
    ),
]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder: Path = tmp_path_factory.mktemp("meaning")
    records = sample.write_sample(folder / "records")
    build(records, sample.write_sources(folder / "sources"), folder / "archive.db")
    with closing(open_database(folder / "archive.db")) as connection:
        yield connection


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("the florida highway patrol", sample.FHP),  # a word that carries nothing
        ("who is the florida highway patrol", sample.FHP),
        ("FHP", sample.FHP),
        ("saint johns county SO", sample.STJOHNS),
        ("st. johns co. sheriff", sample.STJOHNS),
        ("florida highwy patrol", sample.FHP),  # a near spelling, with the rest
        ("agreements in florida", "fl"),
        (sample.FHP, sample.FHP),  # an identifier
        (f"https://example.org/agencies/{sample.FHP}/", sample.FHP),
        ("287g", "learn"),
        ("287 (g)", "learn"),
    ],
)
def test_what_is_meant_comes_first(database: sqlite3.Connection, q: str, first: str) -> None:
    assert search(database, SearchRequest(q=q)).hits[0].record_id == first


def test_a_result_says_which_words_it_lacks(database: sqlite3.Connection) -> None:
    page = search(database, SearchRequest(q="florida patrol zeppelin"))
    (hit,) = (one for one in page.hits if one.record_id == sample.FHP)
    assert hit.missing == ("zeppelin",)
    assert not any(one.missing for one in search(database, SearchRequest(q="patrol")).hits[:1])


def test_words_in_quotation_marks_are_never_left_out(database: sqlite3.Connection) -> None:
    assert search(database, SearchRequest(q='"patrol" "zeppelin"')).total == 0


@pytest.mark.parametrize("q", ["xqzvkwj", "xqzvkwj state:FL", "the xqzvkwj", "ffffffffff"])
def test_nonsense_finds_nothing(database: sqlite3.Connection, q: str) -> None:
    assert search(database, SearchRequest(q=q)).hits == ()


def test_any_input_is_an_expression_that_the_index_takes(database: sqlite3.Connection) -> None:
    """20,000 inputs; ``SEARCH_INPUTS=1000000`` for more. The seed stands in the message."""
    sql = "select rowid from search where search match ? limit 1"
    for seed in range(INPUTS):
        draw = random.Random(seed)
        parts = [
            draw.choice(PIECES) if draw.random() < 0.8 else chr(draw.randrange(1, 0x2FFF))
            for _ in range(draw.randrange(1, 9))
        ]
        text = draw.choice(("", " ")).join(parts)
        query = parse_query(text, STATES)
        if query.match is None:
            assert query.hints, (seed, text)
            continue
        try:
            database.execute(sql, [query.match]).fetchone()
        except sqlite3.Error as error:
            pytest.fail(f"seed {seed}, {text!r}: {error}")


def test_odd_input_is_answered(database: sqlite3.Connection) -> None:
    for seed in range(400):
        draw = random.Random(seed)
        text = " ".join(draw.choice(PIECES) for _ in range(draw.randrange(1, 7)))
        assert search(database, SearchRequest(q=text)).total >= 0


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("St. Lucie County", "Saint Lucie County"),
        ("Saint Francois County", "St. Francois County"),
        ("DeWitt County", "De Witt County"),
        ("La Salle Parish", "LaSalle Parish"),
        ("McMinn County", "Mc Minn County"),
        ("Key West Police Department", "Key West PD"),
        ("Polk County Sheriff's Office", "Polk Co SO"),
        ("Florida Highway Patrol", "FHP"),
    ],
)
def test_forms_of_names(name: str, form: str) -> None:
    assert form in name_forms(name)


def test_forms_of_numbers_dates_and_the_programme() -> None:
    assert amount_forms("7500", "USD") == ("7500", "7,500", "dollars money")
    assert "1.4 billion" in amount_forms("1400000000", "USD")
    assert "75 billion" in amount_forms("75000000000", "USD")
    assert amount_forms("2026-05-18", "date") == ()
    assert date_forms("2026-05-18")[:2] == ("18 May 2026", "May 18, 2026")
    assert date_forms("2026-05") == ()
    assert initials("University of Central Florida Police Department") == "UCFPD UCF"
    assert initials("Orlando Police") is None
    assert [unify(text) for text in ("287g", "287 (G)", "287gWSO_x")] == [
        "287(g)",
        "287(g)",
        "287gWSO_x",
    ]


def test_a_state_is_asked_for_only_by_its_name(database: sqlite3.Connection) -> None:
    def asked(q: str) -> tuple[str, ...]:
        return direct_paths(database, q, STATES)

    assert asked("how many agreements in Texas") == ("/states/tx/",)
    assert asked("TX task force") == ("/states/tx/",)
    assert asked("removed agreements texas") == ()  # what has ended stands elsewhere
    assert asked("florida highway patrol") == ()
    assert asked("task force or jail") == ()  # or is a word


def test_the_judged_queries_are_a_fair_set() -> None:
    judged = read_judged()
    assert len(judged) >= 200
    assert len({one.query for one in judged}) == len(judged)
    assert len({one.group for one in judged}) == 5
    held = sum(one.use == "held" for one in judged)
    assert 0.3 <= held / len(judged) <= 0.36
    assert any(not one.wanted for one in judged), NOTHING
