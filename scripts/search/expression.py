"""The parts of a query, and the full-text expression they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# Columns that words are looked for in; filters stand in the column `tags`.
COLUMNS = "{title names body}"


@dataclass(frozen=True)
class Term:
    """Words that must stand next to each other; the last may be the beginning of a word.

    ``variants`` are other spellings of the same (``sheriffs``, ``sheriff's``), each as words.
    """

    words: tuple[str, ...]
    is_prefix: bool = False
    variants: tuple[tuple[str, ...], ...] = ()
    is_exact: bool = False  # in quotation marks: never left out


@dataclass(frozen=True)
class Filter:
    """Words of the index's ``tags`` column, any of which will do."""

    tags: tuple[str, ...]


@dataclass(frozen=True)
class And:
    """All of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    """Any of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    """Not this."""

    part: Node


Node = Term | Filter | And | Or | Not


def compile_node(node: Node) -> str:
    """The FTS5 expression of a node; every word in it is quoted."""
    if isinstance(node, Term):
        return f"({COLUMNS} : ({' OR '.join(_phrases(node))}))"
    if isinstance(node, Filter):
        return f"(tags : ({' OR '.join(_quote([tag]) for tag in node.tags)}))"
    if isinstance(node, Or):
        return f"({' OR '.join(compile_node(part) for part in node.parts)})"
    if isinstance(node, Not):
        return f'((tags : "any") NOT {compile_node(node.part)})'
    wanted = [compile_node(part) for part in node.parts if not isinstance(part, Not)]
    expression = " AND ".join(wanted) if wanted else 'tags : "any"'
    for part in node.parts:
        if isinstance(part, Not):
            expression = f"({expression}) NOT {compile_node(part.part)}"
    return f"({expression})"


def _phrases(term: Term) -> Iterator[str]:
    for words in (term.words, *term.variants):
        yield _quote(words) + (" *" if term.is_prefix else "")


def _quote(words: tuple[str, ...] | list[str]) -> str:
    return '"' + " ".join(words).replace('"', '""') + '"'


def positive_terms(node: Node) -> Iterator[Term]:
    """What is looked for, not what is excluded."""
    if isinstance(node, Term):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from positive_terms(part)
