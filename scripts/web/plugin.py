"""The Datasette plugin: record routes before Datasette's own, the explainer for what is left.

Each Datasette made by `scripts.web.app.make_datasette` carries its `Place` (explainer, base
address); another Datasette in the same process is left alone.
"""

from __future__ import annotations

import sqlite3
import sys
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, NotFound
from datasette.utils.asgi import Response as DatasetteResponse
from datasette.views.base import DatasetteError

from scripts.web import limits
from scripts.web.gate import Gate
from scripts.web.parts.environment import make_environment
from scripts.web.render import Response, answer_view, newest_facts, render_path
from scripts.web.shell import read_shell
from scripts.web.view.addresses import base_path
from scripts.web.view.page import Ask, View
from scripts.web.view.words import ENGLISH, read_catalogue

DATABASE = "archive"


@dataclass(frozen=True)
class Place:
    """Where this site stands: the explainer's folder and the base address (a full URL)."""

    explainer: Path | None
    base: str

    @property
    def base_path(self) -> str:
        """The base address's path, with a slash at either end."""
        return base_path(self.base)


def place_of(datasette: Any) -> Place | None:
    """The place of a Datasette of ours, ``None`` for another."""
    return getattr(datasette, "archive_place", None)


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    """Everything that is not below ``/archive`` is ours."""
    return [(r"^/(?!archive(?:[/.]|$)).*$", record)] if place_of(datasette) else []


async def record(request: Any, datasette: Any) -> DatasetteResponse:
    """A record page, or what stands where there is none."""
    place = place_of(datasette)
    assert place is not None
    path = request.scope["archive_path"]

    def answer(connection: sqlite3.Connection) -> Response:
        return render_path(
            connection,
            path,
            place.base,
            query=request.query_string,
            explainer=place.explainer,
        )

    found = await datasette.get_database(DATABASE).execute_fn(answer)
    return _send(found)


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """Bounds for SQL that anyone may run (see `scripts.web.limits`)."""
    if place_of(datasette) and database == DATABASE:
        limits.prepare_connection(conn)


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """The gate in front of everything (see `scripts.web.gate`)."""
    place = place_of(datasette)
    if place is None:
        return lambda app: app
    return lambda app: Gate(app, place.explainer, place.base_path)


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Datasette's pages take their words from the same catalogue."""
    if place_of(datasette):
        env.add_extension("jinja2.ext.i18n")
        env.install_gettext_translations(read_catalogue(ENGLISH.language), newstyle=True)


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Any) -> Callable[[], Awaitable[dict[str, Any]]] | None:
    """The shell's pieces for Datasette's templates."""
    place = place_of(datasette)
    if place is None:
        return None

    async def pieces() -> dict[str, Any]:
        facts = await datasette.get_database(DATABASE).execute_fn(
            lambda connection: newest_facts(connection, ENGLISH)
        )
        shell = read_shell(place.explainer).at(place.base_path)
        line = make_environment(ENGLISH).get_template("newest.html")
        return {
            "archive_shell": shell.pieces,
            "archive_newest": line.render(root=place.base_path, **facts),
            "archive_root": place.base_path,
            "archive_tables": _table_descriptions(datasette),
        }

    return pieces


def _table_descriptions(datasette: Any) -> dict[str, str]:
    tables = datasette.metadata(database=DATABASE)["databases"][DATABASE].get("tables", {})
    return {name: told["description"] for name, told in tables.items() if "description" in told}


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
def handle_exception(
    datasette: Any, request: Any, exception: Exception
) -> Callable[[], Awaitable[DatasetteResponse]] | None:
    """What went wrong, in the site's own look; a question that cannot be answered is a 400."""
    place = place_of(datasette)
    if place is None:
        return None
    is_question = bool(request.query_string) and request.url_vars.get("database") == DATABASE
    status, message = _explain(exception, is_question=is_question)
    path = request.scope.get("archive_path", request.path)

    async def answer() -> DatasetteResponse:
        if path.endswith(".json") or request.args.get("_format") == "json":
            body = {"ok": False, "status": status, "error": message}
            return DatasetteResponse.json(body, status=status)
        ask = Ask(path, place.base)
        titles = {
            403: ask.words.text("This is not open"),
            404: ask.words.text("Nothing stands at this address"),
            500: ask.words.text("Something went wrong here"),
        }
        title = titles.get(status, ask.words.text("This question could not be answered"))
        view = View("error", title, title, message, status=status, is_indexed=False)
        return _send(answer_view(None, view, ask, place.explainer, place.base_path))

    return answer


# What Datasette's own code runs into when a parameter has no form that it knows.
_MISREAD = (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError)


def _explain(exception: Exception, *, is_question: bool) -> tuple[int, str]:
    """Status and message. Datasette answers bad questions with 500; they are the asker's."""
    if isinstance(exception, NotFound):
        return 404, str(exception.args[0]) if exception.args else "Not found"
    if isinstance(exception, Base400):
        return exception.status, str(exception.args[0])
    told = exception.message if isinstance(exception, DatasetteError) else exception
    if not is_question and str(told).startswith("no such table"):
        return 404, "There is no such table here"  # Datasette asks for the row before the table
    if isinstance(exception, DatasetteError):
        status = 400 if exception.status >= 500 else exception.status
        return status, str(exception.message if not exception.message_is_html else exception.title)
    if isinstance(exception, QueryInterrupted):
        return 400, "This question takes longer than a question may take"
    if isinstance(exception, MemoryError):  # the cap on SQLite's memory
        return 400, "This question needs more memory than a question may have"
    if isinstance(exception, sqlite3.Error | UnicodeError | OverflowError):
        return 400, f"The database could not answer this: {exception}"
    if is_question and isinstance(exception, _MISREAD):
        return 400, "A part of this address after the question mark could not be understood."
    traceback.print_exception(exception, file=sys.stderr)
    return 500, "The mistake is ours and is noted in the server's log."


def _send(response: Response) -> DatasetteResponse:
    headers = dict(response.headers)
    kind = headers.pop("content-type", "text/html; charset=utf-8")
    if response.status == 200:
        headers |= {"etag": response.etag, "cache-control": "no-cache"}
    return DatasetteResponse(response.body, response.status, headers, kind)
