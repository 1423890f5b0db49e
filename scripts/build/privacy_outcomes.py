"""The privacy of the finished products as checks: database, page pictures, published files."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from scripts import paths
from scripts.build.privacy import (
    PrivacyResult,
    allowed_lines,
    check_database,
    check_files,
    check_pictures,
)
from scripts.errors import Problem
from scripts.records.models import ContactAllowance
from scripts.records.read import Records

_REMEDY = "Mask it, or allow an office's public line in fixes/contact_allow.csv with the reason"


@dataclass(frozen=True)
class Products:
    """Finished products to be looked through; ``read_pictures`` reads those not yet read."""

    db: Path | None
    site: Path | None = None
    read_pictures: bool = False


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
    if products.db is not None and products.db.is_file():
        uri = f"{products.db.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            progress("Looking for contact details in the database")
            found = check_database(connection, allowed)
            outcomes.append(_outcome("private-database", "The database names no contact", found))
            names = sorted(
                name
                for (name,) in connection.execute(
                    "select distinct picture from pages where picture is not null"
                )
            )
        progress("Reading the published pictures afresh")
        seen = check_pictures(
            names,
            paths.pictures_folder(),
            paths.cache_folder(),
            allowed,
            may_read=products.read_pictures,
        )
        left = len(names) - seen.counted
        remark = f"{left:,} not read yet (--pictures reads them)" if left else None
        outcomes.append(
            _outcome("private-pictures", "No page picture shows a contact", seen, remark)
        )
    if products.site is not None and products.site.is_dir():
        progress("Looking for contact details in the published files")
        published = check_files(products.site, allowed)
        outcomes.append(_outcome("private-site", "No published file names a contact", published))
    return tuple(outcomes)


def _outcome(
    name: str, title: str, result: PrivacyResult, remark: str | None = None
) -> PrivacyOutcome:
    problems = tuple(
        Problem(place, "", "what looks like a person's contact detail", "none", _REMEDY)
        for place in result.failures
    )
    return PrivacyOutcome(name, title, result.counted, problems, remark)
