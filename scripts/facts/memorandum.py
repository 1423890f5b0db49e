"""What a memorandum says of itself: model, template, ICE's signing date, field office, addendum.

Each is read by the words that the templates print, with how it was read and how sure that is
(0 to 1). What cannot be read as type is not guessed: a date in handwriting is no date here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from scripts.facts.fact import Fact, make_date
from scripts.facts.signing import plausible_date, read_ice_date
from scripts.reading.page import PageText


@dataclass(frozen=True)
class Mention:
    """A place at which the form names its agency: the words from there on, unmasked.

    To be held against a closed vocabulary and thrown away; persons' names may follow.
    """

    basis: str  # opening, powers, review, label, footer
    page_number: int
    text: str


@dataclass(frozen=True)
class DocumentFacts:
    """What a memorandum says of itself; ``None`` where it cannot be read."""

    pages: int
    model: Fact | None
    template: Fact | None
    agency: Fact | None  # words of an unmasked page, no record: see `read_mentions`
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
# Where the forms name the agency, most telling first; what stands there is read elsewhere.
_NAMED_AT = (
    ("opening", re.compile(r"homeland security ?\W{0,2}d ?[hl]?s.{0,6}? ?[ae]nd ", re.I)),
    ("opening", re.compile(r"homeland security ?\W{0,2}[od0]hs.{0,6}? ?[ae]nd ", re.I)),
    ("powers", re.compile(r"officers or employees ?of ?(?=\S)", re.I)),
    ("review", re.compile(r"between ice and (?=\S)", re.I)),
    ("label", re.compile(r"\bfor (?=the [A-Z])|\bagency ?: ?|\bfor the lea ?: ?", re.I)),
)
# A name typed into the blank stands a line below it where the text layer has it apart.
_BLANK = re.compile(
    r"^(?:the)?\W*pursuant to (?:which ice delegates to nominated, )?(?!which)"
    r"|^(?:the)?\W*\(?hereinafter interchangeably ",
    re.I,
)
_NAMED_WITHIN = 130  # characters after such a place
_REVISED_SHORT = re.compile(r"\brev[,.]? (\d{1,2})/(\d{1,2})/(2\d)\b", re.I)  # Rev 2/14/25
# Where the forms name the field office: the point of contact, else the clauses that speak of it.
_OFFICE_POINT = re.compile(r"for ?[do]hs\b(.{3,60}?)(?=\b[vx][iln1]+\.|effective date|\Z)", re.I)
_OFFICE_CLAUSE = re.compile(r"\bfo[do] in (?:the )?(.{3,30}?) field office", re.I)
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
    signed = plausible_date(read_ice_date(pages), template)
    return DocumentFacts(
        pages=len(pages),
        model=model,
        template=_in_use(template, signed),
        agency=_read_agency(pages),
        ice_signed_on=signed,
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
            date = make_date(int(year), int(month), int(day))
            if date is not None:
                yield date.isoformat()
    for month, day, year in _REVISED_SHORT.findall(text):
        date = make_date(2000 + int(year), int(month), int(day))
        if date is not None:
            yield date.isoformat()


def _read_agency(pages: Sequence[PageText]) -> Fact | None:
    """The agency's name in the words of the page: for comparing wording, and never a record."""
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


def read_mentions(pages: Sequence[PageText]) -> tuple[Mention, ...]:
    """The places at which a memorandum names its agency, page by page; see `Mention`."""
    found: list[Mention] = []
    for page in pages:
        whole = re.sub(r"[\s_]+", " ", page.text)
        found += [Mention("footer", page.page_number, line) for line in _lines(page)[-3:]]
        for basis, pattern in _NAMED_AT:
            if basis == "opening" and page.page_number > 2:
                continue
            for match in pattern.finditer(whole):
                after = _BLANK.sub("", whole[match.end() :], count=1)
                found.append(Mention(basis, page.page_number, after[:_NAMED_WITHIN]))
    return tuple(found)


def _in_use(template: Fact | None, signed: Fact | None) -> Fact | None:
    """No form without a footer for what was signed after 2020: its footer was not read."""
    if template is None or template.basis == "footer" or signed is None:
        return template
    return template if signed.value < "2021" else None


def _read_field_office(pages: Sequence[PageText]) -> Fact | None:
    """The one city that the point of contact names, else the one that the clauses name."""
    for basis, pattern, confidence in (
        ("points of contact", _OFFICE_POINT, 0.95),
        ("clauses", _OFFICE_CLAUSE, 0.9),
    ):
        first: dict[str, int] = {}
        for page in pages:
            for match in pattern.finditer(re.sub(r"\s+", " ", page.text)):
                if "field" in match[0].lower():
                    for city in _cities(match[1]):
                        first.setdefault(city, page.page_number)
        if len(first) == 1:
            ((city, number),) = first.items()
            return Fact(city, basis, number, confidence)
        if first:
            return None
    return None


def _cities(text: str) -> list[str]:
    return [city for city in _OFFICE_CITIES if re.search(rf"\b{city}\b", text, re.I)]


def _read_addendum(pages: Sequence[PageText]) -> Fact | None:
    for page in pages:
        for text in _lines(page)[:10]:
            plain = re.sub(r"[^a-z ]", "", text.lower()).strip()
            if plain.startswith("addendum") and len(plain) < 60:
                return Fact("addendum", "heading", page.page_number, 0.9)
    return None
