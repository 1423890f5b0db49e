"""Rendered pages are kept: the same answers, bounded, made once for all who ask at once."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Coroutine, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from scripts.web.app import make_app
from scripts.web.kept import KeptAnswers, Send
from tests.sample_records import FHP

Message = MutableMapping[str, Any]


def alone(work: Coroutine[Any, Any, None]) -> None:
    """Run in a thread of its own: the browser of other tests has a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


class Asked:
    """What one asker was sent."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.body = b""

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        else:
            self.body += message["body"]


class Page:
    """Something that is made, and how often it was."""

    def __init__(self, body: bytes, status: int = 200, *, wait: float = 0.0) -> None:
        self.body, self.status, self.wait, self.made = body, status, wait, 0

    async def make(self, send: Send) -> None:
        self.made += 1
        await asyncio.sleep(self.wait)
        headers = [(b"Content-Type", b"text/html"), (b"etag", b'"one"')]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


async def ask(
    kept: KeptAnswers, key: str, page: Page, *, is_head: bool = False, **headers: str
) -> Asked:
    asked = Asked()
    sent = {name.replace("_", "-").encode(): value.encode() for name, value in headers.items()}
    await kept.answer((key,), sent, asked.take, page.make, is_head=is_head)
    return asked


def test_the_second_answer_is_the_first() -> None:
    async def run() -> None:
        kept, page = KeptAnswers(), Page(b"x" * 5000)
        first, second = await ask(kept, "a", page), await ask(kept, "a", page)
        assert (first.status, first.body, first.headers) == (200, page.body, second.headers)
        assert second.body == page.body
        assert page.made == 1
        packed = await ask(kept, "a", page, accept_encoding="br, gzip")
        assert gzip.decompress(packed.body) == page.body
        assert packed.headers[b"content-encoding"] == b"gzip"
        assert packed.headers[b"content-length"] == str(len(packed.body)).encode()
        head = await ask(kept, "a", page, is_head=True)
        assert (head.body, head.headers[b"content-length"]) == (b"", b"5000")
        assert page.made == 1

    alone(run())


@pytest.mark.parametrize("asked", ['"one"', 'W/"one"', '"other", "one"', "*"])
def test_who_has_it_is_told_so(asked: str) -> None:
    async def run() -> None:
        answer = await ask(KeptAnswers(), "a", Page(b"x"), if_none_match=asked)
        assert (answer.status, answer.body) == (304, b"")

    alone(run())


def test_many_who_ask_at_once_wait_for_one() -> None:
    async def run() -> None:
        kept, page = KeptAnswers(), Page(b"x", wait=0.05)
        leaves = asyncio.ensure_future(ask(kept, "a", page))
        others = [asyncio.ensure_future(ask(kept, "a", page)) for _ in range(20)]
        await asyncio.sleep(0.01)
        leaves.cancel()  # who leaves does not stop it for the others
        assert {one.body for one in await asyncio.gather(*others)} == {b"x"}
        assert page.made == 1

    alone(run())


def test_memory_is_bounded_and_what_was_asked_last_stays() -> None:
    async def run() -> None:
        kept, pages = KeptAnswers(most=50_000), [Page(b"x" * 10_000) for _ in range(5)]
        for number in (0, 1, 0, 2, 3):
            await ask(kept, str(number), pages[number])
        assert kept.bytes <= 50_000
        assert len(kept) == 2
        await ask(kept, "3", pages[3])
        await ask(kept, "1", pages[1])
        assert (pages[3].made, pages[1].made) == (1, 2)

    alone(run())


@pytest.mark.parametrize("status", [500, 400, 300])
def test_faults_are_not_kept(status: int) -> None:
    async def run() -> None:
        kept, page = KeptAnswers(), Page(b"x", status)
        for _ in range(2):
            assert (await ask(kept, "a", page)).status == status
        assert page.made == 2

    alone(run())


def test_a_failure_reaches_everybody_and_is_forgotten() -> None:
    async def run() -> None:
        kept, page = KeptAnswers(), Page(b"x")

        async def fail(send: Send) -> None:
            raise RuntimeError("no")

        with pytest.raises(RuntimeError, match="no"):
            await kept.answer(("a",), {}, Asked().take, fail, is_head=False)
        assert (await ask(kept, "a", page)).body == b"x"

    alone(run())


def test_a_new_database_begins_anew(site_db: Path, explainer: Path, tmp_path: Path) -> None:
    """Every page that was kept is asked of the new file."""
    import shutil
    import sqlite3

    db = tmp_path / "archive.db"
    shutil.copy(site_db, db)
    app = make_app(db, explainer, "http://127.0.0.1/")

    async def run() -> None:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            path = f"/agencies/{FHP}/"
            before = await client.get(path)
            assert "Florida Highway Patrol" in before.text
            assert (await client.get(path)).content == before.content
            new = tmp_path / "new.db"
            shutil.copy(site_db, new)
            with sqlite3.connect(new) as connection:
                connection.execute("update agencies set name = 'Another Name' where id = ?", [FHP])
            connection.close()
            new.replace(db)
            after = await client.get(path, headers={"if-none-match": before.headers["etag"]})
            assert after.status_code == 200
            assert "Another Name" in after.text

    alone(run())
