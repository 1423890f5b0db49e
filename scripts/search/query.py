"""What a person typed into the search box, as an expression that the full-text index takes.

Words, "phrases", AND, OR, NOT, -word, prefix*, (groups) and field:value filters. Whatever is
typed gives a valid expression: what cannot be used is left out and named in a hint.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scripts.search.expression import And, Node, Not, Or, Term, compile_node, positive_terms
from scripts.search.folding import clean
from scripts.search.lexing import STOP_WORDS, Hint, Token, read_tokens
from scripts.search.variants import unify

MAX_CHARACTERS = 500
MAX_TOKENS = 64
MAX_DEPTH = 12


@dataclass(frozen=True)
class Query:
    """A query as understood: ``match`` is for FTS5 (``None``: nothing to look for)."""

    text: str
    match: str | None
    terms: tuple[Term, ...]  # what is looked for (not what is excluded), for highlighting
    hints: tuple[Hint, ...]
    parts: tuple[Node, ...] = ()  # of a query of words and filters alone, else empty


@dataclass
class _Reading:
    """One run of the parser: what is left to read, and the hints so far."""

    tokens: list[Token]
    hints: list[Hint] = field(default_factory=list)
    position: int = 0

    def peek(self) -> Token | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def take(self) -> Token:
        self.position += 1
        return self.tokens[self.position - 1]


def parse_query(text: str, states: Mapping[str, str]) -> Query:
    """The query as understood; never raises. ``states`` gives names by postal code."""
    hints: list[Hint] = []
    plain = unify(clean(text))
    if len(plain) > MAX_CHARACTERS:
        plain = plain[:MAX_CHARACTERS]
        hints.append(Hint("too-long"))
    tokens = list(read_tokens(plain, states, hints))
    if len(tokens) > MAX_TOKENS:
        tokens = tokens[:MAX_TOKENS]
        hints.append(Hint("too-long"))
    is_plain = all(token.what in ("term", "filter") for token in tokens)
    if is_plain:
        tokens = _without_stop_words(tokens)
    reading = _Reading(tokens, hints)
    parts: list[Node] = []
    while reading.peek() is not None:
        node = _either(reading, 0)
        if node is not None:
            parts.append(node)
        if (token := reading.peek()) is not None and token.what == "close":
            reading.take()
            hints.append(Hint("unbalanced-parenthesis", ")"))
    node = _all_of(parts)
    if node is None:
        hints.append(Hint("nothing-to-find"))
    return Query(
        text=plain,
        match=None if node is None else compile_node(node),
        terms=() if node is None else tuple(dict.fromkeys(positive_terms(node))),
        hints=tuple(dict.fromkeys(hints)),
        parts=tuple(parts[0].parts if len(parts) == 1 and isinstance(parts[0], And) else parts)
        if is_plain
        else (),
    )


def _without_stop_words(tokens: list[Token]) -> list[Token]:
    """Without words that carry nothing, as long as others are left."""
    kept = [
        token
        for token in tokens
        if not (
            isinstance(token.node, Term)
            and not token.node.is_exact
            and len(token.node.words) == 1
            and token.node.words[0] in STOP_WORDS
        )
    ]
    return kept if any(token.what == "term" for token in kept) else tokens


def _all_of(parts: list[Node]) -> Node | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _either(reading: _Reading, depth: int) -> Node | None:
    parts: list[Node] = []
    while True:
        node = _each(reading, depth)
        if node is not None:
            parts.append(node)
        token = reading.peek()
        if token is None or token.what != "or":
            break
        reading.take()
        following = reading.peek()
        if node is None or following is None or following.what in ("or", "and", "close"):
            reading.hints.append(Hint("lone-operator", "OR"))
    if len(parts) > 1:
        return Or(tuple(parts))
    return parts[0] if parts else None


def _each(reading: _Reading, depth: int) -> Node | None:
    parts: list[Node] = []
    while (token := reading.peek()) is not None and token.what not in ("or", "close"):
        if token.what == "and":
            reading.take()
            following = reading.peek()
            if not parts or following is None or following.what in ("and", "or", "close"):
                reading.hints.append(Hint("lone-operator", "AND"))
            continue
        node = _single(reading, depth)
        if node is not None:
            parts.append(node)
    return _all_of(parts)


def _single(reading: _Reading, depth: int) -> Node | None:
    token = reading.take()
    if token.what == "not":
        following = reading.peek()
        if following is None or following.what in ("and", "or", "close"):
            reading.hints.append(Hint("lone-operator", "NOT"))
            return None
        node = _single(reading, depth)
        if node is None:
            return None
        return node.part if isinstance(node, Not) else Not(node)
    if token.what == "open":
        return _group(reading, depth)
    return token.node


def _group(reading: _Reading, depth: int) -> Node | None:
    if depth >= MAX_DEPTH:
        reading.hints.append(Hint("unbalanced-parenthesis", "("))
        return None
    node = _either(reading, depth + 1)
    token = reading.peek()
    if token is not None and token.what == "close":
        reading.take()
    else:
        reading.hints.append(Hint("unbalanced-parenthesis", "("))
    return node
