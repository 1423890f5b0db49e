"""The invariants of the history and the questions for a person, as tables of the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from scripts.errors import ArchiveError, Problem
from scripts.history.invariants import CheckResult, check_subject
from scripts.history.questions import ask
from scripts.history.review import Question, make_subject
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


def failed_checks(results: Iterable[CheckResult]) -> tuple[Problem, ...]:
    """One problem for each check that fails."""
    return tuple(
        Problem(
            f"check {result.id}",
            "",
            f"{result.failed} of {result.counted} failed: {result.detail}",
            result.title,
        )
        for result in results
        if result.failed
    )


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
