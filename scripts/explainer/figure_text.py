"""How a figure is written in a sentence: number, unit, date and provenance, from values alone."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

PROVENANCES: dict[str, str] = {
    "official-record": "A record that a public body made or keeps: a list, a memorandum.",
    "official-statement": "What a public body said of itself: a press release, an announcement.",
    "court-record": "A filing, finding or order in a court's record.",
    "audit": "A report by an auditor or inspector general.",
    "press-report": "What a newspaper, agency or broadcaster reported.",
    "leaked-record": "A record that was not meant to be public, held and read here.",
    "leaked-as-reported": "What somebody reported from such a record, which is not held here.",
    "research": "A scholarly or other published study with its method stated.",
    "advocacy-analysis": "A count or analysis by an organisation that argues for a policy.",
    "computed": "A number that this archive computes from the records it holds.",
}

QUALIFIERS = {"about": "about ", "at-least": "at least ", "at-most": "at most "}
BILLION, MILLION = 1_000_000_000, 1_000_000


@dataclass(frozen=True)
class Figure:
    """One row of the table ``figures``, as far as a sentence needs it."""

    id: str
    label: str
    value: str | None
    qualifier: str | None
    unit: str | None
    as_of: str | None
    provenance: str


def spell_date(iso: str) -> str:
    """``2026-05-18`` as ``18 May 2026``, ``2026-05`` as ``May 2026``, a year as it stands."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", iso)
    if not match or not match[2]:
        return iso
    month = f"{MONTHS[int(match[2]) - 1]} {match[1]}"
    return f"{dt.date.fromisoformat(iso).day} {month}" if match[3] else month


def spell_number(value: str) -> str:
    """``8501`` as ``8,501``; what is not a plain number stays as it stands."""
    whole, _, rest = value.partition(".")
    if not re.fullmatch(r"-?\d+", whole) or not re.fullmatch(r"\d*", rest):
        return value
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


def spell_dollars(value: str) -> str:
    """US dollars in words where they are round: ``137000000`` as ``$137 million``."""
    if not value.isdecimal():
        return f"${spell_number(value)}"
    amount = int(value)
    for size, word in ((BILLION, "billion"), (MILLION, "million")):
        if amount >= size and amount % (size // 100) == 0:
            return f"${amount / size:.2f}".rstrip("0").rstrip(".") + f" {word}"
    return f"${amount:,}"


def spell_value(figure: Figure) -> str:
    """The number alone, with its qualifier and the dollar sign: ``at least 2,000``."""
    value = figure.value or ""
    if figure.unit == "date":
        return spell_date(value)
    dollars = (figure.unit or "").startswith("USD")
    number = spell_dollars(value) if dollars else spell_number(value)
    return QUALIFIERS.get(figure.qualifier or "", "") + number


def spell_unit(figure: Figure) -> str:
    """The words after the number: ``agreements``, ``per officer per quarter``; may be empty."""
    unit = figure.unit or ""
    if unit == "date":
        return ""
    if unit.startswith("USD"):
        return unit.removeprefix("USD").strip()
    singular = figure.value == "1" and unit.endswith("s")
    return unit.removesuffix("s") if singular else unit


def badge_html(provenance: str) -> str:
    """The label that says what kind of source speaks; its meaning stands in Methods."""
    words = html.escape(provenance.replace("-", " "))
    return f'<span class="provenance provenance--{html.escape(provenance)}">{words}</span>'


def date_html(iso: str) -> str:
    """A date for people and machines."""
    return f'<time datetime="{html.escape(iso)}">{html.escape(spell_date(iso))}</time>'


MODEL_NAMES = {
    "tfm": "Task Force",
    "wso": "Warrant Service Officer",
    "jem": "Jail Enforcement",
}


def model_name(model: str) -> str:
    """A model's name for readers; one that nobody has named yet, as printed."""
    return MODEL_NAMES.get(model, model.replace("-", " ").capitalize())
