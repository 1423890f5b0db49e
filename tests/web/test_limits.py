# ruff: noqa: S608  (questions put together here are what is tested)
"""SQL from anyone: bounded time, bounded memory, against a real server."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from scripts.database.build import build
from scripts.web import limits
from tests import sample_records as sample

LONGEST = 15.0  # seconds for any answer among others on a busy machine; alone under 3
PEAK_MB = 600  # memory of the server process while everything is tried at once


@dataclass(frozen=True)
class Server:
    """A running server: its address and its process."""

    address: str
    process: subprocess.Popen[bytes]

    def peak_mb(self) -> float:
        """The most memory that the process had so far."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            command = ["ps", "-o", "rss=", "-p", str(self.process.pid)]
            return int(subprocess.check_output(command)) / 1024
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024


SERVE = """
import sys
from pathlib import Path
from scripts.web.serve import serve
serve(Path(sys.argv[1]), None, "127.0.0.1", int(sys.argv[2]), f"http://127.0.0.1:{sys.argv[2]}/")
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("limits")
    records = sample.write_sample(folder / "records")
    build(records, sample.write_sources(folder / "sources"), folder / "archive.db")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", SERVE, str(folder / "archive.db"), str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, process)
        yield Server(address, process)
    finally:
        process.kill()
        process.wait()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "the server ended"
        try:
            if httpx.get(f"{address}/archive.json?sql=select+1").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("the server did not answer")


COUNT = "with recursive c(x) as (select 1 union all select x + 1 from c) "
LONG = (
    "(with recursive b(n, x) as (select 1, 'aaaaaaaa' union all select n + 1, x || x from b"
    " where n < 15) select x from b where n = 15)"  # 131,072 letters
)


def doubling(step: str) -> str:
    """A statement of 30 nested parts, each of which names the one before twice."""
    parts = ["c0 as (select 1 as x)"]
    parts += [f"c{number} as ({step.format(before=number - 1)})" for number in range(1, 30)]
    return f"with {', '.join(parts)} select count(*) from c29"


ATTACKS = {
    "zeroblob": "select zeroblob(900000000)",
    "hex of zeroblob": "select hex(zeroblob(100000000))",
    "randomblob": "select randomblob(900000000)",
    "printf width": "select printf('%.900000000c', 'x')",
    "format star": "select format('%*d', 900000000, 1)",
    "replace growth": f"select replace({LONG}, 'a', {LONG})",
    "hex growth": "select " + "hex(" * 40 + "'aaaa'" + ")" * 40,
    "concat growth": COUNT + f"select group_concat({LONG}) from c",
    "json growth": COUNT + f"select json_group_array({LONG}) from c",
    "instr": f"select instr({LONG}, substr({LONG}, 2) || 'b')",
    "trim": f"select trim({LONG}, 'bcdefgh' || {LONG})",
    "like": f"select {LONG} like '%a%a%a%a%a%a%b'",
    "glob": f"select {LONG} glob '*[b-z]*[b-z]*[b-z]*c'",
    "recursion": COUNT + "select count(*) from c",
    "doubling rows": "with recursive c(x, y) as (select 1, " + LONG
    + " union all select x + 1, y from c union all select x + 2, y from c) select count(*) from c",
    "sorting": COUNT + f", l(y) as (select {LONG}) select x, y || x from c, l order by 2",
    "cross join": "select count(*) from publication_rows a, publication_rows b, search_docs c,"
    " search_docs d, search_docs e, search_docs f, states g, states h",
    "cross join rows": "select * from search_docs a, search_docs b, search_docs c",
    "long rows": COUNT + f", l(y) as (select {LONG}) select x, y || x from c, l limit 1000",
    "wide and long": COUNT + f", l(y) as (select {LONG}) select "
    + ", ".join(f"y || x || {number} as c{number}" for number in range(90))
    + " from c, l limit 1000",
    "too wide": "select " + ", ".join(["1"] * 101),
    "doubling joins": doubling("select a.x from c{before} a, c{before} b"),
    "doubling unions": doubling("select x from c{before} union all select x from c{before}"),
    "nesting": "select " + "(" * 900 + "1" + ")" * 900,
    "load_extension": "select load_extension('libc')",
    "nul": "select 'a\0b'",
}  # fmt: skip
ANSWERED = {"instr", "trim", "like", "glob", "cross join rows"}  # these are cheap enough


@dataclass(frozen=True)
class Answer:
    """What came back, in seconds and bytes."""

    status: int
    seconds: float
    size: int


def ask(server: Server, sql: str, ending: str = ".json", **more: str) -> Answer:
    """Ask one question and read the whole answer."""
    start = time.perf_counter()
    with httpx.stream(
        "GET", f"{server.address}/archive{ending}", params={"sql": sql, **more}, timeout=60
    ) as response:
        size = sum(len(part) for part in response.iter_bytes())
        return Answer(response.status_code, time.perf_counter() - start, size)


LARGE = ("wide and long", "long rows", "concat growth", "doubling joins")
ASKED = [(name, ".json") for name in ATTACKS] + [
    (name, ending) for name in LARGE for ending in (".csv", "")
]


@pytest.fixture(scope="module")
def answers(server: Server) -> dict[tuple[str, str], Answer]:
    """Every question asked of the one server, as many at a time as it has threads."""

    def one(asked: tuple[str, str]) -> Answer:
        name, ending = asked
        return ask(server, ATTACKS[name], ending, _shape="objects", _size="max", _stream="on")

    with ThreadPoolExecutor(4) as pool:
        return dict(zip(ASKED, pool.map(one, ASKED), strict=True))


@pytest.mark.parametrize(("name", "ending"), ASKED)
def test_a_question_is_bounded(
    answers: dict[tuple[str, str], Answer], name: str, ending: str
) -> None:
    answer = answers[name, ending]
    expected = 200 if name in ANSWERED else 400
    # A CSV stream begins before its first row and says in it what stopped it.
    assert answer.status in ({200, 400} if ending == ".csv" else {expected})
    assert answer.seconds < LONGEST
    assert answer.size < 30_000_000


def test_memory_is_bounded(server: Server, answers: dict[tuple[str, str], Answer]) -> None:
    assert len(answers) == len(ASKED)
    assert server.peak_mb() < PEAK_MB
    # And the archive still answers.
    assert ask(server, "select count(*) from agencies", _shape="array").status == 200


def test_tables_stream_whole(server: Server) -> None:
    csv = httpx.get(f"{server.address}/archive/search_docs.csv?_stream=on&_size=max").text
    rows = httpx.get(f"{server.address}/archive/search_docs.json?_size=0").json()
    assert csv.count("\n/") + csv.count(",/") >= rows["filtered_table_rows_count"]


@pytest.fixture
def bounded() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        limits.prepare_connection(connection)
        yield connection


# Functions that stand in for SQLite's must answer as SQLite's do.
SAME = [
    "printf('%,d %s %5.2f %05d %%', 1234567, 'ä', 1.5, 42)",
    "printf('%s')",
    "printf('%s', null)",
    "format('%-10s|', 'a')",
    "instr('Doña Ana', 'a')",
    "instr('abc', 'x')",
    "instr('abc', '')",
    "instr(null, 'a')",
    "instr(x'010203', x'02')",
    "instr(12345, 34)",
    "replace('a-b-c', '-', '+')",
    "replace('abc', '', 'x')",
    "replace(1.5, '.', ',')",
    "replace(null, 'a', 'b')",
    "replace(2.0, '0', 'x')",
    "trim('  a b ')",
    "trim('xxaxx', 'x')",
    "ltrim('xya', 'xy')",
    "rtrim('axy', 'xy')",
    "trim(' \t a')",
    "trim(null)",
    "trim('a', null)",
    "trim(12)",
]


@pytest.mark.parametrize("expression", SAME)
def test_functions_that_stand_in_answer_the_same(
    bounded: sqlite3.Connection, expression: str
) -> None:
    with closing(sqlite3.connect(":memory:")) as plain:
        expected = plain.execute(f"select {expression}, typeof({expression})").fetchone()
    found: Any = bounded.execute(f"select {expression}, typeof({expression})").fetchone()
    assert tuple(found) == expected


def test_a_prepared_connection_only_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table t (x)")
        limits.prepare_connection(connection)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("insert into t values (1)")
        with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
            connection.execute("attach ? as other", [os.devnull])


def test_a_result_has_a_budget_of_its_own(bounded: sqlite3.Connection) -> None:
    rows = COUNT + "select x, hex(x) || '" + "a" * 90_000 + "' from c limit ?"
    for _ in range(3):  # each question starts from nothing
        assert len(bounded.execute(rows, [100]).fetchall()) == 100
    with pytest.raises(sqlite3.OperationalError, match="larger than 12 MB"):
        bounded.execute(rows, [1000]).fetchall()


def test_the_archive_itself_stays_within_the_limits(server: Server) -> None:
    """Every table and view answers under the limits, as page and as data."""
    names = httpx.get(f"{server.address}/archive.json").json()
    tables = [table["name"] for table in names["tables"] if not table["hidden"]]
    tables += [view["name"] for view in names["views"]]
    assert len(tables) > 30
    for name in tables:
        answer = httpx.get(
            f"{server.address}/archive/{name}.json?_size=max&_nosuggest=1", timeout=60
        )
        assert answer.status_code == 200, (name, answer.text[:200])
