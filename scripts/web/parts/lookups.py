"""Questions that several kinds of page ask of the database."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

from scripts.web.view.page import cell, one, rows
from scripts.web.view.words import Words


def newest_list(connection: sqlite3.Connection, kind: str = "participating") -> dict[str, Any]:
    """Identifier and date of the newest list of a kind; empty texts where there is none."""
    found = one(
        connection,
        "select id, stated_on from publications where is_newest = 1 and kind = ?",
        kind,
    )
    return found or {"id": "", "stated_on": ""}


def with_dated_lists(connection: sqlite3.Connection, words: Words) -> Words:
    """Words that know the lists whose date is not the one in their identifier."""
    sql = (
        "select id, stated_on, half_day from publications"
        " where instr(id, stated_on || coalesce('-' || half_day, '')) = 0 order by id"
    )
    return replace(words, dated=tuple(tuple(row) for row in connection.execute(sql)))


def list_dates(connection: sqlite3.Connection) -> list[str]:
    """The dates of all lists of participating agencies."""
    sql = "select stated_on from publications where kind = 'participating' order by sequence"
    return [row[0] for row in connection.execute(sql)]


def position(connection: sqlite3.Connection, publication_id: str, listing: int) -> int | None:
    """The row, below the header, at which a list prints a listing."""
    sql = "select position from publication_rows where publication_id = ? and listing = ?"
    found = cell(connection, sql, publication_id, listing)
    return None if found is None else int(found)


_PRINTED = """
select
  listings.*,
  first_list.sequence as first_sequence,
  first_list.stated_on as first_on,
  last_list.stated_on as last_on,
  coalesce(listings.last_publication, newest.id) as shown_last,
  coalesce(last_list.sequence, newest.sequence) - first_list.sequence + 1 as lists,
  (select position from publication_rows as place
    where place.publication_id = listings.first_publication
      and place.listing = listings.listing) as first_position,
  (select position from publication_rows as place
    where place.publication_id = coalesce(listings.last_publication, newest.id)
      and place.listing = listings.listing) as last_position
from listings
join publications as first_list on first_list.id = listings.first_publication
left join publications as last_list on last_list.id = listings.last_publication
join publications as newest on newest.kind = listings.kind and newest.is_newest = 1
where listings.{column} = ?
order by listings.kind, first_list.sequence, listings.listing
"""


def printed_rows(
    connection: sqlite3.Connection, column: str, identifier: str
) -> list[dict[str, Any]]:
    """The rows as printed of an agency (``agency_id``) or agreement (``agreement_id``).

    Or those that link an address as memorandum (``moa_address``) or as ``addendum_address``.

    With the first and last list that prints each, the row's place on both, and how many lists.
    """
    assert column in ("agency_id", "agreement_id", "moa_address", "addendum_address")
    return rows(connection, _PRINTED.format(column=column), identifier)


_EVENTS = """
select changes.*
from changes
join publications on publications.id = changes.publication_id
where changes.{column} = ?
order by publications.stated_on, changes.id
"""


def events_of(connection: sqlite3.Connection, column: str, identifier: str) -> list[dict[str, Any]]:
    """Dated changes of an agency, agreement, state or publication, oldest first."""
    assert column in ("agency_id", "agreement_id", "publication_id", "state")
    return rows(connection, _EVENTS.format(column=column), identifier)


def state_name(connection: sqlite3.Connection, code: str) -> str:
    """The state's name; the code where the table has none."""
    return str(cell(connection, "select name from states where code = ?", code) or code)


def corrections_of(connection: sqlite3.Connection, path: str) -> list[dict[str, Any]]:
    """Mistakes of ours in the record at ``path`` that were corrected."""
    sql = "select * from corrections where record = ? order by corrected_on desc"
    return rows(connection, sql, path)
