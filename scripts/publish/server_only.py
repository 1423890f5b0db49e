"""What stands where the live site has Datasette: a page that says what needs a server, and why."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from scripts.explainer.queries import TABLES_AND_VIEWS
from scripts.explainer.tables import count_rows
from scripts.publish.frozen_pages import write_file
from scripts.publish.static_pages import static_page

PATH = "/archive/"


def write_server_only(
    connection: sqlite3.Connection, explainer: Path, out: Path, base: str
) -> None:
    """Write ``/archive/`` below ``out``."""
    names = [row["name"] for row in connection.execute(TABLES_AND_VIEWS)]
    tables = [(name, count_rows(connection, name)) for name in names]
    write_file(out, PATH, static_page(explainer, PATH, base, "server_only.html", tables=tables))
