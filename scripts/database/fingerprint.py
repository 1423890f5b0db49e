"""What a build depends on, as one hash: where it is the same, the database is the same."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterable
from pathlib import Path

from scripts import paths
from scripts.pictures.index import INDEX
from scripts.reading.tesseract import may_read_by_eye

SCHEMA_VERSION = "1"
# Rooms whose code decides what stands in the database: all that this room uses (a test looks).
CODE = (
    "checks",
    "comparison",
    "database",
    "excerpts",
    "facts",
    "held",
    "history",
    "identity",
    "lists",
    "pictures",
    "privacy",
    "reading",
    "records",
    "search",
    "tables",
)


def records_digest(records: Path) -> str:
    """SHA-256 over every record file (name and content), sorted by name."""
    return _digest_files(records, _files(records, ("*.csv", "*.md", "*.yml")))


def fingerprint(digest: str, held: Collection[str], queries: Path, docs: Path) -> str:
    """SHA-256 over records, held hashes, SQL, prose, code, SQLite, Tesseract, pictures."""
    scripts = paths.ROOT / "scripts"
    code = [scripts / "errors.py"]
    for room in CODE:
        code.extend(_files(scripts / room, ("*.py", "*.sql", "*.txt")))
    declared = [paths.SCHEMA, paths.VIEWS, *_files(queries, ("*.sql",)), *_files(docs, ("*.md",))]
    parts = [
        digest,
        *sorted(held),
        _digest_files(scripts, code),
        _digest_files(paths.ROOT, declared),
        sqlite3.sqlite_version,
        SCHEMA_VERSION,
        f"reads by eye: {bool(held) and may_read_by_eye()}",
        _digest_files(paths.pictures_folder(), _drawn()),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def built_fingerprint(db: Path) -> str | None:
    """The fingerprint that a built database carries; ``None`` where there is no such database."""
    if not db.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)
        try:
            row = connection.execute(
                "select value from build_info where key = 'fingerprint'"
            ).fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


def _drawn() -> list[Path]:
    index = paths.pictures_folder() / INDEX
    return [index] if index.is_file() else []


def _files(folder: Path, patterns: Iterable[str]) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted({path for pattern in patterns for path in folder.rglob(pattern)})


def _digest_files(root: Path, files: Iterable[Path]) -> str:
    """Hash of names relative to ``root`` (base name for a file elsewhere) and contents."""
    whole = hashlib.sha256()
    for path in files:
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{name}\0{content}\n".encode())
    return whole.hexdigest()
