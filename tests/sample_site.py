"""A small built database with figures in it, for tests of what stands on the database."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from scripts import paths
from scripts.database.build import build
from tests.sample_records import write_sample

# identifier, label, value, qualifier, unit, as of, provenance: invented for tests
FIGURES = (
    ("active", "Active agreements", "3", None, "agreements", "2025-03-03", "computed"),
    ("many", "Officers", "8501", "at-least", "officers", "2025-09", "official-statement"),
    ("money", "Money <set aside>", "75000000000", "about", "USD", None, "press-report"),
    ("rate", "Award", "750", None, "USD per officer", "2025", "official-statement"),
    ("one", "One of them", "1", None, "states", "2025-03-03", "computed"),
    ("rule", "A rule and no number", None, None, None, None, "leaked-as-reported"),
)


def build_sample(folder: Path) -> Path:
    """Build the invented records below ``folder``, put the figures in, and give the database."""
    db = folder / "archive.db"
    build(write_sample(folder / "records"), None, db)
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.executemany(
            "insert into figures (id, label, value, qualifier, unit, as_of, provenance)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            FIGURES,
        )
        connection.execute(
            "insert into checks (id, title, counted, failed) values"
            " ('windows', 'No window ends before it begins', 1234, 0)"
        )
    return db


def write_site_records(folder: Path) -> Path:
    """The invented lists with the real figures, and the real sources that these cite.

    Small, and enough for the real explainer, whose prose names figures.
    """
    write_sample(folder)
    for name in ("figures.csv", "topics.csv"):
        shutil.copyfile(paths.RECORDS / name, folder / name)
    agencies = (folder / "agencies.csv").read_text(encoding="utf-8")
    text = (folder / "figures.csv").read_text(encoding="utf-8")
    for agency in set(re.findall(r"\b[a-z]{2}-[a-z-]+(?:patrol|office|department)\b", text)):
        if f"{agency}," not in agencies:  # a body that the invented lists have not
            text = text.replace(agency, "")
    (folder / "figures.csv").write_text(text, encoding="utf-8")
    (folder / "documents").mkdir(exist_ok=True)
    for source in sorted((paths.RECORDS / "documents").glob("*.md")):
        if f",{source.stem}," in text:
            shutil.copyfile(source, folder / "documents" / source.name)
    return folder
