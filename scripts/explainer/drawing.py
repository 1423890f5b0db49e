"""How pictures are drawn: Altair to SVG, fit to stand inside a page in light and dark.

The SVG takes the page's text colour (``currentColor``), carries no style attribute and no script,
and its series have classes. Same input, same bytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import vl_convert
from lxml import etree

from scripts.explainer.tables import table

Drawing = Any  # an Altair chart; its methods carry no types
SVG = "{http://www.w3.org/2000/svg}"
FONT = "system-ui, sans-serif"
WIDE, NARROW = (560, 260), (225, 240)
NARROW_BELOW = 400
# The site's light palette, by model; the style sheet sets the dark one through the classes
# `c-tfm` and so on. Told apart by lightness as well, and lines by their dashes.
COLOURS = {"tfm": "#7d2350", "wso": "#1b7f79", "jem": "#b17a00"}
OTHER = "#6b6b6b"
CLASSES = {**{colour: model for model, colour in COLOURS.items()}, OTHER: "other"}
DASHES = {"tfm": [1, 0], "wso": [7, 3], "jem": [2, 2]}
SHORT_NAMES = {"wso": "Warrant", "jem": "Jail"}  # where a line's end has little room
OTHER_DASHES = [8, 3, 2, 3]


@dataclass(frozen=True)
class Series:
    """One line or one part of each bar: its model and the name that readers see."""

    model: str
    name: str


@dataclass(frozen=True)
class Picture:
    """What a chart says in words, and the numbers that it draws."""

    id: str
    title: str
    description: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # cells as HTML
    source: str  # as HTML


def figure_html(picture: Picture, spec: Callable[[tuple[int, int]], Drawing]) -> str:
    """Title, drawing in two widths, source, and the numbers beneath."""
    wide = draw_svg(spec(WIDE), picture, "wide")
    narrow = draw_svg(spec(NARROW), picture, "narrow")
    return (
        f'<figure class="a-chart" id="chart-{picture.id}">'
        f'<p class="a-chart__title">{html.escape(picture.title)}</p>{wide}{narrow}'
        f"<figcaption>{picture.source}<details><summary>The numbers</summary>"
        f"{table('', picture.head, picture.rows)}</details></figcaption></figure>"
    )


def line_spec(
    points: list[dict[str, Any]], series: Sequence[Series], size: tuple[int, int], unit: str
) -> Drawing:
    """Step lines told apart by colour, dash and a name at the end, so that no legend is needed."""
    width, height = size
    data = alt.InlineData(values=points)
    dashes = [DASHES.get(line.model, OTHER_DASHES) for line in series]
    base = alt.Chart(data).encode(
        x=alt.X("date:T", title=None, axis=alt.Axis(format="%Y", tickCount="year")),
        y=alt.Y("value:Q", title=unit, axis=alt.Axis(tickCount=5, format=",d")),
    )
    lines = base.mark_line(interpolate="step-after", strokeWidth=2.2).encode(
        color=alt.Color("series:N", scale=colour_scale(series), legend=None),
        strokeDash=alt.StrokeDash(
            "series:N",
            scale=alt.Scale(domain=[line.name for line in series], range=dashes),
            legend=None,
        ),
    )
    labels = (
        alt.Chart(alt.InlineData(values=end_labels(points, series, size)))
        .mark_text(align="left", dx=6, fontSize=12, lineBreak="\n", baseline="middle")
        .encode(x="date:T", y="place:Q", text="words:N", color=alt.value("currentColor"))
    )
    return (lines + labels).properties(width=width, height=height)


def end_labels(
    points: Sequence[Mapping[str, Any]], series: Sequence[Series], size: tuple[int, int]
) -> list[dict[str, Any]]:
    """Where each line's name stands: at its end, moved up where it would cover the one below."""
    width, height = size
    is_narrow = width < NARROW_BELOW
    last = {point["series"]: point for point in points}
    top = max(point["value"] for point in points) or 1
    apart = top * (34 if is_narrow else 18) / height
    labels: list[dict[str, Any]] = []
    floor = -apart
    for line in sorted(series, key=lambda line: (last[line.name]["value"], line.name)):
        place = max(last[line.name]["value"], floor + apart)
        floor = place
        number = f"{last[line.name]['value']:,}"
        words = f"{line.name} {number}"
        if is_narrow:
            words = f"{SHORT_NAMES.get(line.model, line.name)}\n{number}"
        labels.append({"date": last[line.name]["date"], "place": place, "words": words})
    return labels


def bar_spec(
    points: list[dict[str, Any]], series: Sequence[Series], size: tuple[int, int]
) -> Drawing:
    """Stacked bars by month, with a legend above."""
    width, height = size
    is_narrow = width < NARROW_BELOW
    order = {line.name: place for place, line in enumerate(series)}
    values = [{**point, "order": order[point["series"]]} for point in points]
    months = len({point["date"] for point in points})
    legend = alt.Legend(
        orient="top", title=None, columns=1 if is_narrow else 3, labelLimit=300, columnPadding=28
    )
    return (
        alt.Chart(alt.InlineData(values=values), width=width, height=height)
        .mark_bar(size=max(3, int(width * 0.8 / (months + 1))))
        .encode(
            x=alt.X(
                "date:T",
                title=None,
                axis=alt.Axis(format="%b %Y", tickCount=3 if is_narrow else 6),
            ),
            y=alt.Y("value:Q", title="Agreements signed", axis=alt.Axis(tickCount=5, format=",d")),
            color=alt.Color("series:N", scale=colour_scale(series), legend=legend),
            order="order:Q",
        )
    )


def ranking_spec(points: list[dict[str, Any]], size: tuple[int, int]) -> Drawing:
    """Horizontal bars, longest first, each with its number."""
    width, _ = size
    base = alt.Chart(
        alt.InlineData(values=points),
        width=width if width < NARROW_BELOW else width + 40,
        height=22 * len(points),
    ).encode(
        y=alt.Y("state:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X("value:Q", axis=None),
    )
    bars = base.mark_bar(color=COLOURS["tfm"], height=14)
    numbers = base.mark_text(align="left", dx=5, fontSize=12, color="currentColor").encode(
        text=alt.Text("value:Q", format=",d")
    )
    return bars + numbers


def colour_scale(series: Sequence[Series]) -> alt.Scale:
    """The palette's colour of each model."""
    return alt.Scale(
        domain=[line.name for line in series],
        range=[COLOURS.get(line.model, OTHER) for line in series],
    )


def draw_svg(spec: Drawing, picture: Picture, suffix: str) -> str:
    """The chart as an inline SVG that takes the page's text colour and needs no style attribute."""
    configured = spec.configure(
        font=FONT,
        background="transparent",
        # the page's font may run wider than the one that is measured here
        padding={"left": 8, "top": 8, "bottom": 5, "right": 24},
        view=alt.ViewConfig(stroke=None),
        **axis_config(),
    )
    svg = vl_convert.vegalite_to_svg(configured.to_dict())
    root = etree.fromstring(svg.encode())
    clean_elements(root)
    name = f"chart-{picture.id}-{suffix}"
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, "")
    root.set("class", f"a-chart__{suffix}")
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-desc")
    root.set("fill", "currentColor")
    for place, (tag, words) in enumerate((("title", picture.title), ("desc", picture.description))):
        element = etree.Element(f"{SVG}{tag}", id=f"{name}-{tag}")
        element.text = words
        root.insert(place, element)
    etree.cleanup_namespaces(root)
    drawn = etree.tostring(root, encoding="unicode")
    return re.sub(r"\b(clip|gradient)(\d+)\b", rf"{name}-\1\2", drawn)


def axis_config() -> dict[str, Any]:
    """Axes and legend in the page's text colour, grid lines faint."""
    axis = alt.AxisConfig(
        labelColor="currentColor",
        titleColor="currentColor",
        domainColor="currentColor",
        tickColor="currentColor",
        gridColor="currentColor",
        gridOpacity=0.15,
        domainOpacity=0.4,
        tickOpacity=0.4,
        labelFontSize=12,
        titleFontSize=12,
        titleFontWeight="normal",
    )
    legend = alt.LegendConfig(labelColor="currentColor", labelFontSize=12, symbolType="square")
    return {"axis": axis, "axisX": alt.AxisConfig(grid=False), "legend": legend}


def clean_elements(root: etree._Element) -> None:
    """Drop what only an interactive chart needs, and name each series' colour by a class."""
    for element in list(root.iter()):
        for attribute in list(element.attrib):
            if re.match(r"aria-|role$|style$|pointer-events$", str(attribute)):
                del element.attrib[attribute]
        for paint in ("fill", "stroke"):
            colour = element.get(paint)
            if colour in CLASSES:
                element.set("class", f"c-{CLASSES[colour]}-{paint}")
