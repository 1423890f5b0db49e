"""A path below the base address becomes an answer: the same code live and for the static twin."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, unquote

from scripts import paths
from scripts.web.formats import citations, forms
from scripts.web.pages import gone
from scripts.web.parts.copies import newer_lists, newer_words
from scripts.web.parts.environment import make_environment
from scripts.web.parts.lookups import corrections_of, newest_list, with_dated_lists
from scripts.web.parts.typed import meant_path
from scripts.web.routes import ROUTES, match_route
from scripts.web.shell import Shell, read_shell
from scripts.web.view.addresses import absolute, base_path, root_of
from scripts.web.view.page import Ask, Jump, Raw, View
from scripts.web.view.words import ENGLISH, Words

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Response:
    """An answer: status, headers (names in lower case) and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def etag(self) -> str:
        """A validator over the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


def all_paths(connection: sqlite3.Connection) -> Iterator[str]:
    """Every page's canonical path, in the order of the routes; for the freezer."""
    for route in ROUTES:
        yield from route.paths(connection)


def data_paths(connection: sqlite3.Connection) -> Iterator[str]:
    """Every other form of the records: ``.json``, the citation formats, ``.jsonld``."""
    for route in ROUTES:
        if route.is_record:
            for path in route.paths(connection):
                kind = "excerpt" if path.startswith("/excerpts/") else ""
                yield from (path.rstrip("/") + ending for ending in forms.endings(kind))


def render_path(
    connection: sqlite3.Connection,
    path: str,
    base: str,
    *,
    query: str = "",
    explainer: Path | None = paths.EXPLAINER,
    words: Words = ENGLISH,
) -> Response:
    """The answer at ``path`` (below the base address ``base``, a full URL).

    ``explainer`` is the folder whose shell the page wears. A path that is no record's and never
    was gets status 404; one that moved 301 (or 300 with a page that names several successors);
    one that was withdrawn 410.
    """
    values = {name: tuple(found) for name, found in parse_qs(query, max_num_fields=50).items()}
    bare, ending = forms.split_ending(path)
    ask = Ask(bare, base, values, with_dated_lists(connection, words))
    matched = match_route(bare)
    view = None
    if matched is not None:
        route, parts = matched
        view = route.function(connection, ask, **parts)
    if isinstance(view, Raw):
        headers = {"content-type": view.content_type, "access-control-allow-origin": "*"}
        return Response(200, headers, view.body.encode())
    if isinstance(view, Jump):
        return _move(ask, view.path)
    if view is None or (
        ending is not None and (view.record is None or ending not in forms.endings(view.kind))
    ):
        return _answer_absent(connection, ask, ending, explainer)
    if ending is not None:
        return _answer_data(view, ask, ending)
    return answer_view(connection, view, ask, explainer)


def render_forms(
    connection: sqlite3.Connection, path: str, base: str, *, explainer: Path | None
) -> dict[str, Response]:
    """The page at ``path`` and, where it is a record's, its other forms, from one view of it."""
    matched = match_route(path)
    ask = Ask(path, base, words=with_dated_lists(connection, ENGLISH))
    view = None if matched is None else matched[0].function(connection, ask, **matched[1])
    if not isinstance(view, View):
        return {path: render_path(connection, path, base, explainer=explainer)}
    answers = {path: answer_view(connection, view, ask, explainer)}
    if matched is not None and matched[0].is_record and view.record is not None:
        stem = path.rstrip("/")
        answers |= {stem + end: _answer_data(view, ask, end) for end in forms.endings(view.kind)}
    return answers


def answer_view(
    connection: sqlite3.Connection | None,
    view: View,
    ask: Ask,
    explainer: Path | None,
    root: str | None = None,
) -> Response:
    """A view as a whole page; ``root`` overrides what its links begin with."""
    root = root_of(ask.path) if root is None else root
    environment = make_environment(ask.words)
    context = {
        "view": view,
        "page": view.page,
        "ask": ask,
        "root": root,
        "canonical": absolute(ask.base, ask.path),
        "cite": citations.cite(view, ask),
        "formats": forms.links(ask.path, root, view.kind) if view.record else (),
        "corrections": corrections_of(connection, ask.path) if connection else [],
        "words": ask.words,
    }
    content = environment.get_template(f"{view.template}.html").render(context)
    head = environment.get_template("head.html").render(context)
    newest = environment.get_template("newest.html").render(
        context | newest_facts(connection, ask.words)
    )
    shell: Shell = read_shell(explainer).at(root)
    name = ask.words.text("287(g) Archive")
    title = view.title if view.title == name else f"{view.title} · {name}"
    body = shell.wrap(title, head, content, newest).encode()
    return Response(view.status, {"content-type": HTML}, body)


def newest_facts(connection: sqlite3.Connection | None, words: Words) -> dict[str, str]:
    """The newest list held, its date, and how many newer ones are known; empty where none is."""
    if connection is None:
        return {"newest": "", "newest_on": "", "newer": ""}
    found = newest_list(connection)
    newer = newer_words(words, newer_lists(connection))
    return {"newest": found["id"], "newest_on": found["stated_on"], "newer": newer}


def _answer_data(view: View, ask: Ask, ending: str) -> Response:
    body, kind = forms.write(view, ask, ending)
    return Response(view.status, {"content-type": kind, "access-control-allow-origin": "*"}, body)


def _answer_absent(
    connection: sqlite3.Connection, ask: Ask, ending: str | None, explainer: Path | None
) -> Response:
    if ending is None and not ask.path.endswith("/") and match_route(ask.path + "/"):
        return _move(ask, ask.path + "/")
    absence = gone.find_absence(connection, ask.path)
    if absence.moved_to is not None:
        target = absence.moved_to.rstrip("/") + ending if ending else absence.moved_to
        return _move(ask, target)
    meant = meant_path(connection, ask.path if ending is None else ask.path.rstrip("/") + ending)
    if absence.status == 404 and meant != unquote(ask.path) and _stands(connection, meant, ask):
        return _move(ask, meant)
    if ending is not None:
        facts = {"status": absence.status, "error": absence.title, "path": ask.path}
        facts |= {"successors": list(absence.targets)} if absence.targets else {}
        facts |= {"reason": absence.reason} if absence.reason else {}
        body = json.dumps(facts, ensure_ascii=False, indent=2).encode()
        kind = "application/json; charset=utf-8"
        return Response(absence.status, {"content-type": kind}, body)
    view = gone.absence_view(absence, ask)
    return answer_view(connection, view, replace(ask), explainer, base_path(ask.base))


def _stands(connection: sqlite3.Connection, path: str, ask: Ask) -> bool:
    """Whether a page, another form of a record, or a move stands at ``path``."""
    bare, ending = forms.split_ending(path)
    matched = match_route(bare)
    if matched is None:
        return gone.find_absence(connection, bare).status != 404
    if ending is not None and not matched[0].is_record:
        return False
    view = matched[0].function(connection, replace(ask, path=bare), **matched[1])
    return view is not None or gone.find_absence(connection, bare).status != 404


def _move(ask: Ask, path: str) -> Response:
    place = base_path(ask.base).rstrip("/") + path
    return Response(301, {"location": place, "content-type": HTML}, b"")
