"""A real HTTP server on a free port that misbehaves as told."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answering = Callable[["Handler"], None]


@dataclass
class Site:
    """What each path answers, and the requests that came."""

    port: int
    paths: dict[str, Answering] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def base(self) -> str:
        """The address of the server itself."""
        return f"http://127.0.0.1:{self.port}"

    def asked(self, path: str) -> list[dict[str, str]]:
        """The headers of every request for a path."""
        return [headers for asked, headers in self.requests if asked == path]


class Handler(BaseHTTPRequestHandler):
    """Answers a GET as the site's path says; anything else is a 404."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        """Record the request and answer it."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.site.requests.append((self.path, headers))
        self.site.paths.get(self.path, page(b"<html>Not found</html>", 404))(self)

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


def page(body: bytes, status: int = 200, **headers: str) -> Answering:
    """A plain answer."""
    return lambda handler: handler.reply(status, body, **headers)


def file(body: bytes, **headers: str) -> Answering:
    """A file with an ETag: answers conditional requests with 304 and ranges with 206."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'

    def answer(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == tag:
            handler.send_response(304)
            handler.send_header("ETag", tag)
            handler.end_headers()
        elif (wanted := handler.headers.get("Range")) and handler.headers.get("If-Range") == tag:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            shown = f"bytes {start}-{len(body) - 1}/{len(body)}"
            handler.reply(206, body[start:], ETag=tag, Content_Range=shown)
        else:
            handler.reply(200, body, ETag=tag, **headers)

    return answer


def in_turn(*answers: Answering) -> Answering:
    """One answer after the other; the last one for good."""
    waiting = list(answers)
    return lambda handler: (waiting.pop(0) if len(waiting) > 1 else waiting[0])(handler)


def cut_off(body: bytes, at: int) -> Answering:
    """Promises the whole body and closes the connection after ``at`` bytes."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("ETag", tag)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[:at])
        handler.wfile.flush()
        handler.close_connection = True

    return answer


def slow(seconds: float) -> Answering:
    """Says nothing for a while."""

    def answer(handler: Handler) -> None:
        time.sleep(seconds)
        handler.reply(200, b"late")

    return answer


def drip(chunk: bytes, times: int, pause: float) -> Answering:
    """Sends little by little without ever saying how much is to come."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        try:
            for _ in range(times):
                handler.wfile.write(chunk)
                handler.wfile.flush()
                time.sleep(pause)
        except OSError:
            pass
        handler.close_connection = True

    return answer


@contextmanager
def serving() -> Iterator[Site]:
    """A server on a free port of this machine."""

    class SiteHandler(Handler):
        """The handler of this site alone."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), SiteHandler)
    SiteHandler.site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield SiteHandler.site
    finally:
        server.shutdown()
        server.server_close()
