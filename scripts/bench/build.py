"""Building the database beside `sqlite-utils insert` of the same files, and building again."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from scripts.bench.measure import Section, Setting, Spent, spent
from scripts.records.models.tables import TABLES

_COLUMNS = ("work", "gives", "seconds", "CPU seconds", "MB")


def sections(setting: Setting) -> Iterator[Section]:
    """The table of this room; none without records."""
    if any((setting.records / table.file).exists() for table in TABLES):
        yield building(setting)


def building(setting: Setting) -> Section:
    """Each as its own process, as a person runs it: start, imports and all."""
    with tempfile.TemporaryDirectory() as place:
        ours, theirs = Path(place, "archive.db"), Path(place, "plain.db")
        # A folder that holds nothing: else the default sources would be read.
        empty = Path(place, "empty")
        empty.mkdir()
        alone = partial(_build, setting.records, empty, ours)
        rows = [
            _row(
                "build from records alone",
                "lists expanded, keys and invariants checked, search index",
                spent(alone),
                ours,
            ),
            _row("build again, nothing changed", "the same file", spent(alone), ours),
            _row(
                "sqlite-utils insert --csv, one call a file",
                "the files as they are, columns as text",
                spent(partial(_insert, setting.records, theirs)),
                theirs,
            ),
        ]
    return Section("Building the database", _COLUMNS, tuple(rows))


def _row(work: str, gives: str, taken: Spent, db: Path) -> tuple[str, ...]:
    size = db.stat().st_size / 1_000_000
    return (work, gives, f"{taken.wall:.1f}", f"{taken.cpu:.1f}", f"{size:.1f}")


def _build(records: Path, sources: Path, db: Path) -> None:
    places = ["--records", str(records), "--sources", str(sources), "--db", str(db)]
    subprocess.run(
        [sys.executable, "-m", "scripts", "build", *places], check=True, capture_output=True
    )


def _insert(records: Path, db: Path) -> None:
    for table in TABLES:
        path = records / table.file
        if path.exists():
            name = table.file.removesuffix(".csv").replace("/", "_")
            command = [sys.executable, "-m", "sqlite_utils", "insert", str(db), name, str(path)]
            subprocess.run([*command, "--csv"], check=True, capture_output=True)
