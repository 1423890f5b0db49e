"""The invariants of the history and the questions for a person, as tables of the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from scripts.checks.judgement import judge_tables
from scripts.checks.statements import check_excerpts
from scripts.errors import ArchiveError
from scripts.history.results import CheckResult, failed_checks
from scripts.history.review import Question
from scripts.records.curated import CuratedDocument
from scripts.records.read import Records
from scripts.tables.insert import insert_rows


def load_judgement(
    connection: sqlite3.Connection, records: Records, curated: Sequence[CuratedDocument]
) -> None:
    """Fill ``checks`` and ``questions``; ``connection`` is to a database with all else in it.

    Raises `ArchiveError` with every check that fails.
    """
    judgement = judge_tables(records, curated, connection)
    results = (*judgement.results, *check_excerpts(connection))
    problems = failed_checks(results)
    if problems:
        raise ArchiveError(problems)
    _load_checks(connection, results)
    _load_questions(connection, judgement.questions)


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
