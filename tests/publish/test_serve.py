"""`serve`: builds what is needed, answers, starts again without building, shows what changed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts import paths
from tests.sample_site import write_site_records

AGENCY = "agencies/fl-florida-highway-patrol/"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def arguments(folder: Path, port: int) -> list[str]:
    places = {"records": "records", "db": "archive.db", "explainer": "explainer"}
    options = [part for name, place in places.items() for part in (f"--{name}", folder / place)]
    return [sys.executable, "-m", "scripts", "serve", "--port", str(port), *map(str, options)]


@contextmanager
def served(folder: Path, port: int) -> Iterator[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("ARCHIVE_SOURCES", "SITE_URL")}
    process = subprocess.Popen(
        arguments(folder, port),
        cwd=paths.ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        wait_for(address, process)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def wait_for(address: str, process: subprocess.Popen[str]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail(process.stdout.read() if process.stdout else "it ended")
        try:
            urllib.request.urlopen(f"{address}healthz", timeout=5).read()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    pytest.fail("no answer within two minutes")


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        text: str = answer.read().decode()
        return text


def test_serves_starts_again_without_building_and_shows_a_change(tmp_path: Path) -> None:
    records = write_site_records(tmp_path / "records")
    port = free_port()
    with served(tmp_path, port) as address:
        assert "Who signed with ICE" in get(address)  # the explainer
        assert "Florida Highway Patrol" in get(address + AGENCY)  # a record
        assert "agencies" in get(address + "archive")  # Datasette
        assert f'href="{address}{AGENCY}"' in get(
            address + AGENCY
        )  # on the port that was asked for
    built = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    with served(tmp_path, port) as address:
        assert "Florida Highway Patrol" in get(address + AGENCY)
    again = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert again == built  # nothing was built
    table = records / "agencies.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("Florida Highway Patrol", "Highway Patrol of Florida"))
    with served(tmp_path, port) as address:
        assert "Highway Patrol of Florida" in get(address + AGENCY)


def test_a_port_in_use_is_said_before_anything_is_built(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            arguments(tmp_path, taken.getsockname()[1]),
            cwd=paths.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "make serve PORT=" in done.stderr
    assert not (tmp_path / "archive.db").exists()
