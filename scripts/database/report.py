"""What a build made, what it could not have, and as of when: in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from scripts.errors import Problem


@dataclass(frozen=True)
class BuildReport:
    """The outcome of one build; ``counts`` is rows by table, ``not_held`` what was missing."""

    db: Path
    is_unchanged: bool
    counts: tuple[tuple[str, int], ...]
    newest_participating: str | None
    newest_pending: str | None
    not_held: tuple[tuple[str, int, int], ...]  # what, how many not held, of how many
    fingerprint: str
    problems: tuple[Problem, ...] = ()  # held files that could not be read
    waiting: tuple[tuple[str, int], ...] = ()  # pages that wait for optical reading

    def text(self) -> str:
        """For a person: what stands in the database, as of which lists, and what is not held."""
        first = "Nothing changed" if self.is_unchanged else "Built"
        lines = [f"{first}: {self.db.name} ({self._made()})."]
        lines.append(
            "Newest list of participating agencies: "
            f"{self.newest_participating or 'none'}; of pending agencies: "
            f"{self.newest_pending or 'none'}."
        )
        missing = [
            f"{count:,} of {whole:,} {what}" for what, count, whole in self.not_held if count
        ]
        if missing:
            lines.append(
                f"Text not on this machine: {', '.join(missing)}. It comes with make fetch; "
                "every page, date and number is there without it."
            )
        lines.extend(f"Could not be read: {problem}" for problem in self.problems)
        if self.waiting:
            lines.append(
                f"{len(self.waiting):,} page{'s wait' if len(self.waiting) != 1 else ' waits'}"
                " to be read by Tesseract (install it, or unset "
                f"ARCHIVE_OCR=off): {name_pages(self.waiting)}."
            )
        return "\n".join(lines)

    def _made(self) -> str:
        return ", ".join(f"{count:,} {table.replace('_', ' ')}" for table, count in self.counts)


def name_pages(pages: Iterable[tuple[str, int]]) -> str:
    """Pages by document, in short: ``moa-a 1-3, 9; moa-b 2``."""
    parts: list[str] = []
    for document, group in groupby(sorted(pages), key=lambda page: page[0]):
        numbers = [number for _, number in group]
        runs: list[list[int]] = []
        for number in numbers:
            if runs and number == runs[-1][1] + 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
        named = (str(a) if a == b else f"{a}-{b}" for a, b in runs)
        parts.append(f"{document} {', '.join(named)}")
    return "; ".join(parts)


COUNTED = (
    "publications",
    "publication_rows",
    "agencies",
    "agreements",
    "events",
    "documents",
    "pages",
    "excerpts",
    "figures",
    "payments",
    "search_docs",
)


def read_report(
    connection: sqlite3.Connection,
    db: Path,
    *,
    is_unchanged: bool,
    problems: tuple[Problem, ...] = (),
) -> BuildReport:
    """The report of a built database, read from it."""
    facts = dict(connection.execute("select key, value from build_info").fetchall())
    return BuildReport(
        db=db,
        is_unchanged=is_unchanged,
        counts=tuple((table, _count(connection, table)) for table in COUNTED),
        newest_participating=facts.get("newest_participating"),
        newest_pending=facts.get("newest_pending"),
        not_held=tuple(_not_held(connection)),
        fingerprint=facts["fingerprint"],
        problems=problems,
        waiting=waiting_pages(connection),
    )


def _count(connection: sqlite3.Connection, table: str) -> int:
    sql = f'select count(*) from "{table}"'  # noqa: S608 names from COUNTED
    return int(connection.execute(sql).fetchone()[0])


def _not_held(connection: sqlite3.Connection) -> list[tuple[str, int, int]]:
    rows = connection.execute(
        """
        select 'files of lists', count(*) filter (where is_held = 0), count(*)
          from publication_files
        union all
        select 'documents', count(*) filter (where is_held = 0), count(*) from documents
        union all
        select 'pages', count(*) filter (where is_held = 0), count(*) from pages
        union all
        select 'wordings of excerpts', count(*) filter (where state <> 'resolved'), count(*)
          from excerpts
        """
    )
    return [(str(what), int(missing), int(whole)) for what, missing, whole in rows]


def waiting_pages(connection: sqlite3.Connection) -> tuple[tuple[str, int], ...]:
    """Pages that wait for optical reading, as (document, page)."""
    return tuple(
        connection.execute(
            "select document_id, page_number from pages where is_waiting = 1 order by 1, 2"
        ).fetchall()
    )
