"""Memoranda beside their templates: the tables ``templates`` … ``deviations`` at each build."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from scripts.build.clauses import PARTY, Token, tokens_of
from scripts.build.deviations import Deviation, find_deviations, find_extra_signature
from scripts.build.ready import ReadyFile
from scripts.build.templates import SAMPLE, Template, keys, make_template
from scripts.records.models import ConfirmedDeviation
from scripts.sources.memorandum import read_facts

COMPARE_VERSION = 2
MODELS = {"tfm": "Task Force Model", "wso": "Warrant Service Officer", "jem": "Jail Enforcement"}
_CODE = ("clauses.py", "templates.py", "places.py", "deviations.py", "compare.py")
_OFFICES = frozenset(
    ("county", "sheriff", "sheriff’s", "sheriffs", "police", "department", "office", "city")
)
_SAME = 85  # likeness of two memoranda's differences that are one and the same


@dataclass(frozen=True)
class Held:
    """One held memorandum, as compared."""

    document_id: str
    template: str | None
    model: str | None
    tokens: tuple[Token, ...]
    whole: str
    names: frozenset[str]
    extra_signature: Deviation | None


@dataclass(frozen=True)
class Comparison:
    """All templates, and each memorandum's template and differences."""

    templates: tuple[Template, ...]
    compared: tuple[tuple[str, str, tuple[Deviation, ...]], ...]  # document, template, differences
    changes: tuple[tuple[str, str, tuple[Deviation, ...]], ...]  # template, later one, differences


def load_comparison(
    connection: sqlite3.Connection,
    ready: Mapping[str, ReadyFile],
    confirmed: Sequence[ConfirmedDeviation],
    cache: Path,
) -> None:
    """Fill ``templates``, ``template_clauses``, ``template_changes`` and ``deviations``.

    From the held memoranda's masked pages, cached by their hashes, and from what persons have
    confirmed, which stands whether or not anything is held.
    """
    documents = connection.execute(
        "select d.id, d.sha256, d.file_name, coalesce(a.name, '') from documents d"
        " left join agencies a on a.id = d.agency_id"
        " where d.kind = 'memorandum' order by d.id"
    ).fetchall()
    own = [row for row in documents if row[1] in ready]
    comparison = _cached(own, ready, cache)
    _insert_templates(connection, comparison)
    _insert_deviations(connection, comparison, confirmed)


def _cached(
    documents: Sequence[tuple[str, str, str, str]], ready: Mapping[str, ReadyFile], cache: Path
) -> Comparison:
    facts = [(row, [page.text for page in ready[row[1]].pages]) for row in documents]
    code = [Path(__file__).with_name(name).read_text(encoding="utf-8") for name in _CODE]
    digest = hashlib.sha256(json.dumps([facts, code, COMPARE_VERSION]).encode()).hexdigest()
    place = cache / "compared" / f"{digest}.json"
    try:
        return _from_json(json.loads(place.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        pass
    comparison = compare([_hold(row, ready[row[1]]) for row in documents])
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f"{place.name}.{os.getpid()}.tmp")
    aside.write_text(json.dumps(_to_json(comparison)), encoding="utf-8")
    os.replace(aside, place)
    return comparison


def _hold(row: tuple[str, str, str, str], ready: ReadyFile) -> Held:
    document_id, _, file_name, agency = row
    pages = [page.page for page in ready.pages]
    facts = read_facts(pages)
    names = name_words(file_name, agency, facts.agency.value if facts.agency else "")
    body = [page.page for page in ready.pages if page.role is None]
    signed = [page.page for page in ready.pages if page.role == "signatures"]
    return Held(
        document_id=document_id,
        template=facts.template.value if facts.template else None,
        model=facts.model.value if facts.model else None,
        tokens=tokens_of(body, names),
        whole=" ".join(keys(tokens_of(pages, names))),
        names=names,
        extra_signature=find_extra_signature(signed),
    )


def name_words(*names: str) -> frozenset[str]:
    """Words of an agency's names and its file's, in lower case, with words that all share."""
    words = (
        word.lower() for name in names for word in re.findall(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}", name)
    )
    return frozenset(words) - {"moa", "tfm", "wso", "jem", "and", "the", "pdf"} | _OFFICES


def compare(documents: Sequence[Held]) -> Comparison:
    """Make the templates and compare each memorandum with its own, or with the nearest."""
    templates = _make_templates(documents)
    compared: list[tuple[str, str, tuple[Deviation, ...]]] = []
    for document in documents:
        template = _template_for(document, templates)
        if template is None:
            continue
        others = replace(template, whole=_whole_of_others(document, template.id, documents))
        found = find_deviations(others, document.tokens, document.names, document.whole)
        extra = (document.extra_signature,) if document.extra_signature else ()
        compared.append((document.document_id, template.id, (*found, *extra)))
    ordered = tuple(templates[name] for name in sorted(templates))
    return Comparison(ordered, tuple(compared), _compare_versions(ordered))


def _make_templates(documents: Sequence[Held]) -> dict[str, Template]:
    groups: dict[str, list[Held]] = defaultdict(list)
    for document in documents:
        if document.template is not None:
            groups[document.template].append(document)
    made: dict[str, Template] = {}
    for name, group in sorted(groups.items()):
        template = make_template(name, [document.tokens for document in group])
        if template is not None:
            made[name] = template
    return made


def _whole_of_others(document: Held, template: str, documents: Sequence[Held]) -> str:
    """The text of up to three other memoranda of a template, all their pages."""
    own = [other.whole for other in documents if other.template == template and other != document]
    return " ".join(own[:3])


def _template_for(document: Held, templates: Mapping[str, Template]) -> Template | None:
    if document.template is not None and document.template in templates:
        return templates[document.template]
    own = [template for name, template in templates.items() if name[:3] == document.model]
    words = keys(document.tokens)
    return min(
        own,
        key=lambda template: (
            Indel.normalized_distance(keys(template.tokens), words),
            template.id,
        ),
        default=None,
    )


def _compare_versions(
    templates: Sequence[Template],
) -> tuple[tuple[str, str, tuple[Deviation, ...]], ...]:
    """Each version with the one before it of the same model."""
    result: list[tuple[str, str, tuple[Deviation, ...]]] = []
    for _, group in groupby(templates, key=lambda template: template.id[:3]):
        chain = list(group)
        for earlier, later in pairwise(chain):
            result.append(
                (earlier.id, later.id, find_deviations(earlier, later.tokens, whole=later.whole))
            )
    return tuple(result)


def _insert_templates(connection: sqlite3.Connection, comparison: Comparison) -> None:
    for template in comparison.templates:
        model, _, revised = template.id.partition("-")
        is_revision = len(revised) == 10
        title = f"{MODELS[model]}, {'revised ' if is_revision else ''}{revised}"
        connection.execute(
            "insert into templates (id, model, title, revised_on, documents, voted)"
            " values (?, ?, ?, ?, ?, ?)",
            (
                *(template.id, model, title, revised if is_revision else None),
                *(template.documents, min(template.documents, SAMPLE)),
            ),
        )
        for position, (clause, group) in enumerate(
            groupby(template.tokens, key=lambda token: token.clause), 1
        ):
            text = " ".join("[agency]" if token.key == PARTY else token.text for token in group)
            connection.execute(
                "insert into template_clauses (template_id, position, clause, kind, level, text)"
                " values (?, ?, ?, 'paragraph', 0, ?)",
                (template.id, position, clause or None, text),
            )
    for earlier, later, changes in comparison.changes:
        connection.executemany(
            "insert into template_changes (from_id, to_id, position, kind, clause, from_text,"
            " to_text) values (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *(earlier, later, position, change.kind, change.clause or None),
                    *(change.template_text or None, change.document_text or None),
                )
                for position, change in enumerate(changes, 1)
            ],
        )


def _insert_deviations(
    connection: sqlite3.Connection,
    comparison: Comparison,
    confirmed: Sequence[ConfirmedDeviation],
) -> None:
    by_document: dict[str, list[ConfirmedDeviation]] = defaultdict(list)
    for record in confirmed:
        by_document[record.document_id].append(record)
    for document_id, template_id, found in comparison.compared:
        records = by_document.pop(document_id, [])
        rows: list[tuple[Deviation | None, ConfirmedDeviation | None]] = []
        for deviation in found:
            match = next((r for r in records if _is_same(r, deviation)), None)
            if match is not None:
                records.remove(match)
            rows.append((deviation, match))
        rows += [(None, record) for record in records]
        alike = [_alike(d, template_id, comparison) if d else None for d, _ in rows]
        _insert_rows(connection, document_id, template_id, rows, alike)
    for document_id, records in sorted(by_document.items()):
        own: list[tuple[Deviation | None, ConfirmedDeviation | None]] = [
            (None, record) for record in records
        ]
        _insert_rows(connection, document_id, None, own, [None] * len(own))


def _is_same(record: ConfirmedDeviation, deviation: Deviation) -> bool:
    is_near = abs(record.page_number - deviation.page_number) <= 1
    likeness = fuzz.partial_ratio(record.clause.lower(), deviation.clause.lower())
    return is_near and record.kind == deviation.kind and likeness >= _SAME


def _alike(deviation: Deviation, template_id: str, comparison: Comparison) -> tuple[int, int]:
    """Memoranda that differ in the same way from a template, and all that were compared with it."""
    text = deviation.document_text or deviation.template_text
    others = [found for _, template, found in comparison.compared if template == template_id]
    same = sum(
        any(
            other.kind == deviation.kind
            and fuzz.ratio(text, other.document_text or other.template_text) >= _SAME
            for other in found
        )
        for found in others
    )
    return same, len(others)


def _insert_rows(
    connection: sqlite3.Connection,
    document_id: str,
    template_id: str | None,
    rows: Sequence[tuple[Deviation | None, ConfirmedDeviation | None]],
    alike: Sequence[tuple[int, int] | None],
) -> None:
    taken: set[str] = set()
    for (deviation, record), counts in zip(rows, alike, strict=True):
        source = record or deviation
        assert source is not None
        connection.execute(
            "insert into deviations (id, document_id, template_id, page_number, kind, clause,"
            " summary, template_text, document_text, is_sure, is_verified, checked_on, words,"
            " alike, compared, unusualness, boxes, template_before, template_after,"
            " document_before, document_after) values"
            " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                record.id if record else _machine_id(document_id, deviation, taken),
                document_id,
                template_id,
                source.page_number,
                source.kind,
                source.clause or None,
                record.summary if record else None,
                (deviation.template_text or None) if deviation else None,
                (deviation.document_text or None) if deviation else None,
                int(record is not None or (deviation is not None and deviation.is_sure)),
                int(record is not None),
                record.checked_on.isoformat() if record else None,
                deviation.words if deviation else None,
                *(counts or (None, None)),
                round(1 - counts[0] / counts[1], 3) if counts else None,
                json.dumps(deviation.boxes) if deviation and deviation.boxes else None,
                *_around(deviation),
            ),
        )


def _around(deviation: Deviation | None) -> tuple[str | None, ...]:
    if deviation is None:
        return (None, None, None, None)
    return (
        *(deviation.template_before or None, deviation.template_after or None),
        *(deviation.document_before or None, deviation.document_after or None),
    )


def _machine_id(document_id: str, deviation: Deviation | None, taken: set[str]) -> str:
    """From what differs and nothing else, so that it stays when another difference appears."""
    assert deviation is not None
    told = [deviation.kind, deviation.template_text, deviation.document_text]
    digest = hashlib.sha256(json.dumps(told).encode()).hexdigest()
    name = f"{document_id}-m{digest[:8]}"
    while name in taken:  # the same words once more
        name += "-2"
    taken.add(name)
    return name


def _to_json(comparison: Comparison) -> dict[str, Any]:
    def told(
        rows: tuple[tuple[str, str, tuple[Deviation, ...]], ...],
    ) -> list[tuple[str, str, list[dict[str, Any]]]]:
        return [(a, b, [asdict(deviation) for deviation in found]) for a, b, found in rows]

    return {
        "templates": [
            [t.id, [list(token) for token in t.tokens], sorted(t.blanks), t.documents]
            for t in comparison.templates
        ],
        "compared": told(comparison.compared),
        "changes": told(comparison.changes),
    }


def _from_json(value: dict[str, Any]) -> Comparison:
    def read(rows: Any) -> tuple[tuple[str, str, tuple[Deviation, ...]], ...]:
        return tuple((a, b, tuple(_deviation(row) for row in found)) for a, b, found in rows)

    templates = tuple(
        Template(name, tuple(_token(token) for token in tokens), frozenset(blanks), "", documents)
        for name, tokens, blanks, documents in value["templates"]
    )
    return Comparison(templates, read(value["compared"]), read(value["changes"]))


def _token(row: Sequence[Any]) -> Token:
    key, text, page, quality, clause, is_copied, box = row
    return Token(key, text, page, quality, clause, is_copied, tuple(box))


def _deviation(row: dict[str, Any]) -> Deviation:
    return Deviation(**{**row, "boxes": tuple(tuple(box) for box in row["boxes"])})
