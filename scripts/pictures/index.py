"""The list of page pictures that a folder holds: ``index.json`` beside them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

INDEX = "index.json"
Drawn = Mapping[int, tuple[str, str]]  # page number to file names of picture and words
_NAME = re.compile(r"[0-9a-f]{32}\.(?:webp|json)")


@dataclass(frozen=True)
class PictureIndex:
    """Files that were drawn, and those of them of which pages wait to be read by eye."""

    files: Mapping[str, Drawn] = field(default_factory=dict)  # by SHA-256 of the file
    waiting: frozenset[str] = frozenset()


def read_pictures(folder: Path, made_with: str) -> PictureIndex:
    """What a folder holds; nothing where it was made with other masking."""
    try:
        content = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return PictureIndex()
    if content.get("made_with") != made_with:
        return PictureIndex()
    files = {
        sha256: {int(number): (names[0], names[1]) for number, names in pages.items()}
        for sha256, pages in content["files"].items()
    }
    return PictureIndex(files, frozenset(content.get("waiting", ())))


def read_index(folder: Path, made_with: str) -> dict[str, Drawn]:
    """Pictures by SHA-256 of the file and page; none where they were made with other masking."""
    return dict(read_pictures(folder, made_with).files)


def write_index(
    folder: Path, made_with: str, files: Mapping[str, Drawn], waiting: Iterable[str] = ()
) -> None:
    """Write the list, aside first."""
    content = {
        "made_with": made_with,
        "waiting": sorted(waiting),
        "files": {
            sha256: {str(number): list(names) for number, names in sorted(pages.items())}
            for sha256, pages in sorted(files.items())
        },
    }
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{INDEX}.{os.getpid()}.tmp"
    aside.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    os.replace(aside, folder / INDEX)


def is_whole(folder: Path, pages: Drawn) -> bool:
    """Whether every picture that is listed for a file is there."""
    return all(picture_path(folder, name).is_file() for names in pages.values() for name in names)


def remove_unlisted(folder: Path, files: Mapping[str, Drawn]) -> int:
    """Remove pictures and words that no file lists: drawn with other masking; gives their number.

    A picture that is covered less than the masking now asks must not stay where it can be fetched
    by its name.
    """
    listed: Collection[str] = {
        name for pages in files.values() for names in pages.values() for name in names
    }
    stale = [
        path
        for path in folder.glob("[0-9a-f][0-9a-f]/*")
        if _NAME.fullmatch(path.name) and path.name not in listed
    ]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def picture_path(folder: Path, name: str) -> Path:
    """Where a picture or its words lie: ``<first two digits>/<name>``, on disk as in addresses."""
    return folder / name[:2] / name
