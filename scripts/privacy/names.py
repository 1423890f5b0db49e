"""Names of persons and street addresses on pages that are known to carry them.

Names are found by exclusion: on such a page a word that is neither in the dictionary nor anywhere
else in the memorandum (the agency's own name stands on every page) is part of somebody's name, or
handwriting, which reads as no word. What has a name's shape is marked as one; the rest is said to
be not shown, since nobody knows what it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

import us

from scripts.privacy.marks import ADDRESS_MARK, NAME_MARK, NOT_SHOWN, TELEPHONE_MARK
from scripts.privacy.name_words import also_names, is_field_office, is_known_to, is_month
from scripts.privacy.spans import Span
from scripts.reading.page import Line

_DATE = re.compile(r"\d{1,4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:\d{4}|\d{2})\b(?!-?\d)|\d{5}-\d{4}")

_EDGES = "\"'“”‘’.,;:!?()[]{}<>*_-–—/\\|•·…="
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_PLACE = re.compile(r"[NS][EW]|\d+(?:st|nd|rd|th)?|(?i:st|ave|rd|dr|blvd|hwy|ste)")
_ROMAN = re.compile(r"[IVXLC]+(?:\(?[A-Z]\)?)?")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "phd", "esq"))
_TITLE = re.compile(
    r"\W*(?:sheriff|chief|deputy|captain|capt|major|maj|lieutenant|lt|sergeant|sgt|corporal|cpl|"
    r"colonel|col|general|gen|commander|director|dir|warden|jailer|officer|administrator|agent|"
    r"inspector|detective|undersheriff|marshal|constable|commissioner|president|mayor|judge|mr|"
    r"mrs|ms|dr|hon|honorable|attn|by|name|print)\W*",
    re.I,
)
_SHAPE = re.compile(
    r"(?:[A-Z][a-z]+(?:[A-Z][a-z]+)?|[A-Z]{3,}|[A-Z]['’][A-Z]?[a-z]+)(?:-[A-Z][a-z]+)?"
)
_TOWN = re.compile(
    r"cape|cedar|coral|el|fort|ft|garden|george|grand|green|indian|key|la|lake|las|los|mount|mt|"
    r"new|north|east|west|south|palm|panama|port|punta|rock|saint|san|santa|st|vero|winter"
)
_STATES = frozenset(
    name.lower() for state in us.STATES_AND_TERRITORIES for name in (state.abbr, state.name)
)
_THREE_GROUPS = re.compile(r"\(?\d{3}\W{1,5}\d{2,3}\W{1,5}\d{3,4}")
_STREET = re.compile(
    r"\b\d{1,6}(?: ?[NSEW]\.?(?= ))? +(?:[\w.'’-]+ +){0,4}?"
    r"(?:(?:st|street|ave|a ?venue|road|rd|dr|drive|blvd|boulevard|ln|lane|way|ct|court|"
    r"pkwy|parkway|pl|place|plaza|circle|cir|loop|trail|trl|square|sq|terrace|ter|trace|pike|row|"
    r"crossing|broadway|turnpike|alley|walk)\b|"
    r"(?:hwy|highway|route|rte|us|sr|cr|fm|road|rd)\b\.?(?: +\d{1,4}[A-Z]?\b)?)\.?"
    r"(?:,? +(?:suite|ste|room|rm|floor|unit|apt|#)\.? *\w+)?",
    re.I,
)
_NUMBERED_PLACE = re.compile(
    r"^\d{1,5} (?:[NSEW]\.? |North |South |East |West )[A-Z][\w.' -]+$", re.M
)
_BOX = re.compile(r"\bp\.?\s?o\.?\s*(?:box|drawer)\s*\d+|\b(?:box|drawer)\s+\d+", re.I)
_BEFORE_TOWN = re.compile(
    r"^\d{1,6} [^\W\d][\w.' -]+$"
    r"(?=\n[A-Z][\w.' ]+,? +(?:[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)[.,]? +\d{5})",
    re.M,
)
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
            texts = [word.text for word in line]
            is_strict = index >= strict_from
            spans.extend(_names_in_line(texts, offset, is_strict, body))
        offset += length
    return spans


def _names_in_line(
    texts: Sequence[str], offset: int, is_strict: bool, body: Collection[str]
) -> list[Span]:
    is_prose = _is_prose(texts, body)
    kinds = [_kind(text, is_strict, body) for text in texts]
    if is_prose:
        kinds = [
            "odd" if kind == "name" and t.islower() else kind
            for kind, t in zip(kinds, texts, strict=True)
        ]
    _spare_places(texts, kinds)
    labelled = _after_name_label(texts)
    for index in labelled:
        kinds[index] = "name"
    _join_names(texts, kinds)
    spans: list[Span] = []
    starts = [offset]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    for first, last in _runs(kinds):
        mark = _mark(texts, first, last, labelled)
        if mark == NAME_MARK or is_strict or not is_prose:
            spans.append(Span(starts[first], starts[last] - 1, mark))
    return spans


def _is_prose(texts: Sequence[str], body: Collection[str]) -> bool:
    """Whether a line is running text, in which handwriting does not stand."""
    known = sum(is_known_to(text.strip(_EDGES), body) for text in texts)
    return len(texts) >= 6 and known >= 0.7 * len(texts)


def _join_names(texts: Sequence[str], kinds: list[str]) -> None:
    """Initials, suffixes, common and unknown words beside a name belong to it."""
    for index, kind in enumerate(kinds):
        if kind == "maybe" and "maybe" in kinds[max(index - 1, 0) : index]:
            kinds[index] = kinds[index - 1] = "name"
    for index in range(2, len(kinds)):  # Firstname I. Surname, where the surname is a common word
        if kinds[index - 2 : index] == ["name", "initial"] and texts[index][:1].isupper():
            kinds[index] = "name"
    for index in range(2, len(kinds)):  # Captain Firstname Washington
        is_first = kinds[index - 1] == "name" and _TITLE.fullmatch(texts[index - 2]) is not None
        if is_first and texts[index].strip(_EDGES).lower() in {*also_names(), *_STATES}:
            kinds[index] = "name"
    changed = True
    while changed:
        changed = False
        for index, kind in enumerate(kinds):
            beside = kinds[max(index - 1, 0) : index] + kinds[index + 1 : index + 2]
            if kind in ("maybe", "initial", "odd") and "name" in beside:
                kinds[index] = "name"
                changed = True


def _runs(kinds: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Stretches of neighbouring words that are to be masked."""
    start: int | None = None
    for index, kind in enumerate((*kinds, "")):
        if kind == "name" and start is None:
            start = index
        if kind != "name" and start is not None:
            yield start, index
            start = None


def _mark(texts: Sequence[str], first: int, last: int, labelled: Collection[int]) -> str:
    """Whether a stretch has the shape of a name: two such words, or one after a title or label."""
    plain = [text.strip(_EDGES) for text in texts[first:last]]
    shaped = sum(len(word) >= 3 and _SHAPE.fullmatch(word) is not None for word in plain)
    is_introduced = first > 0 and _TITLE.fullmatch(texts[first - 1]) is not None
    has_initial = any(len(word) == 1 for word in plain)
    if shaped >= 2 or (shaped and (is_introduced or has_initial)):
        return NAME_MARK
    return NAME_MARK if shaped and first in labelled else NOT_SHOWN


def _spare_places(texts: Sequence[str], kinds: list[str]) -> None:
    """Names of counties, of towns before state and postal code, of ICE's field offices; months."""
    plain = [text.strip(_EDGES).lower() for text in texts]
    for index, after in enumerate(plain[1:]):
        if after in ("county", "county’s", "county's", "parish", "co"):
            kinds[index] = ""
            if index and _TOWN.fullmatch(plain[index - 1]):
                kinds[index - 1] = ""
        if after == "field" and plain[index + 2 : index + 3] in (["office"], ["officer"]):
            _spare_field_office(texts, kinds, index)
        if is_month(plain[index]) and re.match(r"\W*\d", texts[index + 1]):
            kinds[index] = ""
        is_town = texts[index + 1][:1].isupper() and _is_before_state(plain, index)
        if is_town and not _TITLE.fullmatch("".join(plain[:index][-1:])):
            kinds[index] = ""
            if index and _TOWN.fullmatch(plain[index - 1]):
                kinds[index - 1] = ""


def _is_before_state(plain: Sequence[str], index: int) -> bool:
    """Whether a state's name follows, and a postal code after it or nothing before the word."""
    for length in (1, 2):
        state = " ".join(plain[index + 1 : index + 1 + length])
        if state in _STATES:
            code = "".join(plain[index + 1 + length : index + 2 + length])
            is_alone = index == 0 or (index == 1 and _TOWN.fullmatch(plain[0]) is not None)
            return is_alone or re.match(r"\d{5}", code) is not None
    return False


def _spare_field_office(texts: Sequence[str], kinds: list[str], last: int) -> None:
    """``For DHS: St. Paul, Field Office Director``; the party and an abbreviation of three too."""
    for index, text in enumerate(texts[:4]):
        if text.endswith(":") and texts[0].lower().startswith("for"):
            kinds[: index + 1] = [""] * (index + 1)
    if re.fullmatch(r"[A-Z]{2,3}", texts[last].strip(_EDGES)):
        kinds[last] = ""
    for index in range(last, -1, -1):
        if not is_field_office(texts[index]):
            break
        kinds[index] = ""
    for index in range(last + 1, min(last + 3, len(kinds))):
        kinds[index] = ""


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
                Span(offset + start, offset + end, _number_mark(text[start:end]))
                for start, end in _numbers(text)
            )
        offset += len(text) + 1
    return spans


def _numbers(text: str) -> list[tuple[int, int]]:
    digits = sum(letter.isdecimal() for letter in text)
    if digits >= 6 and sum(letter.isalpha() for letter in text) <= 3:
        return [(0, len(text))]
    return [match.span() for match in _THREE_GROUPS.finditer(text)]


def _number_mark(text: str) -> str:
    digits = sum(letter.isdecimal() for letter in text)
    return TELEPHONE_MARK if digits in (7, 10, 11) else NOT_SHOWN


def _kind(text: str, strict: bool, body: Collection[str]) -> str:
    """Whether a word is a name, may be one beside another, or is none."""
    plain = text.strip(_EDGES)
    lower = plain.lower()
    if lower.rstrip(".") in _SUFFIXES or re.fullmatch(r"[A-Z]\.?", plain):
        return "initial"
    if _PLACE.fullmatch(plain) or _ROMAN.fullmatch(plain):
        return ""
    if not re.search(r"[^\W\d_]{2}", plain) or "@" in text or "[" in text:
        return ""
    if lower in also_names() and plain[:1].isupper() and lower not in body:
        return "maybe"
    if is_known_to(plain, body):
        return ""
    return "name" if strict or plain[:1].isupper() else ""


def _numbered_places(text: str) -> list[re.Match[str]]:
    """Lines of a number and a place without a word for street, by a point of the compass or by the
    town on the next line."""
    return [*_NUMBERED_PLACE.finditer(text), *_BEFORE_TOWN.finditer(text)]


def find_addresses(text: str) -> list[Span]:
    """Street addresses and post boxes in a page's text, ICE's own headquarters excepted."""
    found = [*_STREET.finditer(text), *_BOX.finditer(text), *_numbered_places(text)]
    return [
        Span(match.start(), match.end(), ADDRESS_MARK)
        for match in found
        if not match.group().lower().startswith(_OFFICES)
    ]
