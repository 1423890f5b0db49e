"""Addresses that moved or were withdrawn, as pages that say so and lead on."""

from __future__ import annotations

import html
import json
import sqlite3
from pathlib import Path

from scripts.publish.frozen_pages import write_file
from scripts.web.render import render_path
from scripts.web.view.addresses import absolute, root_of

GONE = "select path, status, target, reason from permalinks where status != 'current' order by path"
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Moved</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={target}">
<p>This record moved to <a href="{target}">{canonical}</a>.</p>
</html>
"""


def write_redirects(connection: sqlite3.Connection, explainer: Path, out: Path, base: str) -> int:
    """Write a page for every address that is no longer current; how many there are.

    One successor: a page that leads on at once, its canonical address the successor's. Several,
    or none: the page that the live site shows with status 300 or 410.
    """
    rows = connection.execute(GONE).fetchall()
    for row in rows:
        targets = (row["target"] or "").split()
        if row["status"] == "moved" and len(targets) == 1:
            body = redirect_page(row["path"], targets[0], base).encode()
        else:
            body = render_path(connection, row["path"], base, explainer=explainer).body
        write_file(out, row["path"], body)
        if row["path"].endswith("/"):
            write_file(out, row["path"].rstrip("/") + ".json", redirect_json(row, base))
    return len(rows)


def redirect_page(path: str, target: str, base: str) -> str:
    """A page at ``path`` that leads to ``target`` at once, from whatever place the site has."""
    relative = root_of(path) + target.lstrip("/")
    return PAGE.format(canonical=html.escape(absolute(base, target)), target=html.escape(relative))


def redirect_json(row: sqlite3.Row, base: str) -> bytes:
    """The same for programs."""
    said = {
        "path": row["path"],
        "status": row["status"],
        "targets": [absolute(base, target) for target in (row["target"] or "").split()],
        "reason": row["reason"],
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()
