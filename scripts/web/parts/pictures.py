"""Page pictures in pages: their addresses, their sizes, and boxes to be marked on them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scripts import paths
from scripts.web.view.page import Row

WIDTH = 1400  # pixels, as `scripts.reading.picture` draws them
_MARGIN = 40  # points at the left and right of a page that a crop leaves out
_ABOVE = 46  # points above and below a place that a crop shows: three lines or so


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
    """A page's picture and its words' boxes; ``boxes`` are excerpts known to lie on it,
    ``differing`` places at which the memorandum differs from its template."""

    address: str
    words: str | None
    width: int  # pixels
    height: int  # pixels
    points_wide: float
    points_high: float
    boxes: tuple[Rectangle, ...]
    differing: tuple[Rectangle, ...] = ()


@dataclass(frozen=True)
class Crop:
    """A piece of a page's picture with places marked on it, in points from the page's top left."""

    page_number: int
    address: str
    x: float
    y: float
    width: float
    height: float
    points_wide: float  # of the whole page
    points_high: float
    boxes: tuple[Rectangle, ...]


def picture_address(name: str) -> str:
    """Where a picture or its words stand: under ``PICTURES_URL``, else below this site."""
    place = f"{name[:2]}/{name}"
    return paths.pictures_url() + place if os.environ.get("PICTURES_URL") else f"/pictures/{place}"


def picture_of(
    sheet: Row, excerpts: Iterable[Row] = (), deviations: Iterable[Row] = ()
) -> Picture | None:
    """The picture of a row of ``pages``; ``None`` where it has none, or none are shown."""
    has_size = sheet["width"] and sheet["height"]
    if not paths.shows_pictures() or not sheet["picture"] or not has_size:
        return None
    return Picture(
        address=picture_address(sheet["picture"]),
        words=picture_address(sheet["words"]) if sheet["words"] else None,
        width=WIDTH,
        height=round(WIDTH * sheet["height"] / sheet["width"]),
        points_wide=sheet["width"],
        points_high=sheet["height"],
        boxes=_all_boxes(excerpts, sheet["page_number"]),
        differing=_all_boxes(deviations, sheet["page_number"]),
    )


def _all_boxes(found: Iterable[Row], page_number: int) -> tuple[Rectangle, ...]:
    return tuple(box for row in found for box in _boxes(row["id"], row["boxes"], page_number))


def crop_of(sheet: Row, id: str, boxes: Iterable[Sequence[float]]) -> Crop | None:
    """The piece of a page with ``boxes`` (page, left, top, right, bottom) and a little around them;
    ``None`` where the page has no picture or no box."""
    picture = picture_of(sheet, [{"id": id, "boxes": json.dumps(list(boxes))}])
    if picture is None or not picture.boxes:
        return None
    wide, high = picture.points_wide, picture.points_high
    left = min(_MARGIN, *(box.x for box in picture.boxes))
    right = max(wide - _MARGIN, *(box.x + box.width for box in picture.boxes))
    top = max(min(box.y for box in picture.boxes) - _ABOVE, 0.0)
    bottom = min(max(box.y + box.height for box in picture.boxes) + _ABOVE, high)
    left, right = max(left, 0.0), min(right, wide)
    return Crop(
        page_number=sheet["page_number"],
        address=picture.address,
        x=round(left, 1),
        y=round(top, 1),
        width=round(right - left, 1),
        height=round(bottom - top, 1),
        points_wide=wide,
        points_high=high,
        boxes=picture.boxes,
    )


def _boxes(id: str, boxes: str | None, page_number: int) -> Iterable[Rectangle]:
    for page, x0, y0, x1, y1 in json.loads(boxes) if boxes else ():
        if page == page_number:
            yield Rectangle(id, x0, y0, round(x1 - x0, 1), round(y1 - y0, 1))
