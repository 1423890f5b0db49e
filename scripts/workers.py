"""Processes that share work, and that end with the one which began them, however that ends."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, Literal

_LOOK = 0.5  # seconds between two looks at the parent


def make_pool(
    workers: int | None = None,
    *,
    start: Literal["fork", "spawn"] = "spawn",
    begin: Callable[..., None] | None = None,
    arguments: tuple[Any, ...] = (),
) -> ProcessPoolExecutor:
    """A pool of so many processes, by default one for each processor.

    Each calls ``begin(*arguments)`` first. A pool's processes wait for work for ever where the one
    that gives it was killed; these end then.
    """
    return ProcessPoolExecutor(
        workers or os.cpu_count() or 1,
        mp_context=get_context(start),
        initializer=_begin,
        initargs=(os.getpid(), begin, arguments),
    )


def _begin(parent: int, begin: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    if begin is not None:
        begin(*arguments)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)
