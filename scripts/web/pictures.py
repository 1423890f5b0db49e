"""Page pictures in pages: their addresses, their sizes, and boxes to be marked on them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass

from scripts import paths
from scripts.web.view import Row

WIDTH = 1400  # pixels, as `scripts.sources.picture` draws them


@dataclass(frozen=True)
class Rectangle:
    """A box on a page, in points from its top left."""

    id: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Picture:
    """A page's picture and its words' boxes; ``boxes`` are excerpts known to lie on it."""

    address: str
    words: str | None
    width: int  # pixels
    height: int  # pixels
    points_wide: float
    points_high: float
    boxes: tuple[Rectangle, ...]


def picture_address(name: str) -> str:
    """Where a picture or its words stand: under ``PICTURES_URL``, else below this site."""
    place = f"{name[:2]}/{name}"
    return paths.pictures_url() + place if os.environ.get("PICTURES_URL") else f"/pictures/{place}"


def picture_of(sheet: Row, excerpts: Iterable[Row] = ()) -> Picture | None:
    """The picture of a row of ``pages``; ``None`` where it has none, or none are shown."""
    if (
        not paths.shows_pictures()
        or not sheet["picture"]
        or not sheet["width"]
        or not sheet["height"]
    ):
        return None
    return Picture(
        address=picture_address(sheet["picture"]),
        words=picture_address(sheet["words"]) if sheet["words"] else None,
        width=WIDTH,
        height=round(WIDTH * sheet["height"] / sheet["width"]),
        points_wide=sheet["width"],
        points_high=sheet["height"],
        boxes=tuple(
            box for row in excerpts for box in _boxes(row["id"], row["boxes"], sheet["page_number"])
        ),
    )


def _boxes(id: str, boxes: str | None, page_number: int) -> Iterable[Rectangle]:
    for page, x0, y0, x1, y1 in json.loads(boxes) if boxes else ():
        if page == page_number:
            yield Rectangle(id, x0, y0, round(x1 - x0, 1), round(y1 - y0, 1))
