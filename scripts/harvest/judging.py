"""New records judged before they are written, and which file led to what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from scripts.checks.judgement import judge_addresses, judge_records
from scripts.errors import ArchiveError, Problem
from scripts.held.store import HeldFile
from scripts.history.results import failed_checks
from scripts.records.markdown import read_documents
from scripts.records.models.base import Row
from scripts.records.read import Records

Tables = Mapping[type[Row], Sequence[Row]]
Make = Callable[[Sequence[HeldFile]], Tables]


def judge(before: Records, tables: Tables) -> tuple[Problem, ...]:
    """What `check` and `build` would refuse of the records with these tables in them."""
    after = before.with_tables(tables)
    curated = read_documents(before.folder)
    try:
        judgement = judge_records(after, curated)
    except ArchiveError as error:
        return error.problems
    return (*judgement.problems, *failed_checks(judge_addresses(after, curated)))


def blame(
    wrong: Sequence[Problem], held: Sequence[HeldFile], before: Records, make: Make
) -> tuple[Problem, ...]:
    """The problems, each with the file that led there: without it the records would be sound.

    ``make`` gives the tables that come of some of the files. They are tried in the order of their
    names, by halves.
    """
    held = sorted(held, key=lambda file: file.path.name)
    if judge(before, make(())):
        culprit = "the records as they are; no file of the sources changes that"
        return _named(wrong, culprit)
    sound, unsound = 0, len(held)
    while unsound - sound > 1:
        middle = (sound + unsound) // 2
        if judge(before, make(held[:middle])):
            unsound = middle
        else:
            sound = middle
    file = held[unsound - 1]
    return _named(wrong, f"{file.path.name} (SHA-256 {file.sha256})")


def _named(wrong: Sequence[Problem], culprit: str) -> tuple[Problem, ...]:
    remedy = f"Nothing was written. What led there: {culprit}"
    return tuple(
        replace(problem, remedy=f"{problem.remedy}. {remedy}" if problem.remedy else remedy)
        for problem in wrong
    )
