"""One run at a time: a lock on a file that goes with the process that holds it.

A POSIX lock (`fcntl.lockf`) belongs to the process alone. With `fcntl.flock` the workers of a pool
would go on holding it after their parent was killed.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.errors import ArchiveError

_here: set[Path] = set()  # locks that this process holds: to itself a POSIX lock says nothing
_guard = threading.Lock()


@contextmanager
def alone(lock: Path, seen: str) -> Iterator[None]:
    """Hold the file ``lock`` while the block runs.

    Raises `ArchiveError` at once where another run holds it; ``seen`` says what that one is doing.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    place = lock.resolve()
    with _guard:
        if place in _here:
            raise _taken(lock, seen)
        _here.add(place)
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            try:
                fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise _taken(lock, seen) from error
            yield
        finally:
            os.close(handle)
    finally:
        with _guard:
            _here.discard(place)


@contextmanager
def turn(lock: Path, *, shared: bool = False) -> Iterator[None]:
    """Wait for the turn on the file ``lock``, alone or (``shared``) with others who ask so.

    Between processes. In a folder that cannot be written to nobody takes turns.
    """
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        yield
        return
    try:
        fcntl.lockf(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _taken(lock: Path, seen: str) -> ArchiveError:
    remedy = "Wait until it has ended and run again"
    return ArchiveError.single(str(lock.parent), "", seen, "one at a time", remedy)
