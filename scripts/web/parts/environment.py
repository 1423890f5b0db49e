"""The templates' environment: escaping always on, words through the catalogue."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from scripts.web.parts.marks import mark_text
from scripts.web.parts.prose import sanitise
from scripts.web.parts.search_request import query_of
from scripts.web.view import addresses
from scripts.web.view.settings import issues_url
from scripts.web.view.words import Words, read_catalogue

TEMPLATES = Path(__file__).parents[1] / "templates" / "records"
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")


@pass_context
def link_to(context: Context, path: str) -> str:
    """The address of ``path`` from the page that is being written."""
    if path.startswith("/"):
        return str(context["root"]) + path.lstrip("/")
    return path


def safe_address(address: str | None) -> str | None:
    """An address on the web, or ``None`` for anything else (``javascript:`` …)."""
    return address if address and re.match(r"https?://[^\s<>\"]+$", address) else None


def file_name(address: str) -> str:
    """The last part of an address, for showing."""
    return address.rstrip("/").rsplit("/", 1)[-1] or address


def printed_cell(text: str | None) -> str:
    """A cell as printed, from its form in the records (typed texts carry an apostrophe or =)."""
    if not text:
        return ""
    return text[1:] if text[0] in "'=" else text


def plain_value(text: str) -> str:
    """A value before or after a change: an address is shown by its file name."""
    return file_name(text) if re.match(r"https?://", text) else printed_cell(text)


def flowing(text: str, paragraphs: str | None) -> Markup:
    """A page's text in its paragraphs; ``paragraphs`` as in the table ``pages``."""
    starts = json.loads(paragraphs) if paragraphs else None
    return mark_text(text, (), (), 0, starts).html


@cache
def make_environment(words: Words) -> Environment:
    """The environment for one language."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        read_catalogue(words.language), newstyle=True
    )
    environment.filters |= {
        "date": words.date,
        "short_date": words.short_date,
        "number": words.number,
        "list_name": words.list_name,
        "link": link_to,
        "web": safe_address,
        "file_name": file_name,
        "printed": printed_cell,
        "clean": sanitise,
        "flow": flowing,
        "trusted": Markup,  # HTML that search made, escaped there
        "grouped": lambda text: words.number(int(text)) if str(text).isdigit() else text,
        "value": lambda text: words.date(text) if ISO_DATE.match(text) else plain_value(text),
        "query": lambda values: urlencode(values, doseq=True),
        "quote": lambda text: quote(str(text), safe=""),
    }
    named = {name: getattr(addresses, name) for name in dir(addresses) if name.endswith("_path")}
    environment.globals |= named | {"Markup": Markup, "query_of": query_of}
    environment.globals["issues_url"] = issues_url()
    return environment
