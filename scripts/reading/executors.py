"""Where the reading of files runs: on this machine, or on a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from scripts.errors import ArchiveError


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
