"""The one search index: agencies, agreements, memoranda and their pages, excerpts, figures …

Rows are numbered in an order that needs no query (known bodies before pages, active before ended,
new before old), so that the first hits of a common word are the ones worth ranking.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from scripts.search.explained import ExplainedPage
from scripts.search.variants import amount_forms, date_forms, name_forms, read_variants

QUERIES = Path(__file__).with_name("index.sql")
MODEL_WORDS = {
    "jem": "Jail Enforcement Model",
    "wso": "Warrant Service Officer",
    "tfm": "Task Force Model",
}
# Kinds that are found by other forms of their body's name.
_NAMED_AFTER_BODIES = frozenset({"agency", "agreement", "document", "figure", "payment"})
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")

_FOUND = """
create temporary table found (
  kind text, rank integer, weight real, path text, title text, context text, state text,
  model text, status text, provenance text, dated text, record_id text, document_id text,
  page_number integer, names text, body text
)
"""
_EXPLAINED = """
insert into found (kind, rank, weight, path, title, context, record_id, names, body)
values (
  'explainer', 2, 1, ?, ?, 'explanation', ?, 'explanation explained meaning program how what', ?
)
"""
_NUMBER = """
insert into search_docs (
  kind, path, title, context, state, model, status, provenance, dated, record_id,
  document_id, page_number, names, tags, body
)
select
  kind, path, title, context, state, model, status, provenance, dated, record_id,
  document_id, page_number,
  other_names(kind, title, names, state, (select name from states where code = state), model),
  filter_tags(kind, state, model, status, provenance),
  body
from found
order by rank, weight desc, dated desc, path
"""
# A page is found by its text and by the names of its document, not by the document's title, so
# that a document stands before its pages.
_INDEX = """
insert into search (rowid, title, names, body, tags)
select
  search_docs.id, case search_docs.kind when 'page' then null else search_docs.title end,
  search_docs.names, coalesce(search_docs.body, pages.text), search_docs.tags
from search_docs
left join pages
  on search_docs.kind = 'page'
  and pages.document_id = search_docs.document_id
  and pages.page_number = search_docs.page_number
order by search_docs.id
"""
_FACETS = """
insert into search_facets (id, facet, dated, document, page_number)
select
  id,
  kind || '|' || coalesce(state, '') || '|' || coalesce(model, '') || '|' || coalesce(status, '')
    || '|' || coalesce(provenance, ''),
  dated,
  case when kind in ('document', 'page') then dense_rank() over (order by document_id) end,
  page_number
from search_docs
order by id
"""
_WORDS = """
insert into search_words (word, documents)
select term, doc from search_terms
where doc > 1 and length(term) between 3 and 30 and term not glob '*[0-9]*'
order by term
"""
_DROP_TAGS = """
delete from search_words where word in (
  select term from search_term_columns where col = 'tags'
  except
  select term from search_term_columns where col <> 'tags'
)
"""


def load_search(connection: sqlite3.Connection, explained: Iterable[ExplainedPage] = ()) -> None:
    """Fill the tables of search from those loaded before, and from the explainer's pages."""
    connection.create_function("other_names", 6, other_names, deterministic=True)
    connection.create_function("amount_forms", 2, _amounts, deterministic=True)
    connection.create_function("date_forms", 1, _dates, deterministic=True)
    connection.create_function("status_forms", 1, _statuses, deterministic=True)
    connection.create_function("filter_tags", 5, filter_tags, deterministic=True)
    connection.execute(_FOUND)
    for statement in _statements(QUERIES.read_text(encoding="utf-8")):
        connection.execute(statement)
    connection.executemany(
        _EXPLAINED, [(page.path, page.title, page.path.strip("/"), page.text) for page in explained]
    )
    connection.execute(_NUMBER)
    connection.execute("drop table temp.found")
    connection.execute(_FACETS)
    connection.execute(_INDEX)
    connection.execute("insert into search (search) values ('optimize')")
    _load_words(connection)


def _load_words(connection: sqlite3.Connection) -> None:
    for name, shape in (("search_terms", "row"), ("search_term_columns", "col")):
        connection.execute(
            f"create virtual table temp.{name} using fts5vocab(main, search, {shape})"
        )
    connection.execute(_WORDS)
    connection.execute(_DROP_TAGS)
    connection.execute("drop table temp.search_terms")
    connection.execute("drop table temp.search_term_columns")


def _amounts(value: str | int | None, unit: str | None) -> str | None:
    return "\n".join(amount_forms(str(value or ""), unit)) or None


def _dates(text: str | None) -> str | None:
    return "\n".join(date_forms(text or "")) or None


def _statuses(status: str | None) -> str:
    return " ".join(read_variants("status").get(status or "", ()))


def other_names(
    kind: str,
    title: str,
    names: str | None,
    state: str | None,
    state_name: str | None,
    model: str | None,
) -> str:
    """Words under which a record is found besides its title and text, one name on a line.

    Names with an apostrophe stand without it too (``Sheriffs``, ``OBrien``), as people type them.
    """
    lines = [*(names or "").split("\n"), state_name or "", state or ""]
    for code in dict.fromkeys((model or "").split()):
        lines.extend([code, MODEL_WORDS.get(code, code)])
    if kind in _NAMED_AFTER_BODIES:
        first = [title] if kind in ("agency", "agreement") else []
        lines.extend(form for name in (*first, *lines) for form in name_forms(name))
    plain = [_APOSTROPHES.sub("", line) for line in (title, *lines)]
    every = dict.fromkeys(line for line in (*lines, *plain) if line and line != title)
    return "\n".join(every)


def filter_tags(
    kind: str, state: str | None, model: str | None, status: str | None, provenance: str | None
) -> str:
    """Words of the ``tags`` column: one for each value that a search may be narrowed to."""
    fields = {"kind": kind, "state": state, "status": status, "provenance": provenance}
    tags = ["any", *(filter_tag(field, value) for field, value in fields.items() if value)]
    tags.extend(filter_tag("model", code) for code in dict.fromkeys((model or "").split()))
    return " ".join(tags)


def filter_tag(field: str, value: str) -> str:
    """One filter as a word of the index: ``statefl``, ``provenanceofficialrecord``."""
    return re.sub(r"[^a-z0-9]", "", f"{field}{value}".lower())


def _statements(sql: str) -> list[str]:
    """The statements of a file, each complete."""
    found: list[str] = []
    current = ""
    for line in sql.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            found.append(current)
            current = ""
    return found
