"""Curated documents into the database: a row of their own, or more about a memorandum's row."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from scripts.errors import ArchiveError, Problem
from scripts.records.curated import CuratedDocument

_INSERT = """
insert into documents (
  id, kind, title, publisher, published_on, address, archived_address, sha256, pages,
  provenance, reported_via, access, retrieved_on, summary, note, is_held, is_curated
) values (
  :id, :kind, :title, :publisher, :published, :address, :archived, :sha256, :pages,
  :provenance, :reported_via, :access, :retrieved, :summary, :note, 0, 1
)
"""
_UPDATE = """
update documents set
  published_on = coalesce(:published, published_on),
  archived_address = coalesce(archived_address, :archived),
  retrieved_on = coalesce(:retrieved, retrieved_on),
  summary = :summary, note = coalesce(:note, note), is_curated = 1
where id = :id
"""
_SHARED = ("kind", "address", "sha256", "pages", "provenance")
"""Columns that a memorandum's record may repeat, and must then repeat as documents.csv has them."""


def load_curated(connection: sqlite3.Connection, documents: Sequence[CuratedDocument]) -> None:
    """Write ``documents/*.md`` into table ``documents``, which already holds documents.csv.

    A document that documents.csv has too must agree with it on kind, address, hash and pages, and
    keeps its title there. Raises `ArchiveError` with every disagreement.
    """
    problems: list[Problem] = []
    for document in documents:
        known = _known(connection, document.id)
        if known is None and document.front.kind in ("memorandum", "addendum"):
            problems.append(
                Problem(
                    f"{document.file}:1",
                    "file name",
                    repr(document.id),
                    "an id of documents.csv, as every memorandum has",
                )
            )
        elif known is not None:
            problems.extend(_disagreements(document, known))
            connection.execute(_UPDATE, _values(document))
        else:
            connection.execute(_INSERT, _values(document))
    if problems:
        raise ArchiveError(problems)


def _known(connection: sqlite3.Connection, identifier: str) -> dict[str, str | int | None] | None:
    cursor = connection.execute(
        "select kind, address, sha256, pages, provenance from documents where id = ?", [identifier]
    )
    row = cursor.fetchone()
    return None if row is None else dict(zip(_SHARED, row, strict=True))


def _disagreements(document: CuratedDocument, known: dict[str, str | int | None]) -> list[Problem]:
    front = document.front.model_dump()
    return [
        Problem(
            f"{document.file}:1",
            column,
            repr(front[column]),
            f"{known[column]!r}, as documents.csv has it",
            "Read the new file and check its excerpts anew" if column == "sha256" else "",
        )
        for column in _SHARED
        if front[column] is not None and str(front[column]) != str(known[column])
    ]


def _values(document: CuratedDocument) -> dict[str, str | int | None]:
    front = document.front.model_dump()
    pages = front["pages"]
    return {
        **front,
        "id": document.id,
        "pages": None if pages is None else int(pages),
        "summary": document.summary,
    }
