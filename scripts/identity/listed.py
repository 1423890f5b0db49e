"""Which readings stand on which list."""

from __future__ import annotations

from collections.abc import Iterable

from scripts.identity.readings import Reading
from scripts.lists.timeline import KINDS, Timeline
from scripts.records.models.base import ListKind

ListedRows = dict[ListKind, list[list[Reading]]]


def stand_readings(readings: Iterable[Reading], timeline: Timeline) -> ListedRows:
    """For each kind and list, the readings that it prints, in order of listing number."""
    standing: ListedRows = {kind: [[] for _ in timeline.of_kind[kind]] for kind in KINDS}
    for reading in readings:
        lists = standing[reading.kind]
        for position in range(reading.first, reading.last + 1):
            lists[position].append(reading)
    return standing
