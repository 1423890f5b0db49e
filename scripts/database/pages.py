"""The table ``pages``: a row for every page of every document, its text masked where held."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path

from scripts import paths
from scripts.errors import Problem
from scripts.pictures.index import read_index
from scripts.privacy.page_fixes import apply_fixes
from scripts.privacy.ready import make_jobs, make_ready, text_version
from scripts.privacy.ready_pages import PageRow, ReadyFiles
from scripts.reading.tesseract import may_read_by_eye
from scripts.records.models.fixes import ContactAllowance, PageTextFix
from scripts.records.read import Records

_INSERT = """
insert or replace into pages (
  document_id, page_number, text, text_source, quality, masked, covered, is_held, is_waiting, width,
  height, paragraphs, withheld, picture, words
) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def load_pages(
    connection: sqlite3.Connection,
    records: Records,
    held: Mapping[str, Path],
    *,
    cache: Path | None = None,
    executor: Executor | None = None,
    by_eye: bool | None = None,
    pictures: Path | None = None,
    ready: ReadyFiles | None = None,
) -> tuple[Problem, ...]:
    """Fill ``pages`` for all documents in the table ``documents``, held or not.

    ``held`` gives the path of each file at hand by SHA-256 (`scripts.held.store.held_paths`).
    Text is read and masked once per SHA-256. ``by_eye`` says whether pages without good text are
    read by Tesseract (by default where it is installed); else they wait, and the report of the
    build names them.
    What cannot be read is returned as problems; the rest goes on. Raises `ArchiveError` where a
    fix of ``fixes/page_text.csv`` no longer applies. ``executor``: any of ``concurrent.futures``.
    ``ready``: the files, where `ready_files` has made them. Pictures are named where
    `scripts.pictures.making` has made them with the same masking.
    """
    documents = connection.execute("select id, sha256, pages from documents order by id").fetchall()
    if ready is None:
        ready = ready_files(
            connection, records, held, cache=cache, executor=executor, by_eye=by_eye
        )
    drawn = read_index(
        paths.pictures_folder() if pictures is None else pictures,
        text_version(records.rows(ContactAllowance)),
    )
    for document_id, sha256, count in documents:
        own = drawn.get(sha256, {})
        read = ready.rows(sha256) if sha256 in ready else ()
        _insert_pages(connection, document_id, read, count, own)
    return ready.problems


def ready_files(
    connection: sqlite3.Connection,
    records: Records,
    held: Mapping[str, Path],
    *,
    cache: Path | None = None,
    executor: Executor | None = None,
    by_eye: bool | None = None,
) -> ReadyFiles:
    """Masked and mended pages of the held files of ``documents``, by SHA-256; see `load_pages`."""
    wanted = {
        sha256: held[sha256]
        for (sha256,) in connection.execute("select distinct sha256 from documents")
        if sha256 in held
    }
    jobs = make_jobs(
        wanted,
        paths.cache_folder() if cache is None else cache,
        records.rows(ContactAllowance),
        by_eye=may_read_by_eye() if by_eye is None else by_eye,
    )
    return apply_fixes(make_ready(jobs, executor), records.rows(PageTextFix))


def _insert_pages(
    connection: sqlite3.Connection,
    document_id: str,
    read: Sequence[PageRow],
    count: int | None,
    drawn: Mapping[int, tuple[str, str]],
) -> None:
    """One document's rows: as read, or as many as its record counts."""
    rows: list[tuple[object, ...]] = [
        (document_id, number, None, None, None, 0, 0, 0, 0, None, None, None, None, None, None)
        for number in range(1, (count or 0) + 1)
    ]
    if read:
        rows = [
            (
                document_id,
                row.page_number,
                row.text,
                row.source,
                row.quality,
                row.masked,
                row.covered,
                1,
                int(row.is_waiting),
                row.width,
                row.height,
                json.dumps(row.paragraphs, separators=(",", ":")),
                row.role,
                *drawn.get(row.page_number, (None, None)),
            )
            for row in read
        ]
    connection.executemany(_INSERT, rows)
