"""Public copies of a file, and lists that are known and not held."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from scripts.web.view.page import Row, cell, rows
from scripts.web.view.words import Words


@dataclass(frozen=True)
class KnownCopy:
    """Where a copy lies, and the hash by which it is to be believed."""

    repository: str
    address: str
    is_by_name: bool  # joined to a document by the file's name, for want of a SHA-256
    git_blob: str | None


@dataclass(frozen=True)
class Known:
    """A list that exists and is not held."""

    row: Row
    copies: Sequence[KnownCopy]


def copies_of(
    connection: sqlite3.Connection, sha256: str | None, document_id: str | None = None
) -> list[KnownCopy]:
    """Public copies of a content, or of a document whose content is known to no one here."""
    sql = (
        "select * from copies where sha256 = ? or (document_id is not null and document_id = ?)"
        " order by repository, path, ref"
    )
    return [
        KnownCopy(
            row["repository"],
            copy_address(row["repository"], row["ref"], row["path"]),
            row["document_id"] is not None,
            row["git_blob"],
        )
        for row in rows(connection, sql, sha256, document_id)
    ]


def copy_address(repository: str, ref: str | None, path: str) -> str:
    """Where GitHub answers with a file's bytes."""
    return f"https://raw.githubusercontent.com/{repository}/{quote(ref or 'HEAD')}/{quote(path)}"


_NEWER = """
from known_lists where kind = :kind and stated_on >
  (select coalesce(max(stated_on), '') from publications where kind = :kind)
"""


def known_lists(connection: sqlite3.Connection) -> list[Known]:
    """Lists that are known and not held, the newest first."""
    sql = "select * from known_lists order by stated_on desc, retrieved_at desc, file_name"
    return [Known(row, copies_of(connection, row["sha256"])) for row in rows(connection, sql)]


def newer_lists(connection: sqlite3.Connection, kind: str = "participating") -> int:
    """How many lists are known that are newer than the newest one held."""
    sql = f"select count(*) {_NEWER.replace(':kind', '?')}"
    return int(cell(connection, sql, kind, kind) or 0)


def with_newer(connection: sqlite3.Connection, words: Words, sentence: str) -> str:
    """A sentence as of the newest list held, and how many newer lists are known."""
    return f"{sentence} {newer_words(words, newer_lists(connection))}".rstrip()


def newer_words(words: Words, count: int) -> str:
    """``33 newer lists are known and not held.``; nothing where there is none."""
    if not count:
        return ""
    return words.plural(
        "%(count)s newer list is known and not held.",
        "%(count)s newer lists are known and not held.",
        count,
    )
