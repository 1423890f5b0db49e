"""The store's manifest: where each kept file came from, when, and with which headers."""

from __future__ import annotations

import email.message
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from scripts.errors import ArchiveError

MANIFEST = "manifest.jsonl"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST = 150


@dataclass(frozen=True)
class Fetched:
    """One file as it was had once.

    ``address`` is the publisher's; ``archived_address`` the capture from which it came instead,
    if it did. ``fetched_at`` is UTC, ISO 8601; ``headers`` are those that tell of the file.
    """

    address: str
    archived_address: str | None
    fetched_at: str
    status: int
    sha256: str
    bytes: int
    file_name: str
    headers: Mapping[str, str]


def read_manifest(store: Path) -> tuple[Fetched, ...]:
    """All entries, the oldest first. A last line that a crash cut off is passed over.

    Raises `ArchiveError` for a line that is damaged otherwise.
    """
    path = store / MANIFEST
    if not path.exists():
        return ()
    whole = path.read_text(encoding="utf-8").rpartition("\n")[0]
    entries = []
    for number, line in enumerate(whole.splitlines(), 1):
        try:
            entries.append(Fetched(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise ArchiveError.single(
                f"{MANIFEST}:{number}", "", line[:80], f"an entry as JSON ({error})"
            ) from error
    return tuple(entries)


def add_to_manifest(store: Path, entry: Fetched) -> None:
    """Append one entry, in place of a line that a crash cut off."""
    store.mkdir(parents=True, exist_ok=True)
    with (store / MANIFEST).open("a+b") as stream:
        stream.seek(0)
        content = stream.read()
        stream.truncate(content.rfind(b"\n") + 1)
        line = json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True)
        stream.write(line.encode() + b"\n")


def stored_path(store: Path, sha256: str, file_name: str) -> Path:
    """Where a file is kept: below its hash, under the name with which it was published.

    The name is evidence (it carries a list's date), so the same bytes under two names are kept
    under both.
    """
    return store / sha256[:2] / sha256 / file_name


def published_name(address: str) -> str:
    """The file name at the end of an address, safe on every file system."""
    name = unquote(urlsplit(address).path).rsplit("/", 1)[-1]
    name = _UNSAFE.sub("_", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    return (f"{stem[:_LONGEST]}{dot}{ending[:10]}" if dot else name[:_LONGEST]) or "unnamed"


def name_in_headers(headers: Mapping[str, str]) -> str | None:
    """The file name in a Content-Disposition header (RFC 6266), safe on every file system."""
    message = email.message.Message()
    message["content-disposition"] = headers.get("content-disposition", "")
    name = message.get_filename()
    return published_name(quote(name.replace("\\", "/").rsplit("/", 1)[-1])) if name else None


def newest_entries(store: Path) -> dict[tuple[str, str], Fetched]:
    """Where every kept file came from, by SHA-256 and file name; the last time that it was had."""
    return {(entry.sha256, entry.file_name): entry for entry in read_manifest(store)}
