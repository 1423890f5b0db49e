"""Agreements over time as a picture: one bar each, gaps visible, pending hatched, lists as ticks.

Drawn in SVG with positions in percent and text in pixels, so that it fits any width without
shrinking the words; no inline style, as the site's policy allows none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from scripts.web.parts.windows import Span

_ROW = 44  # pixels for a label and its bar
_BAR = 12
_TOP = 6
_MODELS = frozenset({"tfm", "wso", "jem"})


@dataclass(frozen=True)
class Bar:
    """One agreement, or time on the pending list (``model`` is ``pending``)."""

    label: str
    model: str
    spans: Sequence[Span]
    signed_on: str | None = None


@dataclass(frozen=True)
class Axis:
    """Dates to percent of the width."""

    start: dt.date
    end: dt.date

    def at(self, iso: str) -> float:
        """Where a date stands, in percent."""
        day = dt.date.fromisoformat(iso)
        share = (day - self.start).days / max(1, (self.end - self.start).days)
        return round(100 * min(1.0, max(0.0, share)), 2)


def draw_timeline(
    bars: Sequence[Bar], ticks: Sequence[str], end: str, title: str, description: str
) -> Markup:
    """The picture of ``bars`` up to the newest list's date ``end``; ``ticks`` are lists' dates."""
    if not any(bar.spans for bar in bars):
        return Markup("")
    axis = _axis(bars, end)
    height = _TOP + _ROW * len(bars) + 30
    pieces = [*_frame(axis, height), *_ticks(axis, ticks, height)]
    for number, bar in enumerate(bars):
        pieces += _bar(axis, bar, _TOP + _ROW * number, end)
    return Markup(
        '<svg class="a-timeline" role="img" width="100%" height="{height}" '
        'aria-labelledby="timeline-title timeline-desc">'
        '<title id="timeline-title">{title}</title><desc id="timeline-desc">{told}</desc>'
        "{pieces}</svg>"
    ).format(height=height, title=title, told=description, pieces=Markup("").join(pieces))


def _axis(bars: Sequence[Bar], end: str) -> Axis:
    firsts = [span.first_on for bar in bars for span in bar.spans]
    signed = [bar.signed_on for bar in bars if bar.signed_on and bar.signed_on <= end]
    earliest = max(min(firsts + signed), "2006-01-01")
    last = dt.date.fromisoformat(end)
    first = dt.date.fromisoformat(earliest)
    room = max(30, (last - first).days // 25)
    return Axis(first - dt.timedelta(days=room), last + dt.timedelta(days=room // 3))


def _frame(axis: Axis, height: int) -> list[Markup]:
    years = range(axis.start.year + 1, axis.end.year + 1)
    step = max(1, (len(years) + 5) // 6)
    shown = [year for year in years if (axis.end.year - year) % step == 0]
    if not shown:
        return [_text(0, height - 4, axis.start.strftime("%Y"), "t-soft")]
    pieces = []
    for year in shown:
        x = axis.at(f"{year}-01-01")
        pieces.append(_line(x, 0, height - 18, "t-line"))
        anchor = "end" if x > 92 else "start" if x < 6 else "middle"  # no year is cut off
        pieces.append(_text(x, height - 4, str(year), "t-soft", anchor))
    return pieces


def _ticks(axis: Axis, ticks: Sequence[str], height: int) -> list[Markup]:
    low = height - 20
    return [
        _line(axis.at(day), low - 5, low, "t-tick")
        for day in sorted(set(ticks))
        if day >= axis.start.isoformat()
    ]


def _bar(axis: Axis, bar: Bar, top: int, end: str) -> list[Markup]:
    kind = bar.model if bar.model in (*_MODELS, "pending") else "other"
    pieces = [_text(0, top + 14, bar.label, "")]
    y = top + 22
    for span in bar.spans:
        x, until = axis.at(span.first_on), axis.at(span.last_on or end)
        width = max(0.6, round(until - x, 2))
        shape = f'<rect class="t-{kind}" x="{x}%" y="{y}" width="{width}%" height="{_BAR}"/>'
        pieces.append(Markup(shape))
    if bar.signed_on and axis.start.isoformat() <= bar.signed_on <= end:
        x = axis.at(bar.signed_on)
        pieces.append(_line(x, y - 3, y + _BAR + 3, f"t-signed t-{kind}"))
    return pieces


def _line(x: float, top: float, bottom: float, kind: str) -> Markup:
    """``kind`` is one of this module's own class names."""
    return Markup(f'<line class="{kind}" x1="{x}%" x2="{x}%" y1="{top}" y2="{bottom}"/>')


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> Markup:
    inner = escape(text)
    return Markup(f'<text class="{kind}" x="{x}%" y="{y}" text-anchor="{anchor}">{inner}</text>')
