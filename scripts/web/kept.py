"""Answers kept in memory: the database does not change between builds, so no page has to.

One `KeptAnswers` belongs to one generation of the site; with the next database begins the next one.
Several readers who ask for the same page at once wait for one rendering of it.
"""

from __future__ import annotations

import asyncio
import gzip
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Make = Callable[[Send], Awaitable[None]]
Key = tuple[object, ...]

MOST_BYTES = 64_000_000  # of all kept answers together
_LARGEST = 2_000_000  # bytes of one answer that is kept
_KEPT = frozenset({200, 301, 404, 410})
PACKED = (
    "text/",
    "application/json",
    "application/ld+json",
    "application/xml",
    "application/atom",
    "image/svg",
)
_WORTH_PACKING = 1000  # bytes


@dataclass(frozen=True)
class Kept:
    """One whole answer. ``headers`` have lower-case names."""

    status: int
    headers: dict[bytes, bytes]
    body: bytes

    @cached_property
    def packed(self) -> bytes | None:
        """The body for an asker who takes gzip; ``None`` where that saves nothing."""
        kind = self.headers.get(b"content-type", b"").decode("latin-1")
        if not kind.startswith(PACKED) or len(self.body) <= _WORTH_PACKING:
            return None
        return gzip.compress(self.body, 5, mtime=0)

    @property
    def size(self) -> int:
        """The bytes that it takes, about."""
        return 2 * len(self.body) + 1000


class KeptAnswers:
    """The answers asked for last, as many as fit into ``most`` bytes."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self.bytes = 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._making: dict[Key, asyncio.Task[Kept]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    async def answer(
        self, key: Key, asked: dict[bytes, bytes], send: Send, make: Make, *, is_head: bool
    ) -> None:
        """Send the answer of ``key``, made by ``make`` where it is not kept.

        ``asked`` are the headers of the request: whether it takes gzip, and which version it has.
        """
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        else:
            kept = await self._made(key, make)
        await _send(kept, asked, send, is_head=is_head)

    async def _made(self, key: Key, make: Make) -> Kept:
        task = self._making.get(key)
        if task is None:
            task = asyncio.ensure_future(_collect(make))
            self._making[key] = task
            task.add_done_callback(lambda done: self._keep(key, done))
        return await asyncio.shield(task)  # an asker who leaves does not stop it for the others

    def _keep(self, key: Key, done: asyncio.Task[Kept]) -> None:
        self._making.pop(key, None)
        if done.cancelled() or done.exception() is not None:
            return
        kept = done.result()
        if kept.status not in _KEPT or len(kept.body) > _LARGEST:
            return
        self._kept[key] = kept
        self.bytes += kept.size
        while self.bytes > self.most:
            _, oldest = self._kept.popitem(last=False)
            self.bytes -= oldest.size


async def _collect(make: Make) -> Kept:
    """The whole answer that ``make`` sends."""
    start: Message = {}
    parts: list[bytes] = []

    async def take(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            parts.append(message.get("body", b""))

    await make(take)
    headers = {name.lower(): value for name, value in start["headers"]}
    return Kept(start["status"], headers, b"".join(parts))


async def _send(kept: Kept, asked: dict[bytes, bytes], send: Send, *, is_head: bool) -> None:
    headers = {**kept.headers, b"vary": b"Accept-Encoding"}
    etag = headers.get(b"etag")
    status, body = kept.status, kept.body
    if etag is not None and _holds(asked.get(b"if-none-match", b""), etag):
        status, body = 304, b""
        headers.pop(b"content-length", None)
    else:
        packed = kept.packed if b"gzip" in asked.get(b"accept-encoding", b"") else None
        if packed is not None:
            body = packed
            headers[b"content-encoding"] = b"gzip"
        headers[b"content-length"] = str(len(body)).encode()
    await send({"type": "http.response.start", "status": status, "headers": list(headers.items())})
    await send({"type": "http.response.body", "body": b"" if is_head else body})


def _holds(asked: bytes, etag: bytes) -> bool:
    """Whether If-None-Match names the version (RFC 9110, 13.1.2: any of a list, weak or not)."""
    names = [name.strip().removeprefix(b"W/") for name in asked.split(b",")]
    return etag.removeprefix(b"W/") in names or names == [b"*"]
