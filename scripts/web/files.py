"""The explainer's files (and the theme's own), found for a path without leaving their folder."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from scripts import paths

STATIC = paths.ROOT / "overrides" / "static"  # the theme's own, where no explainer is built
HIDDEN = frozenset({"shell.html", "404.html"})
_HASHED = re.compile(r"(?:^|\.)[0-9a-f]{8,}\.")
_PICTURE = re.compile(r"pictures/[0-9a-f]{2}/[0-9a-f]{32}\.(?:webp|json)")
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".webp": "image/webp",
    ".wasm": "application/wasm",
}


@dataclass(frozen=True)
class Found:
    """A file to send, or (``is_folder``) a folder that wants a trailing slash."""

    path: Path
    is_folder: bool = False

    @property
    def content_type(self) -> str:
        """By the ending; anything unknown is bytes."""
        guess = mimetypes.guess_type(self.path.name)[0] or "application/octet-stream"
        return _TYPES.get(self.path.suffix, guess)

    @property
    def headers(self) -> Mapping[str, str]:
        """Validator and how long it may be kept: named by content for good, else ask again."""
        facts = self.path.stat()
        is_named_by_content = bool(_HASHED.search(self.path.name))
        keep = "public, max-age=31536000, immutable" if is_named_by_content else "no-cache"
        return {"etag": f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"', "cache-control": keep}


def find_file(explainer: Path | None, path: str) -> Found | None:
    """The file at ``path`` below the base address; a folder stands for its ``index.html``.

    A path that no file can have, because a part of it is too long for a name, has none.
    """
    try:
        return _find(explainer, path)
    except OSError:
        return None


def _find(explainer: Path | None, path: str) -> Found | None:
    relative = unquote(path).lstrip("/")
    if "\0" in relative or "\\" in relative or relative in HIDDEN:
        return None
    found = None if explainer is None else _find_below(explainer, relative)
    if found is None and relative.startswith("static/"):
        found = _find_below(STATIC, relative.removeprefix("static/"))
    if found is None and _PICTURE.fullmatch(relative):
        found = _find_below(paths.pictures_folder(), relative.removeprefix("pictures/"))
    return found


def _find_below(folder: Path, relative: str) -> Found | None:
    whole = (folder / relative).resolve()
    if not whole.is_relative_to(folder.resolve()):
        return None
    if whole.is_file() and not relative.endswith("/"):
        return Found(whole)
    index = whole / "index.html"
    if index.is_file():
        return Found(index, is_folder=relative != "" and not relative.endswith("/"))
    return None
