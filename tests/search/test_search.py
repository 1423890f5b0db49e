"""Search: what must be found and where, what must find nothing, and whatever people type."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.database.build import build, open_database
from scripts.search import ranking
from scripts.search.explained import figure_words, plain_words
from scripts.search.folding import filter_tag, words_of
from scripts.search.index import filter_tag as built_tag
from scripts.search.query import parse_query
from scripts.search.search import Hit, SearchPage, SearchRequest, search
from scripts.search.snippets import cut_snippet, mark_all
from tests import sample_records as sample

STATES = {"FL": "Florida", "IN": "Indiana", "NM": "New Mexico", "OR": "Oregon", "TX": "Texas"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("search")
    records = sample.write_sample(folder / "records")
    build(records, sample.write_sources(folder / "sources"), folder / "archive.db")
    with closing(open_database(folder / "archive.db")) as connection:
        yield connection


def find(database: sqlite3.Connection, q: str = "", **more: str | int) -> SearchPage:
    return search(database, replace(SearchRequest(q=q), **more))  # type: ignore[arg-type]


def hit(page: SearchPage, record: str) -> Hit:
    return next(hit for hit in page.hits if hit.record_id == record)


def test_a_word_is_found_on_the_page_where_it_stands(database: sqlite3.Connection) -> None:
    page = find(database, "overtime")
    assert [found.record_id for found in page.hits] == ["moa-fhp"]
    (passage,) = page.hits[0].passages
    assert passage.page_number == 2
    assert passage.path == "/documents/moa-fhp/pages/2/?q=overtime"
    assert "<mark>overtime</mark>" in passage.html


def test_a_nonsense_word_finds_nothing(database: sqlite3.Connection) -> None:
    page = find(database, "xqzvkwj")
    assert (page.total, page.hits, page.facets[0].values, page.suggestion) == (0, (), (), None)


FIRST = [
    # what is typed, the record that must come first
    ("florida highway patrol", sample.FHP),
    ("Florida Highway Patrol", sample.FHP),
    ("FL Highway Patrol", sample.FHP),  # another spelling, as printed
    ("St. Johns County Sheriff's Office", sample.STJOHNS),  # straight for curly
    ("st johns county sheriffs office", sample.STJOHNS),  # no apostrophe at all
    ("O'Brien", sample.OBRIEN),
    ("O’Brien County Sheriff’s Office", sample.OBRIEN),
    ("obrien county", sample.OBRIEN),
    ("miami-dade", sample.MIAMI),
    ("Miami–Dade", sample.MIAMI),  # en dash
    ("miami dade corrections", sample.MIAMI),
    ("doña ana", sample.DONA),
    ("dona ana", sample.DONA),
    ("florida", "fl"),
    ("FL", "fl"),
    ("trooper trainings", "moa-fhp"),  # one for many, many for one
    ("pending new mexico", sample.DONA),
    ("new mexico", "nm"),
    ("nm", "nm"),
    ("287(g)", "learn"),
    ("troopers training", "moa-fhp"),
    ("training", "training"),
]


@pytest.mark.parametrize(("q", "first"), FIRST)
def test_what_comes_first(database: sqlite3.Connection, q: str, first: str) -> None:
    assert find(database, q).hits[0].record_id == first


QUERIES = [
    # what is typed, what must be found, what must not
    ('"highway patrol"', [sample.FHP], [sample.OBRIEN]),
    ("287(g) delegation", ["moa-fhp"], [sample.FHP]),
    ('"patrol highway"', [], [sample.FHP]),
    ('"trooper"', [], ["moa-fhp"]),  # in quotation marks as it stands
    ("patrol OR brien", [sample.FHP, sample.OBRIEN], [sample.DONA]),
    ("sheriff NOT florida", [sample.OBRIEN, sample.DONA], [sample.STJOHNS]),
    ("sheriff -florida", [sample.OBRIEN, sample.DONA], [sample.STJOHNS]),
    ("sheriffs AND iowa", [sample.OBRIEN], [sample.STJOHNS]),
    ("(iowa OR florida) sheriff", [sample.OBRIEN, sample.STJOHNS], [sample.DONA, sample.FHP]),
    ("correct*", [sample.MIAMI], [sample.FHP]),
    ("state:fl sheriff", [sample.STJOHNS], [sample.OBRIEN]),
    ('state:"new mexico"', [sample.DONA], [sample.OBRIEN]),
    ("model:tfm kind:agency", [sample.FHP], [sample.OBRIEN]),
    ("model:task-force kind:agency", [sample.FHP], [sample.OBRIEN]),
    ("kind:agency -state:fl", [sample.OBRIEN, sample.DONA], [sample.FHP]),
    ("kind:agency status:pending", [sample.DONA], [sample.STJOHNS]),
    ("warrant service officer iowa", [sample.OBRIEN], [sample.FHP]),
    ("patrol AND NOT iowa", [sample.FHP], [sample.OBRIEN]),
]


@pytest.mark.parametrize(("q", "wanted", "unwanted"), QUERIES)
def test_operators(
    database: sqlite3.Connection, q: str, wanted: list[str], unwanted: list[str]
) -> None:
    page = find(database, q)
    found = {one.record_id for one in page.hits if not one.missing}
    assert found >= set(wanted)
    assert not found & set(unwanted)
    assert page.hints == ()


HINTED = [
    ("", "nothing-to-find"),
    ("   ", "nothing-to-find"),
    ("\0", "nothing-to-find"),
    ('"', "unclosed-quote"),
    ('"highway patrol', "unclosed-quote"),
    ("AND", "lone-operator"),
    ("OR", "lone-operator"),
    ("patrol AND", "lone-operator"),
    ("OR patrol", "lone-operator"),
    ("NOT", "lone-operator"),
    ("a OR OR b", "lone-operator"),
    ("-", "no-letters"),
    ("— §", "no-letters"),
    ("(patrol", "unbalanced-parenthesis"),
    ("patrol)", "unbalanced-parenthesis"),
    ("(" * 400 + "patrol", "unbalanced-parenthesis"),
    ("*", "star-needs-letters"),
    ("f*", "star-needs-letters"),
    ("*patrol", "star-at-end"),
    ("colour:red", "unknown-field"),
    ("state:zz", "unknown-value"),
    ("kind:thing", "unknown-value"),
    ("word " * 90, "too-long"),
    ("x" * 4000, "too-long"),
]


@pytest.mark.parametrize(("q", "code"), HINTED)
def test_what_cannot_be_used_gives_a_hint(database: sqlite3.Connection, q: str, code: str) -> None:
    hints = find(database, q).hints
    assert code in [hint.code for hint in hints]
    assert all(hint.text for hint in hints)


ODD = [
    *("AND", "OR", "NOT", "-", "(", ")", '"', "*", ":", "^", "'", "’", "+", "\0"),
    *("state:", "kind:agency", "patrol", "fl*", "NEAR(", "{title}", "body:", "O'B", "TX"),
]


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(ODD),
            max_size=12,
        ).map(" ".join),
    )
)
@settings(max_examples=250, deadline=None)
def test_whatever_is_typed_is_answered(database: sqlite3.Connection, q: str) -> None:
    page = find(database, q)
    assert page.total >= 0
    for one in page.hits:
        assert "<" not in re.sub(r"</?mark>", "", one.title_html + (one.snippet_html or ""))


def test_explanations_are_found(database: sqlite3.Connection) -> None:
    page = find(database, "how to cite", kind="explainer")
    assert page.hits[0].path == "/learn/cite/"
    assert page.hits[0].title == "How to cite"


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("# A title {#top}", "A title"),
        ("See [the *models*](models.md) now.", "See the models now."),
        ("There are {{ figure:agreements-active }} of them.", "There are of them."),
        ("![A chart](growth.svg){ width=80 }", "A chart"),
        ("a <b>bold</b> word", "a bold word"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b\n1 2"),
    ],
)
def test_prose_is_searched_without_its_markup(markdown: str, words: str) -> None:
    assert plain_words(markdown) == words


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        # snippets read “There are . Jail Enforcement works so”
        ("There are {{ figure:active }}. Jails too.", "There are 1,797 agreements. Jails too."),
        ("There are {{ figure:active value }} of them.", "There are 1,797 of them."),
        ("As of {{ figure:newest short }}:", "As of 2026-05-11:"),
        ("Some {{ figure:unknown }} here", "Some here"),
    ],
)
def test_figures_in_prose_are_searched_as_words(markdown: str, words: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table figures (id, value, qualifier, unit)")
    connection.execute("insert into figures values ('active', '1797', null, 'agreements')")
    connection.execute("insert into figures values ('newest', '2026-05-11', null, 'date')")
    assert plain_words(markdown, figure_words(connection)) == words


def test_a_wider_search_counts_no_further_than_the_search_itself(
    database: sqlite3.Connection,
) -> None:
    """“Any of the words: 1001 found” stood where more than 1,000 was meant."""
    filler = "insert into search_docs (kind, path, title, context, names, tags, body) values "
    with closing(sqlite3.connect(":memory:")) as copy:
        database.backup(copy)
        rows = ", ".join(f"('page', '/x/{n}/', 'Zebra', '', '', '', 'zebra')" for n in range(1_200))
        copy.execute(filler + rows)
        copy.execute("insert into search (search) values ('rebuild')")
        copy.execute(
            "insert into search_facets (id, facet) select id, kind || '||||' from search_docs"
            " where id not in (select id from search_facets)"
        )
        page = search(copy, SearchRequest(q='"zebra" "quetzal"'))
    (wider,) = (one for one in page.wider if one.how == "any-word")
    assert (wider.count, wider.is_more) == (1_000, True)


def test_postal_codes_that_are_words() -> None:
    def match(q: str) -> str:
        return parse_query(q, STATES).match or ""

    assert "statein" in match("jails IN")
    assert "statein" not in match("jails in Texas")
    assert "statein" not in match("JAILS IN TEXAS")  # capitals throughout say nothing
    assert "stateor" not in match("jail OR patrol")
    assert "statetx" in match("TX patrol")


def test_filters_and_facets(database: sqlite3.Connection) -> None:
    page = find(database, "sheriff")
    facets = {
        facet.field: {value.value: value.count for value in facet.values} for facet in page.facets
    }
    assert facets["state"] == {"FL": 3, "IA": 2, "NM": 1}
    narrowed = find(database, "sheriff", state="IA")
    assert {one.state for one in narrowed.hits} == {"IA"}
    chosen = [value.value for facet in narrowed.facets for value in facet.values if value.is_chosen]
    assert chosen == ["IA"]
    assert find(database, "sheriff", state="zz").hints[0].code == "unknown-value"


def test_a_memorandum_and_its_pages_are_one_result(database: sqlite3.Connection) -> None:
    page = find(database, "troopers")
    assert page.total == 1
    assert [passage.page_number for passage in page.hits[0].passages] == [1, 2]
    assert page.hits[0].kind == "document"
    by_page = find(database, "troopers", kind="page")
    assert [one.page_number for one in by_page.hits] == [1, 2]
    assert by_page.hits[0].path == "/documents/moa-fhp/pages/1/?q=troopers"
    assert "<mark>troopers</mark>" in (by_page.hits[0].snippet_html or "")


def test_text_of_a_page_is_escaped(database: sqlite3.Connection) -> None:
    (passage,) = hit(find(database, "complaints"), "moa-fhp").passages
    assert "&lt;b&gt;first&lt;/b&gt;" in passage.html


def test_sorting(database: sqlite3.Connection) -> None:
    newest = [one.dated or "" for one in find(database, "kind:agreement", sort="newest").hits]
    assert newest == sorted(newest, reverse=True)
    names = [one.title for one in find(database, "kind:agency", sort="name").hits]
    assert names[0].startswith("Doña")
    assert names[-1].startswith("St. Johns")


def test_pages_of_results(database: sqlite3.Connection) -> None:
    request = SearchRequest(kind="agency", size=2)
    pages = [search(database, replace(request, page=number)) for number in (1, 2, 3)]
    assert [len(page.hits) for page in pages] == [2, 2, 1]
    assert pages[0].pages == 3
    assert len({one.path for page in pages for one in page.hits}) == 5
    # Beyond the last page stands the last page; below the first the first; sizes are bounded.
    assert search(database, replace(request, page=99)).page == 3
    assert search(database, replace(request, page=-1)).page == 1
    assert len(search(database, replace(request, size=0)).hits) == 1


@pytest.mark.parametrize(
    ("q", "suggestion"),
    [
        ("Flordia", "florida"),
        ("sherrif iowa", "sheriff iowa"),
        ("highway patroll", "highway patrol"),
    ],
)
def test_the_nearest_spelling(database: sqlite3.Connection, q: str, suggestion: str) -> None:
    page = find(database, q)
    assert page.understood == suggestion
    assert page.total > 0
    assert find(database, suggestion).total > 0


def test_a_search_that_finds_nothing_is_made_wider(database: sqlite3.Connection) -> None:
    page = find(database, '"highway" "brien"', state="FL")
    wider = {one.how: one for one in page.wider}
    assert wider["any-word"].count > 0
    found = search(database, wider["any-word"].request)
    assert {one.state for one in found.hits} == {"FL"}
    page = find(database, "brien", state="FL")
    assert [one.how for one in page.wider] == ["without-filters"]
    assert search(database, page.wider[0].request).total > 0


@pytest.mark.parametrize(
    ("text", "q", "expected"),
    [
        ("St. John’s O’Brien", "o'brien", "St. John’s <mark>O’Brien</mark>"),
        ("Doña Ana", "dona", "<mark>Doña</mark> Ana"),
        ("the Miami-Dade jail", '"miami dade"', "the <mark>Miami-Dade</mark> jail"),
        ("section 287(g) of", "287(g)", "section <mark>287(g)</mark> of"),
        ("sheriff's sheriffs", "sheriffs", "<mark>sheriff&#x27;s</mark> <mark>sheriffs</mark>"),
        ("trained train", "train*", "<mark>trained</mark> <mark>train</mark>"),
        ("a & <b>", "b", "a &amp; &lt;<mark>b</mark>&gt;"),
        ("no such word", "-no such", "no <mark>such</mark> word"),
    ],
)  # fmt: skip
def test_marks(text: str, q: str, expected: str) -> None:
    assert mark_all(text, parse_query(q, STATES).terms) == expected


def test_a_snippet_stands_where_most_words_are() -> None:
    text = "costs " + "word " * 100 + "training and costs of officers " + "word " * 100
    snippet = cut_snippet(text, parse_query("training costs", STATES).terms)
    assert snippet is not None
    assert "<mark>training</mark> and <mark>costs</mark>" in snippet
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert len(snippet) < 400
    assert cut_snippet(text, parse_query("zebra", STATES).terms) is None


@pytest.mark.parametrize(
    "text",
    [
        "Doña Ana",
        "O’Brien_x",
        "ÀÉÎõü",
        "Łódź",
        "287(g)",
        "ﬁne",
        "İstanbul",
        "straße",
        "ΑΣ",
        "a\u0301b",
    ],
)
def test_words_are_told_apart_as_the_index_does(text: str) -> None:
    """Every word that we fold must be found by the index that holds the text."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        'create virtual table probe using fts5(body, tokenize="unicode61 remove_diacritics 2")'
    )
    connection.execute("insert into probe values (?)", [text])
    for word in words_of(text):
        found = connection.execute(
            "select count(*) from probe where probe match ?", [f'"{word}"']
        ).fetchone()
        assert found == (1,), word


def test_filters_are_written_as_the_build_writes_them() -> None:
    for field, value in (("state", "FL"), ("provenance", "official-record"), ("model", "tfm")):
        assert filter_tag(field, value) == built_tag(field, value)


def test_the_server_searches_the_same_table(database: sqlite3.Connection, tmp_path: Path) -> None:
    """As Datasette asks: rows of search_docs by the index, and a nonsense word finds none."""
    sql = (
        "select count(*) from search_docs"
        " where rowid in (select rowid from search where search match ?)"
    )
    assert database.execute(sql, ["patrol"]).fetchone()[0] > 0
    assert database.execute(sql, ["xqzvkwj"]).fetchone() == (0,)


def test_many_hits_are_ordered_without_being_ranked(
    database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where many match, titles with the words go first, and nothing that ranking finds is lost."""
    ranked = find(database, "sheriff", size=100)
    monkeypatch.setattr(ranking, "FEW", 2)
    ordered = find(database, "sheriff", size=100)
    assert not ordered.is_more
    assert {one.path for one in ordered.hits} == {one.path for one in ranked.hits}
    assert "<mark>" in ordered.hits[0].title_html
    monkeypatch.setattr(ranking, "RANKED", 4)  # one of each kind
    sampled = find(database, "sheriff", size=100)
    assert sampled.is_sampled
    assert sampled.is_more
    assert {"agency", "agreement"} <= {one.kind for one in sampled.hits}
    assert find(database, "florida", size=100).hits[0].record_id == "fl"
