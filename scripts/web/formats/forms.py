"""A record in other forms: JSON, what reference managers read, an excerpt as an annotation."""

from __future__ import annotations

import json
import re
from typing import Any

from scripts.web.formats.annotation import web_annotation
from scripts.web.formats.citations import Citation, cite
from scripts.web.view.addresses import absolute
from scripts.web.view.page import Ask, View

ENDINGS = (".json", ".csl.json", ".bib", ".ris")
ANNOTATION = ".jsonld"
_NAMES = {
    ANNOTATION: "Web Annotation",
    ".json": "JSON",
    ".csl.json": "CSL",
    ".bib": "BibTeX",
    ".ris": "RIS",
}
_KINDS = {
    ANNOTATION: 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    ".json": "application/json; charset=utf-8",
    ".csl.json": "application/vnd.citationstyles.csl+json; charset=utf-8",
    ".bib": "application/x-bibtex; charset=utf-8",
    ".ris": "application/x-research-info-systems; charset=utf-8",
}


def endings(kind: str) -> tuple[str, ...]:
    """The endings that a record of this kind answers to."""
    return (*ENDINGS, ANNOTATION) if kind == "excerpt" else ENDINGS


def split_ending(path: str) -> tuple[str, str | None]:
    """``/agencies/x.json`` is ``("/agencies/x/", ".json")``; a page has no ending."""
    for ending in sorted((*ENDINGS, ANNOTATION), key=len, reverse=True):
        if path.endswith(ending):
            return path.removesuffix(ending) + "/", ending
    return path, None


def links(path: str, root: str, kind: str) -> tuple[tuple[str, str], ...]:
    """Name and address of each form of the record at ``path``."""
    stem = root + path.strip("/")
    return tuple((_NAMES[ending], stem + ending) for ending in endings(kind))


def write(view: View, ask: Ask, ending: str) -> tuple[bytes, str]:
    """The record in the form of ``ending``, and its content type."""
    if ending == ANNOTATION:
        excerpt = (view.record or {})["excerpt"]
        return _dump(web_annotation(excerpt, ask.base)).encode(), _KINDS[ending]
    citation = cite(view, ask)
    if ending == ".json":
        text = _dump(_record(view, ask))
    elif ending == ".csl.json":
        text = _dump([_csl(citation, view)])
    else:
        text = _bibtex(citation, view) if ending == ".bib" else _ris(citation, view)
    return text.encode(), _KINDS[ending]


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _record(view: View, ask: Ask) -> dict[str, Any]:
    head = {"kind": view.kind, "url": absolute(ask.base, ask.path), "title": view.title}
    about = {"description": view.description, "as_of": view.dated, "source": view.source}
    return {**head, **about, **(view.record or {})}


def _date_parts(iso: str | None) -> list[int]:
    return [int(part) for part in iso[:10].split("-")] if iso else []


def _csl(citation: Citation, view: View) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": citation.key,
        "type": "webpage",
        "title": citation.title,
        "container-title": citation.author,
        "URL": citation.address,
        "abstract": view.description,
    }
    parts = _date_parts(citation.dated)
    return item | ({"issued": {"date-parts": [parts]}} if parts else {})


def _bibtex(citation: Citation, view: View) -> str:
    escaped = {
        "author": "{" + _latex(citation.author) + "}",
        "title": "{" + _latex(citation.title) + "}",
        "year": citation.dated[:4] if citation.dated else "",
        "note": _latex(view.description),
        "howpublished": f"\\url{{{citation.address}}}",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in escaped.items() if value]
    return f"@misc{{{citation.key},\n" + ",\n".join(lines) + "\n}\n"


def _latex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def _ris(citation: Citation, view: View) -> str:
    fields = (
        ("TY", "ELEC"),
        ("AU", citation.author),
        ("TI", citation.title),
        ("DA", citation.dated.replace("-", "/") if citation.dated else ""),
        ("AB", view.description),
        ("UR", citation.address),
        ("ER", ""),
    )
    lines = (f"{name}  - {value}" for name, value in fields if value or name == "ER")
    return "\r\n".join(lines) + "\r\n"
