"""A real site over a small database: built once, answered on free ports, seen in a browser."""

from __future__ import annotations

import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from lxml import html as parser

from scripts import paths
from scripts.database.build import build
from scripts.explainer.building import explainer_environment, read_facts, run_mkdocs
from scripts.web.app import make_app
from tests.sample_records import FHP, MIAMI, STJOHNS, write_sample, write_sources

CHROMIUM = Path("/usr/bin/chromium")
NASTY = "<script>window.broken = 1</script><img src=x onerror=window.broken=1>"
# Records that the sample lacks; text that tries to be markup; addresses that were left.
MORE = """
insert into agencies (id, state, name) values ('tx-nasty', 'TX', '@NASTY@');
insert into agency_names (agency_id, kind, name_printed, state_printed, first_publication,
  matched_by) values ('tx-nasty', 'pending', '@NASTY@', 'TEXAS', 'pending-2025-02-26', 'exact');
insert into excerpts (id, document_id, position, title, page_number, to_page_number, first_words,
  last_words, wording, checked_on, start_offset, end_offset, state, provenance) values
  ('moa-fhp-e01', 'moa-fhp', 1, 'Four weeks of training', 2, 2, 'Nominated', 'training',
   'Nominated troopers complete four weeks of training', '2026-11-20', 0, 50, 'resolved',
   'official-record'),
  ('moa-fhp-e02', 'moa-fhp', 2, 'Read by machine only', 3, 3, 'Either', 'notice',
   'Either party may end @NASTY@', null, null, null, 'resolved', 'leaked-as-reported');
insert into annotations values
  ('moa-fhp-e01', '@NASTY@', '<p>Says how long.</p>@NASTY@');
insert into excerpt_topics values ('moa-fhp-e01', 'training');
insert into figures (id, label, value, unit, as_of, sql, provenance) values
  ('agreements-active', 'agreements in force', '3', 'agreements', '2025-03-03',
   'select count(*) from active_agreements', 'computed');
insert into corrections values ('c-1', '/agencies/@FHP@/', '2026-11-01', 'one', 'other', null);
insert into questions (kind, state, subject, other, publication_id, detail) values
  ('same-body', 'FL', '@MIAMI@', '@STJOHNS@', '2025-03-03-am',
   'much alike. Miami-Dade Corrections and Rehabilitation Department: jem — St. Johns: wso'),
  ('wrong-link', 'FL', 'moa-fhp', null, null,
   'linked from the row of @MIAMI@-jem-2019-12-19, but named as a tfm memorandum: not followed'),
  ('county-unknown', 'TX', 'tx-nasty', null, null,
   'no county of the state by the name printed: @NASTY@'),
  ('unread-row', 'FL', 'FLORIDA | @NASTY@ |  | ', null, 'pending-2025-02-26',
   'cannot be read: model'),
  ('memorandum-differs', 'FL', 'moa-fhp', '@FHP@-tfm-2025-02-25', null,
   'signing date: the list says 2025-02-25, the memorandum 2025-02-26 (page 2)'),
  ('date-far', 'FL', '@FHP@-tfm-2025-02-25', null, '2025-02-26',
   'signed on 2025-02-25, first listed on 2025-02-26, 63 days earlier'),
  ('county-changed', 'FL', '@MIAMI@', null, '2025-03-03-am',
   'Pike County from pending-2025-02-26 to 2025-03-03-am; Erie County from 2025-03-03-pm to now');
update documents set signed_on = '2025-02-26', signed_basis = 'typed', model = 'tfm',
  template = 'tfm-2025-02-12' where id = 'moa-fhp';
insert into document_facts (document_id, fact, value, basis, page_number, confidence) values
  ('moa-fhp', 'ice-signed-on', '2025-02-26', 'typed', 2, 0.97),
  ('moa-fhp', 'agency', '@FHP@', 'opening', 1, 0.98),
  ('moa-fhp', 'model', 'tfm', 'title', 1, 0.98),
  ('moa-fhp', 'field-office', 'Miami', 'points of contact', 3, 0.95),
  ('moa-fhp', 'addendum', 'addendum', 'heading', 3, 0.9);
insert into fact_checks values ('moa-fhp', 'ice-signed-on', '2025-02-26', 2, '2026-11-22');
insert into form_fields values
  ('moa-fhp', 1, 2, 'Date_2', 'date', 'text', 'yes', '2025-02-26'),
  ('moa-fhp', 2, 2, null, 'person', 'text', 'no', null);
insert into permalinks values
  ('/agencies/fl-old-name/', 'moved', '/agencies/@FHP@/', 'renamed'),
  ('/agencies/fl-split/', 'moved', '/agencies/@FHP@/ /agencies/tx-nasty/', 'two bodies'),
  ('/agencies/fl-gone/', 'withdrawn', null, 'A private person was named.'),
  ('/publications/2025-03-03-pm/#77', 'moved', '/publications/2025-03-03-pm/#3', 'numbered anew');
"""


@pytest.fixture(scope="session")
def site_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's database with one held memorandum, excerpts, and records that misbehave."""
    folder = tmp_path_factory.mktemp("site")
    db = folder / "archive.db"
    build(write_sample(folder / "records"), write_sources(folder / "sources"), db)
    more = MORE
    with closing(sqlite3.connect(db)) as connection:
        for mark, text in (("NASTY", NASTY), ("FHP", FHP), ("MIAMI", MIAMI), ("STJOHNS", STJOHNS)):
            more = more.replace(f"@{mark}@", text)
        connection.executescript(more)
    return db


@pytest.fixture(scope="session")
def explainer(site_db: Path) -> Path:
    """The theme's shell and one page, built by MkDocs as the real explainer is."""
    folder = site_db.parent
    docs = folder / "docs"
    (docs / "learn").mkdir(parents=True)
    (docs / "index.md").write_text("---\nhide: [navigation]\n---\n# The archive\n\nHome.\n")
    (docs / "learn" / "index.md").write_text("# Learn\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n")
    text = paths.MKDOCS.read_text(encoding="utf-8")
    text = text.replace("docs_dir: docs", f"docs_dir: {docs}")
    text = text.replace("custom_dir: overrides", f"custom_dir: {paths.ROOT / 'overrides'}")
    (folder / "mkdocs.yml").write_text(text.split("\nnav:")[0], encoding="utf-8")
    out = folder / "explainer"
    environment = explainer_environment(site_db, read_facts(site_db))
    run_mkdocs(out, {**environment, "PYTHONPATH": str(paths.ROOT)}, folder)
    return out


@pytest.fixture(scope="session")
def site(site_db: Path, explainer: Path) -> Iterator[str]:
    """The base address of a running site."""
    with running(site_db, explainer, "/") as base:
        yield base


@pytest.fixture(scope="session")
def site_below(site_db: Path, explainer: Path) -> Iterator[str]:
    """The same under a base address with a path."""
    with running(site_db, explainer, "/287g/") as base:
        yield base


@contextmanager
def running(db: Path, explainer: Path | None, path: str) -> Iterator[str]:
    """A real server on a free port, stopped at the end."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}{path}"
    config = uvicorn.Config(make_app(db, explainer, base), port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < until, "the server did not start"
        time.sleep(0.02)
    yield base
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def browser(chromium: Any) -> Any:
    """A real Chromium, the one that all tests share: Playwright starts once in a process."""
    return chromium


def document(text: str) -> Any:
    """An HTML page as a tree to ask with XPath."""
    return parser.document_fromstring(text)
