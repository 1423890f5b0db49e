"""Memoranda beside their templates: the tables ``templates`` … ``deviations`` at each build.

A memorandum is described (what it says of itself, its words), a template drafted from the best read
ones of its version, and each memorandum compared with its template. Each step is kept per document
or per template and done again only where what it was made from changed. One memorandum more is
described and compared; the template of its version is drafted anew where it is among those that
vote; and the others of that version are compared again only if the wording changed with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scripts.comparison.cache import code_digest, digest_of, load, save
from scripts.comparison.described import (
    Described,
    Entry,
    describe,
    described_from_json,
    described_to_json,
    names_of,
    with_shared_words,
    words_of,
)
from scripts.comparison.deviations import Deviation, find_deviations, find_extra_signature
from scripts.comparison.drafting import Versions, draft_templates, finish, settle_versions
from scripts.comparison.templates import Template
from scripts.database.deviation_rows import Compared, insert_deviations
from scripts.database.template_rows import insert_absent_templates, insert_templates
from scripts.privacy.ready_pages import ReadyFile
from scripts.progress import counting
from scripts.reading.executors import Submit, workers
from scripts.records.models.documents import ConfirmedDeviation


@dataclass(frozen=True)
class Comparison:
    """All templates, and each memorandum's template and differences."""

    templates: tuple[Template, ...]
    compared: tuple[Compared, ...]


def load_comparison(
    connection: sqlite3.Connection,
    ready: Mapping[str, ReadyFile],
    confirmed: Sequence[ConfirmedDeviation],
    cache: Path,
    executor: Executor | None = None,
) -> None:
    """Fill ``templates``, ``template_clauses``, ``template_changes`` and ``deviations``.

    From the held memoranda's masked pages and from what persons have confirmed, which stands
    whether or not anything is held. ``executor`` (any of ``concurrent.futures``) does the work
    elsewhere.
    """
    rows = connection.execute(
        "select d.id, d.sha256, d.file_name, coalesce(a.name, ''), coalesce(a.state, '')"
        " from documents d"
        " left join agencies a on a.id = d.agency_id"
        " where d.kind = 'memorandum' order by d.id"
    ).fetchall()
    entries = [
        Entry(document_id, sha256, file_name, agency, ready, state)
        for document_id, sha256, file_name, agency, state in rows
        if sha256 in ready
    ]
    comparison = compare(entries, cache, executor)
    insert_templates(connection, comparison.templates)
    insert_deviations(connection, comparison.compared, confirmed)
    insert_absent_templates(connection)


def compare(entries: Sequence[Entry], cache: Path, executor: Executor | None = None) -> Comparison:
    """Make the templates and compare each memorandum with its own, or with the nearest."""
    with workers(executor) as submit:
        described = _describe(entries, cache, submit)
        claimed: Versions = {name: one.template for name, one in described.items()}
        drafts = draft_templates(entries, described, claimed, cache, submit)
        versions = settle_versions(described, drafts, claimed)
        if versions != claimed:
            drafts = draft_templates(entries, described, versions, cache, submit)
        templates = finish(drafts)
        compared = _compare(entries, described, versions, templates, cache, submit)
    return Comparison(tuple(templates[name] for name in sorted(templates)), compared)


def _describe(entries: Sequence[Entry], cache: Path, submit: Submit) -> dict[str, Described]:
    described: dict[str, Described] = {}
    missing: list[Entry] = []
    for entry in entries:
        kept = load(cache, entry.digest)
        if kept is None:
            missing.append(entry)
        else:
            described[entry.document_id] = described_from_json(kept, entry.document_id)
    with counting("Describing memoranda", len(missing)) as advance:
        for one in submit(describe, ((entry.loaded(),) for entry in missing), len(missing)):
            save(cache, one.digest, described_to_json(one))
            described[one.document_id] = with_shared_words(one)
            advance()
    return {entry.document_id: described[entry.document_id] for entry in entries}


def _compare(
    entries: Sequence[Entry],
    described: Mapping[str, Described],
    versions: Versions,
    templates: Mapping[str, Template],
    cache: Path,
    submit: Submit,
) -> tuple[Compared, ...]:
    digests = {name: template.digest for name, template in templates.items()}
    found: dict[str, tuple[Deviation, ...]] = {}
    missing: list[tuple[Entry, str, str]] = []
    own = [(entry, versions[entry.document_id] or "") for entry in entries]
    own = [(entry, version) for entry, version in own if version in templates]
    for entry, version in own:
        one = described[entry.document_id]
        key = digest_of([one.digest, digests[version], code_digest("differences")])
        kept = load(cache, key)
        if kept is None:
            missing.append((entry, version, key))
        else:
            found[entry.document_id] = tuple(_from_json(row) for row in kept)
    calls = (
        (entry.loaded(), described[entry.document_id].printed, templates[version])
        for entry, version, _ in missing
    )
    with counting("Comparing memoranda", len(missing)) as advance:
        for (entry, _, key), differences in zip(
            missing, submit(differ, calls, len(missing)), strict=True
        ):
            save(cache, key, [asdict(deviation) for deviation in differences])
            found[entry.document_id] = differences
            advance()
    return tuple(
        Compared(entry.document_id, version, found[entry.document_id]) for entry, version in own
    )


def differ(entry: Entry, printed: str, template: Template) -> tuple[Deviation, ...]:
    """How one memorandum differs from its template, a third signature included."""
    signed = [page.page for page in entry.pages if page.role == "signatures"]
    extra = find_extra_signature(signed)
    words = words_of(entry, printed)
    found = find_deviations(template, words, names_of(entry, printed))
    return (*found, extra) if extra else found


def _from_json(row: dict[str, Any]) -> Deviation:
    boxes = tuple((box[0], box[1], box[2], box[3], box[4]) for box in row["boxes"])
    return Deviation(**(row | {"boxes": boxes}))
