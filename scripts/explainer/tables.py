"""Lists and tables in prose that come from the database: ``{{ table:newest-changes }}``."""

from __future__ import annotations

import html
import sqlite3
from collections.abc import Callable, Sequence

from scripts.explainer import queries
from scripts.explainer.figure_text import (
    PROVENANCES,
    badge_html,
    date_html,
    model_name,
    spell_date,
)

NEWEST_CHANGES = 5
LIST_KINDS = {"participating": "Participating agencies", "pending": "Pending agencies"}
CHANGE_WORDS = {
    "listed": "is listed with a {model} agreement",
    "listed-again": "is listed again with a {model} agreement",
    "removed": "is no longer listed with its {model} agreement",
}
CHANGE_SHAPES = {"listed": "added", "listed-again": "added", "removed": "removed"}


def newest_changes(connection: sqlite3.Connection) -> str:
    """The last changes between lists of participating agencies, each with its list."""
    rows = connection.execute(queries.NEWEST_EVENTS, (NEWEST_CHANGES,)).fetchall()
    if not rows:
        return '<p class="changes-empty">The records hold no change yet.</p>'
    items = "".join(
        f'<li class="a-change a-change--{CHANGE_SHAPES[row["kind"]]}">{change(row)}</li>'
        for row in rows
    )
    return f'<ul class="a-list">{items}</ul>'


def change(row: sqlite3.Row) -> str:
    """One change in words: date, agency, what happened, and a link to the list that shows it."""
    words = CHANGE_WORDS[row["kind"]].format(model=html.escape(model_name(row["model"] or "")))
    if row["agreement_id"]:
        words = f'<a href="/agreements/{row["agreement_id"]}/">{words}</a>'
    return (
        f'<a href="/publications/{row["publication_id"]}/">'
        f"{date_html(row['stated_on'])}</a> "
        f'<a href="/agencies/{row["agency_id"]}/">{html.escape(row["name"])}</a>'
        f" ({row['state']}) {words}"
    )


def models_table(connection: sqlite3.Connection) -> str:
    """Each model with its active agreements, their agencies, and all agreements ever listed."""
    rows = connection.execute(queries.MODELS).fetchall()
    newest = connection.execute(queries.NEWEST_LIST, ("participating",)).fetchone()
    caption = "Counted by this archive"
    if newest is not None:
        caption += (
            f' on <a href="/publications/{newest["id"]}/">the list of'
            f" {spell_date(newest['stated_on'])}</a>"
        )
    return table(
        caption,
        ("Model", "Active agreements", "Agencies", "Ever listed", "Earliest signing date"),
        [
            (
                html.escape(model_name(row["model"])),
                f"{row['active']:,}",
                f"{row['agencies']:,}",
                f"{row['ever']:,}",
                date_html(row["earliest"]) if row["earliest"] else "",
            )
            for row in rows
        ],
    )


def checks_table(connection: sqlite3.Connection) -> str:
    """The invariants that a build must meet, with what was counted and what failed."""
    rows = connection.execute(queries.CHECKS).fetchall()
    return table(
        "What must be true of the records, checked at every build",
        ("What must be true", "Checked", "Failed"),
        [
            (
                f'{html.escape(row["title"])} <small class="a-id">{html.escape(row["id"])}</small>',
                f"{row['counted']:,}",
                f"{row['failed']:,}",
            )
            for row in rows
        ],
    )


def provenance_table(connection: sqlite3.Connection) -> str:
    """The closed list of kinds of source, with what each means and how often it occurs."""
    counts = {row["provenance"]: row for row in connection.execute(queries.PROVENANCE_COUNTS)}
    return table(
        "Every document, figure and payment carries one of these labels",
        ("Label and meaning", "Documents", "Figures", "Payments"),
        [
            (
                f"{badge_html(provenance)}<br>{html.escape(meaning)}",
                *(
                    f"{counts[provenance][kind]:,}" if provenance in counts else "0"
                    for kind in ("documents", "figures", "payments")
                ),
            )
            for provenance, meaning in PROVENANCES.items()
        ],
    )


def lists_table(connection: sqlite3.Connection) -> str:
    """How many distinct lists of each kind were read, and over which time."""
    files = {row["kind"]: row for row in connection.execute(queries.FILES_HELD)}
    return table(
        "Lists read for this build",
        ("List", "Distinct lists", "Files", "Earliest", "Newest"),
        [
            (
                LIST_KINDS[row["kind"]],
                f"{row['lists']:,}",
                f"{files[row['kind']]['files']:,}" if row["kind"] in files else "0",
                date_html(row["first"]),
                date_html(row["newest"]),
            )
            for row in connection.execute(queries.LISTS)
        ],
    )


def tables_table(connection: sqlite3.Connection) -> str:
    """The database's tables and views with their rows, each with a link to Datasette."""
    names = [row["name"] for row in connection.execute(queries.TABLES_AND_VIEWS)]
    counts = {name: count_rows(connection, name) for name in names}
    return table(
        "Tables and views of the database",
        ("Name", "Rows"),
        [
            (f'<a href="/archive/{name}"><code>{name}</code></a>', f"{counts[name]:,}")
            for name in names
        ],
    )


def count_rows(connection: sqlite3.Connection, name: str) -> int:
    """Rows of a table or view, by the name that the database itself gave."""
    quoted = '"' + name.replace('"', '""') + '"'
    row = connection.execute(f"select count(*) from {quoted}").fetchone()  # noqa: S608
    return int(row[0])


def table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table that scrolls inside itself; caption and cells are HTML; first cells are headings."""
    is_number = [all(cell_is_number(row[place]) for row in rows) for place in range(len(head))]
    cells = "".join(
        f'<th scope="col" class="a-num">{html.escape(cell)}</th>'
        if right
        else f'<th scope="col">{html.escape(cell)}</th>'
        for cell, right in zip(head, is_number, strict=True)
    )
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(map(cell_html, row[1:]))}</tr>' for row in rows
    )
    return (
        '<div class="a-scroll" role="group" aria-label="Table"><table class="a-table">'
        f"{f'<caption>{caption}</caption>' if caption else ''}<thead><tr>{cells}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def cell_html(cell: str) -> str:
    """A cell, with the class that sets numbers to the right in tabular figures."""
    return f'<td class="a-num">{cell}</td>' if cell_is_number(cell) else f"<td>{cell}</td>"


def cell_is_number(cell: str) -> bool:
    """Whether the cell is a plain number with or without thousands separators."""
    return cell.replace(",", "").isdecimal()


TABLES: dict[str, Callable[[sqlite3.Connection], str]] = {
    "newest-changes": newest_changes,
    "models": models_table,
    "checks": checks_table,
    "provenance": provenance_table,
    "lists": lists_table,
    "tables": tables_table,
}
