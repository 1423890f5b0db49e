"""Rows of tables ``templates``, ``template_clauses`` and ``template_changes``."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence

from scripts.comparison.blocks import blocks_of
from scripts.comparison.templates import ENOUGH, FEW, Template
from scripts.comparison.versions import compare_versions
from scripts.tables.insert import Value, insert_rows

MODELS = {"tfm": "Task Force Model", "wso": "Warrant Service Officer", "jem": "Jail Enforcement"}

_ABSENT = "None of the memoranda made from it was at hand for this build."


def insert_templates(connection: sqlite3.Connection, templates: Sequence[Template]) -> None:
    """All templates, block by block, and what each pair of versions of a model says otherwise."""
    insert_rows(
        connection,
        "templates",
        ("id", "model", "title", "revised_on", "documents", "voted", "agreement", "note"),
        [_row(template) for template in templates],
    )
    insert_rows(
        connection,
        "template_clauses",
        ("template_id", "position", "clause", "kind", "level", "number", "text", "agreement"),
        [row for template in templates for row in _blocks(template)],
    )
    insert_rows(
        connection,
        "template_changes",
        ("from_id", "to_id", "position", "kind", "clause", "from_text", "to_text"),
        list(_changes(templates)),
    )


def insert_absent_templates(connection: sqlite3.Connection) -> None:
    """Versions that records name and no held memorandum shows: their addresses stand all the same.

    A confirmed difference of a memorandum that was not compared is one from the version that its
    record names.
    """
    named = connection.execute(
        "select distinct template from documents where kind = 'memorandum' and template is not null"
        " and template not in (select id from templates) order by template"
    )
    insert_rows(
        connection,
        "templates",
        ("id", "model", "title", "revised_on", "documents", "voted", "note"),
        [(*_name(name), 0, 0, _ABSENT) for (name,) in named.fetchall()],
    )
    connection.execute(
        "update deviations set template_id ="
        " (select template from documents where documents.id = deviations.document_id)"
        " where template_id is null"
    )


def _name(template_id: str) -> tuple[str, str, str, str | None]:
    """Identifier, model, title, and the day of the revision where there is one."""
    model, _, revised = template_id.partition("-")
    name = MODELS.get(model, model)
    if len(revised) != 10:
        return template_id, model, f"{name}, {revised}", None
    day = dt.date.fromisoformat(revised)
    return template_id, model, f"{name}, revised {day.day} {day:%B %Y}", revised


def _row(template: Template) -> tuple[Value, ...]:
    return (
        *_name(template.id),
        *(template.documents, template.voted, template.agreement, _note(template)),
    )


def _note(template: Template) -> str | None:
    if template.voted <= ENOUGH:
        return (
            f"Rests on {template.voted} memoranda; where they differ, the wording is that of the "
            "version of the same model that rests on most."
        )
    if template.voted <= FEW:
        return f"Rests on {template.voted} memoranda: few to tell what the form prints."
    return None


def _blocks(template: Template) -> Iterator[tuple[Value, ...]]:
    for position, block in enumerate(blocks_of(template), 1):
        yield (
            *(template.id, position, block.clause or None, block.kind, block.level),
            *(block.number, block.text, block.share),
        )


def _changes(templates: Sequence[Template]) -> Iterator[tuple[Value, ...]]:
    for one, other, changes in compare_versions(templates):
        for position, change in enumerate(changes, 1):
            yield (
                *(one, other, position, change.kind, change.clause or None),
                *(change.from_text or None, change.to_text or None),
            )
