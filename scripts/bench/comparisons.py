"""Memoranda beside their templates: nothing known, all known, one more, and many copies.

Copies are held memoranda in which one word in a hundred is another; their number is taken from
``ARCHIVE_BENCH_COPIES`` (200 where it is not set).
"""

from __future__ import annotations

import os
import random
import resource
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from scripts import paths
from scripts.bench.measure import Section, Setting, spent
from scripts.comparison.described import Entry
from scripts.database.compared import compare
from scripts.held.store import find_held
from scripts.privacy.ready import make_jobs, make_ready
from scripts.privacy.ready_pages import ReadyFile, ReadyPage
from scripts.reading.page import PageText, Word
from scripts.records.models.documents import Document
from scripts.records.models.fixes import ContactAllowance
from scripts.records.read import read_table

COPIES = 200
_ALTERED = 0.01  # share of words
_OTHERS = ("office", "notice", "officer", "agency", "within", "written", "personnel", "program")
_COLUMNS = ("work", "memoranda", "seconds", "processor seconds")


def sections(setting: Setting) -> Iterator[Section]:
    """The table of this room; none without held sources."""
    if setting.sources is None:
        return
    entries = _held(setting, setting.sources)
    if len(entries) < 2:
        return
    with tempfile.TemporaryDirectory() as place:
        rows = [*_one_by_one(entries, Path(place)), *_copies(entries, Path(place))]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    remark = f"Peak memory {peak:,.0f} MB, largest child {child:,.0f} MB."
    yield Section("Memoranda beside their templates", _COLUMNS, tuple(rows), (remark,))


def _held(setting: Setting, sources: Path) -> list[Entry]:
    held = {file.sha256: file.path for file in find_held(sources) if file.media == "pdf"}
    documents = {
        row.sha256: row
        for row in read_table(setting.records, Document)
        if row.kind == "memorandum" and row.sha256 in held
    }
    allowed = read_table(setting.records, ContactAllowance)
    wanted = {sha256: held[sha256] for sha256 in documents if sha256 is not None}
    ready = make_ready(make_jobs(wanted, paths.cache_folder(), allowed, by_eye=False))
    return [
        Entry(row.id, sha256, row.file_name or "", "", ready)
        for sha256, row in sorted(documents.items(), key=lambda item: item[1].id)
        if sha256 is not None
    ]


def _one_by_one(entries: Sequence[Entry], folder: Path) -> Iterator[tuple[str, ...]]:
    cache = folder / "held"
    yield _row("nothing known", entries[1:], cache)
    yield _row("one more", entries, cache)
    yield _row("all known", entries, cache)


def _copies(entries: Sequence[Entry], folder: Path) -> Iterator[tuple[str, ...]]:
    count = int(os.environ.get("ARCHIVE_BENCH_COPIES", COPIES))
    made = Copies({entry.sha256: entry for entry in entries})
    copies = [made.entry(number, entries[number % len(entries)]) for number in range(count)]
    yield _row("copies, nothing known", copies, folder / "copies")
    yield _row("copies, all known", copies, folder / "copies")


def _row(work: str, entries: Sequence[Entry], cache: Path) -> tuple[str, ...]:
    taken = spent(partial(compare, [_fresh(entry) for entry in entries], cache))
    return work, f"{len(entries):,}", f"{taken.wall:.1f}", f"{taken.cpu:.1f}"


def _fresh(entry: Entry) -> Entry:
    """An entry that remembers nothing of an earlier run."""
    return Entry(entry.document_id, entry.sha256, entry.file_name, entry.agency, entry.files)


class Copies(Mapping[str, ReadyFile]):
    """Altered copies of held memoranda, each made when it is asked for."""

    def __init__(self, originals: Mapping[str, Entry]) -> None:
        self._originals = originals

    def entry(self, number: int, original: Entry) -> Entry:
        """The copy of that number."""
        name = f"{original.document_id}-copy-{number}"
        return Entry(name, f"{number:06d}-{original.sha256}", original.file_name, "", self)

    def __getitem__(self, sha256: str) -> ReadyFile:
        number, _, original = sha256.partition("-")
        choice = random.Random(int(number))
        pages = self._originals[original].pages
        return ReadyFile(tuple(_altered(page, choice) for page in pages), ())

    def __iter__(self) -> Iterator[str]:
        return iter(self._originals)

    def __len__(self) -> int:
        return len(self._originals)


def _altered(ready: ReadyPage, choice: random.Random) -> ReadyPage:
    page = ready.page
    lines = tuple(tuple(_word(word, choice) for word in line) for line in page.lines)
    other = PageText(
        *(page.page_number, lines, page.width, page.height, page.rotation, page.image_share),
        source=page.source,
        quality=page.quality,
    )
    return ReadyPage(other, ready.masked, ready.covers, ready.role)


def _word(word: Word, choice: random.Random) -> Word:
    return word._replace(text=choice.choice(_OTHERS)) if choice.random() < _ALTERED else word
