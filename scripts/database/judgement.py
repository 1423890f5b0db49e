"""The invariants of the history and the questions for a person, as tables of the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from scripts.checks.statements import check_statements
from scripts.errors import ArchiveError
from scripts.history.invariants import check_subject
from scripts.history.questions import ask
from scripts.history.results import CheckResult, failed_checks
from scripts.history.review import Question, make_subject
from scripts.records.curated import CuratedDocument
from scripts.records.read import Records
from scripts.tables.insert import insert_rows


def load_judgement(connection: sqlite3.Connection, records: Records) -> None:
    """Fill ``checks`` and ``questions``. Raises `ArchiveError` with every check that fails."""
    subject = make_subject(records)
    results = check_subject(subject)
    problems = failed_checks(results)
    if problems:
        raise ArchiveError(problems)
    _load_checks(connection, results)
    _load_questions(connection, ask(subject))


def load_statement_checks(
    connection: sqlite3.Connection, records: Records, documents: Sequence[CuratedDocument]
) -> None:
    """Write the checks on statements into table ``checks``.

    Raises `ArchiveError` with every one that fails.
    """
    results = check_statements(connection, records, documents)
    problems = failed_checks(results)
    if problems:
        raise ArchiveError(problems)
    _load_checks(connection, results)


def _load_checks(connection: sqlite3.Connection, results: Iterable[CheckResult]) -> None:
    insert_rows(
        connection,
        "checks",
        ("id", "title", "counted", "failed", "detail"),
        [
            (result.id, result.title, result.counted, result.failed, result.detail)
            for result in results
        ],
    )


def _load_questions(connection: sqlite3.Connection, questions: Iterable[Question]) -> None:
    insert_rows(
        connection,
        "questions",
        ("id", "kind", "state", "subject", "other", "publication_id", "detail"),
        [
            (number, one.kind, one.state, one.subject, one.other, one.publication_id, one.detail)
            for number, one in enumerate(questions, 1)
        ],
    )
