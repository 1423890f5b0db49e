"""What changed from list to list in the whole country, newest first."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scripts.web.parts import lookups
from scripts.web.parts.months import Month, draw_months, fill_months
from scripts.web.view.page import Ask, Row, View, rows

_UNFOLDED = 10  # lists whose single changes are shown
_MONTHS = 24  # months in the picture
_KINDS = {
    "added": ("listed", "listed-again"),
    "removed": ("removed", "superseded"),
    "corrected": ("date-corrected", "renamed", "relabelled"),
}  # all others are links to memoranda and addenda

_LISTS = """
select publications.id, publications.stated_on, publications.rows,
  count(*) filter (where events.kind in ('listed', 'listed-again')) as added,
  count(*) filter (where events.kind in ('removed', 'superseded')) as removed,
  count(*) filter (where events.kind in ('date-corrected', 'renamed', 'relabelled')) as corrected,
  count(events.id) as changes
from publications
left join events on events.publication_id = publications.id
where publications.kind = 'participating' and publications.previous_id is not null
group by publications.id
order by publications.sequence desc
"""
_CHANGES = "select * from changes where publication_id = ? order by state, agency, model, id"


@dataclass(frozen=True)
class ListChanges:
    """A list and its single changes against the one before it, by what happened."""

    publication: Row
    added: Sequence[Row]
    removed: Sequence[Row]
    corrected: Sequence[Row]
    linked: Sequence[Row]


@dataclass(frozen=True)
class ChangesPage:
    """``newest`` lists with single changes, ``older`` ones with counts, and months in a picture."""

    newest: Sequence[ListChanges]
    older: Sequence[Row]
    months: Sequence[Month]
    picture: Markup


def view(connection: sqlite3.Connection, ask: Ask) -> View:
    """The national page of changes."""
    found = rows(connection, _LISTS)
    months = _months(found)
    newest = lookups.newest_list(connection)["stated_on"]
    page = ChangesPage(
        [_list(connection, row) for row in found[:_UNFOLDED]],
        found[_UNFOLDED:],
        [month for month in reversed(months) if month.lists],
        _picture(ask, months),
    )
    told = ask.words.plural(
        "What each of ICE's lists of participating agencies changed against the one before it: "
        "%(count)s list compared, newest first, up to that of %(date)s.",
        "What each of ICE's lists of participating agencies changed against the one before it: "
        "%(count)s lists compared, newest first, up to that of %(date)s.",
        len(found),
        date=ask.words.date(newest),
    )
    return View("changes", ask.words.text("Changes"), told, page, dated=newest)


def _list(connection: sqlite3.Connection, publication: Row) -> ListChanges:
    found = rows(connection, _CHANGES, publication["id"])
    parts = {
        name: [row for row in found if row["change"] in kinds] for name, kinds in _KINDS.items()
    }
    told = {kind for kinds in _KINDS.values() for kind in kinds}
    linked = [row for row in found if row["change"] not in told]
    return ListChanges(publication, parts["added"], parts["removed"], parts["corrected"], linked)


def _months(found: Sequence[Row]) -> list[Month]:
    """The lists' counts by the month of the list, oldest first."""
    months: dict[str, Month] = {}
    for row in reversed(found):
        name = row["stated_on"][:7]
        before = months.get(name, Month(name))
        months[name] = Month(
            name,
            before.added + row["added"],
            before.removed + row["removed"],
            before.lists + 1,
        )
    return list(months.values())


def _picture(ask: Ask, months: Sequence[Month]) -> Markup:
    shown = fill_months(months, _MONTHS)
    if not shown:
        return Markup("")
    words = ask.words
    told = words.text(
        "From %(first)s to %(last)s, lists showed %(added)s agreements new and %(removed)s gone. "
        "The table beneath has the figures of each month.",
        first=words.date(shown[0].month),
        last=words.date(shown[-1].month),
        added=words.number(sum(month.added for month in shown)),
        removed=words.number(sum(month.removed for month in shown)),
    )
    return draw_months(shown, words.text("Agreements new on the lists and gone from them"), told)
