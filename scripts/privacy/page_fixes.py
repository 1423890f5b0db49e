"""Misreadings in page text, mended at their place from ``fixes/page_text.csv``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from scripts.errors import ArchiveError, Problem
from scripts.privacy.ready_pages import ReadyFile, ReadyFiles, ReadyPage
from scripts.privacy.spans import Span, replace_spans
from scripts.records.models.fixes import PageTextFix


def apply_fixes(ready: ReadyFiles, fixes: Sequence[PageTextFix]) -> ReadyFiles:
    """Mend misreadings in masked text. Raises `ArchiveError` for a fix that finds nothing.

    A page that still waits for optical reading keeps its fixes for later.
    """
    by_file: dict[str, list[PageTextFix]] = defaultdict(list)
    for fix in fixes:
        by_file[fix.sha256].append(fix)
    mended: dict[str, ReadyFile] = {}
    problems: list[Problem] = []
    for sha256, own in by_file.items():
        if sha256 in ready:
            file = ready[sha256]
            pages = tuple(_mend(page, own, problems) for page in file.pages)
            mended[sha256] = replace(file, pages=pages)
    if problems:
        raise ArchiveError(problems)
    return ready.with_changed(mended)


def _mend(page: ReadyPage, fixes: Sequence[PageTextFix], problems: list[Problem]) -> ReadyPage:
    own = [fix for fix in fixes if fix.page_number == page.page.page_number]
    if not own or page.page.is_waiting:
        return page
    spans: list[Span] = []
    for fix in own:
        starts = [match.start() for match in re.finditer(re.escape(fix.wrong), page.text)]
        if fix.occurrence > len(starts):
            problems.append(_unfounded(fix, len(starts)))
            continue
        start = starts[fix.occurrence - 1]
        spans.append(Span(start, start + len(fix.wrong), fix.right))
    lines, _ = replace_spans(page.page.lines, spans)
    return replace(page, page=replace(page.page, lines=lines))


def _unfounded(fix: PageTextFix, found: int) -> Problem:
    return Problem(
        f"fixes/page_text.csv {fix.sha256[:12]} page {fix.page_number}",
        "wrong",
        f"{fix.wrong!r} {found} time(s) on the page",
        f"occurrence {fix.occurrence}",
        "The text of the page has changed: drop the fix or mend it",
    )
