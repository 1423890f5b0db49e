"""A search as the parameters of an address, and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from scripts.search.results import SearchRequest, Sort
from scripts.web.view.page import Ask

SORTS: tuple[Sort, ...] = ("relevance", "newest", "name")


def read_request(ask: Ask) -> SearchRequest:
    """The search that the query's parameters ask for; what cannot be used is left out."""
    number = ask.first("page")
    return SearchRequest(
        q=ask.first("q").strip(),
        kind=ask.first("kind") or None,
        state=ask.first("state") or None,
        model=ask.first("model") or None,
        status=ask.first("status") or None,
        provenance=ask.first("provenance") or None,
        sort=next((known for known in SORTS if known == ask.first("sort")), "relevance"),
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
    )


def narrowed(request: SearchRequest, field: str, value: str | None) -> SearchRequest:
    """The request from its first page with one filter set, or taken off with ``None``."""
    change: dict[str, Any] = {field: value, "page": 1}
    return replace(request, **change)


def query_of(request: SearchRequest) -> str:
    """The request as a query string, defaults left out."""
    values: dict[str, str] = {"q": request.q} if request.q else {}
    values |= request.filters
    values |= {"sort": request.sort} if request.sort != "relevance" else {}
    values |= {"page": str(request.page)} if request.page > 1 else {}
    return "?" + urlencode(values)
