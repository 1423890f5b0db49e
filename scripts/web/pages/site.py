"""Pages about the archive itself: home without an explainer, corrections, the feed, its health."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.web.parts import lookups, phrases
from scripts.web.parts.environment import make_environment
from scripts.web.view.addresses import absolute, agency_path, agreement_path, publication_path
from scripts.web.view.page import Ask, Raw, Row, View, cell, rows

_LATEST = 60  # entries of the feed
_NO_DATE = "2000-01-01"  # of a feed about nothing
_NEVER = f"{_NO_DATE}T00:00:00Z"


@dataclass(frozen=True)
class HomePage:
    """What stands at the home address where the explainer is not built."""

    newest: str


def home(connection: sqlite3.Connection, ask: Ask) -> View:
    """The way in, plain."""
    newest = lookups.newest_list(connection)
    told = ask.words.text(
        "Who signed agreements with ICE under section 287(g), what each agreement says, what is "
        "paid for it, and where every statement comes from."
    )
    page = HomePage(newest["id"])
    return View("home", ask.words.text("287(g) Archive"), told, page, dated=newest["stated_on"])


@dataclass(frozen=True)
class CorrectionsPage:
    """Mistakes of ours."""

    corrections: Sequence[Row]


def corrections(connection: sqlite3.Connection, ask: Ask) -> View:
    """All corrections, newest first."""
    found = rows(connection, "select * from corrections order by corrected_on desc, id")
    told = ask.words.text("Mistakes of this archive that were found and corrected, newest first.")
    page = CorrectionsPage(found)
    return View("corrections", ask.words.text("Corrections"), told, page)


@dataclass(frozen=True)
class Entry:
    """One entry of a feed."""

    address: str
    title: str
    updated: str
    text: str


# Each change of a day has a second of its own, in order: readers that take entries of one time for
# one entry show them all.
_CHANGES = """
select *,
  strftime('%Y-%m-%dT%H:%M:%SZ', list_on,
    '+' || row_number() over (partition by list_on order by id) || ' seconds') as updated
from changes order by list_on desc, id desc limit ?
"""


def feed(connection: sqlite3.Connection, ask: Ask) -> Raw:
    """The newest changes as an Atom feed."""
    found = rows(connection, _CHANGES, _LATEST)
    title = ask.words.text("287(g) Archive: newest changes")
    return _feed(ask, title, [_entry(ask, row) for row in found])


_CORRECTIONS = """
select *,
  strftime('%Y-%m-%dT%H:%M:%SZ', corrected_on,
    '+' || row_number() over (partition by corrected_on order by id) || ' seconds') as updated
from corrections order by corrected_on desc, id desc
"""


def corrections_feed(connection: sqlite3.Connection, ask: Ask) -> Raw:
    """The archive's own mistakes, mended, as an Atom feed."""
    found = rows(connection, _CORRECTIONS)
    entries = [_correction(ask, row) for row in found]
    newest = lookups.newest_list(connection)["stated_on"] or _NO_DATE
    title = ask.words.text("287(g) Archive: corrections")
    return _feed(ask, title, entries, f"{newest}T00:00:00Z")


def _feed(ask: Ask, title: str, entries: Sequence[Entry], empty: str = _NEVER) -> Raw:
    """A feed, as of its newest entry; ``empty`` is the time of one that has none."""
    body = (
        make_environment(ask.words)
        .get_template("feed.xml")
        .render(
            title=title,
            entries=entries,
            updated=max((entry.updated for entry in entries), default=empty),
            base=ask.base,
            self_address=absolute(ask.base, ask.path),
            root="",
        )
    )
    return Raw(body, "application/atom+xml; charset=utf-8")


def _correction(ask: Ask, row: Row) -> Entry:
    address = absolute(ask.base, row["record"])
    text = ask.words.text("It said: %(was)s. It says: %(now)s.", was=row["was"], now=row["now"])
    return Entry(f"{address}#{row['id']}", row["record"], row["updated"], text)


def _entry(ask: Ask, row: Row) -> Entry:
    path = (
        agreement_path(row["agreement_id"])
        if row["agreement_id"]
        else agency_path(row["agency_id"])
    )
    mark = "-".join(str(row[key] or "") for key in ("publication_id", "change", "model"))
    what = row["change"].replace("-", " ")
    model = phrases.model_name(ask.words, row["model"])
    text = ask.words.text(
        "Shown by the list of %(date)s: %(address)s",
        date=ask.words.list_name(row["publication_id"]),
        address=absolute(ask.base, publication_path(row["publication_id"])),
    )
    title = f"{row['agency']}, {row['state']}: {what} ({model})"
    return Entry(absolute(ask.base, path) + f"#{mark}", title, row["updated"], text)


def health(connection: sqlite3.Connection, ask: Ask) -> Raw:
    """Whether the site answers from a database, and from which build."""
    mark = cell(connection, "select value from build_info where key = 'fingerprint'")
    facts = {
        "ok": True,
        "build": mark,
        "newest_list": lookups.newest_list(connection)["id"],
        "agreements": cell(connection, "select count(*) from agreements"),
    }
    return Raw(json.dumps(facts) + "\n", "application/json; charset=utf-8")
