"""Pictures from the database: SVG made at build time, with no script in the page.

Each picture is a ``<figure>``: a title that says what it shows, the drawing in two widths (the
style sheet shows one), each with ``<title>`` and ``<desc>`` for screen readers, and the numbers
as a table beneath. Same database, same bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence

from scripts.explainer import queries
from scripts.explainer.drawing import (
    Picture,
    Series,
    bar_spec,
    figure_html,
    line_spec,
    ranking_spec,
)
from scripts.explainer.figure_text import model_name, spell_date

MODEL_ORDER = ("tfm", "wso", "jem")


def growth_chart(connection: sqlite3.Connection) -> str:
    """Agreements on each list of participating agencies, by model, since the first list held."""
    rows = connection.execute(queries.COUNTS_BY_LIST).fetchall()
    if not rows:
        return nothing_to_draw("growth")
    models = ordered_models({row["model"] for row in rows})
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        counts.setdefault((row["stated_on"], row["id"]), {})[row["model"]] = row["agreements"]
    points = [
        {"date": date, "series": model_name(model), "value": by_model.get(model, 0)}
        for (date, _), by_model in counts.items()
        for model in models
    ]
    series = [Series(model, model_name(model)) for model in models]
    return figure_html(
        growth_words(counts, models), lambda size: line_spec(points, series, size, "Agreements")
    )


def growth_words(
    counts: Mapping[tuple[str, str], Mapping[str, int]], models: Sequence[str]
) -> Picture:
    """Title, description and table of the growth chart; the table has each month's last list."""
    (first_date, _), first = next(iter(counts.items()))
    (date, newest), last = list(counts.items())[-1]
    start = spell_date(first_date[:7])
    largest = max(models, key=lambda model: last.get(model, 0))
    lists = {stated_on[:7]: (stated_on, id) for stated_on, id in counts}
    return Picture(
        id="growth",
        title=(
            f"Agreements on ICE's list rose from {sum(first.values()):,} in {start}"
            f" to {sum(last.values()):,} on {spell_date(date)};"
            f" {last.get(largest, 0):,} of these are {model_name(largest)} agreements"
        )
        if sum(last.values()) > sum(first.values())
        else f"Agreements on ICE's list by model, {start} to {spell_date(date)}",
        description=(
            f"One line for each model, stepping from list to list, {spell_date(first_date)} to"
            f" {spell_date(date)}. On the newest list: "
            + "; ".join(f"{model_name(model)} {last.get(model, 0):,}" for model in models)
            + "."
        ),
        head=("Last list of the month", *map(model_name, models), "All"),
        rows=tuple(
            (
                f'<a href="/publications/{id}/">{spell_date(stated_on)}</a>',
                *(f"{counts[stated_on, id].get(model, 0):,}" for model in models),
                f"{sum(counts[stated_on, id].values()):,}",
            )
            for stated_on, id in reversed(lists.values())
        ),
        source=(
            "Counted by this archive on each list of participating agencies that ICE published,"
            f' up to <a href="/publications/{newest}/">the list of {spell_date(date)}</a>.'
        ),
    )


def signings_chart(connection: sqlite3.Connection) -> str:
    """Agreements by the month in which ICE signed them, since January 2025, by model."""
    rows = connection.execute(queries.SIGNED_BY_MONTH).fetchall()
    if not rows:
        return nothing_to_draw("signings")
    models = ordered_models({row["model"] for row in rows})
    counts = {(row["month"], row["model"]): row["agreements"] for row in rows}
    months = sorted({row["month"] for row in rows})
    totals = {month: sum(counts.get((month, model), 0) for model in models) for month in months}
    top = max(months, key=lambda month: (totals[month], month))
    points = [
        {"date": f"{month}-01", "series": model_name(model), "value": value}
        for (month, model), value in sorted(counts.items())
    ]
    picture = Picture(
        id="signings",
        title=f"ICE signed the most agreements in {spell_date(top)}: {totals[top]:,}",
        description=(
            f"Stacked bars, one for each month from {spell_date(months[0])} to"
            f" {spell_date(months[-1])}, by model."
        ),
        head=("Month", *map(model_name, models), "All"),
        rows=tuple(
            (
                spell_date(month),
                *(f"{counts.get((month, model), 0):,}" for model in models),
                f"{totals[month]:,}",
            )
            for month in reversed(months)
        ),
        source="Signing dates as ICE's lists print them, after the corrections recorded here.",
    )
    series = [Series(model, model_name(model)) for model in models]
    return figure_html(picture, lambda size: bar_spec(points, series, size))


def states_chart(connection: sqlite3.Connection) -> str:
    """Active agreements in the fifteen states that have most."""
    rows = connection.execute(queries.ACTIVE_BY_STATE).fetchall()
    if not rows:
        return nothing_to_draw("states")
    total = sum(row["agreements"] for row in rows)
    top = rows[:15]
    points = [{"state": row["name"], "value": row["agreements"]} for row in top]
    picture = Picture(
        id="states",
        title=(
            f"{rows[0]['name']} has {rows[0]['agreements']:,} of {total:,} active agreements,"
            " the most of any state"
        ),
        description=(
            "Horizontal bars, longest first: "
            + ", ".join(f"{row['name']} {row['agreements']:,}" for row in top)
            + "."
        ),
        head=("State", "Agreements", "Agencies"),
        rows=tuple(
            (
                f'<a href="/states/{row["state"].lower()}/">{row["name"]}</a>',
                f"{row['agreements']:,}",
                f"{row['agencies']:,}",
            )
            for row in rows
        ),
        source="Counted by this archive on the newest list of participating agencies.",
    )
    return figure_html(picture, lambda size: ranking_spec(points, size))


CHARTS: dict[str, Callable[[sqlite3.Connection], str]] = {
    "growth": growth_chart,
    "signings": signings_chart,
    "states": states_chart,
}


def ordered_models(models: set[str]) -> list[str]:
    """The three known models in their usual order, then whatever is new, by name."""
    return [m for m in MODEL_ORDER if m in models] + sorted(models - set(MODEL_ORDER))


def nothing_to_draw(name: str) -> str:
    """What stands in place of a picture where the records hold nothing that it could show."""
    return (
        f'<p class="chart-empty" id="chart-{name}">The records hold nothing to draw here yet.</p>'
    )
