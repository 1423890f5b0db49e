"""Amounts of money and reported numbers, each with who says so; nothing here is ever added up."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.web.parts.phrases import money_status
from scripts.web.view.page import Ask, Row, View, one, rows

_PAYMENT = """
select payment_list.*, documents.address, documents.archived_address, documents.publisher,
  documents.published_on, agencies.name as agency
from payment_list
join documents on documents.id = payment_list.source_id
left join agencies on agencies.id = payment_list.agency_id
where payment_list.id = ?
"""
_FIGURE = """
select figures.*, documents.title as source, documents.address, documents.archived_address,
  documents.publisher, documents.published_on, agencies.name as agency
from figures
left join documents on documents.id = figures.source_id
left join agencies on agencies.id = figures.agency_id
where figures.id = ?
"""
# How a rate of each unit becomes a yearly amount: basis, factor, and the sum in words.
_FORMS = {
    "percent of salary and benefits": ("pay", 0.01, "officers × salary and benefits × %(value)s%%"),
    "percent of annual salary": ("salary", 0.01, "officers × salary × %(value)s%%, at most"),
    "USD per officer per quarter": ("officers", 4.0, "officers × 4 quarters × $%(value)s"),
}
STATUSES = ("announced", "appropriated", "set-aside", "obligated", "paid", "projected")


@dataclass(frozen=True)
class PaymentPage:
    """What the template shows of an amount."""

    payment: Row


def payment(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """The page of an amount."""
    found = one(connection, _PAYMENT, id)
    if found is None:
        return None
    title = ask.words.text(
        "%(status)s to %(payee)s: %(category)s",
        status=money_status(ask.words, found["status"]).capitalize(),
        payee=found["payee"],
        category=found["category"],
    )
    told = ask.words.text(
        "An amount as told by one source, “%(source)s”; it is not part of any total here.",
        source=found["source"],
    )
    record = {"payment": found}
    return View(
        "payment",
        title,
        told,
        PaymentPage(found),
        record,
        found["address"],
        found["published_on"],
        "payment",
    )


@dataclass(frozen=True)
class CalculatorLine:
    """One rate of ICE's scheme as a yearly amount: ``factor`` times what ``basis`` names.

    ``basis``: ``officers``, ``salary`` (of all officers) or ``pay`` (their salaries and benefits).
    """

    rate: Row
    basis: str
    factor: float
    formula: str


@dataclass(frozen=True)
class PaymentsPage:
    """Amounts by payer, each with its own status and provenance; and the announced rates."""

    groups: Sequence[tuple[str, Sequence[Row]]]
    rates: Sequence[Row]
    calculator: Sequence[CalculatorLine]


def payments(connection: sqlite3.Connection, ask: Ask) -> View:
    """All amounts, and the rules of the payment scheme."""
    found = rows(connection, "select * from payment_list order by payer, provenance, status, id")
    grouped: dict[str, list[Row]] = {}
    for row in found:
        grouped.setdefault(row["payer"], []).append(row)
    rates = rows(
        connection,
        "select rates.*, documents.title as source from rates"
        " join documents on documents.id = rates.source_id"
        " order by case rates.provenance when 'official-record' then 1"
        " when 'official-statement' then 2 when 'leaked-as-reported' then 4 else 3 end,"
        " valid_from, label, cast(value as integer) desc, rates.id",
    )
    told = ask.words.plural(
        "%(count)s amount, with who says so; amounts of different kinds are never added.",
        "%(count)s amounts, each with who says so; amounts of different kinds are never added.",
        len(found),
    )
    page = PaymentsPage(list(grouped.items()), rates, _calculator(ask, rates))
    return View("payments", ask.words.text("Money"), told, page)


def _calculator(ask: Ask, rates: Sequence[Row]) -> list[CalculatorLine]:
    """The rates that follow from numbers of officers and their pay; no line adds to another."""
    lines = []
    for rate in rates:
        form = _FORMS.get(str(rate["unit"]))
        if form is None or rate["value"] is None:
            continue
        basis, scale, formula = form
        value = float(rate["value"])
        text = ask.words.text(formula, value=f"{value:,.0f}")
        lines.append(CalculatorLine(rate, basis, value * scale, text))
    return lines


@dataclass(frozen=True)
class FigurePage:
    """What the template shows of a number; ``others`` are numbers that disagree with it."""

    figure: Row
    others: Sequence[Row]
    excerpts: Sequence[Row]


def figure(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """The page of a number that is used in prose."""
    found = one(connection, _FIGURE, id)
    if found is None:
        return None
    names = (found["differs_from"] or "").split()
    others = [other for name in names if (other := one(connection, _FIGURE, name)) is not None]
    back = "select * from figures where ' ' || differs_from || ' ' like '% ' || ? || ' %'"
    others += [row for row in rows(connection, back, id) if row["id"] not in names]
    excerpts = rows(
        connection,
        "select * from excerpt_list where document_id = ? order by id",
        found["source_id"],
    )
    label = found["label"][:1].upper() + found["label"][1:]
    if found["as_of"]:
        told = ask.words.text(
            "%(label)s, as of %(date)s.", label=label, date=ask.words.date(found["as_of"])
        )
    else:
        told = ask.words.text("%(label)s.", label=label)
    page = FigurePage(found, others, excerpts)
    record = {"figure": found, "differs_from": [row["id"] for row in others]}
    return View("figure", label, told, page, record, found["address"], found["as_of"], "figure")


@dataclass(frozen=True)
class FiguresPage:
    """All numbers used in prose."""

    figures: Sequence[Row]


def figures(connection: sqlite3.Connection, ask: Ask) -> View:
    """All numbers used in prose."""
    found = rows(connection, "select * from figures order by label, id")
    told = ask.words.plural(
        "%(count)s number used on these pages, with who says so.",
        "%(count)s numbers used on these pages, each with who says so.",
        len(found),
    )
    return View("figures", ask.words.text("Figures"), told, FiguresPage(found))
