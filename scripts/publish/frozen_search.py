"""Search without a server: a Pagefind index over ``search_docs``, and the page that asks it."""

from __future__ import annotations

import asyncio
import html
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pagefind.index import IndexConfig, PagefindIndex
from rich.progress import Progress

from scripts.publish.figure_text import model_name
from scripts.publish.frozen_pages import write_file
from scripts.publish.static_pages import static_page
from scripts.web.addresses import SEARCH

DOCS = """
select kind, path, title, context, body, state, model, status, provenance, dated
from search_docs
order by weight desc, id
"""
COUNT = "select count(*) from search_docs"
FILTERS = {"kind": "Kind", "state": "State", "model": "Model"}
BATCH = 200
SCRIPT = Path(__file__).parent / "static" / "search.js"
KINDS = {
    "agency": "Agencies",
    "agreement": "Agreements",
    "document": "Memoranda and sources",
    "page": "Pages of documents",
    "excerpt": "Excerpts",
    "figure": "Figures",
    "payment": "Payments",
    "list": "Lists as published",
    "publication": "Lists as published",
    "state": "States",
    "topic": "Topics",
    "explainer": "Explanations",
}


def write_search(connection: sqlite3.Connection, explainer: Path, out: Path, base: str) -> int:
    """Write the index, its script and ``/search/`` below ``out``; how many things it finds."""
    count = asyncio.run(index_records(connection, out))
    (out / "static").mkdir(exist_ok=True)
    shutil.copyfile(SCRIPT, out / "static" / "search.js")
    choices = [read_choice(connection, name, label) for name, label in FILTERS.items()]
    write_file(out, SEARCH, static_page(explainer, SEARCH, base, "search.html", choices=choices))
    return count


async def index_records(connection: sqlite3.Connection, out: Path) -> int:
    """Give each searchable record to Pagefind as a small page; how many there were."""
    total = connection.execute(COUNT).fetchone()[0]
    config = IndexConfig(output_path=str((out / "pagefind").resolve()), force_language="en")
    with Progress(transient=True) as progress:
        task = progress.add_task("Indexing for search", total=total)
        async with PagefindIndex(config=config) as index:
            for rows in fetch_batches(connection):
                await asyncio.gather(
                    *(
                        index.add_html_file(content=record_html(row), url=row["path"])
                        for row in rows
                    )
                )
                progress.advance(task, len(rows))
    for name in ("pagefind-ui.js", "pagefind-ui.css", "pagefind-modular-ui.js"):
        (out / "pagefind" / name).unlink(missing_ok=True)  # our page needs none of them
    return int(total)


def fetch_batches(connection: sqlite3.Connection) -> Iterator[Sequence[sqlite3.Row]]:
    """What is searchable, in handfuls, best first."""
    cursor = connection.execute(DOCS)
    while rows := cursor.fetchmany(BATCH):
        yield rows


def record_html(row: sqlite3.Row) -> str:
    """A record as Pagefind reads it: the heading weighs most; filters and meta beside it."""
    filters = "".join(
        f'<i data-pagefind-filter="{name}[data-v]" data-v="{html.escape(row[name])}"></i>'
        for name in FILTERS
        if row[name]
    )
    shown = ("kind", "context", "status", "provenance", "dated")
    metas = "".join(
        f'<i data-pagefind-meta="{name}[data-v]" data-v="{html.escape(row[name])}"></i>'
        for name in shown
        if row[name]
    )
    return (
        f'<html lang="en"><body>{filters}{metas}<h1>{html.escape(row["title"])}</h1>'
        f"<p>{html.escape(row['context'])}</p><p>{html.escape(row['body'])}</p></body></html>"
    )


@dataclass(frozen=True)
class Choice:
    """A filter to choose from: every value that occurs, with its words."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


def read_choice(connection: sqlite3.Connection, name: str, label: str) -> Choice:
    """The values of a filter in ``search_docs``."""
    rows = connection.execute(
        f"select distinct {name} from search_docs where {name} is not null order by 1"  # noqa: S608
    )
    values = [str(row[0]) for row in rows]
    return Choice(name, label, tuple((value, spell(name, value)) for value in values))


def spell(name: str, value: str) -> str:
    """A filter's value for readers."""
    if name == "kind":
        return KINDS.get(value, value.capitalize())
    return model_name(value) if name == "model" else value
