"""A query cut into words, phrases, operators and filters; what cannot be used gives a hint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from scripts.search.expression import And, Filter, Node, Or, Term
from scripts.search.folding import filter_tag, fold, words_of
from scripts.search.variants import query_forms, read_words

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
    "unknown-field": "Fields are state, county, agency, model, kind, status and provenance.",
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
PROVENANCES: Mapping[str, tuple[str, ...]] = {
    "leaked": ("leaked-record", "leaked-as-reported"),
    "official": ("official-record", "official-statement"),
    "press": ("press-report",),
    "court": ("court-record",),
}
STATUSES: Mapping[str, tuple[str, ...]] = {
    "ended": ("removed", "ended"),
    "terminated": ("removed", "ended"),
    "current": ("active",),
}
# Words that carry nothing beside others.
STOP_WORDS = read_words("stop")
# Postal codes that are words too: taken for a state only where the rest is not in capitals.
WORD_CODES = frozenset({"IN", "OR", "ME", "OK", "HI", "OH", "PA", "MA", "LA", "ID", "DE", "AL"}) | {
    "CO",
    "MI",
    "MO",
}

_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_NAMED_FIELDS = ("agency", "county")  # words of a name
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
class Token:
    """One piece of a query; ``node`` is what a word, phrase or filter looks for."""

    what: Literal["term", "filter", "and", "or", "not", "open", "close"]
    node: Node | None = None


def read_tokens(text: str, states: Mapping[str, str], hints: list[Hint]) -> Iterator[Token]:
    is_all_capitals = text == text.upper()
    for match in _LEXEME.finditer(text):
        if match["paren"]:
            if match["negative"]:
                yield Token("not")
            yield Token("open" if match["paren"] == "(" else "close")
            continue
        if match["word"] in ("AND", "OR", "NOT") and not match["negative"]:
            yield _operator(match["word"])
            continue
        node = _atom(match, states, hints, is_all_capitals)
        if node is None:
            continue
        if match["negative"]:
            yield Token("not")
        yield Token("filter" if isinstance(node, Filter) else "term", node)


def _operator(word: str) -> Token:
    return {"AND": Token("and"), "OR": Token("or"), "NOT": Token("not")}[word]


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
        found.extend(query_forms(words[0]))
    variants = tuple(dict.fromkeys(one for one in found if one != words))
    return Term(words, variants=variants, is_exact=is_exact)


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
    if name in _NAMED_FIELDS:
        term = _term(value, hints, is_exact=True)
        if term is None:
            return None
        kinds = ("agency",) if name == "agency" else ("agency", "agreement", "document", "page")
        return And((term, Filter(tuple(filter_tag("kind", kind) for kind in kinds))))
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
    if name == "provenance":
        return tuple(filter_tag(name, one) for one in PROVENANCES.get(plain, (plain,)))
    return tuple(filter_tag(name, one) for one in STATUSES.get(plain, (plain,)))
