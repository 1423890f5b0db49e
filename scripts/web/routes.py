"""Which function answers which path. The order is the order in which the freezer writes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from scripts.web.formats import machines, manifest
from scripts.web.pages import (
    agency,
    agreement,
    changes,
    county,
    deviation,
    disagreement,
    document,
    documents,
    excerpt,
    find,
    money,
    publication,
    questions,
    sheet,
    site,
    state,
    template,
)
from scripts.web.view.page import ViewFunction

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"


@dataclass(frozen=True)
class Route:
    """A kind of page: the form of its path, what makes it, and all its paths.

    ``is_record``: it also answers as ``.json`` and in the citation formats.
    """

    pattern: re.Pattern[str]
    function: ViewFunction
    paths: Callable[[sqlite3.Connection], Iterable[str]]
    is_record: bool = False


def _route(
    pattern: str,
    function: ViewFunction,
    paths: Callable[[sqlite3.Connection], Iterable[str]] | None = None,
    *,
    is_record: bool = False,
) -> Route:
    form = re.compile(f"^{pattern.replace('<id>', f'(?P<id>{_ID})')}$", re.ASCII)
    return Route(form, function, paths or (lambda connection: (pattern,)), is_record)


def _each(template: str, sql: str) -> Callable[[sqlite3.Connection], Iterator[str]]:
    """All paths of a kind: ``template`` filled with each row of the query."""

    def paths(connection: sqlite3.Connection) -> Iterator[str]:
        for row in connection.execute(sql):
            yield template.format(*row)

    return paths


def _kind(folder: str, function: ViewFunction, sql: str) -> Route:
    """A kind of record whose paths are ``/<folder>/<id>/``."""
    paths = _each(f"/{folder}/{{}}/", sql)
    return _route(f"/{folder}/<id>/", function, paths, is_record=True)


def _none(connection: sqlite3.Connection) -> Iterable[str]:
    """Pages that only a server can answer, or that the explainer writes."""
    return ()


_AGREEMENTS = "select id from agreements order by id"
_DOCUMENTS = "select id from documents order by id"
_PAGES = "select document_id, page_number from pages order by document_id, page_number"

_COMPARED = """
select id from documents where kind = 'memorandum' and sha256 is not null order by id
"""
_CONFIRMED = "select id from deviations where is_verified = 1 order by id"
_WITH_PAGES = "select distinct document_id from pages where is_held = 1 order by document_id"

ROUTES: tuple[Route, ...] = (
    _route("/", site.home, _none),
    _route("/search/", find.view, _none),
    _route("/agreements/", agreement.index),
    _kind("agreements", agreement.view, _AGREEMENTS),
    _route("/agreements/<id>/evidence/", agreement.evidence, agreement.evidence_paths),
    _route("/agencies/", agency.index),
    _kind("agencies", agency.view, "select id from agencies order by id"),
    _route("/documents/", documents.index),
    _kind("documents", document.view, _DOCUMENTS),
    _route(
        "/documents/<id>/pages/(?P<number>[0-9]{1,5})/",
        sheet.view,
        _each("/documents/{}/pages/{}/", _PAGES),
        is_record=True,
    ),
    _route(
        "/documents/<id>/manifest/",
        manifest.view,
        _each("/documents/{}/manifest.json", _WITH_PAGES),
    ),
    _route(
        "/documents/<id>/differences/",
        deviation.of_document,
        _each("/documents/{}/differences/", _COMPARED),
        is_record=True,
    ),
    _route("/disagreements/", disagreement.view),
    _route("/deviations/", deviation.index),
    _kind("deviations", deviation.view, _CONFIRMED),
    _route("/templates/", template.index),
    _kind("templates", template.view, template.IDENTIFIERS),
    _route(
        f"/templates/<id>/compare/(?P<other>{_ID})/",
        template.compare,
        _each("/templates/{}/compare/{}/", template.PAIRS),
    ),
    _route("/excerpts/", excerpt.index),
    _kind("excerpts", excerpt.view, "select id from excerpts order by id"),
    _kind("topics", excerpt.topic, "select id from topics order by id"),
    _route("/publications/", publication.index),
    _kind("publications", publication.view, "select id from publications order by id"),
    _route("/changes/", changes.view),
    _route("/questions/", questions.view),
    _route("/states/", state.index),
    _kind("states", state.view, "select lower(code) from states order by code"),
    _route("/counties/", county.index),
    _kind("counties", county.view, county.IDENTIFIERS),
    _route("/payments/", money.payments),
    _kind("payments", money.payment, "select id from payments order by id"),
    _route("/figures/", money.figures),
    _kind("figures", money.figure, "select id from figures order by id"),
    _route("/corrections/", site.corrections),
    _route("/feeds/changes.atom", site.feed),
    _route("/feeds/corrections.atom", site.corrections_feed),
    _route("/robots.txt", machines.robots),
    _route("/llms.txt", machines.llms),
    _route("/.well-known/security.txt", machines.security),
    _route("/healthz", site.health, _none),
)


def match_route(path: str) -> tuple[Route, dict[str, str]] | None:
    """The route of a path and the parts named in it, or ``None``."""
    for route in ROUTES:
        found = route.pattern.match(path)
        if found is not None:
            return route, found.groupdict()
    return None
