"""What earlier commits published: every address, and every document's number of pages.

Read from git, from the first release on; the working tree alone cannot tell what it once held.
"""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.records.models import Document, Permalink, Release

_DOCUMENT_ID = list(Document.model_fields).index("id")
_DOCUMENT_PAGES = list(Document.model_fields).index("pages")


@dataclass(frozen=True)
class Earlier:
    """What was published in earlier commits.

    ``since`` is the commit of the first release; ``None`` where nothing is released yet.
    ``gap`` says why the commits cannot be told in full (no git, a shallow clone).
    """

    since: str | None
    addresses: frozenset[str]
    pages: dict[str, int]
    gap: str | None = None


def read_earlier(folder: Path) -> Earlier:
    """What the commits up to HEAD published of the records in ``folder``."""
    try:
        shallow = _git(folder, "rev-parse", "--is-shallow-repository").strip()
    except (OSError, subprocess.CalledProcessError):
        return Earlier(None, frozenset(), {}, "the records are in no git repository")
    since = _first_release(folder)
    gap = "the clone is shallow: fetch the whole history" if shallow == "true" else None
    if since is None:
        return Earlier(None, frozenset(), {}, gap)
    addresses = frozenset(
        row[0] for row in _rows_ever(folder, since, Permalink.file) if row[0].startswith("/")
    )
    pages: dict[str, int] = {}
    for row in _rows_ever(folder, since, Document.file):
        if len(row) > _DOCUMENT_PAGES and row[_DOCUMENT_PAGES].isdigit():
            identifier = row[_DOCUMENT_ID]
            pages[identifier] = max(pages.get(identifier, 0), int(row[_DOCUMENT_PAGES]))
    return Earlier(since, addresses, pages, gap)


def _first_release(folder: Path) -> str | None:
    """The first commit on the way to HEAD whose ``releases.csv`` has a row."""
    log = ("log", "--first-parent", "--reverse", "--format=%H", "--", Release.file)
    for commit in _git(folder, *log).split():
        if len(_git(folder, "show", f"{commit}:./{Release.file}").splitlines()) > 1:
            return commit
    return None


def _rows_ever(folder: Path, since: str, file: str) -> Iterator[list[str]]:
    """Every row that a file has had since a commit, that one included."""
    try:
        first = _git(folder, "show", f"{since}:./{file}").splitlines()
    except subprocess.CalledProcessError:
        first = []
    yield from _parse(first[1:])
    log = ("log", "--first-parent", "-m", "-p", "--unified=0", "--no-color", "--format=")
    changes = _git(folder, *log, f"{since}..HEAD", "--", file).splitlines()
    yield from _parse(
        line[1:] for line in changes if line.startswith("+") and not line.startswith("+++ ")
    )


def _parse(lines: Iterable[str]) -> Iterator[list[str]]:
    yield from (row for row in csv.reader(lines) if row)


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
