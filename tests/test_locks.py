"""One run at a time, and a lock that no child of a killed run goes on holding."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.errors import ArchiveError
from scripts.locks import alone

HOLDS = """
import sys, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from scripts.locks import alone
fork = get_context("fork")
with alone(Path(sys.argv[1]), "busy"), ProcessPoolExecutor(2, mp_context=fork) as pool:
    list(pool.map(abs, range(4)))
    print("holds", flush=True)
    pool.submit(time.sleep, 5)
    time.sleep(60)
"""


def test_in_one_process_it_is_held_once(tmp_path: Path) -> None:
    lock = tmp_path / "new" / ".lock"
    with alone(lock, "busy"):
        with pytest.raises(ArchiveError, match="busy"), alone(lock, "busy"):
            pass
        with alone(tmp_path / "other", "busy"):
            pass
    with alone(lock, "busy"):
        pass


def test_a_killed_run_holds_nothing_though_its_workers_live(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    run = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(lock)], stdout=subprocess.PIPE, start_new_session=True
    )
    assert run.stdout is not None
    assert run.stdout.readline() == b"holds\n"
    with pytest.raises(ArchiveError, match="busy"), alone(lock, "busy"):
        pass
    run.kill()
    run.wait()
    try:
        with alone(lock, "busy"):
            pass
    finally:
        os.killpg(run.pid, signal.SIGKILL)
