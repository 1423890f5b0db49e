"""The lists in the order in which ICE published them, and windows of lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scripts.records.models.base import ListKind
from scripts.records.models.lists import Publication
from scripts.records.order import in_time_order

KINDS: tuple[ListKind, ...] = ("participating", "pending")


@dataclass(frozen=True)
class Timeline:
    """All lists of both kinds in order of time; positions count within a kind, from 0."""

    ordered: tuple[Publication, ...]
    of_kind: dict[ListKind, tuple[Publication, ...]]
    position: dict[str, int]

    def newest(self, kind: ListKind) -> int:
        """The position of the newest list of a kind; -1 where there is none."""
        return len(self.of_kind[kind]) - 1

    def window(self, kind: ListKind, first: str, last: str | None) -> tuple[int, int]:
        """The positions of a window's first and last list; ``None`` is the newest of the kind."""
        return self.position[first], self.newest(kind) if last is None else self.position[last]

    def last_id(self, kind: ListKind, position: int) -> str | None:
        """The identifier of a window's last list; ``None`` where that is the newest."""
        return None if position == self.newest(kind) else self.of_kind[kind][position].id


def make_timeline(publications: Iterable[Publication]) -> Timeline:
    """The timeline of some publications, in whatever order they come."""
    ordered = in_time_order(publications)
    of_kind: dict[ListKind, tuple[Publication, ...]] = {
        kind: tuple(p for p in ordered if p.kind == kind) for kind in KINDS
    }
    position = {p.id: i for kind in KINDS for i, p in enumerate(of_kind[kind])}
    return Timeline(ordered, of_kind, position)
