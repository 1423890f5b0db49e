"""Search without a server: a Pagefind index over ``search_docs``, and the page that asks it."""

from __future__ import annotations

import html
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from scripts.errors import ArchiveError
from scripts.explainer.figure_text import model_name
from scripts.publish.frozen_pages import write_file
from scripts.publish.static_pages import static_page
from scripts.web.view.addresses import SEARCH

DOCS = """
select d.kind, d.path, d.title, d.context, coalesce(d.body, p.text) as body, d.names,
  d.state, d.model, d.status, d.provenance, d.dated
from search_docs d
left join pages p
  on d.kind = 'page' and p.document_id = d.document_id and p.page_number = d.page_number
order by d.id
"""
FILTERS = {"kind": "Kind", "state": "State", "model": "Model"}
# What our page loads; Pagefind also writes ready-made boxes.
NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "pagefind.", "wasm.")
SHOWN = ("title", "path", "kind", "context", "status", "provenance", "dated")
# How much a name counts, so that a body stands before its papers; text counts 1, the most is 10.
WEIGHTS = {"state": 10, "agency": 10, "agreement": 6, "topic": 6, "figure": 4, "document": 3}
SCRIPT = Path(__file__).parent / "static" / "search.js"
KINDS = {
    "agency": "Agencies",
    "agreement": "Agreements",
    "document": "Memoranda and sources",
    "page": "Pages of documents",
    "excerpt": "Excerpts",
    "deviation": "Differences from a template",
    "template": "ICE's templates",
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
    with tempfile.TemporaryDirectory() as folder:
        count = write_records(connection, Path(folder))
        index_folder(Path(folder), out / "pagefind")
    (out / "static").mkdir(exist_ok=True)
    shutil.copyfile(SCRIPT, out / "static" / "search.js")
    choices = [read_choice(connection, name, label) for name, label in FILTERS.items()]
    write_file(out, SEARCH, static_page(explainer, SEARCH, base, "search.html", choices=choices))
    return count


def write_records(connection: sqlite3.Connection, folder: Path) -> int:
    """Write each searchable record as a small page for Pagefind; how many there are."""
    count = 0
    for count, row in enumerate(connection.execute(DOCS), 1):
        (folder / f"{count:07}.html").write_text(record_html(row), encoding="utf-8")
    return count


def index_folder(folder: Path, out: Path) -> None:
    """Index all pages of ``folder`` into ``out``; raises `ArchiveError` with what Pagefind says.

    By its program: its Python interface reads one answer in a tenth of a second, so that a request
    for each record would take half an hour for twenty thousand.
    """
    places = ["--site", str(folder), "--output-path", str(out.resolve())]
    done = subprocess.run(
        [sys.executable, "-m", "pagefind", *places, "--force-language", "en", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or not (out / "pagefind.js").is_file():
        said = (done.stderr + done.stdout).strip()[-1000:]
        raise ArchiveError.single("search_docs", "pagefind", said, "an index")
    for path in out.iterdir():
        if path.is_file() and not path.name.startswith(NEEDED):
            path.unlink()


def record_html(row: sqlite3.Row) -> str:
    """A record as Pagefind reads it: the heading weighs most; filters and meta beside it.

    As in the live index, a page is found by its own text and not by its document's title.
    """
    marks = "".join(
        f'<i data-pagefind-filter="{name}[data-v]" data-v="{html.escape(value)}"></i>'
        for name in FILTERS
        for value in (row[name] or "").split()
    )
    marks += "".join(
        f'<i data-pagefind-meta="{name}[data-v]" data-v="{html.escape(row[name])}"></i>'
        for name in SHOWN
        if row[name]
    )
    if row["body"]:
        marks += '<i data-pagefind-meta="passage[data-v]" data-v="1"></i>'
    title, weight = html.escape(row["title"]), WEIGHTS.get(row["kind"], 2)
    title = "" if row["kind"] == "page" else f'<h1 data-pagefind-weight="{weight}">{title}</h1>'
    names = html.escape((row["names"] or "").replace("\n", ". "))
    return (
        f'<html lang="en"><body>{marks}{title}<p>{html.escape(row["body"] or "")}</p>'
        f'<p data-pagefind-weight="{weight}">{names}</p></body></html>'
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
        f"select distinct {name} from search_docs where {name} is not null"  # noqa: S608
    )
    values = sorted({value for row in rows for value in row[0].split()})
    return Choice(name, label, tuple((value, spell(name, value)) for value in values))


def spell(name: str, value: str) -> str:
    """A filter's value for readers."""
    if name == "kind":
        return KINDS.get(value, value.capitalize())
    return model_name(value) if name == "model" else value
