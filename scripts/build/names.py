"""Names of persons and street addresses on pages that are known to carry them.

Names are found by exclusion: on such a page a capitalised word that is neither in the dictionary
nor anywhere else in the memorandum (the agency's own name stands on every page) is part of
somebody's name, and below the introduction any unknown word is, since handwriting reads as one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from scripts.build.spans import Span
from scripts.sources.page import Line
from scripts.sources.quality import known_words

NAME_MARK = "[name removed]"
ADDRESS_MARK = "[address removed]"
NUMBER_MARK = "[telephone number removed]"
_DATE = re.compile(r"\d{1,4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:\d{4}|\d{2})\b(?!-?\d)|\d{5}-\d{4}")

_EDGES = "\"'“”‘’.,;:!?()[]{}<>*_-–—/\\|•·…="
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_PLACE = re.compile(r"[NS][EW]|\d+(?:st|nd|rd|th)?|(?i:st|ave|rd|dr|blvd|hwy|ste)")
_ROMAN = re.compile(r"[IVXLC]+(?:\(?[A-Z]\)?)?")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "phd", "esq"))
_ALSO_NAMES = frozenset(
    (  # common words that are names as well
        "mark",
        "will",
        "grant",
        "may",
        "bill",
        "rich",
        "art",
        "frank",
        "price",
        "young",
        "long",
        "white",
        "black",
        "brown",
        "green",
        "hill",
        "wood",
        "woods",
        "law",
        "case",
        "king",
        "stone",
        "rose",
        "page",
        "ford",
        "west",
        "east",
        "bush",
        "field",
        "banks",
        "church",
        "day",
        "wise",
        "sharp",
        "cook",
        "baker",
        "carter",
        "mason",
        "hunter",
        "marshall",
        "marshal",
        "ray",
        "dean",
        "chase",
        "drew",
        "jack",
        "rob",
        "rusty",
        "sandy",
        "april",
        "june",
        "august",
        "dale",
        "glen",
        "heath",
        "lane",
        "miles",
        "reed",
        "robin",
        "sterling",
        "wade",
        "ward",
        "wells",
        "bond",
        "cross",
        "best",
        "little",
        "rice",
        "park",
        "parks",
        "gray",
        "strong",
        "short",
        "small",
        "power",
        "powers",
        "bell",
        "love",
        "steel",
        "brooks",
        "fields",
        "rivers",
        "waters",
        "french",
        "english",
        "rush",
        "hood",
        "good",
        "free",
        "dallas",
        "houston",
        "denver",
        "austin",
        "phoenix",
        "boston",
        "jackson",
    )
)
_THREE_GROUPS = re.compile(r"\(?\d{3}\W{1,5}\d{2,3}\W{1,5}\d{3,4}")
_STREET = re.compile(
    r"\b\d{1,6}(?: ?[NSEW]\.?(?= ))? +(?:[\w.'’-]+ +){0,4}?"
    r"(?:st|street|ave|avenue|road|rd|dr|drive|blvd|boulevard|ln|lane|way|hwy|highway|ct|court|"
    r"pkwy|parkway|pl|plaza|circle|cir|loop|trail|square|sq|route|rte)\b\.?"
    r"(?:,? +(?:suite|ste|room|rm|floor|unit|apt|#)\.? *\w+)?",
    re.I,
)
_NUMBERED_PLACE = re.compile(
    r"^\d{1,5} (?:[NSEW]\.? |North |South |East |West )[A-Z][\w.' -]+$", re.M
)
_BOX = re.compile(r"\bp\.?\s?o\.?\s+box\s+\d+", re.I)
_OFFICES = ("500 12th",)  # ICE's own headquarters


def words_of(lines: Iterable[Line]) -> frozenset[str]:
    """The words of some lines, in lower case and without marks at their edges."""
    return frozenset(
        match.group().strip(_EDGES).lower()
        for line in lines
        for word in line
        for match in _WORD.finditer(word.text)
    )


def find_names(
    lines: Sequence[Line], first: int, last: int, *, strict_from: int, body: Collection[str]
) -> list[Span]:
    """Names in lines ``first`` up to ``last``; ``body`` are words that are nobody's name.

    From line ``strict_from`` on words in lower case count too. A name runs over neighbouring
    words of one line, initials and names that are common words included.
    """
    spans: list[Span] = []
    offset = 0
    for index, line in enumerate(lines):
        length = sum(len(word.text) + 1 for word in line)
        if first <= index < last:
            spans.extend(_names_in_line(line, offset, index >= strict_from, body))
        offset += length
    return spans


def _names_in_line(line: Line, offset: int, strict: bool, body: Collection[str]) -> list[Span]:
    kinds = [_kind(word.text, strict, body) for word in line]
    for index in _after_name_label([word.text for word in line]):
        kinds[index] = "name"
    for index, kind in enumerate(kinds):
        if kind == "maybe" and "maybe" in kinds[max(index - 1, 0) : index]:
            kinds[index] = kinds[index - 1] = "name"
    for index in range(2, len(line)):  # Firstname I. Surname, where the surname is a common word
        if kinds[index - 2 : index] == ["name", "initial"] and line[index].text[:1].isupper():
            kinds[index] = "name"
    changed = True
    while changed:
        changed = False
        for index, kind in enumerate(kinds):
            beside = kinds[max(index - 1, 0) : index] + kinds[index + 1 : index + 2]
            if kind in ("maybe", "initial") and "name" in beside:
                kinds[index] = "name"
                changed = True
    spans: list[Span] = []
    start: int | None = None
    place = offset
    for word, kind in zip((*line, None), (*kinds, ""), strict=True):
        if kind == "name" and start is None:
            start = place
        if kind != "name" and start is not None:
            spans.append(Span(start, place - 1, NAME_MARK))
            start = None
        if word is not None:
            place += len(word.text) + 1
    return spans


def _after_name_label(texts: Sequence[str]) -> list[int]:
    """Places of words between ``Name:`` and the next label of a signature block."""
    places: list[int] = []
    inside = False
    for index, text in enumerate(texts):
        if re.match(r"\W*[NM]ame\W?:", text):
            inside = True
        elif text.rstrip("_").endswith(":"):
            inside = False
        elif inside and re.search(r"[^\W_]", text):
            places.append(index)
    return places


def find_numbers(lines: Sequence[Line], first: int) -> list[Span]:
    """Telephone numbers that were read badly, in lines from ``first`` on: handwriting, mostly.

    A line that is mostly digits, or a run of three groups of digits; dates and postal codes have
    other shapes.
    """
    spans: list[Span] = []
    offset = 0
    for index, line in enumerate(lines):
        text = " ".join(word.text for word in line)
        if index >= first and not _DATE.search(text):
            spans.extend(
                Span(offset + start, offset + end, NUMBER_MARK) for start, end in _numbers(text)
            )
        offset += len(text) + 1
    return spans


def _numbers(text: str) -> list[tuple[int, int]]:
    digits = sum(letter.isdecimal() for letter in text)
    if digits >= 6 and sum(letter.isalpha() for letter in text) <= 3:
        return [(0, len(text))]
    return [match.span() for match in _THREE_GROUPS.finditer(text)]


def _kind(text: str, strict: bool, body: Collection[str]) -> str:
    """Whether a word is a name, may be one beside another, or is none."""
    plain = text.strip(_EDGES)
    lower = plain.lower()
    if _PLACE.fullmatch(plain) or _ROMAN.fullmatch(plain):
        return ""
    if lower.rstrip(".") in _SUFFIXES or re.fullmatch(r"[A-Z]\.?", plain):
        return "initial"
    if not re.search(r"[^\W\d_]{2}", plain) or "@" in text or "[" in text:
        return ""
    if lower in _ALSO_NAMES and plain[:1].isupper() and lower not in body:
        return "maybe"
    parts = [part for part in re.split(r"[^\w'’]+", lower) if part and not part.isdecimal()]
    if all(_is_common(part, body) for part in parts):
        return ""
    return "name" if strict or plain[:1].isupper() else ""


def _is_common(part: str, body: Collection[str]) -> bool:
    stem = re.sub(r"['’]s?\Z", "", part)
    return (
        stem in known_words() or part in body or stem in body or stem.rstrip("s") in known_words()
    )


def _numbered_places(text: str) -> list[re.Match[str]]:
    """Lines of a number, a point of the compass and a place, without a word for street."""
    return list(_NUMBERED_PLACE.finditer(text))


def find_addresses(text: str) -> list[Span]:
    """Street addresses and post boxes in a page's text, ICE's own headquarters excepted."""
    found = [*_STREET.finditer(text), *_BOX.finditer(text), *_numbered_places(text)]
    return [
        Span(match.start(), match.end(), ADDRESS_MARK)
        for match in found
        if not match.group().lower().startswith(_OFFICES)
    ]
