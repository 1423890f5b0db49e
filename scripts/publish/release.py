"""What a release must not lose: the text of a document that was published with it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from scripts.errors import ArchiveError, Problem

# A record that has a hash and says how its text is had was read once, and shown.
MISSING = """
select id, file_name, sha256, address
from documents
where is_held = 0 and sha256 is not null and coalesce(text_from, 'none') != 'none'
order by id
"""


def require_held_texts(db: Path) -> None:
    """Raise `ArchiveError` naming each document whose text is recorded and not at hand."""
    with closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        missing = connection.execute(MISSING).fetchall()
    if missing:
        raise ArchiveError(
            Problem(
                f"documents.csv: {id}",
                "sha256",
                f"{sha256[:12]}… not held ({file_name or address or 'no file name'})",
                "the file at hand, as its text was published",
                "Bring it back: python -m scripts fetch --from-records",
            )
            for id, file_name, sha256, address in missing
        )
