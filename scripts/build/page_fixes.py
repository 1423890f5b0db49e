"""Misreadings in page text, mended at their place from ``fixes/page_text.csv``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scripts.errors import ArchiveError, Problem
from scripts.records.models import PageTextFix


@dataclass(frozen=True)
class ReadyPage:
    """One page as it enters the database."""

    page_number: int
    text: str  # contact details masked
    masked: int  # contact details masked on the page
    width: float  # points
    height: float  # points


def apply_fixes(
    ready: Mapping[str, tuple[ReadyPage, ...]], fixes: Sequence[PageTextFix]
) -> dict[str, tuple[ReadyPage, ...]]:
    """Mend misreadings in masked text. Raises `ArchiveError` for a fix that finds nothing."""
    by_file: dict[str, list[PageTextFix]] = defaultdict(list)
    for fix in fixes:
        by_file[fix.sha256].append(fix)
    mended = dict(ready)
    problems: list[Problem] = []
    for sha256, own in by_file.items():
        if sha256 in mended:
            mended[sha256] = tuple(_mend(page, own, problems) for page in mended[sha256])
    if problems:
        raise ArchiveError(problems)
    return mended


def _mend(page: ReadyPage, fixes: Sequence[PageTextFix], problems: list[Problem]) -> ReadyPage:
    own = [fix for fix in fixes if fix.page_number == page.page_number]
    places: list[tuple[int, PageTextFix]] = []
    for fix in own:
        starts = [match.start() for match in re.finditer(re.escape(fix.wrong), page.text)]
        if fix.occurrence > len(starts):
            problems.append(
                Problem(
                    f"fixes/page_text.csv {fix.sha256[:12]} page {fix.page_number}",
                    "wrong",
                    f"{fix.wrong!r} {len(starts)} time(s) on the page",
                    f"occurrence {fix.occurrence}",
                    "The text of the page has changed: drop the fix or mend it",
                )
            )
            continue
        places.append((starts[fix.occurrence - 1], fix))
    text = page.text
    for start, fix in sorted(places, key=lambda place: place[0], reverse=True):
        text = text[:start] + fix.right + text[start + len(fix.wrong) :]
    return page if text == page.text else replace(page, text=text)
