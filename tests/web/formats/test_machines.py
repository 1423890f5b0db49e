"""What robots, language models and finders of faults are told."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
import urllib.robotparser
from contextlib import closing
from pathlib import Path

import pytest

from scripts.web.render import render_path

BASE = "https://example.org/287g/"


def told(site_db: Path, path: str) -> str:
    with closing(sqlite3.connect(site_db)) as connection:
        answer = render_path(connection, path, BASE, explainer=None)
    assert answer.status == 200
    return answer.body.decode()


def test_robots_may_read_records_and_run_no_sql(site_db: Path) -> None:
    text = told(site_db, "/robots.txt")
    parser = urllib.robotparser.RobotFileParser()
    parser.parse(text.splitlines())
    assert parser.can_fetch("anybody", f"{BASE}agencies/")
    assert parser.can_fetch("anybody", f"{BASE}archive/agencies")
    assert not parser.can_fetch("anybody", f"{BASE}archive?sql=select+1")
    assert parser.site_maps() == [f"{BASE}sitemap.xml"]


def test_where_a_fault_is_reported(site_db: Path) -> None:
    """RFC 9116: Contact and Expires must be there, each address absolute and secure."""
    fields = dict(
        line.split(": ", 1) for line in told(site_db, "/.well-known/security.txt").splitlines()
    )
    assert fields["Contact"].startswith("https://")
    assert fields["Canonical"] == f"{BASE}.well-known/security.txt"
    expires = dt.datetime.fromisoformat(fields["Expires"])
    assert expires.date() == dt.date(2025, 3, 3) + dt.timedelta(days=365)


def test_language_models_are_told_how_numbers_may_be_repeated(site_db: Path) -> None:
    """https://llmstxt.org: a heading, a quotation, then sections of links."""
    text = told(site_db, "/llms.txt")
    assert text.startswith("# 287(g) Archive\n\n> ")
    assert "the newest list\n> held is of 3 March 2025" in text
    with closing(sqlite3.connect(site_db)) as connection:
        (count,) = connection.execute("select count(*) from agreements").fetchone()
    assert f"{count} agreements of" in text
    links = re.findall(r"\]\((\S+)\)", text)
    assert len(links) > 12
    for link in links:
        assert link.startswith(BASE)


@pytest.mark.parametrize("path", ["/agencies/", "/corrections/", "/publications/"])
def test_every_way_in_is_there(site_db: Path, path: str) -> None:
    assert BASE + path.lstrip("/") in told(site_db, "/llms.txt")
    told(site_db, path)
