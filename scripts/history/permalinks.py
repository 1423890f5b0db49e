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
        if "#" in path:
            continue  # a place on a page; see `follow_anchors`
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


def follow_anchors(
    known: Iterable[Permalink], moved: Iterable[tuple[str, int, int]]
) -> tuple[Permalink, ...]:
    """The addresses with those of printed rows that a late list moved to another number.

    ``moved`` holds publication, number before and number now. An address that led to the number
    before leads to the one now, and one that stands again for its own row is current.
    """
    rows = {row.path: row for row in known}
    now = {
        f"/publications/{name}/#{had}": f"/publications/{name}/#{has}" for name, had, has in moved
    }
    for path, row in list(rows.items()):
        if "#" in path and row.status == "moved" and row.target in now:
            rows[path] = _leads_to(path, now[row.target])
    rows |= {path: _leads_to(path, target) for path, target in now.items()}
    for target in now.values():  # where a row has its own number back
        if target in rows:
            rows[target] = _leads_to(target, target)
    return tuple(rows[path] for path in sorted(rows))


def _leads_to(path: str, target: str) -> Permalink:
    if path == target:
        return Permalink(path=path, status="current", target=None, reason=None)
    reason = "a list found later stands between, or no longer does"
    return Permalink(path=path, status="moved", target=target, reason=reason)


def used_identifiers(known: Iterable[Permalink], kind: str) -> frozenset[str]:
    """Every identifier of a kind of record that ever had an address."""
    prefix = f"/{kind}/"
    return frozenset(
        row.path.removeprefix(prefix).strip("/") for row in known if row.path.startswith(prefix)
    )
