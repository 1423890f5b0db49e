"""Searching beside a plain full-text query with SQL's ``snippet()``, now and at 20,000 pages."""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from scripts.bench.judged import judging
from scripts.bench.measure import Section, Setting
from scripts.search.index import load_search
from scripts.search.search import SearchRequest, search

PAGES = 20_000
_COLUMNS = ("way", "gives", "median ms", "p95 ms", "longest ms")
# Names, words of the forms from rare to everywhere, operators, filters, and a word that is nowhere.
QUERIES = (
    *("florida highway patrol", "miami-dade", "st johns county", "parker county", "o'brien"),
    *("texas", "TX wso", "sheriff", "police department", "department of corrections"),
    *("overtime", "training costs", "complaint", "indemnify", "detention", '"at no cost"'),
    *("287(g)", "information", "ICE officers shall", "the", "immigration", "notice termination"),
    *("sheriff NOT texas", "train* OR certif*", "state:fl model:tfm", "kind:memorandum overtime"),
    *("xqzvkwj", "florida higway patrol"),
)
_PLAIN = """
select search_docs.path, search_docs.title, snippet(search, -1, '<mark>', '</mark>', '…', 34)
from search join search_docs on search_docs.id = search.rowid
where search match ? order by rank limit 20
"""
_COUNT = "select count(*) from search where search match ?"


def sections(setting: Setting) -> Iterator[Section]:
    """Tables for the database as it is and grown; none without a database with pages."""
    if not setting.db.is_file():
        return
    with tempfile.TemporaryDirectory() as place:
        grown = Path(place, "grown.db")
        shutil.copyfile(setting.db, grown)
        with closing(sqlite3.connect(grown, isolation_level=None)) as connection:
            now = _count_pages(connection)
            yield judging(connection)
            yield searching(connection, f"Searching: {now:,} pages with text")
            if now:
                grow(connection, PAGES)
                now = _count_pages(connection)
                yield searching(connection, f"Searching: the same, copied to {now:,} pages")


def searching(connection: sqlite3.Connection, title: str) -> Section:
    """Both ways, each query three times, processor time in this process, no HTTP."""
    ways: tuple[tuple[str, str, Callable[[str], object]], ...] = (
        (
            "this archive",
            "ranked, grouped by document, facets, passages, suggestions",
            lambda q: search(connection, SearchRequest(q=q)),
        ),
        (
            "plain FTS5, snippet(), count(*)",
            "20 rows; words only, no operators of ours",
            partial(_plain, connection),
        ),
    )
    rows = []
    for name, gives, run in ways:
        taken = sorted(_times(run))
        cuts = (statistics.median(taken), taken[int(len(taken) * 0.95)], taken[-1])
        rows.append((name, gives, *(f"{1000 * seconds:.1f}" for seconds in cuts)))
    remark = f"{len(QUERIES)} queries, three times each, after one round to warm up; CPU time"
    return Section(title, _COLUMNS, tuple(rows), (remark,))


def _times(run: Callable[[str], object]) -> Iterator[float]:
    for query in QUERIES:
        run(query)
    for _ in range(3):
        for query in QUERIES:
            yield _cpu_seconds(partial(run, query))


def _cpu_seconds(work: Callable[[], object]) -> float:
    """Processor time of this process, finer than `spent` gives it."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _plain(connection: sqlite3.Connection, q: str) -> object:
    """What a page would run that puts each word in quotation marks and asks SQLite for the rest."""
    words = [word.replace('"', "") for word in q.split() if word not in ("NOT", "OR")]
    match = " ".join(f'"{word}"' for word in words if ":" not in word) or '"florida"'
    rows = connection.execute(_PLAIN, [match]).fetchall()
    return rows, connection.execute(_COUNT, [match]).fetchone()


def _count_pages(connection: sqlite3.Connection) -> int:
    return int(connection.execute("select count(*) from pages where text <> ''").fetchone()[0])


def grow(connection: sqlite3.Connection, pages: int) -> None:
    """Copy documents with text until about ``pages`` pages have it, and index them anew."""
    copies = max(0, pages // _count_pages(connection) - 1)
    names = [str(row[0]) for row in connection.execute("select distinct document_id from pages")]
    connection.execute("begin")
    for table, key in (("documents", "id"), ("pages", "document_id")):
        columns = [str(row[1]) for row in connection.execute(f"pragma table_info({table})")]
        others = ", ".join(f'"{column}"' for column in columns if column != key)
        sql = f"insert into {table} ({key}, {others}) select {key} || ?, {others} from {table}"  # noqa: S608
        for number in range(copies):
            suffix = f"-copy-{number}"
            connection.executemany(f"{sql} where {key} = ?", [(suffix, name) for name in names])
    connection.execute("delete from search_facets")
    connection.execute("delete from search_docs")
    connection.execute("delete from search_words")
    connection.execute("insert into search (search) values ('delete-all')")
    load_search(connection)
    connection.execute("commit")
