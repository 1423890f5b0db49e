"""A difference of a memorandum from its form, ready to be shown: words, page, picture, how sure."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from scripts.web.parts.pictures import Crop, crop_of
from scripts.web.parts.side_by_side import Found, Sides, find_alike, find_words, lay_side_by_side
from scripts.web.view.page import Row, rows

Sure = Literal["confirmed", "found", "unverified"]
SURE: tuple[Sure, ...] = ("confirmed", "found", "unverified")
_AROUND = 12  # words of context on either side
_ANCHOR = 5  # words before an omission that tell its place
_ALIKE = 85  # likeness of two memoranda's differences that are one and the same

LIST = """
select deviations.*, document_list.title, document_list.agency, document_list.agency_id,
  document_list.state, document_list.model, document_list.is_held, document_list.address,
  document_list.provenance, document_list.reported_via, document_list.sha256,
  document_list.agreement_id, coalesce(states.name, document_list.state) as state_name,
  templates.title as template_title,
  coalesce(
    document_list.signed_on, document_list.published_on, document_list.listed_signed_on
  ) as dated
from deviations
join document_list on document_list.id = deviations.document_id
left join templates on templates.id = deviations.template_id
left join states on states.code = document_list.state
"""
MOST_UNUSUAL_FIRST = """
order by deviations.is_verified desc, deviations.is_sure desc, deviations.unusualness desc,
  deviations.words desc, deviations.id
"""
IN_ORDER = "order by deviations.page_number, deviations.id"


class Around(NamedTuple):
    """Words before and after."""

    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """One difference, both wordings with a few words around them, and pieces of the pictures."""

    row: Row
    sure: Sure
    sides: Sides
    in_template: Around
    in_document: Around
    crops: Sequence[Crop]
    pages: Mapping[int, Row]  # the pages that it stands on


def sure_of(row: Row) -> Sure:
    """Confirmed on the picture, found where both sides were read well, or perhaps misread."""
    if row["is_verified"]:
        return "confirmed"
    return "found" if row["is_sure"] else "unverified"


def differences_of(connection: sqlite3.Connection, where: str, *values: object) -> list[Difference]:
    """Differences in the order of their pages; ``where`` is the condition that chooses them."""
    found = rows(connection, f"{LIST} where {where} {IN_ORDER}", *values)
    pages: dict[str, dict[int, Row]] = {}
    for name in {row["document_id"] for row in found}:
        own = rows(connection, "select * from pages where document_id = ?", name)
        pages[name] = {page["page_number"]: page for page in own}
    return [read_difference(row, pages[row["document_id"]]) for row in found]


def read_difference(row: Row, pages: Mapping[int, Row]) -> Difference:
    """A row of `LIST` with its memorandum's pages, by number."""
    place = place_of(row, pages)
    printed, around = _printed(row, place)
    boxes = json.loads(row["boxes"]) if row["boxes"] else []
    numbers = list(dict.fromkeys(box[0] for box in boxes)) or [row["page_number"]]
    own = {number: pages[number] for number in numbers if number in pages}
    if any(page["withheld"] for page in own.values()):
        around = Around("", "")  # signatures and contacts lie around it
    crops = (crop_of(page, row["id"], boxes) for page in own.values()) if boxes else ()
    return Difference(
        row,
        sure_of(row),
        lay_side_by_side(row["template_text"] or "", printed),
        Around(row["template_before"] or "", row["template_after"] or ""),
        around,
        [crop for crop in crops if crop is not None],
        own,
    )


class Place(NamedTuple):
    """Where a difference stands in its memorandum: the text of a page (and of the one after it
    where it goes on there), and the characters in it; both ends are one where words are missing."""

    page_number: int
    text: str
    found: Found
    length: int  # characters of the first page


def place_of(row: Row, pages: Mapping[int, Row]) -> Place | None:
    """Found by its words, or by those before it; ``None`` where the text does not have them."""
    first, second = (pages.get(row["page_number"] + step) for step in (0, 1))
    if first is None or not first["text"]:
        return None
    after = "\n" + second["text"] if second is not None and second["text"] else ""
    text = first["text"] + after
    found = None
    if row["document_text"]:
        words = row["document_text"].split()
        found = find_words(text, words) or find_alike(text, words)
    elif row["document_before"]:
        before = find_words(text, row["document_before"].split()[-_ANCHOR:])
        found = before and Found(before.end, before.end)
    return None if found is None else Place(row["page_number"], text, found, len(first["text"]))


def ranges_on(
    differences: Iterable[tuple[Row, Place | None]], page_number: int
) -> list[tuple[str, tuple[int, int]]]:
    """Identifier and characters of each difference on a page, clipped to it."""
    result = []
    for row, place in differences:
        if place is None:
            continue
        start, end = place.found
        if place.page_number == page_number and start <= place.length:
            result.append((row["id"], (start, min(end, place.length))))
        elif place.page_number == page_number - 1 and end > place.length + 1:
            skipped = place.length + 1
            result.append((row["id"], (max(start - skipped, 0), end - skipped)))
    return result


def _printed(row: Row, place: Place | None) -> tuple[str, Around]:
    """The memorandum's words as its page has them, with some before and after."""
    if place is None:
        around = Around(row["document_before"] or "", row["document_after"] or "")
        return row["document_text"] or "", around
    start, end = place.found
    words = " ".join(place.text[start:end].split())
    before = place.text[:start].split()[-_AROUND:]
    after = place.text[end:].split()[:_AROUND]
    return words, Around(" ".join(before), " ".join(after))


def others_alike(connection: sqlite3.Connection, row: Row) -> list[Row]:
    """Other memoranda of the same form that differ in the same way."""
    if not row["template_id"]:
        return []
    text = row["document_text"] or row["template_text"] or ""
    sql = f"{LIST} where template_id = ? and deviations.kind = ? and document_id <> ? {IN_ORDER}"
    found = rows(connection, sql, row["template_id"], row["kind"], row["document_id"])
    return [
        other
        for other in found
        if text
        and fuzz.ratio(text, other["document_text"] or other["template_text"] or "") >= _ALIKE
    ]
