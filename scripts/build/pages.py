"""The table ``pages``: a row for every page of every document, its text masked where held."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from scripts import paths
from scripts.build.masking import MASKER_VERSION, Masker
from scripts.build.page_fixes import ReadyPage, apply_fixes
from scripts.errors import ArchiveError, Problem
from scripts.records.models import ContactAllowance, PageTextFix
from scripts.records.read import Records
from scripts.records.write import format_table
from scripts.sources.cache import cached_pages
from scripts.sources.pdf import EXTRACTOR_VERSION, PageText

FEW = 4  # documents that are read in this process rather than in new ones
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Job:
    """One held file to be made ready; picklable, so that any executor can take it."""

    sha256: str
    path: Path
    cache: Path
    allowed: tuple[ContactAllowance, ...]
    key: str  # cache key of reader's version, masker's version and allowed lines


def load_pages(
    connection: sqlite3.Connection,
    records: Records,
    held: Mapping[str, Path],
    *,
    cache: Path = paths.CACHE,
    executor: Executor | None = None,
) -> tuple[Problem, ...]:
    """Fill ``pages`` for all documents in the table ``documents``, held or not.

    ``held`` gives the path of each file at hand by SHA-256 (`scripts.sources.store.held_paths`).
    Text is read and masked once per SHA-256. A held file that cannot be read is returned as a
    problem and its pages stand as not held; the rest goes on. Raises `ArchiveError` where a fix of
    ``fixes/page_text.csv`` no longer applies. ``executor`` is any of ``concurrent.futures``.
    """
    documents = connection.execute("select id, sha256, pages from documents order by id").fetchall()
    allowed = records.rows(ContactAllowance)
    key = _key(allowed)
    wanted = sorted({sha256 for _, sha256, _ in documents if sha256 in held})
    jobs = [Job(sha256, held[sha256], cache, allowed, key) for sha256 in wanted]
    ready, problems = make_ready(jobs, executor)
    ready = apply_fixes(ready, records.rows(PageTextFix))
    for document_id, sha256, count in documents:
        _insert_pages(connection, document_id, ready.get(sha256), count)
    return problems


def make_ready(
    jobs: Sequence[Job], executor: Executor | None = None
) -> tuple[dict[str, tuple[ReadyPage, ...]], tuple[Problem, ...]]:
    """The pages of each file by SHA-256, and what could not be read."""
    ready: dict[str, tuple[ReadyPage, ...]] = {}
    missing: list[Job] = []
    for job in jobs:
        cached = _read_cached(job)
        if cached is None:
            missing.append(job)
        else:
            ready[job.sha256] = cached
    problems: list[Problem] = []
    with _progress(len(missing)) as advance:
        for job, result in _run(missing, executor):
            if isinstance(result, ArchiveError):
                problems.extend(result.problems)
            else:
                ready[job.sha256] = result
            advance()
    return ready, tuple(sorted(problems))


Outcome = tuple[ReadyPage, ...] | ArchiveError


def _run(jobs: Sequence[Job], executor: Executor | None) -> Iterator[tuple[Job, Outcome]]:
    if executor is None and len(jobs) <= FEW:
        for job in jobs:
            yield job, prepare_document(job)
        return
    if executor is not None:
        yield from _submit(jobs, executor)
        return
    workers = min(os.cpu_count() or 1, len(jobs))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from _submit(jobs, pool)


def _submit(jobs: Sequence[Job], executor: Executor) -> Iterator[tuple[Job, Outcome]]:
    futures: dict[Future[Outcome], Job] = {
        executor.submit(prepare_document, job): job for job in jobs
    }
    for future in as_completed(futures):
        job = futures[future]
        try:
            yield job, future.result()
        except Exception as error:  # a worker that died takes no other document with it
            yield (
                job,
                ArchiveError.single(job.path.name, "", repr(error), "a file that can be read"),
            )


def prepare_document(job: Job) -> Outcome:
    """Read and mask one file's pages, and keep the result in the cache; errors are returned."""
    masker = Masker(job.allowed)
    try:
        pages = cached_pages(job.path, job.sha256, job.cache)
    except ArchiveError as error:
        return error
    ready = tuple(_prepare_page(page, masker) for page in pages)
    place = _place(job)
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f"{place.name}.{os.getpid()}.tmp")
    aside.write_text(
        json.dumps([asdict(page) for page in ready], ensure_ascii=False), encoding="utf-8"
    )
    os.replace(aside, place)
    return ready


def _prepare_page(page: PageText, masker: Masker) -> ReadyPage:
    masked = masker.mask(clean_text(page.text))
    return ReadyPage(page.page_number, masked.text, masked.count, page.width, page.height)


def clean_text(text: str) -> str:
    """Page text without control characters; pdfium's mark for a hyphen at a line's end kept as one.

    Lines end in LF and carry no white space at their edges.
    """
    text = text.replace("\x02", "-")
    text = _CONTROL.sub("", text)
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def _read_cached(job: Job) -> tuple[ReadyPage, ...] | None:
    try:
        rows = json.loads(_place(job).read_text(encoding="utf-8"))
        return tuple(ReadyPage(**row) for row in rows)
    except (OSError, ValueError, TypeError):
        return None


def _place(job: Job) -> Path:
    return job.cache / f"pages-{job.key}" / job.sha256[:2] / f"{job.sha256}.json"


def _key(allowed: Sequence[ContactAllowance]) -> str:
    """Changes when the reader, the masker or the allowed lines do."""
    digest = hashlib.sha256(format_table(ContactAllowance, allowed).encode()).hexdigest()
    return f"{EXTRACTOR_VERSION}-{MASKER_VERSION}-{digest[:12]}"


def _insert_pages(
    connection: sqlite3.Connection,
    document_id: str,
    pages: tuple[ReadyPage, ...] | None,
    count: int | None,
) -> None:
    """One document's rows: as read, or as many as its record counts."""
    columns = "document_id, page_number, text, text_source, masked, is_held, width, height"
    statement = f"insert or replace into pages ({columns}) values (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
    rows: list[tuple[object, ...]] = [
        (document_id, number, None, None, 0, 0, None, None) for number in range(1, (count or 0) + 1)
    ]
    if pages is not None:
        rows = [
            (
                document_id,
                page.page_number,
                page.text,
                "embedded" if page.text else None,
                page.masked,
                1,
                page.width,
                page.height,
            )
            for page in pages
        ]
    connection.executemany(statement, rows)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar on stderr while files are read; nothing where there is nothing to read."""
    if total == 0:
        yield lambda: None
        return
    columns = (TextColumn("reading memoranda"), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
