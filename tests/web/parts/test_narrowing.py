"""A list is narrowed and sorted by its address."""

from __future__ import annotations

from typing import Any

from scripts.web.parts.narrowing import Entry, Narrowed, Order, filter_of, narrow, with_keys
from scripts.web.view.page import Ask

ROWS: list[dict[str, Any]] = [
    {"id": n, "name": f"Agency {n}", "on": f"2025-{n % 12 + 1:02}"} for n in range(250)
]
ORDERS = (Order("on", "Date", lambda row: row["on"]),)


def asked(**query: str) -> Narrowed:
    ask = Ask("/x/", "http://example.org/", {name: (value,) for name, value in query.items()})
    entries = [
        with_keys(Entry(row, {"half": "odd" if row["id"] % 2 else "even"}, row["name"]), ORDERS)
        for row in ROWS
    ]
    return narrow(ask, entries, [filter_of(ask, "half", "Half", entries, str)], ORDERS)


def test_a_long_list_comes_in_hundreds_and_loses_no_row() -> None:
    found = asked()
    assert [len(group.entries) for group in found.groups] == [100, 100, 50]
    assert (found.shown, found.total, found.is_narrowed) == (250, 250, False)


def test_filters_words_and_order_work_together() -> None:
    found = asked(half="odd", q="AGENCY 1", sort="on")
    shown = [entry.row for group in found.groups for entry in group.entries]
    assert shown
    assert all(row["id"] % 2 and "1" in row["name"] for row in shown)
    assert [row["on"] for row in shown] == sorted(row["on"] for row in shown)


def test_a_value_that_none_has_narrows_nothing_and_nonsense_words_everything() -> None:
    assert asked(half="third").shown == 250
    assert asked(q="zzyzx").shown == 0
