"""Rows of table ``deviations``: what the machine found and what a person confirmed, as one."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from scripts.comparison.deviations import Deviation
from scripts.comparison.unusual import Difference, count_alike
from scripts.records.models.documents import ConfirmedDeviation
from scripts.tables.insert import Value, insert_rows

_SAME = 85  # likeness of two headings that are one
_COLUMNS = (
    *("id", "document_id", "template_id", "page_number", "kind", "clause", "summary"),
    *("template_text", "document_text", "is_sure", "is_verified", "checked_on", "words"),
    *("alike", "compared", "unusualness", "boxes", "template_before", "template_after"),
    *("document_before", "document_after"),
)


@dataclass(frozen=True)
class Compared:
    """A memorandum, its template, and what differs."""

    document_id: str
    template_id: str
    found: tuple[Deviation, ...]


def insert_deviations(
    connection: sqlite3.Connection,
    compared: Sequence[Compared],
    confirmed: Sequence[ConfirmedDeviation],
) -> None:
    """Each difference once, with the record of the person who confirmed it where there is one."""
    records: dict[str, list[ConfirmedDeviation]] = defaultdict(list)
    for record in confirmed:
        records[record.document_id].append(record)
    sizes = Counter(one.template_id for one in compared)
    alike = iter(
        count_alike(
            [
                Difference(one.template_id, deviation.kind, _told(deviation), one.document_id)
                for one in compared
                for deviation in one.found
            ]
        )
    )
    rows: list[tuple[Value, ...]] = []
    for one in compared:
        left = records.pop(one.document_id, [])
        taken: set[str] = set()
        matches = _match(left, one.found)
        for number, deviation in enumerate(one.found):
            match = matches.get(number)
            if match is not None:
                left.remove(match)
            row = _row(one, deviation, match, (next(alike), sizes[one.template_id]))
            rows.append(_once(row, taken))
        rows.extend(_confirmed(record, one.template_id) for record in left)
    rows.extend(_confirmed(record, None) for own in records.values() for record in own)
    insert_rows(connection, "deviations", _COLUMNS, sorted(rows, key=lambda row: str(row[0])))


def _told(deviation: Deviation) -> str:
    return deviation.document_text or deviation.template_text


def _match(
    records: Sequence[ConfirmedDeviation], found: Sequence[Deviation]
) -> dict[int, ConfirmedDeviation]:
    """Which record is which difference, by number: the longest of its kind near its page.

    Those under the same heading come first; what remains is matched by page and kind alone.
    """
    matches: dict[int, ConfirmedDeviation] = {}
    for needs_clause in (True, False):
        for record in records:
            if record in matches.values():
                continue
            near = [
                number
                for number, one in enumerate(found)
                if number not in matches
                and one.kind == record.kind
                and abs(one.page_number - record.page_number) <= 1
                and (_is_under(record, one) or not needs_clause)
            ]
            near.sort(
                key=lambda number: (
                    abs(found[number].page_number - record.page_number),
                    -found[number].words,
                )
            )
            if near:
                matches[near[0]] = record
    return matches


def _is_under(record: ConfirmedDeviation, deviation: Deviation) -> bool:
    return fuzz.partial_ratio(record.clause.lower(), deviation.clause.lower()) >= _SAME


def _row(
    one: Compared, deviation: Deviation, record: ConfirmedDeviation | None, counts: tuple[int, int]
) -> tuple[Value, ...]:
    return (
        record.id if record else machine_id(one.document_id, deviation),
        one.document_id,
        one.template_id,
        record.page_number if record else deviation.page_number,
        deviation.kind,
        (record.clause if record else deviation.clause) or None,
        record.summary if record else None,
        deviation.template_text or None,
        deviation.document_text or None,
        int(record is not None or deviation.is_sure),
        int(record is not None),
        record.checked_on.isoformat() if record else None,
        deviation.words,
        *counts,
        round(1 - counts[0] / counts[1], 3),
        json.dumps(deviation.boxes) if deviation.boxes else None,
        *(deviation.template_before or None, deviation.template_after or None),
        *(deviation.document_before or None, deviation.document_after or None),
    )


def _confirmed(record: ConfirmedDeviation, template_id: str | None) -> tuple[Value, ...]:
    """What a person confirmed and the machine does not find here: not held, or read otherwise."""
    return (
        *(record.id, record.document_id, template_id, record.page_number, record.kind),
        *(record.clause, record.summary, None, None, 1, 1, record.checked_on.isoformat()),
        *(None,) * (len(_COLUMNS) - 12),
    )


def machine_id(document_id: str, deviation: Deviation) -> str:
    """From what differs and the form's words before, so that it stays when others appear."""
    told = [deviation.template_before, deviation.template_text, deviation.document_text]
    digest = hashlib.sha256(json.dumps(told).encode()).hexdigest()
    return f"{document_id}-m{digest[:8]}"


def _once(row: tuple[Value, ...], taken: set[str]) -> tuple[Value, ...]:
    """The same words once more in one memorandum get ``-2`` and so on."""
    name, number = str(row[0]), 1
    while (name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    name = name if number == 1 else f"{name}-{number}"
    taken.add(name)
    return (name, *row[1:])
