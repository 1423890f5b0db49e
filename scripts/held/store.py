"""The held files: what lies below a folder of sources, told apart by content, named by SHA-256."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from scripts import paths

Media = Literal["workbook", "pdf", "other"]

_ENDINGS: dict[str, Media] = {".xlsx": "workbook", ".pdf": "pdf"}
_WHAT: dict[Media, str] = {"workbook": "an Excel workbook", "pdf": "a PDF", "other": "neither"}
_CACHE_VERSION = 1
_PDF_HEAD = 1024  # a PDF may carry bytes before its mark, but not many (ISO 32000, annex H)


@dataclass(frozen=True)
class HeldFile:
    """One file below the folder of sources.

    ``media`` is what the file is by its content. ``reason`` is ``None`` for a sound file, and for
    a file that claims to be nothing of ours (a README); otherwise it says what is wrong with it.
    """

    path: Path
    sha256: str
    bytes: int
    media: Media
    reason: str | None


def find_held(folder: Path, cache: Path | None = None) -> tuple[HeldFile, ...]:
    """Every file below ``folder``, by content, sorted by SHA-256 and then path.

    Hashes are remembered in ``cache`` (a folder, by default ``build/cache``) under path, size and
    time of change, so that a second look reads nothing. Hidden files and the lock files that
    Excel leaves behind (``~$…``) are not sources.
    """
    memory = (cache or paths.CACHE) / "held.json"
    known = _remembered(memory)
    seen: dict[str, dict[str, object]] = {}
    found: list[HeldFile] = []
    for path in _files(folder):
        stat = path.stat()
        key = f"{path.resolve()}|{stat.st_size}|{stat.st_mtime_ns}"
        facts = known.get(key)
        held = _from_memory(path, facts) if facts else _look(path)
        seen[key] = {k: v for k, v in asdict(held).items() if k != "path"}
        found.append(held)
    if any(key not in known for key in seen):
        _remember(memory, known | seen)
    return tuple(sorted(found, key=lambda held: (held.sha256, str(held.path))))


def held_paths(folder: Path, cache: Path | None = None) -> dict[str, Path]:
    """Where each sound held file lies, by SHA-256; the first path where it lies twice."""
    by_hash: dict[str, Path] = {}
    for held in find_held(folder, cache):
        if held.media != "other":
            by_hash.setdefault(held.sha256, held.path)
    return by_hash


def what_it_is(path: Path) -> tuple[Media, str | None]:
    """What a file is by its content, and what is wrong with it (``None`` where nothing is)."""
    with path.open("rb") as stream:
        head = stream.read(_PDF_HEAD)
    claimed = _ENDINGS.get(path.suffix.lower())
    if not head:
        return "other", "an empty file" if claimed else None
    media, damage = _by_content(path, head)
    if damage:
        return media, damage
    if media == "other":
        return media, f"not {_WHAT[claimed]} inside" if claimed else None
    if path.suffix and claimed != media:
        return media, f"{_WHAT[media]} inside, though its name ends in {path.suffix}"
    return media, None


def _by_content(path: Path, head: bytes) -> tuple[Media, str | None]:
    if b"%PDF-" in head:
        return "pdf", None
    if not head.startswith(b"PK"):
        return "other", None
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            is_workbook = "[Content_Types].xml" in names and "xl/workbook.xml" in names
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        return "other", f"a damaged zip ({error})"
    if is_workbook:
        return "workbook", None
    return "other", "a zip that is no Excel workbook" if path.suffix.lower() == ".xlsx" else None


def _look(path: Path) -> HeldFile:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    media, reason = what_it_is(path)
    return HeldFile(path, digest, path.stat().st_size, media, reason)


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if not name.startswith((".", "~$")) and path.is_file():
                yield path


def _from_memory(path: Path, facts: dict[str, object]) -> HeldFile:
    return HeldFile(path=path, **facts)  # type: ignore[arg-type]


def _remembered(memory: Path) -> dict[str, dict[str, object]]:
    """The remembered facts by key; nothing where the memory is absent, old or damaged."""
    try:
        content = json.loads(memory.read_text(encoding="utf-8"))
        if content["version"] == _CACHE_VERSION:
            files: dict[str, dict[str, object]] = content["files"]
            return files
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return {}


def _remember(memory: Path, facts: dict[str, dict[str, object]]) -> None:
    memory.parent.mkdir(parents=True, exist_ok=True)
    aside = memory.with_name(f"{memory.name}.{os.getpid()}.tmp")
    aside.write_text(json.dumps({"version": _CACHE_VERSION, "files": facts}), encoding="utf-8")
    os.replace(aside, memory)
