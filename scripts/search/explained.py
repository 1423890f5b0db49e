"""The explainer's pages for the search index, read from their Markdown."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_HEADING = re.compile(r"^# +(.+?)(?: *\{.*\})?$", re.M)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
_LEFT_OUT = re.compile(
    r"\{\{.*?\}\}|<!--.*?-->|<[^>]+>|^```.*?^```$|^ *\|?[-:| ]+\|[-:| ]*$", re.S | re.M
)
_FIGURE = re.compile(r"\{\{\s*figure:([a-z0-9-]+)(?:[| ]([a-z]+))?\s*\}\}")
_QUALIFIERS = {"about": "about ", "at-least": "at least ", "at-most": "at most "}
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)(?:\{[^}]*\})?")
_SIGNS = re.compile(r"[*_`#>|]+|\{[^}\n]*\}")


@dataclass(frozen=True)
class ExplainedPage:
    """One page of prose: its address below the base, title, and words without markup."""

    path: str
    title: str
    text: str


def read_explained(docs: Path, figures: Mapping[str, str]) -> tuple[ExplainedPage, ...]:
    """Every Markdown page below ``docs`` that has a heading, by address; the home page left out.

    ``figures`` are the words that stand for each figure (`figure_words`): without them a sentence
    has a hole where its number was.
    """
    pages = []
    for file in sorted(docs.rglob("*.md")):
        text = _FRONT_MATTER.sub("", file.read_text(encoding="utf-8"))
        heading = _HEADING.search(text)
        path = page_address(file.relative_to(docs))
        if heading is not None and path != "/":
            words = plain_words(text, figures)
            pages.append(ExplainedPage(path, plain_words(heading[1], figures), words))
    return tuple(pages)


def page_address(file: Path) -> str:
    """Where MkDocs puts a page: ``learn/cite.md`` at ``/learn/cite/``."""
    parts = [*file.parts[:-1], *([] if file.stem == "index" else [file.stem])]
    return "/" + "".join(f"{part}/" for part in parts)


def figure_words(connection: sqlite3.Connection) -> dict[str, str]:
    """By identifier, a figure as it reads in a sentence: ``1,797 agreements``.

    With `` value`` behind the identifier, without its unit.
    """
    words: dict[str, str] = {}
    for name, value, qualifier, unit in connection.execute(
        "select id, coalesce(value, ''), qualifier, coalesce(unit, '') from figures order by id"
    ):
        words[name] = _spell(value, qualifier, unit)
        bare = "date" if unit == "date" else ""
        words[f"{name} value"] = _spell(value, qualifier, bare)
    return words


def _spell(value: str, qualifier: str | None, unit: str) -> str:
    number = f"{int(value):,}" if re.fullmatch(r"-?\d+", value) else value
    if unit == "date":
        return value
    if unit.startswith("USD"):
        number, unit = f"${number}", unit.removeprefix("USD").strip()
    return " ".join(f"{_QUALIFIERS.get(qualifier or '', '')}{number} {unit}".split())


def plain_words(markdown: str, figures: Mapping[str, str] | None = None) -> str:
    """Words of Markdown, without markup, figures as words or left out where they are not known."""

    def figure(found: re.Match[str]) -> str:
        name = f"{found[1]} value" if found[2] == "value" else found[1]
        return (figures or {}).get(name, "")

    text = _LINK.sub(r"\1", _LEFT_OUT.sub(" ", _FIGURE.sub(figure, markdown)))
    return "\n".join(
        line
        for line in (" ".join(_SIGNS.sub(" ", part).split()) for part in text.split("\n"))
        if line
    )
