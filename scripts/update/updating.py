"""Fetch what is new, harvest, read, build; and say in words what changed, or why nothing could."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from scripts.database.build import build
from scripts.errors import Problem
from scripts.facts.recording import read_memoranda
from scripts.fetch.collect import Collector, FetchReport
from scripts.fetch.fetch import Fetcher
from scripts.harvest.harvest import HarvestReport, harvest
from scripts.held.store import held_paths
from scripts.locks import alone

LOCK = ".update.lock"


@dataclass(frozen=True)
class UpdateReport:
    """What an update did. ``stopped`` are files at which a person has to look."""

    fetched: FetchReport
    harvested: HarvestReport
    read: int
    is_built: bool
    stopped: tuple[Problem, ...]

    def text(self) -> str:
        """In words: what changed, what could not be had, what stopped for a person."""
        unreachable = [f"  not had: {problem}" for problem in self.fetched.problems]
        stopped = [f"  look at: {problem}" for problem in self.stopped]
        if self.harvested.changes:
            lines = list(self.harvested.changes)
        elif self.fetched.kept:
            lines = [f"{len(self.fetched.kept)} new file(s), and nothing changed on the lists"]
        elif self.fetched.unchanged:
            lines = ["nothing changed: ICE's page leads to what is held already"]
        else:
            lines = ["nothing could be had, so nothing changed"]
        if self.read:
            lines.append(f"{self.read} memoranda read")
        return "\n".join([*lines, *unreachable, *stopped])


def update(
    fetcher: Fetcher,
    store: Path,
    records: Path,
    db: Path,
    *,
    sources: Collection[Path] = (),
    accept: Collection[str] = (),
    most: int | None = None,
    progress: Callable[[str], None] = lambda stage: None,
) -> UpdateReport:
    """Bring records and database up to date with what ICE's site gives, through ``fetcher``.

    Files are kept in ``store``; ``sources`` are further folders of held files. A file that cannot
    be read, or at which a person has to look first (``accept`` names those that were looked at), is
    left out and told; all else goes on. Raises `ArchiveError` where another update is under way,
    or where the records would not be sound; then they are as they were.
    """
    with alone(store / LOCK, "an update is under way"):
        progress("Fetching")
        collector = Collector(fetcher, store)
        fetched = collector.current(most=most)
        folders = [store, *sources]
        harvested = harvest(
            folders, records, skip_unreadable=True, accept=accept, progress=progress
        )
        progress("Reading memoranda")
        files = {sha256: path for one in folders for sha256, path in held_paths(one).items()}
        facts = read_memoranda(records, files)
        progress("Building")
        report = build(records, next(iter(sources), store), db, progress=progress)
    stopped = (*harvested.problems, *facts.problems)
    return UpdateReport(fetched, harvested, facts.count, not report.is_unchanged, stopped)
