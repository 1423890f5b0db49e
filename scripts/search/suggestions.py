"""The nearest spelling of a query that finds nothing, from the words of the index."""

from __future__ import annotations

import re
import sqlite3

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from scripts.search.folding import fold
from scripts.search.query import Query
from scripts.search.ranking import count_rows
from scripts.search.variants import read_variants

_WORD = re.compile(r"[^\W\d_]{4,30}")
_NEAR = 74.0  # of 100


def suggest_spelling(connection: sqlite3.Connection, query: Query) -> str | None:
    """The query with each unknown word replaced by the nearest known one; ``None`` if none is."""
    changes: dict[str, str] = {}
    for word in dict.fromkeys(_WORD.findall(query.text)):
        if word in ("AND", "NOT"):
            continue
        nearest = _nearest(connection, fold(word))
        if nearest is not None:
            changes[word] = nearest
    if not changes:
        return None
    return _WORD.sub(lambda match: changes.get(match.group(), match.group()), query.text)


def _nearest(connection: sqlite3.Connection, word: str) -> str | None:
    """The most frequent of the nearest words of the index; ``None`` for a word it has."""
    known = connection.execute("select 1 from search_words where word = ?", [word]).fetchone()
    if known is not None:
        return None
    if word in read_variants("query") or count_rows(connection, f'"{word}"', 1):
        return None
    rows = connection.execute(
        "select word, documents from search_words where length(word) between ? and ?",
        [len(word) - 2, len(word) + 2],
    ).fetchall()
    frequency = {str(candidate): int(count) for candidate, count in rows}
    found = process.extract(word, list(frequency), scorer=fuzz.ratio, limit=12, score_cutoff=_NEAR)
    near = [(DamerauLevenshtein.distance(word, name), name) for name, _, _ in found]
    best = min(near, key=lambda pair: (pair[0], -frequency[pair[1]], pair[1]), default=None)
    reach = 1 if len(word) < 6 else 2 if len(word) < 12 else 3
    return best[1] if best is not None and best[0] <= reach else None
