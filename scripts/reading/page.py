"""One page as read: words with their boxes, line by line, and how they were had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

TextSource = Literal["embedded", "repaired", "ocr"]


class Word(NamedTuple):
    """A word and its box in points from the top left of the page as displayed."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


class FormField(NamedTuple):
    """A filled form field: its name, its value and its box like a word's."""

    name: str
    value: str
    x0: float
    y0: float
    x1: float
    y1: float


Line = tuple[Word, ...]


@dataclass(frozen=True)
class PageText:
    """One page's words. Its text is the lines' words joined by spaces, lines by LF."""

    page_number: int  # from 1
    lines: tuple[Line, ...]
    width: float  # points, as displayed (after rotation)
    height: float  # points, as displayed
    rotation: int = 0  # degrees clockwise that a viewer turns the page: 0, 90, 180, 270
    image_share: float = 0.0  # share of the page that its largest image covers
    fields: tuple[FormField, ...] = ()
    source: TextSource = "embedded"
    quality: float | None = None  # 0 to 1; None where there is nothing to judge
    is_waiting: bool = False  # needs optical reading that has not been done

    @property
    def text(self) -> str:
        """The page's text; a word's place in it follows from the order of words."""
        return "\n".join(" ".join(word.text for word in line) for line in self.lines)


def page_to_json(page: PageText) -> dict[str, Any]:
    """A page as JSON values."""
    return {
        "n": page.page_number,
        "size": [page.width, page.height, page.rotation, page.image_share],
        "lines": [[list(word) for word in line] for line in page.lines],
        "fields": [list(field) for field in page.fields],
        "how": [page.source, page.quality, page.is_waiting],
    }


def page_from_json(value: dict[str, Any]) -> PageText:
    """The page that `page_to_json` wrote. Raises ``KeyError``, ``TypeError`` or ``ValueError``."""
    width, height, rotation, image_share = value["size"]
    source, quality, is_waiting = value["how"]
    return PageText(
        page_number=value["n"],
        lines=tuple(tuple(map(Word._make, line)) for line in value["lines"]),
        width=width,
        height=height,
        rotation=rotation,
        image_share=image_share,
        fields=tuple(FormField(*field) for field in value["fields"]),
        source=source,
        quality=quality,
        is_waiting=is_waiting,
    )
