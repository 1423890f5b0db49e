"""Where not every word is found together: fewer words, those that have most of them first."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from scripts.search.expression import Node, Term, compile_node
from scripts.search.folding import words_of
from scripts.search.ranking import Row, matching_rows

ENOUGH = 5  # records with every word; fewer are followed by those that lack one
CANDIDATES = 2_500  # rows of the rarest words that are compared
MAX_WORDS = 10
COVERED = 0.4  # of the weight of all words, at least
_IDS = "select rowid from search where search match ? limit ?"
_ENDINGS = ("ations", "ation", "ating", "ments", "ies", "ing", "ion", "ers", "ed", "es", "s", "e")


def stems(term: Term) -> Term:
    """The term by the beginning of its word, so that ``terminate`` finds termination."""
    if term.is_prefix or len(term.words) != 1 or not term.words[0].isalpha():
        return term
    word = term.words[0]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return replace(term, words=(word.removesuffix(ending),), is_prefix=True)
    return term


def relaxed_rows(
    connection: sqlite3.Connection,
    terms: Sequence[Term],
    narrowed: Sequence[Node],
) -> list[Row]:
    """Rows that have some of the terms; their score says how much of the query they cover."""
    loose = [stems(term) for term in terms[:MAX_WORDS]]
    limit = " AND ".join(compile_node(node) for node in narrowed)
    counted = sorted(
        ((_count(connection, compile_node(term)), term) for term in loose), key=lambda one: one[0]
    )
    known = [(count, term) for count, term in counted if count]
    if not known:
        return []
    chosen: list[str] = []
    reach = 0
    for count, term in known:
        if chosen and reach + count > CANDIDATES:
            break
        chosen.append(compile_node(term))
        reach += count
    base = f"({' OR '.join(chosen)})" + (f" AND {limit}" if limit else "")
    rows, _ = matching_rows(connection, base)
    weights: dict[int, float] = {}
    total = sum(_weight(count) for count, _ in known)
    for count, term in known:
        match = f"{compile_node(term)} AND {base}"
        for (number,) in connection.execute(_IDS, [match, 2 * CANDIDATES]):
            weights[number] = weights.get(number, 0.0) + _weight(count)
    best = max((row.score for row in rows), default=1.0) or 1.0
    return [
        row._replace(score=(weights.get(row.id, 0.0) / total) * (1 + row.score / best))
        for row in rows
        if weights.get(row.id, 0.0) >= COVERED * total
    ]


def missing_words(text: str, terms: Sequence[Term]) -> tuple[str, ...]:
    """The words of the query that a result's words do not have."""
    words = words_of(text)
    have = set(words)
    joined = f" {' '.join(words)} "

    def stands(term: Term) -> bool:
        loose = stems(term)
        if loose.is_prefix and any(word.startswith(loose.words[-1]) for word in have):
            return True
        forms = (term.words, *term.variants)
        return any(f" {' '.join(form)} " in joined for form in forms)

    return tuple(" ".join(term.words) for term in terms if not stands(term))


def _count(connection: sqlite3.Connection, match: str) -> int:
    return len(connection.execute(_IDS, [match, 4 * CANDIDATES]).fetchall())


def _weight(count: int) -> float:
    return 1 / math.log2(8 + count)
