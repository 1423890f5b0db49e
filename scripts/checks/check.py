"""All checks of the records: form, references, invariants, addresses; with counts and problems."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from scripts.checks.addresses import add_addresses, record_addresses
from scripts.checks.judgement import judge_addresses, judge_records
from scripts.checks.privacy import Products, check_privacy
from scripts.checks.statements import check_own_words
from scripts.errors import ArchiveError, Problem
from scripts.history.results import CheckResult, failed_checks
from scripts.history.review import Question
from scripts.records.curated import CuratedDocument
from scripts.records.markdown import FOLDER, format_document, read_documents
from scripts.records.models.tables import TABLES
from scripts.records.read import Records, read_records
from scripts.records.swap import writing
from scripts.records.write import format_table, write_table


@dataclass(frozen=True)
class Outcome:
    """One check: what must be true, how many things were looked at, and what is wrong."""

    id: str
    title: str
    counted: int
    problems: tuple[Problem, ...]
    failed: int
    remark: str | None = None


@dataclass(frozen=True)
class CheckReport:
    """All checks of a folder of records, and the questions for a person."""

    outcomes: tuple[Outcome, ...]
    questions: tuple[Question, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems of all checks."""
        return tuple(problem for outcome in self.outcomes for problem in outcome.problems)


def check_records(
    folder: Path,
    db: Path | None = None,
    *,
    site: Path | None = None,
    read_pictures: int | None = 0,
    progress: Callable[[str], None] = lambda stage: None,
) -> CheckReport:
    """Run every check. Raises `ArchiveError` where the files cannot be read at all.

    With a built ``db`` the records' own words are compared with the pages that it holds, and the
    database, the page pictures and the files of ``site`` are looked through for persons' contact
    details; ``read_pictures`` says how many that were not read before are read, ``None`` all of
    them, which takes a while.
    """
    if not folder.is_dir():
        raise ArchiveError.single(str(folder), "records", "no such folder", "a folder")
    records, curated = read_records(folder), read_documents(folder)
    judgement = judge_records(records, curated)
    results = (
        *judgement.results,
        *_check_wording(records, curated, db),
        *judge_addresses(records, curated),
    )
    return CheckReport(
        (
            _check_form(folder),
            *map(_told, results),
            *_check_privacy(records, Products(db, site, read_pictures), progress),
        ),
        judgement.questions,
    )


def _told(result: CheckResult) -> Outcome:
    remark = None if result.failed else result.detail
    problems = failed_checks([result])
    return Outcome(result.id, result.title, result.counted, problems, result.failed, remark)


def _check_privacy(
    records: Records, products: Products, progress: Callable[[str], None]
) -> tuple[Outcome, ...]:
    return tuple(
        _outcome(found.id, found.title, found.counted, found.problems, found.remark)
        for found in check_privacy(records, products, progress)
    )


def _check_wording(
    records: Records, curated: tuple[CuratedDocument, ...], db: Path | None
) -> tuple[CheckResult, ...]:
    if db is None or not db.is_file():
        return ()
    with closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        return (check_own_words(connection, records, curated),)


def rewrite_records(folder: Path) -> tuple[str, ...]:
    """Write every record file in canonical form and add missing addresses; gives what changed."""
    with writing(folder):
        return _rewrite(folder)


def _rewrite(folder: Path) -> tuple[str, ...]:
    records, curated = read_records(folder), read_documents(folder)
    changed: list[str] = []
    for table in TABLES:
        path = folder / table.file
        if path.exists() and _text(path) != format_table(table, records.tables[table]):
            write_table(folder, table, records.tables[table])
            changed.append(table.file)
    for document in curated:
        path = folder / FOLDER / f"{document.id}.md"
        text = format_document(document)
        if _text(path) != text:
            path.write_text(text, encoding="utf-8", newline="")
            changed.append(document.file)
    added = add_addresses(records, record_addresses(records, curated))
    if added:
        changed.append(f"permalinks.csv: {added} new addresses")
    return tuple(changed)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _outcome(
    name: str, title: str, counted: int, problems: Iterable[Problem], remark: str | None = None
) -> Outcome:
    found = tuple(problems)
    return Outcome(name, title, counted, found, len(found), remark)


def _check_form(folder: Path) -> Outcome:
    problems: list[Problem] = []
    for read in (read_records, read_documents):
        try:
            read(folder, canonical=True)
        except ArchiveError as error:
            problems.extend(error.problems)
    files = [folder / table.file for table in TABLES if (folder / table.file).exists()]
    counted = len(files) + len(list((folder / FOLDER).glob("*.md")))
    return _outcome("canonical-form", "Every record file is in canonical form", counted, problems)
