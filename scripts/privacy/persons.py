"""What of a memorandum's pages concerns persons: the page's role, names, addresses, regions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.privacy.names import find_addresses, find_names, find_numbers, words_of
from scripts.privacy.people import (
    Region,
    Role,
    block_start,
    continue_contact_clause,
    find_attached_role,
    find_contact_clause,
    find_role,
)
from scripts.privacy.spans import Box, Span, merge_spans, page_text
from scripts.reading.page import Line

PERSONS_VERSION = 8
_TWICE = 2  # pages on which a word must stand before it is nobody's name
_MARGIN = 30.0  # points kept free at the right edge of a covered region
_INSET = 2.5  # points between a covered region and its neighbours, for the padding of all boxes


@dataclass(frozen=True)
class Persons:
    """What concerns persons on one page."""

    role: Role | None
    region: Region | None  # lines of the contact clause
    spans: tuple[Span, ...]  # names and addresses


def find_people(pages: Sequence[Sequence[Line]]) -> tuple[Persons, ...]:
    """What concerns persons on each page of one memorandum."""
    roles = [find_role(lines) for lines in pages]
    regions = _find_regions(pages, roles)
    if "signatures" not in roles:
        place = _signature_place(roles, regions)
        if place is not None:
            roles[place], regions[place] = "signatures", None
    for index in _attached(roles):
        roles[index] = roles[index] or find_attached_role(pages[index])
    body = _body_words(pages, roles, regions)
    return tuple(
        Persons(role, region, _find_spans(lines, role, region, body))
        for lines, role, region in zip(pages, roles, regions, strict=True)
    )


def _attached(roles: Sequence[Role | None]) -> range:
    """Pages after the last appendix of contacts, with which the templates end."""
    contacts = [index for index, role in enumerate(roles) if role == "contacts"]
    return range(contacts[-1] + 1, len(roles)) if contacts else range(0)


def _signature_place(roles: Sequence[Role | None], regions: Sequence[Region | None]) -> int | None:
    """Where the templates sign, when no page was recognised: after the clause, before contacts."""
    for index in range(len(roles) - 2, -1, -1):
        if regions[index] is not None:
            return index + 1
    contacts = [index for index, role in enumerate(roles) if role == "contacts"]
    return contacts[0] - 1 if contacts and contacts[0] > 0 else None


def _find_regions(
    pages: Sequence[Sequence[Line]], roles: Sequence[Role | None]
) -> list[Region | None]:
    regions: list[Region | None] = [
        find_contact_clause(lines) if role is None else None
        for lines, role in zip(pages, roles, strict=True)
    ]
    for index, region in enumerate(regions[:-1]):
        at_end = region is not None and region.last >= len(pages[index]) - 1
        if at_end and regions[index + 1] is None and roles[index + 1] is None:
            regions[index + 1] = continue_contact_clause(pages[index + 1])
    return regions


def _body_words(
    pages: Sequence[Sequence[Line]],
    roles: Sequence[Role | None],
    regions: Sequence[Region | None],
) -> frozenset[str]:
    """Words on at least two pages outside all that speaks of persons: the agency's name, mostly."""
    counts: Counter[str] = Counter()
    for lines, role, region in zip(pages, roles, regions, strict=True):
        if role is None:
            inside = range(region.first, region.last) if region else range(0)
            counts.update(words_of(line for n, line in enumerate(lines) if n not in inside))
    return frozenset(word for word, count in counts.items() if count >= _TWICE)


def _find_spans(
    lines: Sequence[Line], role: Role | None, region: Region | None, body: frozenset[str]
) -> tuple[Span, ...]:
    if role is not None:
        start = block_start(lines)
        names = find_names(lines, 0, len(lines), strict_from=start, body=body)
        numbers = find_numbers(lines, start) if role == "contacts" else []
        return merge_spans([*find_addresses(page_text(lines)), *numbers], names)
    if region is not None:
        return tuple(
            find_names(lines, region.first, region.last, strict_from=region.first, body=body)
        )
    return ()


def region_boxes(lines: Sequence[Line], region: Region | None, width: float) -> tuple[Box, ...]:
    """One box over a region of a page ``width`` points wide, its handwriting included."""
    inside = lines[region.first : region.last] if region else ()
    words = [word for line in inside for word in line]
    if not words or region is None:
        return ()
    above = [word.y1 for line in lines[region.first - 1 : region.first] for word in line]
    below = [word.y0 for line in lines[region.last : region.last + 1] for word in line]
    top = max(above, default=min(word.y0 for word in words))
    bottom = min(below, default=max(word.y1 for word in words) + 12)
    left = min(word.x0 for word in words)
    bottom = max(bottom, top)
    inset = min((bottom - top) / 3, _INSET)
    return ((left, top + inset, max(width - _MARGIN, left), bottom - inset),)


def names_only_offices(lines: Sequence[Line], region: Region, spans: Sequence[Span]) -> bool:
    """Whether a contact clause gives an office for each party and nothing that is masked.

    Only for pages whose text is all there is to see: handwriting has no text.
    """
    own = lines[region.first : region.last]
    start = sum(len(word.text) + 1 for line in lines[: region.first] for word in line)
    end = start + sum(len(word.text) + 1 for line in own for word in line)
    if any(span.start < end and span.end > start for span in spans):
        return False
    texts = [" ".join(word.text for word in line) for line in own]
    parties = [text for text in texts if re.match(r"for\b", text, re.I)]
    return len(parties) >= 2 and all(re.search(r":\W*\w{3}", text) for text in parties)
