"""What search is asked and what it answers: frozen values, no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scripts.search.expression import Term
from scripts.search.lexing import FIELDS, Hint

PAGE_SIZE = 20
MAX_PAGE_SIZE = 100

Sort = Literal["relevance", "newest", "name"]


@dataclass(frozen=True)
class SearchRequest:
    """What is looked for. Filters are values as they stand in facets; ``page`` counts from 1."""

    q: str = ""
    kind: str | None = None
    state: str | None = None
    model: str | None = None
    status: str | None = None
    provenance: str | None = None
    sort: Sort = "relevance"
    page: int = 1
    size: int = PAGE_SIZE

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set."""
        return {field: value for field in FIELDS if (value := getattr(self, field))}


@dataclass(frozen=True)
class Passage:
    """A page of a document that has the words. ``path`` leads to it with the words marked."""

    page_number: int
    path: str
    html: str


@dataclass(frozen=True)
class Hit:
    """One record found. ``*_html`` is escaped, with the words found in ``<mark>``."""

    kind: str
    path: str
    title: str
    title_html: str
    context: str
    record_id: str | None
    state: str | None
    state_name: str | None
    model: str | None
    status: str | None
    provenance: str | None
    dated: str | None
    document_id: str | None
    page_number: int | None
    names_html: str | None  # a further name that has the words, where the title has not
    snippet_html: str | None
    passages: tuple[Passage, ...]
    passages_more: int  # pages with the words beyond those shown
    missing: tuple[str, ...] = ()  # words of the query that it lacks


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet, and how many of the hits have it."""

    value: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One way to narrow the search."""

    field: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class Wider:
    """The same search made wider: how, the request, and how many it finds.

    ``is_more``: there are more than ``count``.
    """

    how: Literal["without-filters", "any-word"]
    request: SearchRequest
    count: int
    is_more: bool = False


@dataclass(frozen=True)
class SearchPage:
    """One page of results."""

    request: SearchRequest
    hits: tuple[Hit, ...]
    total: int  # records found; a memorandum and its pages count once
    is_more: bool  # true: there are more than `total`
    is_sampled: bool  # true: the hits and facets are of the first 5,000 in static order
    page: int
    pages: int
    facets: tuple[Facet, ...]
    hints: tuple[Hint, ...]
    terms: tuple[Term, ...]
    suggestion: str | None = None  # the query with the nearest spelling, which does find something
    wider: tuple[Wider, ...] = ()
    understood: str | None = None  # what was searched, where unknown words were read as near ones
