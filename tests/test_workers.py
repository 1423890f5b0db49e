"""Processes that share work end with the one that began them, however that ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Literal

import pytest

from scripts.workers import make_pool

BEGINS = """
import os, sys, time
from scripts.workers import make_pool
if __name__ == "__main__":
    with make_pool(2, start=sys.argv[1]) as pool:
        print(*{*pool.map(slow, [0.3] * 4)}, flush=True)
        time.sleep(60)
""".replace("if __name__", "def slow(t):\n    time.sleep(t)\n    return os.getpid()\n\nif __name__")


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_workers_of_a_killed_run_end(start: str, tmp_path: object) -> None:
    import pathlib

    script = pathlib.Path(str(tmp_path)) / "run.py"
    script.write_text(BEGINS, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(pathlib.Path(__file__).parents[1])}
    run = subprocess.Popen(
        [sys.executable, str(script), start], stdout=subprocess.PIPE, env=environment
    )
    assert run.stdout is not None
    workers = [int(number) for number in run.stdout.readline().split()]
    assert workers
    run.kill()
    run.wait()
    end = time.monotonic() + 10
    while any(map(_lives, workers)) and time.monotonic() < end:
        time.sleep(0.1)
    assert not any(map(_lives, workers))


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_work_is_done(start: Literal["fork", "spawn"]) -> None:
    with make_pool(2, start=start) as pool:
        assert list(pool.map(abs, range(-5, 0))) == [5, 4, 3, 2, 1]
