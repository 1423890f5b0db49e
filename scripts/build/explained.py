"""The explainer's pages for the search index, read from their Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_HEADING = re.compile(r"^# +(.+?)(?: *\{.*\})?$", re.M)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
_LEFT_OUT = re.compile(
    r"\{\{.*?\}\}|<!--.*?-->|<[^>]+>|^```.*?^```$|^ *\|?[-:| ]+\|[-:| ]*$", re.S | re.M
)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)(?:\{[^}]*\})?")
_SIGNS = re.compile(r"[*_`#>|]+|\{[^}\n]*\}")


@dataclass(frozen=True)
class ExplainedPage:
    """One page of prose: its address below the base, title, and words without markup."""

    path: str
    title: str
    text: str


def read_explained(docs: Path) -> tuple[ExplainedPage, ...]:
    """Every Markdown page below ``docs`` that has a heading, by address; the home page left out."""
    pages = []
    for file in sorted(docs.rglob("*.md")):
        text = _FRONT_MATTER.sub("", file.read_text(encoding="utf-8"))
        heading = _HEADING.search(text)
        path = page_address(file.relative_to(docs))
        if heading is not None and path != "/":
            pages.append(ExplainedPage(path, plain_words(heading[1]), plain_words(text)))
    return tuple(pages)


def page_address(file: Path) -> str:
    """Where MkDocs puts a page: ``learn/cite.md`` at ``/learn/cite/``."""
    parts = [*file.parts[:-1], *([] if file.stem == "index" else [file.stem])]
    return "/" + "".join(f"{part}/" for part in parts)


def plain_words(markdown: str) -> str:
    """Words of Markdown, without markup and references to figures."""
    text = _LINK.sub(r"\1", _LEFT_OUT.sub(" ", markdown))
    return "\n".join(
        line
        for line in (" ".join(_SIGNS.sub(" ", part).split()) for part in text.split("\n"))
        if line
    )
