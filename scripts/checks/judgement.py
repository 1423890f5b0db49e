"""What must be true of records: one list, which `check`, `build` and `harvest` all go through."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from scripts import paths
from scripts.checks.addresses import (
    earlier_addresses,
    earlier_pages,
    lost_addresses,
    lost_pages,
    missing_addresses,
    record_addresses,
)
from scripts.checks.statements import check_sources
from scripts.errors import Problem
from scripts.history.invariants import check_subject
from scripts.history.questions import ask
from scripts.history.registers import ask_register
from scripts.history.results import CheckResult, failed_checks, result_of
from scripts.history.review import Question, make_subject
from scripts.records.curated import CuratedDocument
from scripts.records.read import Records
from scripts.tables.curated import load_curated
from scripts.tables.load import load_records
from scripts.tables.references import count_references, find_broken_references


@dataclass(frozen=True)
class Judgement:
    """Every check's result, and the questions that the rules leave to a person."""

    results: tuple[CheckResult, ...]
    questions: tuple[Question, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong, over all checks."""
        return failed_checks(self.results)


def judge_records(records: Records, curated: Sequence[CuratedDocument]) -> Judgement:
    """All checks that need the records alone.

    Raises `ArchiveError` where the records cannot be made into tables at all.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
        connection.execute("begin")
        load_records(connection, records, ())
        load_curated(connection, curated)
        return judge_tables(records, curated, connection)


def judge_tables(
    records: Records, curated: Sequence[CuratedDocument], connection: sqlite3.Connection
) -> Judgement:
    """The same where the records stand in a database already."""
    references = _check_references(records, connection)
    if references.failed:  # the other checks follow identifiers
        return Judgement((references,), ())
    subject = make_subject(records)
    results = (
        references,
        *check_subject(subject),
        *check_sources(records, curated),
    )
    return Judgement(results, (*ask(subject), *ask_register(records)))


def judge_addresses(
    records: Records, curated: Sequence[CuratedDocument]
) -> tuple[CheckResult, ...]:
    """Every record has its address, and nothing that had one in an earlier commit has lost it.

    `build` leaves this out: a copy without its history builds as well, and so does a record that an
    editor is just writing.
    """
    addresses = record_addresses(records, curated)
    earlier = earlier_addresses(records)
    pages = earlier_pages(records)
    return (
        result_of(
            "addresses-recorded",
            "Every record's address stands in permalinks.csv as current",
            len(addresses),
            missing_addresses(records, addresses),
        ),
        result_of(
            "addresses-kept",
            "No address since the first release is gone, and every current one is a record's",
            len(earlier.paths),
            (*earlier.problems, *lost_addresses(records, addresses, earlier.paths)),
            earlier.remark,
        ),
        result_of(
            "pages-kept",
            "No document has fewer pages than it ever had since the first release",
            len(pages),
            lost_pages(records, pages),
        ),
    )


def _check_references(records: Records, connection: sqlite3.Connection) -> CheckResult:
    return result_of(
        "references",
        "Every identifier in a record names a record",
        count_references(connection),
        find_broken_references(connection, records.folder),
    )
