"""What a check found: how many things were looked at, how many failed, and which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scripts.errors import Problem

_SHOWN = 5  # failures that a check's detail names


@dataclass(frozen=True)
class CheckResult:
    """One check: what must be true, how many things were looked at, how many failed, and which."""

    id: str
    title: str
    counted: int
    failed: int
    detail: str | None
    problems: tuple[Problem, ...] = ()  # where each failure has a place of its own


def make_result(
    check_id: str, title: str, counted: int, failures: Iterable[str], remark: str | None = None
) -> CheckResult:
    """A result whose detail names the remark and the first of the failures."""
    found = list(failures)
    shown = [*found[:_SHOWN], *([f"and {len(found) - _SHOWN} more"] if found[_SHOWN:] else [])]
    detail = "; ".join([*([remark] if remark else []), *shown]) or None
    return CheckResult(check_id, title, counted, len(found), detail)


def result_of(
    check_id: str,
    title: str,
    counted: int,
    problems: Iterable[Problem],
    remark: str | None = None,
) -> CheckResult:
    """A result whose failures each have a place: file, line, what was seen, what is expected."""
    found = tuple(problems)
    told = make_result(check_id, title, counted, map(str, found), remark)
    return replace(told, problems=found)


def failed_checks(results: Iterable[CheckResult]) -> tuple[Problem, ...]:
    """The problems of each check that fails; one for those whose failures have no place."""
    found: list[Problem] = []
    for result in results:
        if result.problems:
            found += result.problems
        elif result.failed:
            seen = f"{result.failed} of {result.counted} failed: {result.detail}"
            found.append(Problem(f"check {result.id}", "", seen, result.title))
    return tuple(found)
