"""Rows of tables ``templates``, ``template_clauses`` and ``template_changes``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from scripts.build.blocks import blocks_of
from scripts.build.insert import Value, insert_rows
from scripts.build.templates import ENOUGH, FEW, Template
from scripts.build.versions import compare_versions

MODELS = {"tfm": "Task Force Model", "wso": "Warrant Service Officer", "jem": "Jail Enforcement"}


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


def _row(template: Template) -> tuple[Value, ...]:
    model, _, revised = template.id.partition("-")
    is_revision = len(revised) == 10
    title = f"{MODELS.get(model, model)}, {'revised ' if is_revision else ''}{revised}"
    return (
        *(template.id, model, title, revised if is_revision else None),
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
