"""The promise that no link ever breaks: nothing that was published is gone."""

from __future__ import annotations

import os

from scripts.history.invariants import CheckResult
from scripts.records.earlier import Earlier
from scripts.records.models import Document, Permalink
from scripts.records.read import Records

_SHOWN = 5


def check_kept(records: Records, earlier: Earlier) -> CheckResult:
    """Every address and page that any commit published since the first release is there still.

    Where the commits cannot be told in full the check fails under ``CI=true`` and says so
    elsewhere. It is no part of the database, which must not depend on the commits at hand.
    """
    known = {row.path for row in records.rows(Permalink)}
    pages = {row.id: row.pages or 0 for row in records.rows(Document)}
    failures = [f"{address} is gone" for address in sorted(earlier.addresses - known)]
    failures += [
        f"{identifier} had {number} pages and has {pages[identifier]}"
        for identifier, number in sorted(earlier.pages.items())
        if identifier in pages and pages[identifier] < number
    ]
    if earlier.gap and os.environ.get("CI") == "true":
        failures.append(earlier.gap)
    remark = earlier.gap or (
        f"since {earlier.since[:12]}" if earlier.since else "nothing is released yet"
    )
    shown = [remark, *failures[:_SHOWN]]
    return CheckResult(
        "permalinks-kept",
        "Every address ever published is still known, and no document lost a page",
        len(earlier.addresses) + len(earlier.pages),
        len(failures),
        "; ".join(shown),
    )
