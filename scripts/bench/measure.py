"""What a section of measurements is, and how time is taken."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """What is measured on: held sources (``None`` where there are none), records, database."""

    sources: Path | None
    records: Path
    db: Path


@dataclass(frozen=True)
class Section:
    """One table: a title, column heads, rows of text, and remarks beneath."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Way:
    """One way of doing the same work on one item."""

    name: str
    does: str
    run: Callable[[Path], object]


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock, and of the processor in this process and its children."""

    wall: float
    cpu: float


def spent(work: Callable[[], object]) -> Spent:
    """What some work takes once."""
    wall, cpu = time.perf_counter(), _cpu()
    work()
    return Spent(time.perf_counter() - wall, _cpu() - cpu)


def compared(ways: Sequence[Way], items: Sequence[Path]) -> Mapping[str, float]:
    """Processor seconds that each way takes over all items, in turn on each item.

    Processor time and taking turns let a busy machine slow all ways alike: the ratio holds.
    """
    total = {way.name: 0.0 for way in ways}
    for way in ways:
        way.run(items[0])  # imports and caches are nobody's work
    for item in items:
        for way in ways:
            total[way.name] += spent(partial(way.run, item)).cpu
    return total


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
