"""Boxes of excerpts on pages that were read by eye or repaired, from the words' own boxes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from scripts.privacy.ready import ReadyFile
from scripts.privacy.spans import Box, locate_boxes


def fill_missing_boxes(connection: sqlite3.Connection, ready: Mapping[str, ReadyFile]) -> None:
    """Fill ``excerpts.boxes`` where the text layer gave none and the wording has its place."""
    excerpts = connection.execute(
        "select excerpts.id, documents.sha256, page_number, coalesce(to_page_number, page_number),"
        " start_offset, end_offset from excerpts join documents on documents.id = document_id"
        " where boxes is null and start_offset is not null and end_offset is not null"
        " and page_number is not null order by excerpts.id"
    ).fetchall()
    for name, sha256, first, last, start, end in excerpts:
        if sha256 not in ready:
            continue
        boxes = excerpt_boxes(ready[sha256], first, last, start, end)
        if boxes:
            connection.execute(
                "update excerpts set boxes = ? where id = ?", (json.dumps(boxes), name)
            )


def excerpt_boxes(
    file: ReadyFile, first: int, last: int, start: int, end: int
) -> list[tuple[int, float, float, float, float]]:
    """One box a line, as (page, x0, y0, x1, y1) in points.

    ``start`` counts on the first page, ``end`` on the last.
    """
    result: list[tuple[int, float, float, float, float]] = []
    for page in file.pages:
        number = page.page.page_number
        if not first <= number <= last:
            continue
        begin = start if number == first else 0
        stop = end if number == last else len(page.text)
        found: tuple[Box, ...] = locate_boxes(page.page.lines, begin, stop)
        result += [(number, *box) for box in found]
    return result
