"""The explainer's prose: no number typed in, no reference into nothing, no adjective of ours."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

from scripts import paths
from scripts.explainer.charts import CHARTS
from scripts.explainer.references import REFERENCE
from scripts.explainer.tables import TABLES

PAGES = sorted(paths.DOCS.rglob("*.md"))
THINGS = (
    r"(?:agreements?|agenc(?:y|ies)|officers?|deput(?:y|ies)|memorand(?:um|a)|dollars?|states?"
    r"|territor(?:y|ies)|count(?:y|ies)|sheriffs?|departments?|USD|million|billion|thousand)"
)
UNITS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
TENS = (
    "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|millions?"
)
NUMBER = rf"(?:\d[\d,.]*(?:\s*[kKmM]\b)?|\b(?:{UNITS}|\w+teen|{TENS}|half|twice|double|triple)\b)"
BARE = (
    re.compile(rf"{NUMBER}(?:[\s-]+[\w-]+){{0,3}}?[\s-]+{THINGS}\b", re.IGNORECASE),
    re.compile(rf"{THINGS}\b[^.;:\n]{{0,24}}?\b(?:is|are|was|were|of|to|by|from)\s+{NUMBER}", re.I),
    re.compile(r"[$€£]\s?\d"),
    re.compile(rf"{NUMBER}\s*(?:%|percent|per cent)", re.IGNORECASE),
)
# Numbers that name something and count nothing.
NAMES = re.compile(
    r"287\(g\)|8 U\.S\.C\. 1357\(g\)|CC0 1\.0|Python 3\.11|SHA-256|UTF-8"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)?"
    r" ?(?:19|20)\d\d\b"
)


def prose(text: str) -> str:
    """The words that a reader sees: without front matter, code, references, addresses, markup."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"`[^`]*`", " ", text)
    text = re.sub(r"\{\{.*?\}\}", " REFERENCE ", text)
    text = re.sub(r"\]\([^)]*\)", "] ", text)
    text = re.sub(r"\{[:#.][^}]*\}|<[^>]+>|[*_>#|]", " ", text)
    text = re.sub(r"^\d+\.\s", "", text, flags=re.MULTILINE)  # a list's numbers
    return NAMES.sub(" ", text)


def bare_numbers(text: str) -> list[str]:
    return sorted({found[0] for form in BARE for found in form.finditer(prose(text))})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(paths.DOCS).as_posix())
def test_no_number_about_agreements_agencies_officers_or_dollars_is_typed_in(page: Path) -> None:
    assert bare_numbers(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "There are 1,843 agreements.",
        "Some 1800 active agreements",
        "twelve agencies signed",
        "a dozen state agencies",
        "agencies in forty states",
        "The number of agreements rose to 1,843.",
        "officers were 8501 then",
        "They get $7,500 each.",
        "up 950 percent",
        "nearly 40% of them",
        "half of all agencies",
        "ninety per cent",
        "13,000 deputized officers",
        "paid 137 million dollars",
        "twice the agreements of last year",
    ],
)
def test_the_reader_of_prose_finds_bare_numbers(sentence: str) -> None:
    assert bare_numbers(sentence), sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Section 287(g) is at 8 U.S.C. 1357(g); agencies signed in 2025.",
        "There are {{ figure:agreements-active }} in {{ figure:states-active short }}.",
        "An agency may hold several agreements. Since 2012 there are three models.",
        "`make serve` answers on `8001` for agencies",
        "1. Agencies ask",
    ],
)
def test_the_reader_of_prose_leaves_names_and_years_alone(sentence: str) -> None:
    assert bare_numbers(sentence) == []


def references() -> list[tuple[str, str, str]]:
    found = []
    for page in PAGES:
        text = re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8"))
        name = page.relative_to(paths.DOCS).as_posix()
        found += [(name, m["kind"], m["name"]) for m in re.finditer(REFERENCE, text)]
    return found


def test_every_reference_names_a_record_a_picture_or_a_table() -> None:
    with (paths.RECORDS / "figures.csv").open(encoding="utf-8", newline="") as stream:
        figures = {row["id"] for row in csv.DictReader(stream)}
    known = {"figure": figures, "chart": set(CHARTS), "table": set(TABLES)}
    found = references()
    assert len(found) > 20
    assert [entry for entry in found if entry[2] not in known[entry[1]]] == []


def test_every_page_stands_in_the_navigation_and_says_what_it_is_for() -> None:
    text = paths.MKDOCS.read_text(encoding="utf-8").replace("!ENV ", "")
    nav = {name for entry in yaml.safe_load(text)["nav"] for name in entry.values()}
    assert nav == {page.relative_to(paths.DOCS).as_posix() for page in PAGES}
    for page in PAGES:
        front = yaml.safe_load(page.read_text(encoding="utf-8").split("---\n")[1])
        assert {"title", "description"} <= set(front), page


ADJECTIVES = (
    r"\b(?:shocking|alarming|illegal aliens?|criminal aliens?|historic|unprecedented|massive"
    r"|controversial|notorious|draconian|common-sense|worst of the worst|so-called|clearly"
    r"|obviously|simply|easily|just)\b"
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(paths.DOCS).as_posix())
def test_the_prose_takes_no_side(page: Path) -> None:
    text = re.sub(r"\s+", " ", prose(page.read_text(encoding="utf-8")))
    assert re.findall(ADJECTIVES, text, flags=re.IGNORECASE) == []
