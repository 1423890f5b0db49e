"""Checks on what is said: every statement has a source, a place in it, and words of our own."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from scripts.excerpts.wording import LONGEST_RUN, find_borrowed
from scripts.history.results import CheckResult, make_result
from scripts.records.curated import CuratedDocument
from scripts.records.models.base import Row
from scripts.records.models.documents import ConfirmedDeviation, Document
from scripts.records.models.statements import Figure, Payment, Rate
from scripts.records.read import Records


def check_excerpts(connection: sqlite3.Connection) -> tuple[CheckResult, ...]:
    """The checks on excerpts in a database that has them.

    `check_own_words` is apart: it reads every held page.
    """
    return (_excerpts(connection), _compared(connection))


def check_sources(
    records: Records, documents: Sequence[CuratedDocument]
) -> tuple[CheckResult, ...]:
    """The checks on statements that need the records alone."""
    return (
        _sourced(Figure, "figures", records),
        _sourced(Payment, "payments", records),
        _sourced(Rate, "rates", records),
        _archived(documents),
        _deviations(records),
    )


def _sourced(table: type[Row], name: str, records: Records) -> CheckResult:
    """Provenance is required by the model; a source and a place in it are checked here."""
    rows = [row for row in records.rows(table) if getattr(row, "query", None) is None]
    missing = [
        f"{table.file}, {getattr(row, 'id', '')}: no {column}"
        for row in rows
        for column in ("source_id", "locator")
        if getattr(row, column) is None
    ]
    return make_result(
        f"{name}-sourced",
        f"Every reported one of the {name} names its source and the place in it, or why not",
        len(rows),
        missing,
    )


def _excerpts(connection: sqlite3.Connection) -> CheckResult:
    rows = connection.execute(
        "select excerpts.id, excerpts.state, min(pages.is_held), max(length(pages.text)) "
        "from excerpts left join pages on pages.document_id = excerpts.document_id"
        " and pages.page_number between excerpts.page_number"
        "   and coalesce(excerpts.to_page_number, excerpts.page_number) "
        "group by excerpts.id order by excerpts.id"
    ).fetchall()
    failures = [
        f"{name}: not found on a page that is held"
        for name, state, is_held, length in rows
        if state != "resolved" and is_held and length
    ]
    return make_result(
        "excerpts-located",
        "Every excerpt is found on its page, or its source is not held",
        len(rows),
        failures,
    )


def _compared(connection: sqlite3.Connection) -> CheckResult:
    rows = connection.execute("select id, wording_sha256, checked_on from excerpts").fetchall()
    failures = [f"{name}: a date without a hash" for name, sha, day in rows if day and not sha]
    return make_result(
        "excerpts-compared",
        "A wording is marked as compared with its picture only with its hash beside it",
        len(rows),
        failures,
    )


def _archived(documents: Sequence[CuratedDocument]) -> CheckResult:
    with_address = [document for document in documents if document.front.address is not None]
    failures = [
        f"{document.file}: no archived copy and no reason"
        for document in with_address
        if document.front.archived is None and document.front.no_archive is None
    ]
    return make_result(
        "addresses-archived",
        "Every address of a curated source has an archived copy, or the record says why not",
        len(with_address),
        failures,
    )


def _deviations(records: Records) -> CheckResult:
    """Identifiers stand once in the file (its key); here that they lead to their memorandum."""
    pages = {row.id: row.pages for row in records.rows(Document)}
    rows = records.rows(ConfirmedDeviation)
    failures = [
        *(f"{r.id}: no document {r.document_id}" for r in rows if r.document_id not in pages),
        *(
            f"{r.id}: not named after {r.document_id}"
            for r in rows
            if r.id.rpartition("-d")[0] != r.document_id
        ),
        *(
            f"{r.id}: {r.document_id} has no page {r.page_number}"
            for r in rows
            if not 0 < r.page_number <= (pages.get(r.document_id) or r.page_number)
        ),
    ]
    title = "Every confirmed deviation is named after a memorandum and lies on a page of it"
    return make_result("deviations-placed", title, len(rows), failures)


def check_own_words(
    connection: sqlite3.Connection, records: Records, documents: Sequence[CuratedDocument]
) -> CheckResult:
    """No sentence of a held source stands in the records (see `scripts.excerpts.wording`)."""
    counted, borrowed = find_borrowed(connection, records, documents)
    failures = [
        f"{found.place}: “{found.words}” stands in {found.document}, page {found.page}"
        for found in borrowed
    ]
    return make_result(
        "own-words",
        f"No run of more than {LONGEST_RUN} words of a held source stands in the records",
        counted,
        failures,
    )
