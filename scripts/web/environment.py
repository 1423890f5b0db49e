"""The templates' environment: escaping always on, words through the catalogue."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from scripts.web import addresses
from scripts.web.settings import issues_url
from scripts.web.words import Words, read_catalogue

TEMPLATES = Path(__file__).parent / "templates" / "records"


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
        "query": lambda values: urlencode(values, doseq=True),
        "quote": lambda text: quote(str(text), safe=""),
    }
    named = {name: getattr(addresses, name) for name in dir(addresses) if name.endswith("_path")}
    environment.globals |= named | {"issues_url": issues_url()}
    return environment
