"""The cache of what was read from a source: one JSON file per SHA-256 and reader's version.

It is local, never published, and may be thrown away at any time.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

from scripts.sources.pdf import EXTRACTOR_VERSION, PageText, read_pages


def cached_pages(path: Path, sha256: str, cache: Path) -> tuple[PageText, ...]:
    """Every page's embedded text of a held PDF, read once per SHA-256 and extractor version.

    Raises `ArchiveError` for a file that cannot be read; that is not cached.
    """
    place = cache_place(cache, sha256)
    try:
        rows = json.loads(place.read_text(encoding="utf-8"))
        return tuple(PageText(**row) for row in rows)
    except (OSError, ValueError, TypeError):
        pages = read_pages(path)
        _write(place, json.dumps([asdict(page) for page in pages], ensure_ascii=False))
        return pages


def cache_place(cache: Path, sha256: str) -> Path:
    """Where the text of a file lies in the cache folder."""
    return cache / f"text-{EXTRACTOR_VERSION}" / sha256[:2] / f"{sha256}.json"


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f"{place.name}.{os.getpid()}.tmp")
    aside.write_text(text, encoding="utf-8", errors="surrogatepass")
    os.replace(aside, place)
