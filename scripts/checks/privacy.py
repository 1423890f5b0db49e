"""The privacy of the finished products as checks: database, page pictures, published files."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from scripts import paths
from scripts.checks.products import (
    PrivacyResult,
    allowed_lines,
    body_streets,
    check_database,
    check_files,
    check_pictures,
)
from scripts.errors import Problem
from scripts.records.models.fixes import ContactAllowance
from scripts.records.read import Records

_REMEDY = "Mask it, or allow an office's public line in fixes/contact_allow.csv with the reason"


@dataclass(frozen=True)
class Products:
    """Finished products to be looked through.

    ``read_pictures``: how many pictures that were not read before are read, ``None`` for all.
    """

    db: Path | None
    site: Path | None = None
    read_pictures: int | None = 0


@dataclass(frozen=True)
class PrivacyOutcome:
    """One product: how much was looked at, what was found, and what was left out."""

    id: str
    title: str
    counted: int
    problems: tuple[Problem, ...]
    remark: str | None = None


def check_privacy(
    records: Records, products: Products, progress: Callable[[str], None] = lambda stage: None
) -> tuple[PrivacyOutcome, ...]:
    """Look for persons' contact details in whatever products are there."""
    allowed = allowed_lines(records.rows(ContactAllowance))
    outcomes: list[PrivacyOutcome] = []
    persons: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    if products.db is not None and products.db.is_file():
        uri = f"{products.db.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            progress("Looking for contact details in the database")
            found = check_database(connection, allowed)
            outcomes.append(_outcome("private-database", "The database names no contact", found))
            streets, persons = body_streets(connection), _pages_of_persons(connection)
            pictures: dict[str, str] = dict(
                connection.execute(
                    "select picture, coalesce(text, '') from pages where picture is not null"
                )
            )
        outcomes.append(_check_pictures(pictures, allowed, products.read_pictures, progress))
    if products.site is not None and products.site.is_dir():
        progress("Looking for contact details in the published files")
        published = check_files(
            products.site,
            allowed,
            persons=persons,
            streets=streets,
            advance=lambda done, whole: progress(
                f"Looking for contact details in the published files: {done:,} of {whole:,}"
            ),
        )
        outcomes.append(_outcome("private-site", "No published file names a contact", published))
    return tuple(outcomes)


def _check_pictures(
    pictures: dict[str, str],
    allowed: frozenset[str],
    may_read: int | None,
    progress: Callable[[str], None],
) -> PrivacyOutcome:
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        progress(f"Reading the published pictures afresh: {done:,} of {len(pictures):,}")

    seen = check_pictures(
        pictures,
        paths.pictures_folder(),
        paths.cache_folder(),
        allowed,
        may_read=may_read,
        advance=advance,
    )
    left = len(pictures) - seen.counted
    remark = f"{left:,} not read yet (--pictures reads them)" if left else None
    return _outcome("private-pictures", "No page picture shows a contact", seen, remark)


def _pages_of_persons(connection: sqlite3.Connection) -> frozenset[str]:
    """Folders of a site in which the pages of signatures and contacts stand."""
    rows = connection.execute(
        "select document_id, page_number from pages where withheld is not null"
    )
    return frozenset(f"documents/{document}/pages/{number}" for document, number in rows)


def _outcome(
    name: str, title: str, result: PrivacyResult, remark: str | None = None
) -> PrivacyOutcome:
    problems = tuple(
        Problem(place, "", "what looks like a person's contact detail", "none", _REMEDY)
        for place in result.failures
    )
    return PrivacyOutcome(name, title, result.counted, problems, remark)
