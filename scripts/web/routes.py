"""Which function answers which path. The order is the order in which the freezer writes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from scripts.web.pages import agency
from scripts.web.view import ViewFunction

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


ROUTES: tuple[Route, ...] = (
    _route("/agencies/", agency.index),
    _route(
        "/agencies/<id>/",
        agency.view,
        _each("/agencies/{}/", "select id from agencies order by id"),
        is_record=True,
    ),
)


def match_route(path: str) -> tuple[Route, dict[str, str]] | None:
    """The route of a path and the parts named in it, or ``None``."""
    for route in ROUTES:
        found = route.pattern.match(path)
        if found is not None:
            return route, found.groupdict()
    return None
