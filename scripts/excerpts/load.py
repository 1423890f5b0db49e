"""Excerpts into the database: each found anew on its held page, and refused where it changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from scripts.errors import ArchiveError, Problem
from scripts.excerpts.anchoring import Fault, PageText, Passage, find_passage
from scripts.excerpts.annotation import annotation_html
from scripts.records.curated import CuratedDocument, Excerpt

_INSERT = """
insert into excerpts (
  id, document_id, position, title, page_number, to_page_number, first_words, last_words,
  wording, wording_sha256, checked_on, prefix, suffix, start_offset, end_offset, boxes, state,
  provenance
) values (
  :id, :document_id, :position, :title, :page_number, :to_page_number, :first_words, :last_words,
  :wording, :wording_sha256, :checked_on, :prefix, :suffix, :start_offset, :end_offset, null,
  :state, :provenance
)
"""

Value = str | int | None


def load_excerpts(connection: sqlite3.Connection, documents: Sequence[CuratedDocument]) -> None:
    """Fill ``excerpts``, ``annotations`` and ``excerpt_topics`` from the curated documents.

    Where the text of an excerpt's pages is had, its wording is taken from there; the hash in the
    record must be that wording's. Where it is not had, the state is ``source-not-held`` and wording
    and offsets stay empty. ``checked_on`` is empty for a wording that nobody has compared with the
    page picture. Raises `ArchiveError` with every locator that does not hold and every wording
    that changed, each with file and line.
    """
    problems: list[Problem] = []
    topics = {str(row[0]) for row in connection.execute("select id from topics")}
    for document in documents:
        for position, excerpt in enumerate(document.excerpts, 1):
            passage, faults = resolve_excerpt(connection, document.id, excerpt)
            place = f"{document.file}:{excerpt.line}"
            problems.extend(
                Problem(place, fault.key, fault.seen, fault.expected, fault.remedy)
                for fault in (*faults, *_unknown_topics(excerpt, topics))
            )
            if not faults:
                _insert(connection, document, excerpt, position, passage)
    if problems:
        raise ArchiveError(problems)


def resolve_excerpt(
    connection: sqlite3.Connection, document: str, excerpt: Excerpt
) -> tuple[Passage | None, tuple[Fault, ...]]:
    """The excerpt's passage on the pages of the build, and what is wrong with it.

    No passage and no fault: the text of its pages is not at hand.
    """
    numbers = [excerpt.locator.page, excerpt.locator.to_page or excerpt.locator.page]
    rows = connection.execute(
        "select page_number, text from pages where document_id = ? and page_number between ? and ?"
        " order by page_number",
        [document, *numbers],
    ).fetchall()
    fault = _missing_page(connection, document, numbers, [row[0] for row in rows])
    if fault is not None:
        return None, (fault,)
    if not rows or any(not text for _, text in rows):
        return None, ()
    found = find_passage([PageText(number, text) for number, text in rows], excerpt.locator)
    if not isinstance(found, Passage):
        return None, found
    return found, _changed(excerpt, found)


def _missing_page(
    connection: sqlite3.Connection, document: str, wanted: Sequence[int], had: Sequence[int]
) -> Fault | None:
    """A page that the document does not have, where the number of its pages is known."""
    row = connection.execute("select pages from documents where id = ?", [document]).fetchone()
    pages = None if row is None else row[0]
    for key, number in zip(("page", "to-page"), wanted, strict=True):
        if pages is not None and number not in had:
            return Fault(key, str(number), f"a page from 1 to {pages}")
    return None


def _changed(excerpt: Excerpt, passage: Passage) -> tuple[Fault, ...]:
    if excerpt.sha256 == passage.sha256:
        return ()
    seen = "no hash" if excerpt.sha256 is None else f"{excerpt.sha256[:12]}…, of another wording"
    return (
        Fault(
            "sha256",
            seen,
            passage.sha256,
            f"The page now reads: “{passage.wording}”. Compare it with the page picture "
            f"(`python -m scripts excerpt --check {excerpt.id}`)",
        ),
    )


def _unknown_topics(excerpt: Excerpt, topics: set[str]) -> tuple[Fault, ...]:
    return tuple(
        Fault("topics", repr(topic), "an id of topics.csv")
        for topic in excerpt.topics
        if topic not in topics
    )


def _insert(
    connection: sqlite3.Connection,
    document: CuratedDocument,
    excerpt: Excerpt,
    position: int,
    passage: Passage | None,
) -> None:
    locator, checked = excerpt.locator, excerpt.checked_on
    values: dict[str, Value] = {
        "id": excerpt.id,
        "document_id": document.id,
        "position": position,
        "title": excerpt.title,
        "page_number": locator.page,
        "to_page_number": locator.to_page,
        "first_words": locator.first_words,
        "last_words": locator.last_words,
        "wording": passage.wording if passage else None,
        "wording_sha256": excerpt.sha256,
        "checked_on": checked.isoformat() if checked else None,
        "prefix": passage.prefix if passage else None,
        "suffix": passage.suffix if passage else None,
        "start_offset": passage.start if passage else None,
        "end_offset": passage.end if passage else None,
        "state": "resolved" if passage else "source-not-held",
        "provenance": document.front.provenance,
    }
    connection.execute(_INSERT, values)
    connection.execute(
        "insert into annotations (excerpt_id, body_markdown, body_html) values (?, ?, ?)",
        [excerpt.id, excerpt.annotation, annotation_html(excerpt.annotation)],
    )
    connection.executemany(
        "insert or ignore into excerpt_topics (excerpt_id, topic_id) values (?, ?)",
        [(excerpt.id, topic) for topic in sorted(excerpt.topics)],
    )
