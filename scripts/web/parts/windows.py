"""From when until when lists show something: runs of rows joined into spans without a gap."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from scripts.web.view.page import rows


@dataclass(frozen=True)
class Span:
    """An unbroken run of lists: first and last list, their dates; ``last_on`` None while open."""

    first: str
    last: str | None
    first_on: str
    last_on: str | None


_RUNS = """
select
  listings.agreement_id as owner,
  first_list.sequence as first_sequence,
  first_list.id as first,
  first_list.stated_on as first_on,
  coalesce(last_list.sequence, 1000000) as last_sequence,
  last_list.id as last,
  last_list.stated_on as last_on
from listings
join publications as first_list on first_list.id = listings.first_publication
left join publications as last_list on last_list.id = listings.last_publication
where listings.kind = ? and listings.{column} = ?
order by listings.agreement_id, first_list.sequence, last_sequence
"""


def agreement_spans(connection: sqlite3.Connection, agreement_id: str) -> tuple[Span, ...]:
    """The spans over which lists of participating agencies show an agreement."""
    sql = _RUNS.format(column="agreement_id")
    return join_runs(rows(connection, sql, "participating", agreement_id))


def pending_spans(connection: sqlite3.Connection, agency_id: str) -> tuple[Span, ...]:
    """The spans over which lists of pending agencies show an agency."""
    return join_runs(rows(connection, _RUNS.format(column="agency_id"), "pending", agency_id))


def spans_by_agreement(
    connection: sqlite3.Connection, agency_id: str
) -> dict[str, tuple[Span, ...]]:
    """The spans of each agreement of an agency."""
    found: dict[str, list[dict[str, object]]] = {}
    for run in rows(connection, _RUNS.format(column="agency_id"), "participating", agency_id):
        if run["owner"] is not None:
            found.setdefault(run["owner"], []).append(run)
    return {owner: join_runs(runs) for owner, runs in found.items()}


def join_runs(runs: Iterable[dict[str, object]]) -> tuple[Span, ...]:
    """Join runs in order of their first list where the next begins by the list after the last."""
    spans: list[dict[str, object]] = []
    for run in runs:
        before = spans[-1] if spans else None
        if before is None or _number(run, "first") > _number(before, "last") + 1:
            spans.append(dict(run))
        elif _number(run, "last") > _number(before, "last"):
            before |= {key: run[key] for key in ("last", "last_on", "last_sequence")}
    return tuple(
        Span(
            str(span["first"]),
            None if span["last"] is None else str(span["last"]),
            str(span["first_on"]),
            None if span["last_on"] is None else str(span["last_on"]),
        )
        for span in spans
    )


def _number(run: dict[str, object], end: str) -> int:
    value = run[f"{end}_sequence"]
    assert isinstance(value, int)
    return value
