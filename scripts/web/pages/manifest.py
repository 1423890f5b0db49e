"""A document's IIIF Presentation 3 manifest, with its excerpts as annotations."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any

from scripts.web.addresses import absolute, document_path, excerpt_path, page_path
from scripts.web.pictures import WIDTH, Picture, picture_of
from scripts.web.view import Ask, Raw, Row, one, rows

KIND = 'application/ld+json; profile="http://iiif.io/api/presentation/3/context.json"'
Json = dict[str, Any]

_EXCERPTS = """
select excerpts.*, annotations.body_html
from excerpts
left join annotations on annotations.excerpt_id = excerpts.id
where document_id = ?
order by position
"""


def view(connection: sqlite3.Connection, ask: Ask, id: str) -> Raw | None:
    """The manifest of a document whose pages are known; a canvas for every page.

    A page without a picture (signatures, contacts, not held) has a canvas that says why. Checked
    by the library `iiif_prezi3` before it is sent.
    """
    document = one(connection, "select * from document_list where id = ?", id)
    pages = rows(connection, "select * from pages where document_id = ? order by page_number", id)
    if document is None or not pages:
        return None
    excerpts = rows(connection, _EXCERPTS, id)
    base = absolute(ask.base, document_path(id))
    manifest = {
        "id": f"{base}manifest.json",
        "type": "Manifest",
        "label": {"en": [document["title"]]},
        "metadata": _metadata(document),
        "homepage": [_page_of(base, document["title"])],
        "behavior": ["individuals"],
        "items": [
            _canvas(ask, base, page, [row for row in excerpts if _begins_on(row, page)])
            for page in pages
        ],
    }
    checked = _library().Manifest.model_validate(manifest)
    return Raw(checked.json(indent=1) + "\n", KIND)


@cache
def _library() -> Any:
    """Loaded when a manifest is first asked for: it takes half a second."""
    return import_module("iiif_prezi3")


def _begins_on(excerpt: Row, page: Row) -> bool:
    return bool(excerpt["page_number"] == page["page_number"])


def _page_of(address: str, label: str) -> Json:
    return {"id": address, "type": "Text", "format": "text/html", "label": {"en": [label]}}


def _metadata(document: Row) -> list[Json]:
    facts = {
        "Publisher": document["publisher"],
        "Agency": document["agency"],
        "Signed by ICE": document["signed_on"],
        "SHA-256": document["sha256"],
        "At the publisher": document["address"],
    }
    return [
        {"label": {"en": [name]}, "value": {"none": [str(value)]}}
        for name, value in facts.items()
        if value
    ]


def _canvas(ask: Ask, base: str, page: Row, excerpts: Sequence[Row]) -> Json:
    number = page["page_number"]
    picture = picture_of(page, excerpts)
    place = f"{base}pages/{number}/canvas"
    canvas: Json = {
        "id": place,
        "type": "Canvas",
        "label": {"en": [f"Page {number}"]},
        "width": WIDTH,
        "height": round(WIDTH * (page["height"] or 792) / (page["width"] or 612)),
        "homepage": [
            _page_of(
                absolute(ask.base, page_path(page["document_id"], number)),
                f"Page {number} with its text",
            )
        ],
    }
    if picture is None:
        return canvas | {"summary": {"en": [_reason(page)]}, "items": []}
    canvas["items"] = [_list(f"{place}/image", [_painting(ask, place, picture)])]
    if excerpts:
        notes = [_annotation(ask, place, row, picture) for row in excerpts]
        canvas["annotations"] = [_list(f"{place}/excerpts", notes)]
    return canvas


def _list(address: str, items: list[Json]) -> Json:
    return {"id": address, "type": "AnnotationPage", "items": items}


def _painting(ask: Ask, canvas: str, picture: Picture) -> Json:
    address = picture.address
    return {
        "id": f"{canvas}/image/annotation",
        "type": "Annotation",
        "motivation": "painting",
        "target": canvas,
        "body": {
            "id": address if "://" in address else absolute(ask.base, address),
            "type": "Image",
            "format": "image/webp",
            "width": picture.width,
            "height": picture.height,
        },
    }


def _reason(page: Row) -> str:
    reasons = {
        "signatures": "No picture: the page bears signatures.",
        "contacts": "No picture: the page names points of contact.",
    }
    if page["withheld"]:
        return reasons[page["withheld"]]
    return "No picture of this page is held." if page["is_held"] else "This page is not held."


def _annotation(ask: Ask, canvas: str, row: Row, picture: Picture) -> Json:
    """An excerpt on its place: the box around all its lines, or the whole page."""
    own = [box for box in picture.boxes if box.id == row["id"]]
    target = canvas
    if own:
        scale = picture.width / picture.points_wide
        x0, y0 = min(box.x for box in own), min(box.y for box in own)
        x1 = max(box.x + box.width for box in own)
        y1 = max(box.y + box.height for box in own)
        parts = (x0 * scale, y0 * scale, (x1 - x0) * scale, (y1 - y0) * scale)
        target += "#xywh=" + ",".join(str(round(part)) for part in parts)
    address = absolute(ask.base, excerpt_path(row["id"]))
    return {
        "id": f"{address}#on-canvas",
        "type": "Annotation",
        "motivation": "commenting",
        "target": target,
        "body": {
            "type": "TextualBody",
            "language": "en",
            "format": "text/html",
            "value": f'<p><a href="{address}">{row["title"]}</a></p>{row["body_html"] or ""}',
        },
    }
