"""Comparisons kept between builds, each under a key of all that it was made from."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from functools import cache
from pathlib import Path
from typing import Any, Literal

from scripts import paths

# Files below scripts/ that decide what a stage finds.
_WORDS = (
    "comparison/clauses.py",
    "comparison/described.py",
    "facts/memorandum.py",
    "facts/parties.py",
    "privacy/marks.py",
    "reading/paragraphs.py",
    "reading/words.txt",
)
_CODE = {
    "words": _WORDS,
    "draft": (
        *_WORDS,
        "comparison/forms.py",
        "comparison/joined_words.py",
        "comparison/templates.py",
    ),
    "differences": (
        *_WORDS,
        "comparison/deviations.py",
        "comparison/joined_words.py",
        "comparison/judging.py",
        "comparison/places.py",
    ),
}


@cache
def code_digest(stage: Literal["words", "draft", "differences"]) -> str:
    """Changes with the code of a stage of the comparison and with the dictionary."""
    scripts = paths.ROOT / "scripts"
    return digest_of([(scripts / name).read_text(encoding="utf-8") for name in _CODE[stage]])


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
