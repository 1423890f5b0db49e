"""Agreements as a list that is narrowed by model, state, county, standing and year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from scripts.web.parts import phrases
from scripts.web.parts.narrowing import Entry, Filter, Narrowed, Order, filter_of, narrow, with_keys
from scripts.web.view.page import Ask, Row
from scripts.web.view.words import Words


def narrow_agreements(
    ask: Ask,
    found: Sequence[Row],
    names: Sequence[str],
    group: Callable[[Entry], str] | None = None,
) -> Narrowed:
    """The rows of ``agreement_list`` (with ``state_name``) that the address asks for.

    ``names`` of filters: ``state``, ``model``, ``standing``, ``year``, ``county``. A county is in
    the address by its FIPS code; the words that are looked for hold agency, county and state.
    """
    orders = orders_of(ask.words)
    entries = [with_keys(_entry(row, names), orders) for row in found]
    words = {name: _words(ask.words, name, found) for name in names}
    filters = [_filter(ask, name, words[name], entries) for name in names]
    return narrow(ask, entries, filters, orders, group)


def orders_of(words: Words) -> tuple[Order, ...]:
    """The ways to sort agreements."""
    return (
        Order("agency", words.text("Agency"), lambda row: row["agency"]),
        Order("signed", words.text("Signed"), lambda row: row["signed_on"]),
        Order("county", words.text("County"), lambda row: row["county"]),
        Order("model", words.text("Model"), lambda row: row["model"]),
    )


def values_of(row: Row) -> dict[str, str]:
    """The values by which an agreement is filtered; they stand in addresses."""
    return {
        "state": row["state"],
        "model": row["model"] or "none",
        "standing": row["status"],
        "year": (row["signed_on"] or "none")[:4],
        "county": row["county_fips"] or "none",
    }


def _entry(row: Row, names: Sequence[str]) -> Entry:
    values = values_of(row)
    text = " ".join(str(row[key] or "") for key in ("agency", "county", "state_name", "signed_on"))
    return Entry(row, {name: values[name] for name in names}, text)


def _filter(ask: Ask, name: str, words: Mapping[str, str], entries: Sequence[Entry]) -> Filter:
    titles = {
        "state": ask.words.text("State"),
        "model": ask.words.text("Model"),
        "standing": ask.words.text("Standing"),
        "year": ask.words.text("Year signed"),
        "county": ask.words.text("County"),
    }
    none = ask.words.text("not stated")
    by_count = name in ("model", "standing")
    return filter_of(
        ask,
        name,
        titles[name],
        entries,
        lambda value: words.get(value) or (none if value == "none" else value),
        by_count=by_count,
    )


def _words(words: Words, name: str, found: Sequence[Row]) -> Mapping[str, str]:
    if name == "state":
        return {row["state"]: row["state_name"] for row in found}
    if name == "county":
        return {
            row["county_fips"]: f"{row['county']}, {row['state']}"
            for row in found
            if row["county_fips"]
        }
    if name == "model":
        return {row["model"]: phrases.model_name(words, row["model"]) for row in found}
    return {
        "active": words.text("active"),
        "superseded": words.text("superseded"),
        "removed": words.text("no longer listed"),
    }
