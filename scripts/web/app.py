"""The running site: a Datasette over the database, made anew when the file is replaced.

A build swaps a whole new file in with `os.replace`. Each generation of the site holds its
connections open from the start, so an answer comes whole from one file, old or new.
"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database, connections
from datasette.plugins import pm

from scripts import paths
from scripts.errors import ArchiveError
from scripts.web import plugin
from scripts.web.dictionary import read_metadata
from scripts.web.gate import App, Receive, Scope, Send
from scripts.web.plugin import DATABASE, Place
from scripts.web.view.settings import DATASETTE

TEMPLATES = Path(__file__).parent / "templates" / "datasette"
_WAIT = 20.0  # seconds for all connections to open


def make_datasette(db: Path, explainer: Path | None, base: str) -> Datasette:
    """A Datasette over ``db`` under the base address ``base`` (a full URL).

    ``explainer`` is the folder that MkDocs built, or ``None``. Raises `ArchiveError` where there
    is no database.
    """
    if not db.is_file():
        message = "Build it first: python -m scripts build"
        raise ArchiveError.single(str(db), "database", "no such file", "a built one", message)
    _register()
    place = Place(explainer, base)
    datasette = Datasette(
        [],
        metadata=read_metadata(paths.METADATA, paths.SCHEMA, paths.VIEWS),
        template_dir=str(TEMPLATES),
        settings={**DATASETTE, "base_url": place.base_path},
        cors=True,
        cache_headers=True,
    )
    datasette.remove_database("_memory")
    datasette.add_database(Database(datasette, path=str(db), is_mutable=True), name=DATABASE)
    datasette.archive_place = place
    datasette.client.app = None  # not used; it would hold a second copy of the application
    return datasette


def make_app(db: Path, explainer: Path | None, base: str) -> App:
    """The site as one ASGI application that follows the database file when it is replaced."""
    return LiveSite(db, explainer, base)


def _register() -> None:
    """Our plugin in; out with the one that prints every bad question with its local values."""
    if not pm.is_registered(plugin):
        pm.register(plugin, name="archive")
    if pm.get_plugin("datasette.handle_exception") is not None:
        pm.unregister(name="datasette.handle_exception")


@dataclass(frozen=True)
class Generation:
    """The site over one content of the database file."""

    mark: tuple[int, int, int]
    datasette: Any
    app: App


class LiveSite:
    """The application of the newest generation."""

    def __init__(self, db: Path, explainer: Path | None, base: str) -> None:
        self.db = db
        self.explainer = explainer
        self.base = base
        self._lock = threading.Lock()
        self._generation = self._make()

    def _mark(self) -> tuple[int, int, int]:
        facts = self.db.stat()
        return facts.st_ino, facts.st_mtime_ns, facts.st_size

    def _make(self) -> Generation:
        while True:
            mark = self._mark() if self.db.is_file() else (0, 0, 0)
            datasette = make_datasette(self.db, self.explainer, self.base)
            open_connections(datasette)
            if self._mark() == mark:
                return Generation(mark, datasette, datasette.app())

    def _current(self) -> Generation:
        with self._lock:
            if not self._is_current():
                self._generation = self._make()  # the old one ends with its last answer
        return self._generation

    def _is_current(self) -> bool:
        try:
            return self._mark() == self._generation.mark
        except OSError:  # between removal and replacement: the open file still answers
            return True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        generation = self._generation
        if scope["type"] == "http" and not self._is_current():
            generation = await asyncio.to_thread(self._current)
        await generation.app(scope, receive, send)


def open_connections(datasette: Any) -> None:
    """Open every thread's connection now, so that none opens a later file."""
    count = datasette.setting("num_sql_threads")
    database = datasette.get_database(DATABASE)
    together = threading.Barrier(count)

    def open_one() -> None:
        connection = database.connect()
        datasette._prepare_connection(connection, DATABASE)
        connection.execute("select count(*) from sqlite_master").fetchone()
        setattr(connections, DATABASE, connection)
        together.wait(_WAIT)

    for started in [datasette.executor.submit(open_one) for _ in range(count)]:
        started.result(_WAIT)
