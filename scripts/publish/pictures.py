"""Page pictures behind a server that answers already.

A process of its own draws at low priority what is missing; it stands on the pages from the next
start on. ``--no-pictures``, or ``PICTURES_URL=none`` on a small host, leaves it out.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from scripts import paths

WITHOUT = """
select count(*) filter (where picture is null), count(*) from pages
where is_held = 1 and is_waiting = 0 and withheld is null and width > 0
"""


def pages_without(db: Path) -> tuple[int, int]:
    """How many pages that may have a picture have none, and how many may have one."""
    with closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        missing, whole = connection.execute(WITHOUT).fetchone()
    return int(missing), int(whole)


@contextmanager
def draw_behind(
    records: Path, sources: Path | None, db: Path, *, is_wanted: bool = True
) -> Iterator[None]:
    """Say how many pages have no picture yet, and draw them while the server answers."""
    missing, whole = pages_without(db)
    if sources is None or not missing or not paths.shows_pictures():
        yield
        return
    said = f"{missing:,} of {whole:,} pages have no picture yet"
    if not is_wanted:
        click.echo(f"{said}; make pictures draws what can be drawn.")
        yield
        return
    process = _start(records, sources)
    threading.Thread(target=_tell, args=(process, said), daemon=True).start()
    try:
        yield
    finally:
        process.terminate()  # what is drawn is kept


def _start(records: Path, sources: Path) -> subprocess.Popen[str]:
    options = ["--missing", "--background", "--records", str(records), "--sources", str(sources)]
    return subprocess.Popen(
        [sys.executable, "-m", "scripts", "pictures", *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def _tell(process: subprocess.Popen[str], said: str) -> None:
    """Say that it draws, where there is something to draw, and how it ended.

    A page stays without a picture where its picture shows less than its text says is to be covered.
    """
    assert process.stdout is not None
    if not process.stdout.readline().startswith("To draw"):
        return
    click.echo(f"{said}; they are drawn meanwhile and stand on their pages after the next start.")
    lines = process.stdout.read().strip().splitlines()
    process.wait()
    if process.returncode == 0:
        click.echo(" ".join([*lines[-1:], "Start again to show them."]))
    elif process.returncode > 0 and lines:
        click.echo(f"Not all pictures could be drawn: {lines[-1]}")
