"""How memoranda differ from their templates, and the templates themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.web.view import Ask, Row, View, cell, one, rows

_DEVIATIONS = """
select deviations.*, document_list.title, document_list.agency, document_list.agency_id,
  document_list.state, templates.title as template_title
from deviations
join document_list on document_list.id = deviations.document_id
left join templates on templates.id = deviations.template_id
order by deviations.is_verified desc, deviations.is_sure desc, deviations.unusualness desc,
  deviations.words desc, deviations.id
"""


@dataclass(frozen=True)
class DeviationsPage:
    """All differences, those that a person confirmed first, then the most unusual."""

    confirmed: Sequence[Row]
    sure: Sequence[Row]
    unsure: Sequence[Row]
    templates: Sequence[Row]


def index(connection: sqlite3.Connection, ask: Ask) -> View:
    """What is unusual in the memoranda, across the archive."""
    found = rows(connection, _DEVIATIONS)
    compared = cell(
        connection,
        "select count(*) from documents where kind = 'memorandum' and is_held = 1",
    )
    page = DeviationsPage(
        [row for row in found if row["is_verified"]],
        [row for row in found if row["is_sure"] and not row["is_verified"]],
        [row for row in found if not row["is_sure"]],
        rows(connection, "select * from templates order by model, id"),
    )
    text = ask.words.text
    told = text(
        "%(count)s held memoranda are compared with the templates they were made from; these are "
        "the passages in which one says something else.",
        count=ask.words.number(compared),
    )
    return View("deviations", text("What is unusual in the memoranda"), told, page)


@dataclass(frozen=True)
class TemplatePage:
    """A template's clauses, what it changed from the version before, and who uses it."""

    template: Row
    clauses: Sequence[Row]
    changes: Sequence[Row]
    documents: Sequence[Row]


def template(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """A version of ICE's form as most of its memoranda word it."""
    found = one(connection, "select * from templates where id = ?", id)
    if found is None:
        return None
    page = TemplatePage(
        found,
        rows(
            connection,
            "select * from template_clauses where template_id = ? order by position",
            id,
        ),
        rows(
            connection,
            "select template_changes.*, templates.title as from_title from template_changes"
            " join templates on templates.id = from_id where to_id = ? order by position",
            id,
        ),
        rows(
            connection,
            "select * from document_list where template = ? and kind = 'memorandum'"
            " order by state, agency, id",
            id,
        ),
    )
    text = ask.words.text
    told = text(
        "A form of ICE's, put together from the wording that most of the %(count)s held memoranda "
        "made from it share. It is made anew at each build and is no document of ICE's.",
        count=ask.words.number(found["documents"]),
    )
    title = text("Template: %(title)s", title=found["title"])
    return View("template", title, told, page, dated=found["revised_on"])
