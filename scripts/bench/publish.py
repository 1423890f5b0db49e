"""The explainer's build, the static site, a walk of its links, and a server's second start."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from scripts.bench.measure import Section, Setting, Spent, spent
from scripts.explainer.building import build_explainer
from scripts.publish.freeze import freeze
from scripts.publish.links import find_broken_links

_BASE = "http://127.0.0.1:8001/"
_COLUMNS = ("work", "gives", "seconds", "CPU seconds")


def sections(setting: Setting) -> Iterator[Section]:
    """The table of this room; none without a built database."""
    if setting.db.is_file():
        yield publishing(setting)


def publishing(setting: Setting) -> Section:
    """On the database that was built last, into a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as place:
        explainer, site = Path(place, "explainer"), Path(place, "site")
        rows = [
            _row(
                "explainer", "every page of docs/", spent(lambda: _explain(setting.db, explainer))
            ),
            _row("explainer again", "nothing", spent(lambda: _explain(setting.db, explainer))),
        ]
        taken = spent(lambda: freeze(setting.db, explainer, site, _BASE))
        pages = sum(1 for _ in site.rglob("*.html"))
        rows.append(_row("static site", f"{pages:,} pages and their other forms", taken))
        walked: list[tuple[int, int]] = []
        taken = spent(lambda: walked.append(_walk(site)))
        gives = f"{walked[0][0]:,} links, {walked[0][1]:,} broken"
        rows.append(_row("walk of its links", gives, taken))
        rows.append(_row("serve, nothing changed", "an answer", _second_start(setting, explainer)))
    return Section("Publishing", _COLUMNS, tuple(rows))


def _row(work: str, gives: str, taken: Spent) -> tuple[str, ...]:
    return (work, gives, f"{taken.wall:.1f}", f"{taken.cpu:.1f}")


def _explain(db: Path, explainer: Path) -> None:
    build_explainer(db, explainer)


def _walk(site: Path) -> tuple[int, int]:
    count, problems = find_broken_links(site, _BASE)
    return count, len(problems)


def _second_start(setting: Setting, explainer: Path) -> Spent:
    """From the command to the first answer, with database and explainer as they are."""
    places = {"--records": setting.records, "--db": setting.db, "--explainer": explainer}
    options = [str(part) for pair in places.items() for part in pair]
    _answer_once(options)  # with this port in the explainer's addresses
    return spent(lambda: _answer_once(options))


def _answer_once(options: list[str]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "scripts", "serve", "--port", str(port), *options]
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "SITE_URL": _BASE},
    ) as process:
        while process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).read()
                break
            except OSError:
                time.sleep(0.02)
        process.send_signal(signal.SIGINT)
