"""What a person typed into the search box, as an expression that the full-text index takes.

Words, "phrases", AND, OR, NOT, -word, prefix*, (groups) and field:value filters. Whatever is
typed gives a valid expression: what cannot be used is left out and named in a hint.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

MAX_CHARACTERS = 500
MAX_TOKENS = 64
MAX_DEPTH = 12
# Columns that words are looked for in; filters stand in the column `tags`.
COLUMNS = "{title names body}"

HintCode = Literal[
    "nothing-to-find",
    "lone-operator",
    "unclosed-quote",
    "unbalanced-parenthesis",
    "no-letters",
    "star-at-end",
    "star-needs-letters",
    "unknown-field",
    "unknown-value",
    "too-long",
]
HINTS: Mapping[HintCode, str] = {
    "nothing-to-find": "Type a word to look for.",
    "lone-operator": "AND, OR and NOT stand between words.",
    "unclosed-quote": "The quotation mark was closed at the end.",
    "unbalanced-parenthesis": "A parenthesis without its partner was left out.",
    "no-letters": "Only letters and digits are searched.",
    "star-at-end": "A star stands for any ending, at the end of a word.",
    "star-needs-letters": "A star needs at least two letters before it.",
    "unknown-field": "Fields are state, model, kind, status and provenance.",
    "unknown-value": "There is no such value.",
    "too-long": "Only the first words were used.",
}

FIELDS = ("kind", "state", "model", "status", "provenance")
KINDS: Mapping[str, tuple[str, ...]] = {
    "agency": ("agency",),
    "agreement": ("agreement",),
    "document": ("document", "page"),
    "memorandum": ("document", "page"),
    "page": ("page",),
    "excerpt": ("excerpt",),
    "figure": ("figure",),
    "payment": ("payment",),
    "publication": ("publication",),
    "list": ("publication",),
    "state": ("state",),
    "topic": ("topic",),
    "explainer": ("explainer",),
}
MODELS: Mapping[str, str] = {
    "jail": "jem",
    "jailenforcement": "jem",
    "jailenforcementmodel": "jem",
    "warrant": "wso",
    "warrantservice": "wso",
    "warrantserviceofficer": "wso",
    "taskforce": "tfm",
    "taskforcemodel": "tfm",
}
# Postal codes that are words too: taken for a state only where the rest is not in capitals.
WORD_CODES = frozenset({"IN", "OR", "ME", "OK", "HI", "OH", "PA", "MA", "LA", "ID", "DE", "AL"}) | {
    "CO",
    "MI",
    "MO",
}

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_LEXEME = re.compile(
    r"""
    (?P<negative>[-−](?=[^\s]))?
    (?:
      (?P<field>[^\W\d_]{3,20}):(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"()]+))
      | "(?P<phrase>[^"]*)(?P<close>"?)
      | (?P<paren>[()])
      | (?P<word>[^\s"()]+(?:\([^\s"()]*\)[^\s"()]*)*)
    )
    """,
    re.X,
)


@dataclass(frozen=True)
class Hint:
    """Something in the query that was left out or read otherwise; ``seen`` is what stood there."""

    code: HintCode
    seen: str = ""

    @property
    def text(self) -> str:
        """The hint in English."""
        return HINTS[self.code]


@dataclass(frozen=True)
class Term:
    """Words that must stand next to each other; the last may be the beginning of a word.

    ``variants`` are other spellings of the same (``sheriffs``, ``sheriff's``), each as words.
    """

    words: tuple[str, ...]
    is_prefix: bool = False
    variants: tuple[tuple[str, ...], ...] = ()


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


@dataclass(frozen=True)
class Query:
    """A query as understood: ``match`` is for FTS5 (``None``: nothing to look for)."""

    text: str
    match: str | None
    terms: tuple[Term, ...]  # what is looked for (not what is excluded), for highlighting
    hints: tuple[Hint, ...]


@dataclass(frozen=True)
class _Token:
    what: Literal["term", "filter", "and", "or", "not", "open", "close"]
    node: Node | None = None


@dataclass
class _Reading:
    """One run of the parser: what is left to read, and the hints so far."""

    tokens: list[_Token]
    hints: list[Hint] = field(default_factory=list)
    position: int = 0

    def peek(self) -> _Token | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def take(self) -> _Token:
        self.position += 1
        return self.tokens[self.position - 1]


def parse_query(text: str, states: Mapping[str, str]) -> Query:
    """The query as understood; never raises. ``states`` gives names by postal code."""
    hints: list[Hint] = []
    plain = clean(text)
    if len(plain) > MAX_CHARACTERS:
        plain = plain[:MAX_CHARACTERS]
        hints.append(Hint("too-long"))
    tokens = list(_tokens(plain, states, hints))
    if len(tokens) > MAX_TOKENS:
        tokens = tokens[:MAX_TOKENS]
        hints.append(Hint("too-long"))
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
        terms=() if node is None else tuple(dict.fromkeys(_positive(node))),
        hints=tuple(dict.fromkeys(hints)),
    )


def clean(text: str) -> str:
    """Text as it is searched: no control characters or lone surrogates, straight quotes, NFC."""
    text = text.encode("utf-8", "ignore").decode()
    text = re.sub(r"[“”„«»]", '"', unicodedata.normalize("NFC", text))
    text = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    return " ".join(text.split())


def fold(text: str) -> str:
    """Lower case without diacritics, as the index folds (``unicode61 remove_diacritics 2``)."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize(
        "NFC", "".join(sign for sign in parts if unicodedata.category(sign) != "Mn")
    )


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as the index sees them."""
    return tuple(_WORD.findall(fold(text)))


def filter_tag(name: str, value: str) -> str:
    """One filter as a word of the index (as `scripts.build.search.filter_tag` writes it)."""
    return re.sub(r"[^a-z0-9]", "", f"{name}{value}".lower())


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


def _positive(node: Node) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from _positive(part)


def _all_of(parts: list[Node]) -> Node | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _tokens(text: str, states: Mapping[str, str], hints: list[Hint]) -> Iterator[_Token]:
    is_all_capitals = text == text.upper()
    for match in _LEXEME.finditer(text):
        if match["paren"]:
            if match["negative"]:
                yield _Token("not")
            yield _Token("open" if match["paren"] == "(" else "close")
            continue
        if match["word"] in ("AND", "OR", "NOT") and not match["negative"]:
            yield _operator(match["word"])
            continue
        node = _atom(match, states, hints, is_all_capitals)
        if node is None:
            continue
        if match["negative"]:
            yield _Token("not")
        yield _Token("filter" if isinstance(node, Filter) else "term", node)


def _operator(word: str) -> _Token:
    return {"AND": _Token("and"), "OR": _Token("or"), "NOT": _Token("not")}[word]


def _atom(
    match: re.Match[str], states: Mapping[str, str], hints: list[Hint], is_all_capitals: bool
) -> Node | None:
    if match["field"]:
        return _field(match, states, hints)
    if match["phrase"] is not None:
        if not match["close"]:
            hints.append(Hint("unclosed-quote"))
        return _term(match["phrase"], hints, is_exact=True)
    word = match["word"]
    if word in states and not (is_all_capitals and word in WORD_CODES):
        return Or((Filter((filter_tag("state", word),)), _plain_code(word)))
    return _word(word, hints)


def _plain_code(code: str) -> Node:
    """A postal code as a word of a name; nothing more for codes that are words."""
    if code in WORD_CODES:
        return Filter((filter_tag("state", code),))
    return Term((code.lower(),))


def _word(word: str, hints: list[Hint]) -> Node | None:
    if "*" not in word:
        return _term(word, hints)
    stem = word.rstrip("*")
    if "*" in stem or stem == word:
        hints.append(Hint("star-at-end", word))
        return _term(word, hints)
    words = words_of(stem)
    if not words or len(words[-1]) < 2:
        hints.append(Hint("star-needs-letters", word))
        return Term(words) if words else None
    return Term(words, is_prefix=True)


def _term(text: str, hints: list[Hint], *, is_exact: bool = False) -> Term | None:
    """A word, or a phrase in quotation marks (``is_exact``), which stands as it was typed."""
    words = words_of(text)
    if not words:
        hints.append(Hint("no-letters" if text.strip() else "nothing-to-find", text))
        return None
    found = [*_spellings(text, words)]
    if not is_exact and len(words) == 1:
        found.extend((word,) for word in _numbers(words[0]))
    return Term(words, variants=tuple(dict.fromkeys(one for one in found if one != words)))


def _spellings(text: str, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """With and without apostrophe: O'Brien and OBrien, sheriff's and sheriffs."""
    joined = words_of(_APOSTROPHES.sub("", text))
    if joined != words:
        yield joined
        return
    split: list[str] = []
    for word in words:
        split.extend((word[:-1], "s") if _is_plural(word) else (word,))
    yield tuple(split)


def _numbers(word: str) -> Iterator[str]:
    """One and many: complaint and complaints, agency and agencies."""
    if len(word) < 4 or not word.isalpha():
        return
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
    elif _is_plural(word):
        yield word[:-1]
    elif word.endswith("y"):
        yield f"{word[:-1]}ies"
    elif not word.endswith("s"):
        yield f"{word}s"


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith("ss")


def _field(match: re.Match[str], states: Mapping[str, str], hints: list[Hint]) -> Node | None:
    name = match["field"].lower()
    value = match["quoted"] if match["quoted"] is not None else match["value"]
    if name not in FIELDS:
        text = f"{match['field']} {value}"
        if match["value"] and not value.startswith("/"):  # not the beginning of an address
            hints.append(Hint("unknown-field", f"{match['field']}:{value}"))
        return _term(text, hints)
    tags = resolve_filter(name, value, states)
    if not tags:
        hints.append(Hint("unknown-value", f"{name}:{value}"))
        return None
    return Filter(tags)


def resolve_filter(name: str, value: str, states: Mapping[str, str]) -> tuple[str, ...]:
    """Tags for a filter as a person writes it; empty where there is no such value."""
    plain = re.sub(r"[^a-z0-9]", "", fold(value))
    if not plain:
        return ()
    if name == "kind":
        return tuple(filter_tag("kind", kind) for kind in KINDS.get(plain, ()))
    if name == "model":
        return (filter_tag("model", MODELS.get(plain, plain)),)
    if name == "state":
        names = {re.sub(r"[^a-z]", "", fold(full)): code for code, full in states.items()}
        code = plain.upper() if plain.upper() in states else names.get(plain)
        return (filter_tag("state", code),) if code else ()
    return (filter_tag(name, plain),)


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
