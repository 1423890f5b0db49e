"""Comparisons kept between builds, each under a key of all that it was made from."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

_WORDS = ("clauses", "parties", "layout", "marks", "described")
_CODE = {
    "words": _WORDS,
    "draft": (*_WORDS, "templates", "forms", "spelling"),
    "differences": (*_WORDS, "spelling", "judging", "deviations", "places"),
}


@cache
def code_digest(stage: Literal["words", "draft", "differences"]) -> str:
    """Changes with the code of a stage of the comparison and with the dictionary."""
    here = Path(__file__)
    files = [here.with_name(f"{name}.py") for name in _CODE[stage]]
    files += [here.parents[1] / "sources" / name for name in ("memorandum.py", "words.txt")]
    return digest_of([file.read_text(encoding="utf-8") for file in files])


def digest_of(told: Any) -> str:
    """SHA-256 of a JSON value."""
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def load(folder: Path, key: str) -> Any:
    """What was kept under the key; ``None`` where there is nothing that can be read."""
    try:
        return json.loads(_place(folder, key).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def save(folder: Path, key: str, value: Any) -> None:
    """Keep a JSON value: written aside, then swapped in."""
    place = _place(folder, key)
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f"{place.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    aside.write_text(json.dumps(value, separators=(",", ":")), encoding="utf-8")
    os.replace(aside, place)


def _place(folder: Path, key: str) -> Path:
    return folder / "compared-2" / key[:2] / f"{key}.json"


@contextmanager
def progress(title: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar on stderr; nothing where there is nothing to do or nobody to see it."""
    console = Console(stderr=True)
    if total == 0 or not console.is_terminal:
        yield lambda: None
        return
    columns = (TextColumn(title), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
