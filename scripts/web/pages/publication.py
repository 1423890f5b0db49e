"""A list as ICE published it: what changed since the one before, its files, every row."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scripts.web.parts import lookups
from scripts.web.parts.copies import Known, KnownCopy, copies_of, known_lists, with_newer
from scripts.web.parts.environment import printed_cell
from scripts.web.parts.narrowing import Entry, Narrowed, filter_of, fold, narrow
from scripts.web.view.page import Ask, Row, View, one, rows

_KNOWN = {
    "STATE": "state",
    "LAW ENFORCEMENT AGENCY": "agency",
    "TYPE": "type",
    "COUNTY": "county",
    "SUPPORT TYPE": "model",
    "SIGNED": "signed",
    "MOA": "moa",
    "ADDENDUM": "addendum",
}
_ROWS = """
select printed_rows.*, agreements.status,
  (select id from documents where address = moa_address limit 1) as moa_document,
  (select id from documents where address = addendum_address limit 1) as addendum_document
from printed_rows
left join agreements on agreements.id = printed_rows.agreement_id
where publication_id = ?
order by position
"""


@dataclass(frozen=True)
class PublicationPage:
    """What the template shows of a list. ``columns`` are (printed header, column) in order."""

    publication: Row
    files: Sequence[Row]
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Row]
    list: Narrowed  # the rows that the address asks for
    added: Sequence[Row]
    removed: Sequence[Row]
    changed: Sequence[Row]
    aliases: dict[int, tuple[str, ...]]
    unresolved: int
    copies: dict[str, Sequence[KnownCopy]]  # by SHA-256 of the file
    is_dated_anew: bool  # its identifier names a later day: an earlier file was found since


def view(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """The page of a list."""
    publication = one(connection, "select * from publications where id = ?", id)
    if publication is None:
        return None
    page = _page(
        connection, ask, publication, is_dated_anew=any(id == one[0] for one in ask.words.dated)
    )
    facts = {"date": ask.words.list_name(id), "rows": ask.words.number(publication["rows"])}
    if publication["kind"] == "pending":
        title = ask.words.text("Pending agencies, list of %(date)s", **facts)
        told = ask.words.text(
            "ICE's list of pending agencies of %(date)s, with %(rows)s rows, as printed.", **facts
        )
    else:
        title = ask.words.text("Participating agencies, list of %(date)s", **facts)
        told = ask.words.text(
            "ICE's list of participating agencies of %(date)s, with %(rows)s rows, as printed.",
            **facts,
        )
    return View(
        "publication",
        title,
        told,
        page,
        _record(page),
        dated=publication["stated_on"],
        kind="publication",
        source=next((f["address"] for f in page.files), None),
    )


def _page(
    connection: sqlite3.Connection, ask: Ask, publication: Row, *, is_dated_anew: bool
) -> PublicationPage:
    id = publication["id"]
    events = lookups.events_of(connection, "publication_id", id)
    files = rows(
        connection,
        "select * from publication_files where publication_id = ? order by file_name, sha256",
        id,
    )
    printed = rows(connection, _ROWS, id)
    return PublicationPage(
        publication,
        files,
        _columns(publication["header"], printed),
        printed,
        _narrowed(ask, printed),
        [row for row in events if row["change"] in ("listed", "listed-again", "pending")],
        [row for row in events if row["change"] in ("removed", "superseded", "pending-ended")],
        [row for row in events if row["change"] not in _TOLD],
        _aliases(connection, id),
        sum(1 for row in printed if row["agency_id"] is None),
        {file["sha256"]: copies_of(connection, file["sha256"]) for file in files},
        is_dated_anew,
    )


def _narrowed(ask: Ask, printed: Sequence[Row]) -> Narrowed:
    """The rows by state and support type as printed, or by words in any cell."""
    titles = {"state": ask.words.text("State"), "type": ask.words.text("Support type")}
    words = [
        {_slug(row[column]): printed_cell(row[column]) for row in printed}
        for column in ("state_printed", "model_printed")
    ]
    shown = ("agency", "county", "type", "signed", "state", "model")
    entries = [
        Entry(
            row,
            {"state": _slug(row["state_printed"]), "type": _slug(row["model_printed"])},
            " ".join(printed_cell(row[f"{name}_printed"]) for name in shown),
        )
        for row in printed
    ]
    filters = [
        filter_of(ask, name, titles[name], entries, told.__getitem__)
        for name, told in zip(titles, words, strict=True)
    ]
    return narrow(ask, entries, filters)


def _slug(text: str | None) -> str:
    """A printed value as it stands in an address: ``north-carolina``."""
    return re.sub(r"[^a-z0-9]+", "-", fold(printed_cell(text))).strip("-") or "none"


_TOLD = {"listed", "listed-again", "pending", "removed", "superseded", "pending-ended", "signed"}


def _columns(header: str, printed: Sequence[Row]) -> list[tuple[str, str]]:
    """The header cells with a name, and which of the row's cells stands beneath each."""
    names = [str(cell or "") for cell in json.loads(header)]
    known = ((name, _KNOWN.get(name.strip().upper())) for name in names)
    return [(name, column) for name, column in known if column] or list(_KNOWN.items())


def _aliases(connection: sqlite3.Connection, id: str) -> dict[int, tuple[str, ...]]:
    """Old anchors of rows that moved: ``/publications/<id>/#12`` → ``…/#15`` in the register."""
    start = f"/publications/{id}/#"
    sql = "select path, target from permalinks where status = 'moved' and path like ? || '%'"
    found: dict[int, tuple[str, ...]] = {}
    for row in rows(connection, sql, start):
        target = str(row["target"] or "").removeprefix(start)
        if target.isdigit():
            found[int(target)] = (*found.get(int(target), ()), row["path"].removeprefix(start))
    return found


def _record(page: PublicationPage) -> dict[str, Any]:
    return {
        "publication": dict(page.publication),
        "files": [dict(row) for row in page.files],
        "changes": [dict(row) for row in (*page.added, *page.removed, *page.changed)],
        "rows": [dict(row) for row in page.rows],
    }


_INDEX = """
select publications.*,
  coalesce(sum(changes) filter (where change in ('listed', 'listed-again', 'pending')), 0) as added,
  coalesce(sum(changes) filter (where change in ('removed', 'superseded', 'pending-ended')), 0)
    as removed
from publications
left join publication_changes on publication_changes.publication_id = publications.id
group by publications.id
order by stated_on desc, sequence desc, kind
"""


@dataclass(frozen=True)
class PublicationsPage:
    """All lists, newest first, by year."""

    years: Sequence[tuple[str, Sequence[Row]]]
    known: Sequence[Known]


def index(connection: sqlite3.Connection, ask: Ask) -> View:
    """All lists."""
    found = rows(connection, _INDEX)
    years: dict[str, list[Row]] = {}
    for row in found:
        years.setdefault(row["stated_on"][:4], []).append(row)
    newest = lookups.newest_list(connection)["stated_on"]
    told = ask.words.plural(
        "%(count)s list of participating or pending agencies that ICE published is held here, each "
        "as printed; the newest is of %(date)s.",
        "%(count)s lists of participating and pending agencies that ICE published are held here, "
        "each as printed; the newest is of %(date)s.",
        len(found),
        date=ask.words.date(newest),
    )
    told = with_newer(connection, ask.words, told)
    page = PublicationsPage(list(years.items()), known_lists(connection))
    return View("publications", ask.words.text("Lists as published"), told, page, dated=newest)
