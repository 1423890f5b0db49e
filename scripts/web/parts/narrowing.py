"""A long list that a reader narrows and sorts: the same by a server, by a script, and without one.

The address is the state: ``?model=tfm&q=county&sort=signed``. Without a script and without a server
the whole list stands in folded groups.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scripts.web.view.page import Ask, Row

PER_GROUP = 100  # rows of a group where a list has no groups of its own
LONG = 200  # rows from which a list is narrowed and sorted


@dataclass(frozen=True)
class Choice:
    """One value of a filter: what stands in the address, its words, how many have it."""

    value: str
    words: str
    count: int


@dataclass(frozen=True)
class Filter:
    """One way to narrow the list, and what is chosen (empty for all)."""

    name: str
    words: str
    choices: Sequence[Choice]
    chosen: str


@dataclass(frozen=True)
class Order:
    """One way to sort the list: its name in the address, its words, and what it sorts by."""

    name: str
    words: str
    key: Callable[[Row], Any]


@dataclass(frozen=True)
class Entry:
    """One row with the values by which it is filtered (several separated by spaces)."""

    row: Row
    values: Mapping[str, str]
    text: str = ""  # what words are looked for in
    keys: Mapping[str, str] = field(default_factory=dict)  # what it is sorted by


@dataclass(frozen=True)
class Group:
    """Some rows under one heading."""

    title: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Narrowed:
    """A list as asked for: its groups, and what may be chosen."""

    groups: Sequence[Group]
    filters: Sequence[Filter]
    orders: Sequence[Choice]
    order: str
    words: str
    shown: int
    total: int

    @property
    def is_narrowed(self) -> bool:
        """Whether rows are left out."""
        return bool(self.words) or any(one.chosen for one in self.filters)

    @property
    def is_long(self) -> bool:
        """Whether it is long enough to be narrowed."""
        return self.total > LONG


def fold(text: str) -> str:
    """Lower case without diacritics, as the script folds."""
    parts = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize(
        "NFC", "".join(c for c in parts if unicodedata.category(c) != "Mn")
    )


def filter_of(
    ask: Ask,
    name: str,
    title: str,
    entries: Sequence[Entry],
    words: Callable[[str], str],
    *,
    by_count: bool = False,
) -> Filter:
    """A filter over the values that the entries have; a value that none has is not chosen."""
    counts = Counter(value for entry in entries for value in entry.values[name].split())
    choices = [Choice(value, words(value), count) for value, count in counts.items()]
    choices.sort(key=lambda one: (-one.count, one.value) if by_count else (0, one.words))
    asked = ask.first(name)
    return Filter(name, title, choices, asked if asked in counts else "")


def narrow(
    ask: Ask,
    entries: Sequence[Entry],
    filters: Sequence[Filter],
    orders: Sequence[Order] = (),
    group: Callable[[Entry], str] | None = None,
) -> Narrowed:
    """The entries that the address asks for, in its order.

    ``group`` names the group of an entry; without it (and where another order is asked for) a long
    list is cut into hundreds.
    """
    words = ask.first("q").strip()
    order = next((one for one in orders if one.name == ask.first("sort")), None)
    shown = [entry for entry in entries if _fits(entry, filters, fold(words).split())]
    if order is not None:
        shown.sort(key=lambda entry: entry.keys.get(order.name, ""))
    groups = _hundreds(ask, shown) if group is None or order is not None else _named(shown, group)
    told = [Choice(one.name, one.words, 0) for one in orders]
    name = "" if order is None else order.name
    return Narrowed(groups, filters, told, name, words, len(shown), len(entries))


def with_keys(entry: Entry, orders: Sequence[Order]) -> Entry:
    """The entry with what it is sorted by; an empty value comes last."""
    keys = {one.name: fold(str(one.key(entry.row) or "\uffff")) for one in orders}
    return Entry(entry.row, entry.values, entry.text, keys)


def _fits(entry: Entry, filters: Sequence[Filter], words: Sequence[str]) -> bool:
    text = fold(entry.text) if words else ""
    return all(word in text for word in words) and all(
        not one.chosen or one.chosen in entry.values[one.name].split() for one in filters
    )


def _named(entries: Sequence[Entry], group: Callable[[Entry], str]) -> list[Group]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(group(entry), []).append(entry)
    return [Group(title, rows) for title, rows in found.items()]


def _hundreds(ask: Ask, entries: Sequence[Entry]) -> list[Group]:
    if len(entries) <= LONG:
        return [Group("", entries)]
    number = ask.words.number
    return [
        Group(
            ask.words.text(
                "%(first)s to %(last)s",
                first=number(start + 1),
                last=number(min(start + PER_GROUP, len(entries))),
            ),
            entries[start : start + PER_GROUP],
        )
        for start in range(0, len(entries), PER_GROUP)
    ]
