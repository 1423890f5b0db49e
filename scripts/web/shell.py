"""The page that record pages and Datasette's pages wear, cut from what MkDocs built.

``overrides/shell.html`` carries marks where a title, head and content go. Its links begin with
``./``; they are rewritten for the depth at which the page stands. Where the explainer is not
built (or by a generator without static templates), a committed fallback serves.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scripts import paths

FALLBACK = Path(__file__).parent / "templates" / "shell.html"
NAME = "shell.html"

_MARKS = re.compile(
    r"<!--archive:title-->|<!--archive:head-->|<!--archive:content-->"
    r"|<!--archive:newest-->.*?<!--/archive:newest-->",
    re.S,
)
_ORDER = ("title", "head", "content", "newest")
_LOCAL = re.compile(r'((?:href|src|action)=")\./')


@dataclass(frozen=True)
class Shell:
    """The shell's pieces: before the title, and after title, head, content and newest list."""

    pieces: tuple[str, str, str, str, str]

    def at(self, root: str) -> Shell:
        """The shell with links that begin at ``root`` (``../../`` or ``/287g/``)."""
        start, *rest = (
            _LOCAL.sub(lambda match: match[1] + root, piece.replace('="./."', '="./"'))
            for piece in self.pieces
        )
        title, head, content, newest = rest
        return Shell((start, title, head, content, newest))

    def wrap(self, title: str, head: str, content: str, newest: str) -> str:
        """A whole page. ``title`` is text; the others are HTML."""
        filled = (html.escape(title, quote=False), head, content, newest, "")
        return "".join(
            piece + part for piece, part in zip(self.pieces, filled, strict=True)
        ).lstrip()


def cut_shell(text: str) -> Shell:
    """The shell in ``text``. Raises `ValueError` where a mark is missing or out of order."""
    names = tuple(
        match[0].removeprefix("<!--archive:").split("-")[0] for match in _MARKS.finditer(text)
    )
    if names != _ORDER:
        raise ValueError(f"the shell has the marks {names}; expected {_ORDER}")
    start, title, head, content, newest = _MARKS.split(text)
    return Shell((start, title, head, content, newest))


def read_shell(explainer: Path | None) -> Shell:
    """The shell of the built explainer, or the committed one where it is not built."""
    built = explainer / NAME if explainer is not None else FALLBACK
    path = built if built.is_file() else FALLBACK
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, changed: int) -> Shell:
    return cut_shell(path.read_text(encoding="utf-8"))


def write_fallback(built: Path) -> None:
    """Keep the built shell as the committed one, without what only MkDocs brings."""
    text = re.sub(r'\s*<link rel="stylesheet" href="./assets/[^>]*>', "", built.read_text("utf-8"))
    text = re.sub(r"(<!--archive:newest-->).*?(<!--/archive:newest-->)", r"\1\2", text, flags=re.S)
    lines = (line.rstrip() for line in text.splitlines())
    FALLBACK.write_text("\n".join(line for line in lines if line) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_fallback(paths.EXPLAINER / NAME)
