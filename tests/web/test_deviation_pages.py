"""What is unusual in the memoranda, and the templates, as pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from scripts import paths
from scripts.web.render import all_paths, render_path

BASE = "http://127.0.0.1:8001/"
ROWS = """
insert into templates (id, model, title, revised_on, documents, voted) values
  ('tfm-2025-02-12', 'tfm', 'Task Force Model, revised 2025-02-12',
  '2025-02-12', 40, 25), ('tfm-2025-03-07', 'tfm', 'Task Force Model, revised 2025-03-07',
  '2025-03-07', 27, 25);
insert into template_clauses (template_id, position, clause, kind, level, text) values
  ('tfm-2025-03-07', 1, 'I. PURPOSE', 'paragraph', 0, 'Wording <b>of all</b>.');
insert into template_changes values ('tfm-2025-02-12', 'tfm-2025-03-07', 1, 'omission',
  'C. OUTREACH', 'Meetings as needed.', null);
insert into documents (id, kind, title, provenance, is_held, is_curated) values
  ('moa-a', 'memorandum', 'Memorandum A', 'official-record', 1, 0);
insert into deviations (id, document_id, template_id, page_number, kind, clause, summary,
  template_text, document_text, is_sure, is_verified, checked_on, words, alike, compared,
  unusualness, boxes) values
  ('moa-a-d01', 'moa-a', 'tfm-2025-03-07', 4, 'addition', 'X. COSTS', 'Records are kept.',
   null, 'Costs are <script>noted</script>.', 1, 1, '2026-11-22', 6, 1, 27, 0.96,
   '[[4, 72, 100, 300, 112]]'),
  ('moa-a-m0123abcd', 'moa-a', 'tfm-2025-03-07', 5, 'omission', 'XI. OTHER', null,
   'Lost words.', null, 0, 0, null, 7, 13, 27, 0.5, null);
"""


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as found:
        found.row_factory = sqlite3.Row
        for file in (paths.SCHEMA, paths.VIEWS):
            found.executescript(file.read_text(encoding="utf-8"))
        found.executescript(ROWS)
        yield found


def page(connection: sqlite3.Connection, path: str) -> str:
    answer = render_path(connection, path, BASE, explainer=None)
    assert answer.status == 200
    return answer.body.decode()


def test_confirmed_ones_come_first_and_unsure_ones_are_said_to_be(
    connection: sqlite3.Connection,
) -> None:
    html = page(connection, "/deviations/")
    confirmed, unverified = html.index("moa-a-d01"), html.index("moa-a-m0123abcd")
    assert html.index('id="confirmed"') < confirmed < html.index('id="unverified"') < unverified
    assert "Confirmed on the picture of the page on 22 November 2026" in html
    assert "Unverified: it may be a mistake of reading." in html
    assert "&lt;script&gt;noted&lt;/script&gt;" in html
    assert 'href="../documents/moa-a/pages/4/"' in html


def test_a_template_tells_its_wording_and_what_it_changed(connection: sqlite3.Connection) -> None:
    html = page(connection, "/templates/tfm-2025-03-07/")
    assert "What it changed from Task Force Model, revised 2025-02-12" in html
    assert "Meetings as needed." in html
    assert "Wording &lt;b&gt;of all&lt;/b&gt;." in html
    assert "/templates/tfm-2025-03-07/" in set(all_paths(connection))


def test_a_document_leads_to_its_differences(connection: sqlite3.Connection) -> None:
    html = page(connection, "/documents/moa-a/")
    assert 'href="../../deviations/#moa-a-d01"' in html
    assert "may be a mistake of reading" in html
