"""Finding a passage on its page from its first and last words.

Pure: page texts and a locator go in, a `Passage` or the `Fault`s of the locator come out.
Everything is compared in the normalised form of `scripts.excerpts.normalising`, as whole words, and
every place is given in the raw text of its page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from scripts.excerpts.normalising import COVERED, Normalised, normalise, shown, wording_sha256
from scripts.records.curated import MAXIMUM_WORDS, Locator

CONTEXT = 60
"""Characters of the page shown before and after a passage, about."""

CLOSE_ENOUGH = 60.0
"""Similarity (0 to 100) from which a passage is worth naming as the closest."""


@dataclass(frozen=True)
class PageText:
    """The text of one page, as the build holds it."""

    number: int
    text: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with one value of a locator: its key, what was found, what was expected."""

    key: str
    seen: str
    expected: str
    remedy: str = ""


@dataclass(frozen=True)
class Passage:
    """A passage found: raw offsets on its pages, exact wording, and the words around it.

    ``start`` counts characters on ``page``, ``end`` on ``end_page``; ``parts`` are the raw spans,
    one a page: (page, start, end).
    """

    page: int
    end_page: int
    start: int
    end: int
    parts: tuple[tuple[int, int, int], ...]
    wording: str
    prefix: str
    suffix: str
    sha256: str


@dataclass(frozen=True)
class _Page:
    number: int
    raw: str
    normalised: Normalised


def find_passage(pages: Sequence[PageText], locator: Locator) -> Passage | tuple[Fault, ...]:
    """The passage that ``locator`` names on ``pages`` (its one or two pages, in order)."""
    if len(pages) not in (1, 2) or (len(pages) == 2) != (locator.to_page is not None):
        raise ValueError("a locator of one page needs one page text, of two pages two")
    read = [_Page(page.number, page.text, normalise(page.text)) for page in pages]
    faults = _too_long(locator)
    if faults:
        return faults
    start = _only_start(read, locator)
    if isinstance(start, Fault):
        return (start,)
    after = start + len(normalise(locator.first_words).text)
    spans = (
        _one_page(read[0], start, after, locator)
        if len(read) == 1
        else _two_pages(read[0], read[1], start, after, locator)
    )
    if isinstance(spans, Fault):
        return (spans,)
    return _passage(read, spans)


def occurrences(text: str, words: str) -> Iterator[int]:
    """Where ``words`` stand in ``text`` as whole words; both are normalised."""
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not _joins(text, at, at - 1) and not _joins(text, end - 1, end):
            yield at
        at = text.find(words, at + 1)


def _joins(text: str, inside: int, outside: int) -> bool:
    """Whether a word goes on over the edge between two neighbouring characters."""
    return 0 <= outside < len(text) and text[inside].isalnum() and text[outside].isalnum()


def _too_long(locator: Locator) -> tuple[Fault, ...]:
    named = (
        ("from", locator.first_words),
        ("page-end", locator.page_end),
        ("page-start", locator.page_start),
        ("to", locator.last_words),
    )
    return tuple(
        Fault(key, words, f"one to {MAXIMUM_WORDS} words")
        for key, words in named
        if words is not None and not 1 <= len(normalise(words).text.split()) <= MAXIMUM_WORDS
    )


def _only_start(read: Sequence[_Page], locator: Locator) -> int | Fault:
    """Where ``from`` stands on the first page, if it stands once on all of them."""
    words = normalise(locator.first_words).text
    places = [(page, at) for page in read for at in occurrences(page.normalised.text, words)]
    if not places:
        return _not_found("from", locator.first_words, read)
    if len(places) > 1:
        return Fault(
            "from",
            f"{locator.first_words!r}, which stands {len(places)} times: {_listed(places, words)}",
            "words that stand once on the page",
            "Take a word or two more, or begin elsewhere",
        )
    page, at = places[0]
    if page is not read[0]:
        return Fault(
            "from", f"{locator.first_words!r} on page {page.number}", f"page {read[0].number}"
        )
    return at


def _listed(places: Sequence[tuple[_Page, int]], words: str) -> str:
    return "; ".join(
        f"page {page.number} at {page.normalised.starts[at]} "
        f"(“…{_around(page.normalised.text, at, at + len(words))}…”)"
        for page, at in places
    )


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 20) : end + 20].strip()


def _not_found(key: str, words: str, read: Sequence[_Page]) -> Fault:
    pages = " and ".join(str(page.number) for page in read)
    remedy = "Look at the page picture; `python -m scripts excerpt` proposes words"
    closest = closest_words(words, [PageText(page.number, page.raw) for page in read])
    if closest is not None:
        number, offset, text, score = closest
        remedy = f"The closest there is {text!r}, page {number} at {offset} ({score:.0f} of 100)"
    return Fault(key, f"{words!r}, which does not stand on page {pages}", "words on it", remedy)


def closest_words(words: str, pages: Sequence[PageText]) -> tuple[int, int, str, float] | None:
    """The passage most like ``words``: page, raw offset, its text, likeness of 100.

    ``None`` where nothing is like it (`CLOSE_ENOUGH`).
    """
    wanted = normalise(words).text
    best: tuple[int, int, str, float] | None = None
    for page in pages:
        read = normalise(page.text)
        found = fuzz.partial_ratio_alignment(wanted, read.text, score_cutoff=CLOSE_ENOUGH)
        if found is None or found.dest_start >= found.dest_end:
            continue
        start, end = _whole_words(read.text, found.dest_start, found.dest_end)
        if best is None or found.score > best[3]:
            best = (page.number, read.starts[start], read.text[start:end], found.score)
    return best


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A span widened to whole words, without spaces at its edges."""
    while start > 0 and not text[start].isspace() and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end - 1].isspace() and not text[end].isspace():
        end += 1
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return start, end


_Span = tuple[_Page, int, int]


def _one_page(page: _Page, start: int, after: int, locator: Locator) -> tuple[_Span, ...] | Fault:
    end = _first_after(page, locator.last_words, after)
    if end is None:
        return _no_end(locator.last_words, page)
    return ((page, start, end),)


def _two_pages(
    first: _Page, second: _Page, start: int, after: int, locator: Locator
) -> tuple[_Span, ...] | Fault:
    if locator.page_end is None:
        break_at: int | None = len(first.normalised.text)
    else:
        break_at = _first_after(first, locator.page_end, start)
    if break_at is None:
        return _no_end(str(locator.page_end), first, key="page-end")
    early = _first_after(first, locator.last_words, after)
    if early is not None and early <= break_at:
        return Fault(
            "to",
            f"{locator.last_words!r} on page {first.number} already",
            f"first found on page {second.number}",
            "Leave out `to-page`",
        )
    resume = 0
    if locator.page_start is not None:
        places = list(occurrences(second.normalised.text, normalise(locator.page_start).text))
        if len(places) != 1:
            return Fault(
                "page-start",
                f"{locator.page_start!r} {len(places)} times",
                f"words that stand once on page {second.number}",
            )
        resume = places[0]
    end = _first_after(second, locator.last_words, resume)
    if end is None:
        return _no_end(locator.last_words, second)
    return ((first, start, break_at), (second, resume, end))


def _first_after(page: _Page, words: str, at: int) -> int | None:
    """The end of the first occurrence of ``words`` from ``at`` on."""
    wanted = normalise(words).text
    for place in occurrences(page.normalised.text, wanted):
        if place >= at:
            return place + len(wanted)
    return None


def _no_end(words: str, page: _Page, key: str = "to") -> Fault:
    if any(True for _ in occurrences(page.normalised.text, normalise(words).text)):
        return Fault(
            key, f"{words!r} on page {page.number} only before `from`", "words after `from`"
        )
    return _not_found(key, words, [page])


def _passage(read: Sequence[_Page], spans: Sequence[_Span]) -> Passage:
    parts = tuple(
        (page.number, *page.normalised.raw_span(start, end)) for page, start, end in spans
    )
    raws = [page.raw[start:end] for (page, _, _), (_, start, end) in zip(spans, parts, strict=True)]
    first, last = spans[0][0], spans[-1][0]
    return Passage(
        page=first.number,
        end_page=last.number,
        start=parts[0][1],
        end=parts[-1][2],
        parts=parts,
        wording=" ".join(shown(raw) for raw in raws),
        prefix=_prefix(first.raw[: parts[0][1]]),
        suffix=_suffix(last.raw[parts[-1][2] :]),
        sha256=wording_sha256(*raws),
    )


def _prefix(raw: str) -> str:
    text = shown(raw)
    if len(text) <= CONTEXT:
        return text
    return text[-CONTEXT:].partition(" ")[2]


def _suffix(raw: str) -> str:
    text = shown(raw)
    if len(text) <= CONTEXT:
        return text
    return text[:CONTEXT].rpartition(" ")[0]


def covers(passage: Passage) -> bool:
    """Whether the passage holds something that the archive has covered."""
    return COVERED in normalise(passage.wording).text
