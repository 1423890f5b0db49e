"""Other forms of what is indexed and typed: short names, Saint and St., money and dates as written.

Forms of names stand in the index, so that a query stays as short as it was typed; the small file
`variants.csv` is the place to add one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("variants.csv")
_DELEGATION = re.compile(r"\b287\s*(?:\(\s*g\s*\)|g\b)", re.I)
_CAMEL = re.compile(r"\b([A-Z][a-z]{1,3})([A-Z][a-z]+)")
_PARTED = re.compile(r"\b(De|La|Le|Mc|Mac|El|Van|Du)[ -]([A-Z][a-z]+)")
_SMALL = frozenset({"of", "the", "and", "for", "at", "in", "a"})
_OWN_SIGNS = re.compile(r"[A-Za-z&][\w'’.&]*")
_SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"))


@cache
def read_variants(use: str) -> Mapping[str, tuple[str, ...]]:
    """Rows of the file, for ``name``, ``status`` or ``query``: what stands there, other forms."""
    found: dict[str, list[str]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["use"] == use:
                found.setdefault(row["form"], []).append(row["also"])
    return {form: tuple(also) for form, also in found.items()}


@cache
def read_words(use: str) -> frozenset[str]:
    """Words of the file for ``stop`` (they carry nothing) or ``state`` (they ask for a state)."""
    return frozenset(word for form in read_variants(use) for word in form.split())


def unify(text: str) -> str:
    """A query with the programme's number in one spelling: ``287g`` and ``287 (g)``."""
    return _DELEGATION.sub("287(g)", text)


def name_forms(name: str) -> tuple[str, ...]:
    """Other forms of a body's name: ``St. Lucie`` as Saint, ``DeWitt`` in two words, FHP."""
    forms = {name}
    for form, others in read_variants("name").items():
        pattern = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.I)
        for known in tuple(forms):
            if pattern.search(known):
                forms |= {pattern.sub(other, known) for other in others}
    for known in tuple(forms):
        forms.add(_CAMEL.sub(r"\1 \2", known))
        forms.add(_PARTED.sub(r"\1\2", known))
    short = initials(name)
    if short:
        forms.add(short)
    return tuple(sorted(forms - {name}))


def initials(name: str) -> str | None:
    """First letters of a name of three words or more, its last words for police left out too."""
    words = [word for word in _OWN_SIGNS.findall(name) if word.lower() not in _SMALL]
    letters = "".join(word[0] for word in words if word[0].isalpha()).upper()
    if not 3 <= len(letters) <= 7:
        return None
    plain = re.sub(r" (?:State )?Police(?: Department)?$| Department$", "", name)
    shorter = initials(plain) if plain != name else None
    return f"{letters} {shorter}" if shorter else letters


def amount_forms(value: str, unit: str | None) -> tuple[str, ...]:
    """A number as people write it: 7500, 7,500, 1.4 billion."""
    if not re.fullmatch(r"\d+", value):
        return ()
    number = int(value)
    forms = [value, f"{number:,}"]
    for scale, word in _SCALES:
        if number >= scale:
            forms.append(f"{number / scale:.1f}".removesuffix(".0") + f" {word}")
            break
    if unit and unit.startswith("USD"):
        forms.append("dollars money")
    return tuple(forms)


def date_forms(text: str) -> tuple[str, ...]:
    """A day as people write it: 18 May 2026, May 18, 2026, 5/18/2026."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return ()
    month = day.strftime("%B")
    return (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.month}/{day.day}/{day.year}",
        f"{day.month:02}/{day.day:02}/{day.year}",
        f"{month} {day.year}",
    )


def query_forms(word: str) -> Iterator[tuple[str, ...]]:
    """Other forms of a typed word, each as words: ``usc`` as U.S.C."""
    for form in read_variants("query").get(word, ()):
        yield tuple(form.split())
