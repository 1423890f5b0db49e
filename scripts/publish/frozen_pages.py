"""Writes every record page and its other forms, in several processes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from rich.progress import Progress

from scripts.errors import ArchiveError, Problem
from scripts.web.render import all_paths, render_forms
from scripts.web.view.addresses import base_path
from scripts.workers import make_pool

BATCH = 100
# Datasette's own pages need a server: links to them lead to the page that says so.
SERVER_LINK = rb'(\shref="(?:(?:\.\./)+|\./|%s)?)archive(?=[/?#"])[^"]*"'
FORBIDDEN = re.compile(r"(?:^|/)\.\.?(?:/|$)|[\\\0:*?\"<>|]")

_place: tuple[sqlite3.Connection, Path, Path, str] | None = None  # a worker's own


def write_pages(db: Path, explainer: Path, out: Path, base: str) -> tuple[int, int]:
    """Write all pages below ``out``; how many pages, and how many other forms of records.

    Raises `ArchiveError` with every path that did not answer.
    """
    with closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        pages = list(all_paths(connection))
    problems: list[Problem] = []
    files = 0
    with (
        Progress(transient=True) as progress,
        make_pool(start="fork", begin=open_place, arguments=(db, explainer, out, base)) as pool,
    ):
        task = progress.add_task("Writing pages", total=len(pages))
        for wrong, batch, written in pool.map(write_batch, batches(pages)):
            problems += wrong
            files += written
            progress.advance(task, batch)
    if problems:
        raise ArchiveError(problems)
    return len(pages), files - len(pages)


def batches(paths: Sequence[str]) -> Iterator[list[str]]:
    """The paths in handfuls, so that a process is asked seldom."""
    rest = iter(paths)
    while batch := list(islice(rest, BATCH)):
        yield batch


def open_place(db: Path, explainer: Path, out: Path, base: str) -> None:
    """A worker's start: its own connection, and where to write."""
    global _place
    connection = sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)
    _place = (connection, explainer, out, base)


def write_batch(paths: Sequence[str]) -> tuple[list[Problem], int, int]:
    """Render and write some pages; what went wrong, how many were asked for, files written."""
    assert _place is not None
    connection, explainer, out, base = _place
    problems, written = [], 0
    for path in paths:
        for place, response in render_forms(connection, path, base, explainer=explainer).items():
            if response.status != 200:
                status = f"status {response.status}"
                problems.append(Problem(place, "page", status, "a page", "Mend the record"))
                continue
            write_file(out, place, response.body)
            written += 1
    return problems, len(paths), written


def as_static(body: bytes, base: str) -> bytes:
    """A page whose links to Datasette lead to the page that says what needs a server."""
    root = re.escape(base_path(base).encode())
    return re.sub(SERVER_LINK % root, rb'\1archive/"', body)


def write_file(out: Path, path: str, body: bytes) -> None:
    """Write what stands at ``path`` (a folder's ``index.html`` where it ends in a slash)."""
    relative = path.lstrip("/") + ("index.html" if path.endswith("/") else "")
    if FORBIDDEN.search(relative):
        raise ArchiveError.single(path, "path", relative, "a path that any file server can hold")
    place = out / relative
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(body)
