"""What a check found: how many things were looked at, how many failed, and which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


def make_result(
    check_id: str, title: str, counted: int, failures: Iterable[str], remark: str | None = None
) -> CheckResult:
    """A result whose detail names the remark and the first of the failures."""
    found = list(failures)
    shown = [*found[:_SHOWN], *([f"and {len(found) - _SHOWN} more"] if found[_SHOWN:] else [])]
    detail = "; ".join([*([remark] if remark else []), *shown]) or None
    return CheckResult(check_id, title, counted, len(found), detail)


def failed_checks(results: Iterable[CheckResult]) -> tuple[Problem, ...]:
    """One problem for each check that fails."""
    return tuple(
        Problem(
            f"check {result.id}",
            "",
            f"{result.failed} of {result.counted} failed: {result.detail}",
            result.title,
        )
        for result in results
        if result.failed
    )
