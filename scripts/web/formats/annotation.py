"""An excerpt as a W3C Web Annotation (https://www.w3.org/TR/annotation-model/)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scripts.web.view.addresses import absolute, document_path, excerpt_path, page_path

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3778"
RIGHTS = "https://creativecommons.org/publicdomain/zero/1.0/"


def web_annotation(excerpt: Mapping[str, Any], base: str) -> dict[str, Any]:
    """The annotation of ``excerpt`` (a row with its ``body_html``), below the base address.

    It has two targets: the text of the page in this archive (the quotation, and its characters
    where it lies on one page), and the page of the file at the publisher. A passage whose wording
    is not had is told by its page alone.
    """
    annotation: dict[str, Any] = {
        "@context": CONTEXT,
        "id": absolute(base, excerpt_path(excerpt["id"])),
        "type": "Annotation",
        "motivation": "describing",
        "rights": RIGHTS,
        "target": [_here(excerpt, base), *_at_publisher(excerpt)],
    }
    if excerpt["body_html"]:
        annotation["body"] = {
            "type": "TextualBody",
            "value": excerpt["body_html"],
            "format": "text/html",
            "language": "en",
            "purpose": "describing",
        }
    return annotation


def _here(excerpt: Mapping[str, Any], base: str) -> dict[str, Any]:
    page = excerpt["page_number"]
    path = (
        page_path(excerpt["document_id"], page) if page else document_path(excerpt["document_id"])
    )
    selectors = [_quote(excerpt)] if excerpt["wording"] else []
    if excerpt["wording"] and excerpt["to_page_number"] is None:
        selectors.append(
            {
                "type": "TextPositionSelector",
                "start": excerpt["start_offset"],
                "end": excerpt["end_offset"],
            }
        )
    return _resource(absolute(base, path), selectors)


def _at_publisher(excerpt: Mapping[str, Any]) -> list[dict[str, Any]]:
    if not excerpt["address"]:
        return []
    selectors: list[dict[str, Any]] = []
    if excerpt["page_number"]:
        fragment: dict[str, Any] = {
            "type": "FragmentSelector",
            "conformsTo": PDF_FRAGMENTS,
            "value": f"page={excerpt['page_number']}",
        }
        if excerpt["wording"]:
            fragment["refinedBy"] = _quote(excerpt)
        selectors.append(fragment)
    return [_resource(excerpt["address"], selectors)]


def _resource(source: str, selectors: list[dict[str, Any]]) -> dict[str, Any]:
    resource: dict[str, Any] = {"type": "SpecificResource", "source": source}
    return {**resource, "selector": selectors} if selectors else resource


def _quote(excerpt: Mapping[str, Any]) -> dict[str, Any]:
    around = {name: excerpt[name] for name in ("prefix", "suffix") if excerpt[name]}
    return {"type": "TextQuoteSelector", "exact": excerpt["wording"], **around}
