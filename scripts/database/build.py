"""Records and held sources into one database file: made aside, checked, swapped in when whole."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from pathlib import Path

from scripts import paths
from scripts.database.fingerprint import (
    SCHEMA_VERSION,
    built_fingerprint,
    fingerprint,
    records_digest,
)
from scripts.database.report import BuildReport, read_report
from scripts.errors import ArchiveError
from scripts.held.store import held_paths
from scripts.leftovers import remove_leftovers, remove_leftovers_below

Progress = Callable[[str], None]


def build(
    records: Path,
    sources: Path | None,
    db: Path,
    *,
    force: bool = False,
    queries: Path = paths.FIGURE_QUERIES,
    docs: Path = paths.DOCS,
    progress: Progress = lambda stage: None,
    executor: Executor | None = None,
) -> BuildReport:
    """Build ``db`` from the record files and whatever sources are held below ``sources``.

    Where nothing changed since ``db`` was built it stays (unless ``force``). The new file is made
    beside it and swapped in with `os.replace`, so a reader keeps whole answers from the old one
    for as long as it holds it open. Same records and held files, same bytes. ``executor`` (any of
    ``concurrent.futures``) reads the memoranda elsewhere. Raises `ArchiveError` with what is wrong;
    the old file is then untouched.
    """
    if not records.is_dir():
        raise ArchiveError.single(str(records), "records", "no such folder", "a folder")
    progress("Looking for what changed")
    held = held_paths(sources) if sources is not None else {}
    digest = records_digest(records)
    mark = fingerprint(digest, held, queries, docs)
    if not force and built_fingerprint(db) == mark:
        with closing(open_database(db)) as connection:
            return read_report(connection, db, is_unchanged=True)
    remove_leftovers_below(paths.cache_folder())
    from scripts.database.fill import fill  # half a second that an unchanged build can do without

    facts = {"fingerprint": mark, "records_digest": digest, "schema_version": SCHEMA_VERSION}
    with _aside(db) as new:
        with closing(_create(new)) as connection:
            problems = fill(connection, records, held, queries, docs, progress, executor)
            _write_info(connection, facts)
            connection.execute("commit")
            progress("Packing")
            connection.execute("pragma optimize = 0x10002")
            connection.execute("vacuum")
        _flush(new)
        os.replace(new, db)
    with closing(open_database(db)) as connection:
        return read_report(connection, db, is_unchanged=False, problems=problems)


def open_database(db: Path) -> sqlite3.Connection:
    """A connection that only reads."""
    return sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)


def _create(new: Path) -> sqlite3.Connection:
    """A connection to a new file with the schema, in one transaction that is still open.

    The journal is kept in memory, for savepoints; the file itself is thrown away on failure.
    """
    connection = sqlite3.connect(new, isolation_level=None)
    for setting in ("page_size = 4096", "journal_mode = memory", "synchronous = off"):
        connection.execute(f"pragma {setting}")
    connection.executescript(
        "begin;"
        + paths.SCHEMA.read_text(encoding="utf-8")
        + paths.VIEWS.read_text(encoding="utf-8")
    )
    return connection


def _write_info(connection: sqlite3.Connection, facts: Mapping[str, str]) -> None:
    newest = connection.execute(
        "select 'newest_' || kind, id from publications where is_newest = 1"
    )
    rows = {**facts, **dict(newest.fetchall())}
    connection.executemany(
        "insert into build_info (key, value) values (?, ?)", sorted(rows.items())
    )


@contextmanager
def _aside(db: Path) -> Iterator[Path]:
    """The path for a new file beside ``db``, gone afterwards unless it was swapped in."""
    db.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(db)
    new = db.with_name(f"{db.name}.{os.getpid()}.tmp")
    new.unlink(missing_ok=True)
    try:
        yield new
    finally:
        new.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
