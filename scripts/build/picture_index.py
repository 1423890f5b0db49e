"""The list of page pictures that a folder holds: ``index.json`` beside them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

INDEX = "index.json"
Drawn = Mapping[int, tuple[str, str]]  # page number to file names of picture and words


def read_index(folder: Path, made_with: str) -> dict[str, dict[int, tuple[str, str]]]:
    """Pictures by SHA-256 of the file and page; none where they were made with other masking."""
    try:
        content = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if content.get("made_with") != made_with:
        return {}
    return {
        sha256: {int(number): (names[0], names[1]) for number, names in pages.items()}
        for sha256, pages in content["files"].items()
    }


def write_index(folder: Path, made_with: str, files: Mapping[str, Drawn]) -> None:
    """Write the list, aside first."""
    content = {
        "made_with": made_with,
        "files": {
            sha256: {str(number): list(names) for number, names in sorted(pages.items())}
            for sha256, pages in sorted(files.items())
        },
    }
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{INDEX}.{os.getpid()}.tmp"
    aside.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    os.replace(aside, folder / INDEX)


def picture_path(folder: Path, name: str) -> Path:
    """Where a picture or its words lie: ``<first two digits>/<name>``, on disk as in addresses."""
    return folder / name[:2] / name
