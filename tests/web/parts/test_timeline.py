"""The picture of agreements over time."""

from __future__ import annotations

from lxml import html as parser

from scripts.web.parts.timeline import Bar, draw_timeline
from scripts.web.parts.windows import Span


def test_no_year_is_cut_off_at_the_edge() -> None:
    """“025” stood where the axis began a few days before 2025."""
    bar = Bar("Task Force", "tfm", [Span("a", None, "2025-02-21", None)], "2025-01-30")
    picture = draw_timeline([bar], ["2025-02-21", "2026-05-11"], "2026-05-11", "title", "told")
    years = {
        text.text: (float(text.get("x").rstrip("%")), text.get("text-anchor"))
        for text in parser.fragment_fromstring(str(picture)).iter("text")
        if (text.text or "").isdigit()
    }
    assert set(years) == {"2025", "2026"}
    assert years["2025"][0] < 6
    assert years["2025"][1] == "start"
    assert years["2026"][1] == "middle"
