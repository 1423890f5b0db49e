"""All checks of the records: form, references, invariants, addresses; with counts and problems."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from scripts import paths
from scripts.checks.addresses import (
    add_addresses,
    earlier_addresses,
    earlier_pages,
    lost_addresses,
    lost_pages,
    missing_addresses,
    record_addresses,
)
from scripts.checks.privacy import Products, check_privacy
from scripts.checks.statements import check_own_words, check_sources
from scripts.errors import ArchiveError, Problem
from scripts.history.invariants import check_subject
from scripts.history.questions import ask
from scripts.history.results import CheckResult, failed_checks
from scripts.history.review import Question, make_subject
from scripts.records.curated import CuratedDocument
from scripts.records.markdown import FOLDER, format_document, read_documents
from scripts.records.models.tables import TABLES
from scripts.records.read import Records, read_records
from scripts.records.write import format_table, write_table
from scripts.tables.curated import load_curated
from scripts.tables.load import load_records
from scripts.tables.references import find_broken_references


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
    subject = make_subject(records)
    results = (
        *check_subject(subject),
        *check_sources(records, curated),
        *_check_wording(records, curated, db),
    )
    return CheckReport(
        (
            _check_form(folder),
            _check_references(records, curated),
            *_invariants(results),
            *_check_addresses(records, curated),
            *_check_privacy(records, Products(db, site, read_pictures), progress),
        ),
        ask(subject),
    )


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


def _check_references(records: Records, curated: tuple[CuratedDocument, ...]) -> Outcome:
    """Load all records into a database in memory and look for keys that lead nowhere."""
    title = "Every identifier in a record names a record"
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
        connection.execute("begin")
        try:
            load_records(connection, records, ())
            load_curated(connection, curated)
        except ArchiveError as error:
            return _outcome("references", title, 0, error.problems)
        problems = find_broken_references(connection, records.folder)
        return _outcome("references", title, _count_references(connection), problems)


def _count_references(connection: sqlite3.Connection) -> int:
    """How many values were looked up."""
    keys = connection.execute(
        """
        select tables.name, keys."from" from sqlite_schema as tables
        join pragma_foreign_key_list(tables.name) as keys where tables.type = 'table'
        """
    ).fetchall()
    return sum(
        connection.execute(f'select count("{column}") from "{table}"').fetchone()[0]  # noqa: S608
        for table, column in keys
    )


def _invariants(results: Iterable[CheckResult]) -> Iterable[Outcome]:
    for result in results:
        yield Outcome(
            result.id,
            result.title,
            result.counted,
            failed_checks([result]),
            result.failed,
            result.detail if not result.failed else None,
        )


def _check_addresses(records: Records, curated: tuple[CuratedDocument, ...]) -> Iterable[Outcome]:
    addresses = record_addresses(records, curated)
    yield _outcome(
        "addresses-recorded",
        "Every record's address stands in permalinks.csv as current",
        len(addresses),
        missing_addresses(records, addresses),
    )
    earlier = earlier_addresses(records)
    yield _outcome(
        "addresses-kept",
        "No address since the first release is gone, and every current one is a record's",
        len(earlier.paths),
        (*earlier.problems, *lost_addresses(records, addresses, earlier.paths)),
        earlier.remark,
    )
    pages = earlier_pages(records)
    yield _outcome(
        "pages-kept",
        "No document has fewer pages than it ever had since the first release",
        len(pages),
        lost_pages(records, pages),
    )
