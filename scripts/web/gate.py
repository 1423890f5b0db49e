"""In front of everything: which part answers, and the headers that every answer carries."""

from __future__ import annotations

import codecs
import gzip
import json
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from scripts.web.files import Found, find_file
from scripts.web.headers import security_headers
from scripts.web.kept import PACKED, KeptAnswers

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

NEVER_KEPT = frozenset({"/healthz"})
SHELL = "shell.html"
_OF_ONE_ASKER = frozenset({b"accept-encoding", b"if-none-match", b"range", b"cookie"})
_LONGEST = 8000  # characters of address and query


class Gate:
    """The outermost layer of a site at ``base_path``: files first, then records and Datasette."""

    def __init__(self, app: App, explainer: Path | None, base_path: str) -> None:
        self.app = app
        self.explainer = explainer
        self.base_path = base_path
        self.kept = KeptAnswers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope.get("raw_path", scope["path"].encode()).decode("latin-1").partition("?")[0]
        refusal = self._refuse(scope, path)
        if refusal is not None:
            await _plain(send, *refusal)
            return
        if not path.startswith(self.base_path):
            await _redirect(send, self.base_path + path.lstrip("/"), scope, status=302)
            return
        below = "/" + path[len(self.base_path) :]
        found = None if is_datasette(below) else find_file(self.explainer, below)
        if found is not None and found.is_folder:
            await _redirect(send, path + "/", scope, status=301)
        elif found is not None:
            await _send_file(found, below, scope, send)
        else:
            # Datasette puts the prefix before its links; where it sees it, it doubles it.
            bare = {"path": unquote(below), "raw_path": below.encode("latin-1")}
            inner = {**scope, **bare, "archive_path": below}
            if is_datasette(below) or below in NEVER_KEPT:
                await self.app(inner, receive, _squeezed(send, below, scope, self.base_path))
            else:
                await self._send_record(inner, receive, send)

    async def _send_record(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A record page, made once for all who ask (see `scripts.web.kept`)."""
        asked = dict(scope["headers"])
        whole = [pair for pair in scope["headers"] if pair[0] not in _OF_ONE_ASKER]
        below = scope["archive_path"]

        async def make(take: Send) -> None:
            request = {**scope, "method": "GET", "headers": whole}
            await self.app(request, receive, _dress(take, below, request, self.base_path))

        key = (below, scope["query_string"], self._shell_mark())
        is_head = scope["method"] == "HEAD"
        await self.kept.answer(key, asked, send, make, is_head=is_head)

    def _shell_mark(self) -> int:
        """Changes when the explainer, whose look every page wears, is built anew."""
        try:
            return 0 if self.explainer is None else (self.explainer / SHELL).stat().st_mtime_ns
        except OSError:
            return 0

    def _refuse(self, scope: Scope, path: str) -> tuple[int, str, Headers] | None:
        if scope["method"] not in ("GET", "HEAD"):
            return 405, "This site is only read: GET and HEAD.", [(b"allow", b"GET, HEAD")]
        if len(path) + len(scope["query_string"]) > _LONGEST:
            return 414, "This address is too long.", []
        if "%00" in path or "\0" in path or b"%00" in scope["query_string"]:
            return 400, "A NUL character cannot be part of an address here.", []
        return None


def is_datasette(path: str) -> bool:
    """Whether Datasette's own pages answer at ``path``."""
    return path == "/archive" or path.startswith(("/archive/", "/archive."))


def _dress(send: Send, path: str, scope: Scope, base_path: str) -> Send:
    """``send`` with our headers added, and 304 where the asker holds the same answer."""
    asked = dict(scope["headers"])
    state = {"is_unchanged": False}

    async def dressed(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = {name.lower(): value for name, value in message["headers"]}
            headers.pop(b"set-cookie", None)
            kind = headers.get(b"content-type", b"").decode("latin-1")
            for name, value in security_headers(path, kind).items():
                headers[name.encode()] = value.encode()
            place = headers.get(b"location", b"")
            if place.startswith(b"/") and not place.startswith(base_path.encode()):
                headers[b"location"] = base_path.encode() + place.lstrip(b"/")
            etag = headers.get(b"etag")
            if etag is not None and asked.get(b"if-none-match") == etag:
                state["is_unchanged"] = True
                headers = {name: headers[name] for name in headers if name != b"content-length"}
                message = {**message, "status": 304}
            message = {**message, "headers": list(headers.items())}
        elif state["is_unchanged"]:
            message = {**message, "body": b""}
        await send(message)

    return dressed


def _squeezed(send: Send, path: str, scope: Scope, base_path: str) -> Send:
    """`_dress` for an answer that is sent as it comes: a table, a stream of rows."""
    packed = _squeeze(send, dict(scope["headers"]))
    return _dress(_for_spreadsheets(packed), path, scope, base_path)


def _for_spreadsheets(send: Send) -> Send:
    """``send`` that begins a CSV to be kept with a byte-order mark.

    Excel reads a file without one in the code page of its machine, and shows an apostrophe as three
    signs. The address for machines (without ``_dl``) gives the same rows without it.
    """
    state = {"is_kept": False}

    async def marked(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = {name.lower(): value for name, value in message["headers"]}
            kind = headers.get(b"content-type", b"")
            state["is_kept"] = kind.startswith(b"text/csv") and b"content-disposition" in headers
        elif state["is_kept"] and message.get("body"):
            state["is_kept"] = False
            message = {**message, "body": codecs.BOM_UTF8 + message["body"]}
        await send(message)

    return marked


def _squeeze(send: Send, asked: dict[bytes, bytes]) -> Send:
    """``send`` that packs a whole text answer for an asker who takes gzip."""
    if b"gzip" not in asked.get(b"accept-encoding", b""):
        return send
    held: list[MutableMapping[str, Any]] = []

    async def squeezed(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            held.append(message)
            return
        if held:
            start = held.pop()
            headers = {name.lower(): value for name, value in start["headers"]}
            kind = headers.get(b"content-type", b"").decode("latin-1")
            body = message.get("body", b"")
            if not message.get("more_body") and kind.startswith(PACKED) and len(body) > 1000:
                message = {**message, "body": gzip.compress(body, 5, mtime=0)}
                headers[b"content-encoding"] = b"gzip"
                headers[b"content-length"] = str(len(message["body"])).encode()
            headers[b"vary"] = b"Accept-Encoding"
            await send({**start, "headers": list(headers.items())})
        await send(message)

    return squeezed


async def _send_file(found: Found, path: str, scope: Scope, send: Send) -> None:
    asked = dict(scope["headers"])
    headers = {
        "content-type": found.content_type,
        **found.headers,
        **security_headers(path, found.content_type, is_explainer=True),
    }
    if path.startswith("/pictures/"):  # viewers elsewhere draw them (IIIF)
        headers["access-control-allow-origin"] = "*"
    if asked.get(b"if-none-match", b"").decode("latin-1") == headers["etag"]:
        await _start(send, 304, headers)
        await send({"type": "http.response.body", "body": b""})
        return
    is_packed = b"gzip" in asked.get(b"accept-encoding", b"") and found.content_type.startswith(
        PACKED
    )
    body = _read(found.path, headers["etag"], is_packed=is_packed)
    headers |= {"content-length": str(len(body)), "vary": "Accept-Encoding"}
    headers |= {"content-encoding": "gzip"} if is_packed else {}
    await _start(send, 200, headers)
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


@lru_cache(maxsize=256)
def _read(path: Path, etag: str, *, is_packed: bool) -> bytes:
    body = path.read_bytes()
    return gzip.compress(body, 6, mtime=0) if is_packed else body


async def _start(send: Send, status: int, headers: dict[str, str]) -> None:
    pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})


async def _redirect(send: Send, place: str, scope: Scope, *, status: int) -> None:
    question = scope["query_string"].decode("latin-1")
    place = "/" + place.lstrip("/\\")  # never another host
    target = f"{place}?{question}" if question else place
    await _start(send, status, {"location": target, "content-length": "0"})
    await send({"type": "http.response.body", "body": b""})


async def _plain(send: Send, status: int, text: str, more: Headers) -> None:
    body = (json.dumps({"ok": False, "status": status, "error": text}) + "\n").encode()
    kind = "application/json; charset=utf-8"
    headers = {"content-type": kind, "content-length": str(len(body))}
    headers |= {name.decode(): value.decode() for name, value in more}
    await _start(send, status, {**headers, **security_headers("/", kind)})
    await send({"type": "http.response.body", "body": body})
