"""How often search puts what a person wants among its first five: the judged queries."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.bench.measure import Section
from scripts.search.search import SearchRequest, search

LABELS = Path(__file__).parents[2] / "tests" / "labels" / "searches.csv"
FIRST = 5
NOTHING = "nothing"


@dataclass(frozen=True)
class Judged:
    """A query and what it must find.

    ``wanted``: sets of addresses, one of each set among the first five; none: nothing at all.
    """

    query: str
    group: str
    use: str  # tune, or held: never looked at while rules were made
    wanted: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Outcome:
    """What became of a judged query: ``rank`` of the first wanted record, if there is one."""

    judged: Judged
    is_right: bool
    rank: int | None
    first: tuple[str, ...]

    @property
    def reciprocal(self) -> float:
        """1 at the first place, 1/2 at the second …; nothing, where nothing is wanted, is 1."""
        if not self.judged.wanted:
            return float(self.is_right)
        return 1 / self.rank if self.rank else 0.0


def read_judged(path: Path = LABELS) -> tuple[Judged, ...]:
    """The judged queries, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Judged(row["query"], row["group"], row["use"], _wanted(row["wanted"]))
            for row in csv.DictReader(file)
        )


def _wanted(text: str) -> tuple[frozenset[str], ...]:
    if text == NOTHING:
        return ()
    return tuple(frozenset(part.split("|")) for part in text.split())


def judge(connection: sqlite3.Connection, judged: Judged) -> Outcome:
    """Run the query and compare its first results with what is wanted."""
    found = search(connection, SearchRequest(q=judged.query))
    paths = tuple(hit.path.partition("?")[0] for hit in found.hits)
    first = paths[:FIRST]
    if not judged.wanted:
        return Outcome(judged, found.total == 0, None, first)
    every = frozenset[str]().union(*judged.wanted)
    rank = next((place for place, path in enumerate(paths, 1) if path in every), None)
    is_right = all(one & set(first) for one in judged.wanted)
    return Outcome(judged, is_right, rank, first)


def judging(connection: sqlite3.Connection) -> Section:
    """The share right and the mean reciprocal rank of each group, and every miss."""
    outcomes = [judge(connection, one) for one in read_judged()]
    groups = list(dict.fromkeys(one.judged.group for one in outcomes))
    rows = []
    for group in [*groups, "all"]:
        some = [one for one in outcomes if group in ("all", one.judged.group)]
        for use in ("tune", "held"):
            rows.append((group, use, *_shares([one for one in some if one.judged.use == use])))
    misses = [
        f"missed ({one.judged.group}, {one.judged.use}): {one.judged.query} → "
        f"{', '.join(one.first[:3]) or 'nothing'}"
        for one in outcomes
        if not one.is_right
    ]
    columns = ("group", "use", "queries", "% right in first five", "mean reciprocal rank")
    return Section("Judged queries", columns, tuple(rows), tuple(misses))


def _shares(outcomes: Sequence[Outcome]) -> tuple[str, str, str]:
    count = max(1, len(outcomes))
    right = 100 * sum(one.is_right for one in outcomes) / count
    rank = sum(one.reciprocal for one in outcomes) / count
    return f"{len(outcomes)}", f"{right:.1f}", f"{rank:.2f}"
