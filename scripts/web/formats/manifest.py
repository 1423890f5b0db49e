"""A document's IIIF Presentation 3 manifest, its excerpts and differences as annotations."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from markupsafe import escape

from scripts.web.parts.pictures import WIDTH, Picture, picture_of
from scripts.web.view.addresses import (
    HOME,
    absolute,
    deviation_path,
    document_path,
    excerpt_path,
    page_path,
)
from scripts.web.view.page import Ask, Raw, Row, one, rows

KIND = 'application/ld+json; profile="http://iiif.io/api/presentation/3/context.json"'
Json = dict[str, Any]

_EXCERPTS = """
select excerpts.id, page_number, boxes, title, annotations.body_html
from excerpts
left join annotations on annotations.excerpt_id = excerpts.id
where document_id = ?
order by position
"""
_DEVIATIONS = """
select id, page_number, boxes, summary as title, null as body_html
from deviations
where document_id = ? and is_verified = 1
order by id
"""


@dataclass(frozen=True)
class Note:
    """What is said of a place on a page: an excerpt's annotation, or a confirmed difference."""

    row: Row
    address: str
    kind: str  # excerpts, differences


def view(connection: sqlite3.Connection, ask: Ask, id: str) -> Raw | None:
    """The manifest of a document whose pages are known; a canvas for every page.

    A page without a picture (signatures, contacts, not held) has a canvas that says why. Checked
    by the library `iiif_prezi3` before it is sent.
    """
    document = one(connection, "select * from document_list where id = ?", id)
    pages = rows(connection, "select * from pages where document_id = ? order by page_number", id)
    if document is None or not pages:
        return None
    notes = [
        *(
            Note(row, absolute(ask.base, excerpt_path(row["id"])), "excerpts")
            for row in rows(connection, _EXCERPTS, id)
        ),
        *(
            Note(row, absolute(ask.base, deviation_path(row["id"])), "differences")
            for row in rows(connection, _DEVIATIONS, id)
        ),
    ]
    base = document_base(ask, id)
    canvases = [_canvas(ask, base, page, notes) for page in pages]
    manifest: Json = {
        "@context": "http://iiif.io/api/presentation/3/context.json",
        "id": f"{base}manifest.json",
        "type": "Manifest",
        "label": {"en": [document["title"]]},
        "metadata": _metadata(document),
        "requiredStatement": {
            "label": {"en": ["Source"]},
            "value": {"en": [_statement(document)]},
        },
        "provider": [_provider(ask)],
        "homepage": [_page_of(base, document["title"])],
        "seeAlso": [_data_of(base, document["title"])],
        "behavior": ["individuals"],
        "items": canvases,
    }
    if document["address"] and document["address"].startswith("http"):
        manifest["rendering"] = [_file_of(document)]
    picture = next((canvas["items"][0] for canvas in canvases if "items" in canvas), None)
    if picture is not None:
        manifest["thumbnail"] = [picture["items"][0]["body"]]
    _library().Manifest.model_validate(manifest)
    return Raw(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", KIND)


@cache
def _library() -> Any:
    """Loaded when a manifest is first asked for: it takes half a second."""
    return import_module("iiif_prezi3")


def document_base(ask: Ask, id: str) -> str:
    """The document's full address, with which the identifiers of its manifest begin."""
    return absolute(ask.base, document_path(id))


def _page_of(address: str, label: str) -> Json:
    return {"id": address, "type": "Text", "format": "text/html", "label": {"en": [label]}}


def _data_of(address: str, label: str) -> Json:
    place = address.rstrip("/") + ".json"
    kind = "application/json"
    return {"id": place, "type": "Dataset", "format": kind, "label": {"en": [label]}}


def _file_of(document: Row) -> Json:
    label = {"en": ["The file at the publisher"]}
    kind = "application/pdf"
    return {"id": document["address"], "type": "Text", "format": kind, "label": label}


def _provider(ask: Ask) -> Json:
    label = {"en": ["287(g) Archive"]}
    home = absolute(ask.base, HOME)
    return {
        "id": home,
        "type": "Agent",
        "label": label,
        "homepage": [_page_of(home, label["en"][0])],
    }


def _statement(document: Row) -> str:
    publisher = document["publisher"] or "U.S. Immigration and Customs Enforcement"
    return (
        f"Published by {publisher}. Pictures by the 287(g) Archive: contact details of persons are"
        " covered, and pages of signatures or contacts have none."
    )


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


def _canvas(ask: Ask, base: str, page: Row, notes: Sequence[Note]) -> Json:
    number = page["page_number"]
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
    picture = picture_of(page)
    if picture is None:
        return canvas | {"summary": {"en": [_reason(page)]}}
    canvas["items"] = [_list(f"{place}/image", [_painting(ask, place, picture)])]
    here = [note for note in notes if note.row["page_number"] == number]
    for kind in ("excerpts", "differences"):
        own = [_annotation(place, note, page) for note in here if note.kind == kind]
        if own:
            canvas.setdefault("annotations", []).append(_list(f"{place}/{kind}", own))
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


def _annotation(canvas: str, note: Note, page: Row) -> Json:
    """A note on its place: the box around all its lines, or the whole page."""
    picture = picture_of(page, [note.row])
    target = canvas
    if picture is not None and picture.boxes:
        boxes = picture.boxes
        scale = picture.width / picture.points_wide
        x0, y0 = min(box.x for box in boxes), min(box.y for box in boxes)
        x1 = max(box.x + box.width for box in boxes)
        y1 = max(box.y + box.height for box in boxes)
        parts = (x0 * scale, y0 * scale, (x1 - x0) * scale, (y1 - y0) * scale)
        target += "#xywh=" + ",".join(str(round(part)) for part in parts)
    link = f'<p><a href="{escape(note.address)}">{escape(note.row["title"])}</a></p>'
    return {
        "id": f"{note.address}#on-canvas",
        "type": "Annotation",
        "motivation": "commenting",
        "target": target,
        "body": {
            "type": "TextualBody",
            "language": ["en"],
            "format": "text/html",
            "value": link + (note.row["body_html"] or ""),
        },
    }
