"""Proposing the first and last words by which a passage is found again. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.excerpts.anchoring import (
    Fault,
    PageText,
    Passage,
    closest_words,
    find_passage,
    occurrences,
)
from scripts.excerpts.normalising import Normalised, normalise
from scripts.records.curated import MAXIMUM_WORDS, Locator

FEWEST_WORDS = 3
"""Words proposed where the passage has as many: fewer are easily lost with the next reading."""

_GAP = re.compile(r"\s*(?:…|\.\.\.)\s*")


@dataclass(frozen=True)
class Proposal:
    """A locator for the wanted words and the passage that it finds.

    ``likeness`` is 100 where the words stand on the page as typed, else how like them the found
    passage is.
    """

    locator: Locator
    passage: Passage
    likeness: float


def propose(
    pages: Sequence[PageText],
    words: str,
    *,
    page_end: str | None = None,
    page_start: str | None = None,
) -> Proposal | tuple[Fault, ...]:
    """A locator for the passage that ``words`` quote, with the shortest unambiguous ends.

    ``words`` are the whole passage, or its beginning and end with ``…`` between them (over two
    pages always so). Where they do not stand on the page as typed, the closest passage is taken.
    """
    first, last, likeness = _ends(pages, words)
    if first is None or last is None:
        page = pages[0].number
        return (Fault("words", repr(words), f"words on page {page}", "Nothing there is like them"),)
    opening = _opening(pages, first)
    if isinstance(opening, Fault):
        return (opening,)
    return _shortest(pages, opening, last, (page_end, page_start), likeness)


def _ends(pages: Sequence[PageText], words: str) -> tuple[str | None, str | None, float]:
    """The words at which the passage begins and ends as the pages have them; likeness of 100."""
    parts = [part for part in _GAP.split(words.strip()) if part]
    if len(parts) < 2:
        found, likeness = _as_printed(pages[0], words)
        return found, found, likeness
    first, one = _as_printed(pages[0], parts[0])
    last, other = _as_printed(pages[-1], parts[-1])
    return first, last, min(one, other)


def _as_printed(page: PageText, words: str) -> tuple[str | None, float]:
    wanted = normalise(words).text
    if any(True for _ in occurrences(normalise(page.text).text, wanted)):
        return wanted, 100.0
    closest = closest_words(words, [page])
    return (None, 0.0) if closest is None else (closest[2], closest[3])


def _opening(pages: Sequence[PageText], first: str) -> str | Fault:
    """The fewest first words that stand once on all pages."""
    texts = [normalise(page.text).text for page in pages]
    at = next(iter(occurrences(texts[0], first)), None)
    assert at is not None
    words = texts[0][at:].split(" ")[:MAXIMUM_WORDS]
    for count in range(min(FEWEST_WORDS, len(words)), len(words) + 1):
        head = " ".join(words[:count])
        if sum(len(list(occurrences(text, head))) for text in texts) == 1:
            return head
    return Fault(
        "words",
        repr(" ".join(words)),
        f"{MAXIMUM_WORDS} words or fewer that stand once on the page",
        "Begin the passage a few words earlier or later",
    )


def _shortest(
    pages: Sequence[PageText],
    opening: str,
    last: str,
    breaks: tuple[str | None, str | None],
    likeness: float,
) -> Proposal | tuple[Fault, ...]:
    """The fewest last words whose first occurrence after the opening is where ``last`` ends."""
    end_of = normalise(pages[-1].text)
    target = _target(pages, end_of, opening, last)
    words = end_of.text[:target].split(" ")[-MAXIMUM_WORDS:]
    faults: tuple[Fault, ...] = ()
    preferred = [*range(FEWEST_WORDS, len(words) + 1), *range(FEWEST_WORDS - 1, 0, -1)]
    for count in (count for count in preferred if count <= len(words)):
        locator = Locator(
            page=pages[0].number,
            to_page=pages[-1].number if len(pages) == 2 else None,
            first_words=opening,
            page_end=breaks[0],
            page_start=breaks[1],
            last_words=" ".join(words[-count:]),
        )
        found = find_passage(pages, locator)
        if not isinstance(found, Passage):
            faults = found
        elif found.end == end_of.ends[target - 1]:
            return Proposal(locator, found, likeness)
    return faults or (
        Fault("words", repr(" ".join(words)), "last words first found at the passage's end"),
    )


def _target(pages: Sequence[PageText], end_of: Normalised, opening: str, last: str) -> int:
    """Where the passage ends in the normalised text of its last page."""
    after = 0
    if len(pages) == 1:
        after = next(iter(occurrences(end_of.text, opening)), 0)
    place = next((at for at in occurrences(end_of.text, last) if at >= after), None)
    if place is None:
        place = next(iter(occurrences(end_of.text, last)))
    return place + len(last)
