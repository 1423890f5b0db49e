"""Where work on files runs: in new processes on this machine, or on a Dask cluster."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from scripts.errors import ArchiveError
from scripts.workers import make_pool

_FEW = 8  # calls that are made in this process rather than in new ones

Submit = Callable[[Callable[..., Any], Iterable[tuple[Any, ...]], int], Iterator[Any]]


@contextmanager
def dask_executor(address: str) -> Iterator[Executor]:
    """An executor on the Dask cluster whose scheduler answers at ``address``.

    Its workers need this project, and the sources and the cache under the same paths. Raises
    `ArchiveError` where ``distributed`` is not installed or nobody answers.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise ArchiveError.single(
            "--dask", "", "no Dask here", "the package distributed", "pip install distributed"
        ) from error
    try:
        client = distributed.Client(address, timeout="20s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ArchiveError.single("--dask", "", address, "a Dask scheduler that answers") from error
    with client:
        executor: Executor = client.get_executor(pure=False)
        yield executor


@contextmanager
def workers(executor: Executor | None) -> Iterator[Submit]:
    """A way to make many calls: on ``executor``, or in new processes where there are many.

    It takes a function, its calls, which are made ready only when they are sent, and their number.
    The processes are started at the first need and ended with the block.
    """
    count = os.cpu_count() or 1
    pool: ProcessPoolExecutor | None = None

    def run(
        work: Callable[..., Any], calls: Iterable[tuple[Any, ...]], total: int
    ) -> Iterator[Any]:
        nonlocal pool
        if executor is not None:
            return _submit(executor, work, calls, 2 * count)
        if total <= _FEW or count < 2:
            return (work(*call) for call in calls)
        if pool is None:
            pool = make_pool(count)
        return _submit(pool, work, calls, 2 * count)

    try:
        yield run
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def _submit(
    executor: Executor, work: Callable[..., Any], calls: Iterable[tuple[Any, ...]], most: int
) -> Iterator[Any]:
    waiting: deque[Future[Any]] = deque()
    for call in calls:
        if len(waiting) >= most:
            yield waiting.popleft().result()
        waiting.append(executor.submit(work, *call))
    while waiting:
        yield waiting.popleft().result()
