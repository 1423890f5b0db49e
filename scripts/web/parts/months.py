"""What came on the lists and what left, month by month, as a picture: up is new, down is gone.

Drawn as `scripts.web.parts.timeline` draws: positions in percent, text in pixels, no inline style.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_HEIGHT = 150  # pixels for the bars, both ways together
_TOP = 16
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_LEFT = 13  # percent kept free for the numbers of the scale


@dataclass(frozen=True)
class Month:
    """A month (``2026-05``) and what its lists showed. ``lists`` 0: nothing was compared."""

    month: str
    added: int = 0
    removed: int = 0
    lists: int = 0


def fill_months(found: Sequence[Month], most: int) -> tuple[Month, ...]:
    """The newest ``most`` months up to the last one found, those without a list too."""
    if not found:
        return ()
    known = {month.month: month for month in found}
    first, last = (_number(month) for month in (min(known), max(known)))
    names = [_name(number) for number in range(max(first, last - most + 1), last + 1)]
    return tuple(known.get(name, Month(name)) for name in names)


def _number(month: str) -> int:
    year, part = month.split("-")
    return int(year) * 12 + int(part) - 1


def _name(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def draw_months(months: Sequence[Month], title: str, description: str) -> Markup:
    """The picture of ``months`` in order; empty where there are none."""
    if not months:
        return Markup("")
    up = max(1, *(month.added for month in months))
    down = max(1, *(month.removed for month in months))
    scale = _HEIGHT / (up + down)
    zero = _TOP + round(up * scale)
    height = _TOP + _HEIGHT + 26
    pieces = _scale(up, down, scale, zero)
    slot = (100 - _LEFT) / len(months)
    for number, month in enumerate(months):
        pieces += _month(month, _LEFT + number * slot, slot, scale, zero, height)
    return Markup(
        '<svg class="a-timeline a-months" role="img" width="100%" height="{height}" '
        'aria-labelledby="months-title months-desc">'
        '<title id="months-title">{title}</title><desc id="months-desc">{told}</desc>'
        "{pieces}</svg>"
    ).format(height=height, title=title, told=description, pieces=Markup("").join(pieces))


def _scale(up: int, down: int, scale: float, zero: int) -> list[Markup]:
    """Lines across, numbered, at most four above nought and as many below as there is room for."""
    step = next((step for step in _STEPS if up / step <= 4), up)
    pieces = []
    for value in range(-(down // step) * step, up + 1, step):
        y = round(zero - value * scale)
        kind = "t-tick" if value == 0 else "t-line"
        pieces.append(Markup(f'<line class="{kind}" x1="{_LEFT}%" x2="100%" y1="{y}" y2="{y}"/>'))
        sign = "+" if value > 0 else "−" if value < 0 else ""
        pieces.append(_text(_LEFT - 1.5, y + 4, f"{sign}{abs(value)}", "end"))
    return pieces


def _month(
    month: Month, x: float, slot: float, scale: float, zero: int, height: int
) -> list[Markup]:
    left, width = round(x + slot * 0.15, 2), round(slot * 0.7, 2)
    pieces = []
    for count, kind in ((month.added, "added"), (month.removed, "removed")):
        if count:
            tall = max(2, round(count * scale))
            top = zero - tall if kind == "added" else zero
            pieces.append(
                Markup(
                    f'<rect class="t-{kind}" x="{left}%" y="{top}" width="{width}%" '
                    f'height="{tall}"/>'
                )
            )
    if month.month.endswith("-01"):
        pieces.append(
            Markup(
                f'<line class="t-line" x1="{x:.2f}%" x2="{x:.2f}%" y1="{_TOP}" y2="{height - 18}"/>'
            )
        )
        anchor = "end" if x > 92 else "start"
        pieces.append(_text(round(x, 2), height - 4, month.month[:4], anchor))
    return pieces


def _text(x: float, y: float, text: str, anchor: str) -> Markup:
    inner = escape(text)
    return Markup(f'<text class="t-soft" x="{x}%" y="{y}" text-anchor="{anchor}">{inner}</text>')
