"""What a memorandum says of itself: model, template, agency, ICE's signing date, field office.

Each is read by the words that the templates print, with how it was read and how sure that is
(0 to 1). What cannot be read as type is not guessed: a date in handwriting is no date here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from scripts.sources.page import Line, PageText, Word


@dataclass(frozen=True)
class Fact:
    """One thing read: its value, how it was read, on which page, and how sure that is."""

    value: str
    basis: str
    page_number: int
    confidence: float


@dataclass(frozen=True)
class DocumentFacts:
    """What a memorandum says of itself; ``None`` where it cannot be read."""

    pages: int
    model: Fact | None
    template: Fact | None
    agency: Fact | None
    ice_signed_on: Fact | None  # ISO date
    field_office: Fact | None
    addendum: Fact | None
    form_fields: int


_MODELS = (
    ("tfm", "287(g) task force model"),
    ("tfm", "task force model"),
    ("wso", "warrant service officer program"),
    ("wso", "warrant service officer"),
    ("jem", "jail enforcement model"),
)
_PURPOSES = (  # what the purpose or the powers say where the title does not name the model
    ("wso", "promote public safety by facilitating the custodial transfer of specific aliens"),
    ("jem", "focusing resources on identifying and processing for removal"),
    ("tfm", "will be assigned to various units, teams, or task forces designated by ice"),
)
# Revisions that ICE's footers print; a footer that reads like none of them must stand three times.
_REVISIONS = {
    "tfm": ("2025-02-12", "2025-02-14", "2025-03-07"),
    "wso": ("2025-02-14", "2025-02-15"),
    "jem": ("2025-02-15",),
}
_REVISED = re.compile(r"rev[il1]sed\W{0,3}(\d{1,2})\D?(\d{1,2})\D{0,2}(20[12]\d)", re.I)
_REVISED_STUCK = re.compile(r"rev[il1]sed\W{0,3}([01]\d)1?([0-3]\d)[1/]?(20[12]\d)", re.I)
_AGENCY = re.compile(
    r"department of homeland security \(d[hl]?s\)?\W{0,4}and (?:the )?(.{3,110}?)"
    r"(?:[, ]+\(?“?(?:hereinafter|hereafter|pursuant to which|lea\b)|, a (?:state|county|city))",
    re.I,
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_LONG_DATE = re.compile(rf"({'|'.join(_MONTHS)})\s+(\d{{1,2}})\s*[,.]?\s*(20[12]\d)\b", re.I)
_NUMERIC_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/(20[12]\d)\b")
_DIGITAL_DATE = re.compile(r"\b(20[12]\d)\.([01]\d)\.([0-3]\d)\b")
_YEARS = 3
_OFFICE = re.compile(r"for [do]hs\W+(?:the |ice |ero )*(.{3,40}?),? field office", re.I)
# The cities of ICE's field offices for enforcement and removal. Nothing else is taken for one:
# names and numbers of persons stand around it on the page.
_OFFICE_CITIES = (
    *("Atlanta", "Baltimore", "Boston", "Buffalo", "Chicago", "Dallas", "Denver", "Detroit"),
    *("El Paso", "Harlingen", "Houston", "Los Angeles", "Miami", "Newark", "New Orleans"),
    *("New York City", "Philadelphia", "Phoenix", "Salt Lake City", "San Antonio", "San Diego"),
    *("San Francisco", "Seattle", "St. Paul", "Washington"),
)


def read_facts(pages: Sequence[PageText]) -> DocumentFacts:
    """What the pages of one memorandum say of it, unmasked pages as `read_document` gives them."""
    model = _read_model(pages)
    template = _read_template(pages, model)
    return DocumentFacts(
        pages=len(pages),
        model=model,
        template=template,
        agency=_read_agency(pages),
        ice_signed_on=_plausible(_read_ice_date(pages), template),
        field_office=_read_field_office(pages),
        addendum=_read_addendum(pages),
        form_fields=sum(len(page.fields) for page in pages),
    )


def _lines(page: PageText) -> list[str]:
    return [" ".join(word.text for word in line) for line in page.lines]


def _read_model(pages: Sequence[PageText]) -> Fact | None:
    for page in pages[:2]:
        for text in _lines(page)[:14]:
            for model, words in _MODELS:
                plain = text.lower().strip()
                if len(plain) <= len(words) + 12 and fuzz.ratio(plain, words) >= 80:
                    return Fact(model, "title", page.page_number, 0.98)
    for page in pages:
        text = re.sub(r"\s+", " ", page.text.lower())
        for model, words in _PURPOSES:
            if fuzz.partial_ratio(words, text) >= 88:
                return Fact(model, "purpose", page.page_number, 0.9)
    return None


def _read_template(pages: Sequence[PageText], model: Fact | None) -> Fact | None:
    """The revision that most footers print, agreeing at least twice or on the only one."""
    if model is None:
        return None
    seen: Counter[str] = Counter()
    first: dict[str, int] = {}
    for page in pages:
        for revised in _revisions(page.text):
            seen[revised] += 1
            first.setdefault(revised, page.page_number)
    known = {date: n for date, n in seen.items() if date in _REVISIONS.get(model.value, ())}
    wanted = known or {date: n for date, n in seen.items() if n >= 3}
    if not wanted:
        return _template_by_wording(pages, model) if not seen else None
    revised, count = min(wanted.items(), key=lambda item: (-item[1], item[0]))
    share = count / sum(seen.values())
    confidence = round(min(0.5 + count / 8, 0.99) * (0.5 + share / 2), 2)
    return Fact(f"{model.value}-{revised}", "footer", first[revised], confidence)


def _template_by_wording(pages: Sequence[PageText], model: Fact) -> Fact | None:
    """Templates before 2025 have no footer; that of 2019 names no programme in its title."""
    if model.value == "jem":
        return Fact("jem-2020", "no footer", 1, 0.8)
    if model.value == "wso":
        is_named = model.basis == "title"
        return Fact("wso-2020" if is_named else "wso-2019", "title", 1, 0.8)
    return None


def _revisions(text: str) -> Iterator[str]:
    for pattern in (_REVISED, _REVISED_STUCK):
        for month, day, year in pattern.findall(text):
            date = _date(int(year), int(month), int(day))
            if date is not None:
                yield date.isoformat()


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _read_agency(pages: Sequence[PageText]) -> Fact | None:
    if not pages:
        return None
    page = pages[0]
    match = _AGENCY.search(re.sub(r"\s+", " ", page.text))
    if match is None:
        return None
    name = re.sub(r"_{2,}", " ", match.group(1)).strip(" ,.;:(“”\"'")
    name = re.sub(r"^(?:the|The)\b\W*", "", re.sub(r"\s+", " ", name))
    if re.match(r"hereinafter|law enforcement|pursuant", name, re.I):
        return None
    if not re.search(r"[A-Za-z]{3}", name) or len(name) > 90:
        return None
    sure = 0.9 if page.source != "ocr" and (page.quality or 0) > 0.95 else 0.75
    return Fact(name, "opening", 1, sure)


def _read_ice_date(pages: Sequence[PageText]) -> Fact | None:
    """ICE's date where it can be read as type: a digital signature, or typed in ICE's column."""
    for page in pages:
        whole = re.sub(r"\s+", " ", page.text)
        if not _is_signature_page(whole):
            continue
        digital = _DIGITAL_DATE.search(whole)
        if digital and "igitally" in whole:
            date = _date(*(int(part) for part in digital.groups()))
            if date is not None and _is_ices_digital(page):
                return Fact(date.isoformat(), "digital-signature", page.page_number, 0.9)
        return _typed_date(page)
    return None


def _plausible(date: Fact | None, template: Fact | None) -> Fact | None:
    """No date before the template's revision or years after it: a digit was misread."""
    if date is None or template is None or template.basis != "footer":
        return date
    revised = dt.date.fromisoformat(template.value[4:])
    days = (dt.date.fromisoformat(date.value) - revised).days
    return date if 0 <= days <= _YEARS * 366 else None


def _is_signature_page(whole: str) -> bool:
    return fuzz.partial_ratio("by signing this moa, each party represents", whole.lower()) >= 88


def _is_ices_digital(page: PageText) -> bool:
    """Until 2020 ICE signs in the left column, since 2025 in the right one."""
    column = _ice_column(page)
    dates = [word for line in page.lines for word in line if _DIGITAL_DATE.search(word.text)]
    return len(dates) == 1 and column is not None and _in_column(dates[0], page, column)


def _ice_column(page: PageText) -> str | None:
    for line in page.lines:
        for word, after in pairwise(line):
            if word.text.lower() == "for" and re.match(r"\W*ice\W", after.text.lower() + " "):
                return "right" if word.x0 > page.width * 0.38 else "left"
    for line in page.lines:
        opening = " ".join(word.text for word in line[:4]).lower()
        if line and fuzz.ratio(opening, "enforcement and removal operations") >= 80:
            return "right" if line[0].x0 > page.width * 0.38 else "left"
    return None


def _in_column(word: Word, page: PageText, column: str) -> bool:
    middle = (word.x0 + word.x1) / 2
    return (middle > page.width * 0.45) == (column == "right")


def _typed_date(page: PageText) -> Fact | None:
    column = _ice_column(page)
    if column is None:
        return None
    found: list[tuple[dt.date, str, float]] = []
    for line in page.lines:
        for date, word, is_long in _dates(line):
            if not _in_column(word, page, column):
                continue
            if page.source != "ocr" and page.image_share < 0.5:
                found.append((date, "typed", 0.97))
            elif is_long:
                found.append((date, "typed-on-scan", 0.85))
    values = {date for date, _, _ in found}
    if len(values) != 1:
        return None
    date, basis, confidence = max(found, key=lambda item: item[2])
    return Fact(date.isoformat(), basis, page.page_number, confidence)


def _dates(line: Line) -> Iterator[tuple[dt.date, Word, bool]]:
    """Dates in a line, the word at which each begins, and whether the month is spelled out."""
    text = " ".join(word.text for word in line)
    for match in (*_LONG_DATE.finditer(text), *_NUMERIC_DATE.finditer(text)):
        is_long = match.group(1).isalpha()
        month = _MONTHS.index(match.group(1).lower()) + 1 if is_long else int(match.group(1))
        date = _date(int(match.group(3)), month, int(match.group(2)))
        if date is not None and not _REVISED.search(text[max(match.start() - 12, 0) : match.end()]):
            yield date, _word_at(line, match.start()), is_long


def _word_at(line: Line, place: int) -> Word:
    offset = 0
    for word in line:
        if offset + len(word.text) > place:
            return word
        offset += len(word.text) + 1
    return line[-1]


def _read_field_office(pages: Sequence[PageText]) -> Fact | None:
    for page in pages:
        match = _OFFICE.search(re.sub(r"\s+", " ", page.text))
        if match is None:
            continue
        named = [city for city in _OFFICE_CITIES if re.search(rf"\b{city}\b", match[1], re.I)]
        if len(named) == 1:
            return Fact(named[0], "points of contact", page.page_number, 0.9)
    return None


def _read_addendum(pages: Sequence[PageText]) -> Fact | None:
    for page in pages:
        for text in _lines(page)[:10]:
            plain = re.sub(r"[^a-z ]", "", text.lower()).strip()
            if plain.startswith("addendum") and len(plain) < 60:
                return Fact("addendum", "heading", page.page_number, 0.9)
    return None
