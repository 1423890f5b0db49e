"""Whether the records' own words are our own: no run of more than eight words of a held source.

Facts, figures and locators may be taken from a source; its sentences may not. Words are compared
without case, punctuation and hyphens; names of laws, programs and agencies stand in
``fixes/common_phrases.csv``. Locators' ``from``, ``to``, ``page-end`` and ``page-start`` are
excepted, and so are titles of documents.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scripts.records.curated import CuratedDocument
from scripts.records.models.base import Row
from scripts.records.models.documents import ConfirmedDeviation
from scripts.records.models.fixes import CommonPhrase
from scripts.records.models.statements import Correction, Figure, Payment, Rate, Topic
from scripts.records.read import Records

LONGEST_RUN = 8
"""Consecutive words of a source that may stand in a record by chance."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_INNER_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad‐‑](?:\n)?(?=[^\W\d_])")
_OWN_COLUMNS: dict[type[Row], tuple[str, ...]] = {
    Figure: ("label", "locator", "note"),
    Payment: ("payee", "category", "locator", "note"),
    Rate: ("label", "condition", "locator", "note"),
    Topic: ("title", "summary"),
    Correction: ("was", "now"),
    ConfirmedDeviation: ("summary",),
}

Run = tuple[str, ...]


@dataclass(frozen=True)
class OwnText:
    """One text of ours and where it stands: ``documents/x.md, moa-x-e01``."""

    place: str
    text: str


@dataclass(frozen=True)
class Borrowed:
    """A run of words that stands in a record and on a page."""

    place: str
    words: str
    document: str
    page: int


def own_texts(records: Records, documents: Sequence[CuratedDocument]) -> Iterator[OwnText]:
    """Every text of the records that must be in our own words."""
    for document in documents:
        yield OwnText(f"{document.file}, summary", document.summary)
        for excerpt in document.excerpts:
            place = f"{document.file}:{excerpt.line}"
            yield OwnText(place, excerpt.title)
            yield OwnText(place, excerpt.annotation)
    for table, columns in _OWN_COLUMNS.items():
        for row in records.rows(table):
            for column in columns:
                text = getattr(row, column)
                if text is not None:
                    key = " ".join(str(getattr(row, name)) for name in table.key)
                    yield OwnText(f"{table.file}, {key}, {column}", text)


def find_borrowed(
    connection: sqlite3.Connection, records: Records, documents: Sequence[CuratedDocument]
) -> tuple[int, tuple[Borrowed, ...]]:
    """How many texts were looked at, and the first run of each that stands on a held page."""
    common = [words_of(row.phrase) for row in records.rows(CommonPhrase)]
    texts = list(own_texts(records, documents))
    places: dict[Run, str] = {}
    for text in texts:
        for run in _runs(text.text, common):
            places.setdefault(run, text.place)
    found: dict[str, Borrowed] = {}
    pages = connection.execute(
        "select document_id, page_number, text from pages where text is not null"
        " order by document_id, page_number"
    )
    for document, page, text in pages:
        for run in _shingles(words_of(text)):
            place = places.get(run)
            if place is not None and place not in found:
                found[place] = Borrowed(place, " ".join(run), document, page)
    return len(texts), tuple(found.values())


def words_of(text: str) -> list[str]:
    """The words of a text in the form in which they are compared."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'")
    return _WORD.findall(_INNER_HYPHEN.sub("", plain).casefold())


def _runs(text: str, common: Iterable[Sequence[str]]) -> Iterator[Run]:
    """Runs of one word more than may be, outside common phrases."""
    words = words_of(text)
    barred = [False] * len(words)
    for phrase in common:
        for i in range(len(words) - len(phrase) + 1):
            if words[i : i + len(phrase)] == list(phrase):
                barred[i : i + len(phrase)] = [True] * len(phrase)
    start = 0
    for i in range(len(words) + 1):
        if i == len(words) or barred[i]:
            yield from _shingles(words[start:i])
            start = i + 1


def _shingles(words: Sequence[str]) -> Iterator[Run]:
    return zip(*(words[i:] for i in range(LONGEST_RUN + 1)), strict=False)
