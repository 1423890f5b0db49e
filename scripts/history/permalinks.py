"""Addresses: every record's own, kept alive for good.

``permalinks.csv`` holds one row for each agency, agreement, document and list, and for whatever
else has an address of its own. The pages of a document have none of their own there: they are
implied by the document's row, and the number of its pages must never shrink.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scripts.records.models.addresses import Permalink


def address(kind: str, identifier: str) -> str:
    """The path of a record: ``/agencies/fl-florida-highway-patrol/``."""
    return f"/{kind}/{identifier}/"


def update_permalinks(
    known: Iterable[Permalink],
    current: Iterable[str],
    moved: Mapping[str, Sequence[str]],
    reason: str,
) -> tuple[Permalink, ...]:
    """The addresses after a run: all known ones, and those that are new.

    ``current`` are the paths of all records that there are; ``moved`` names successors of paths
    that are no more. A path that is gone without successor is withdrawn.
    """
    now = set(current)
    rows = {row.path: row for row in known}
    for path, row in list(rows.items()):
        if path in now:
            rows[path] = Permalink(path=path, status="current", target=None, reason=None)
        elif moved.get(path):
            target = " ".join(sorted(moved[path]))
            rows[path] = Permalink(path=path, status="moved", target=target, reason=reason)
        elif row.status == "current":
            rows[path] = Permalink(path=path, status="withdrawn", target=None, reason=reason)
    for path in now - rows.keys():
        rows[path] = Permalink(path=path, status="current", target=None, reason=None)
    return tuple(rows[path] for path in sorted(rows))


def used_identifiers(known: Iterable[Permalink], kind: str) -> frozenset[str]:
    """Every identifier of a kind of record that ever had an address."""
    prefix = f"/{kind}/"
    return frozenset(
        row.path.removeprefix(prefix).strip("/") for row in known if row.path.startswith(prefix)
    )
