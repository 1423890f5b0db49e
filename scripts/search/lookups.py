"""What leads straight to a record: an identifier, old or new, a file's name, address or hash."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping

from scripts.search.folding import clean, words_of
from scripts.search.variants import read_words

_ROOMS = (
    *("agencies", "agreements", "documents", "excerpts", "figures", "payments", "publications"),
    *("states", "topics", "deviations", "templates"),
)
_SHA256 = re.compile(r"[0-9a-f]{10,64}")
_SITE = re.compile(r"^(?:https?://[^/]+)?/*")
_PAGE = re.compile(r"^(/documents/[^/]+/)pages/.*$")
_OF_FILE = """
select '/documents/' || id || '/' from documents
where file_name = ?1 collate nocase or file_name = ?1 || '.pdf' collate nocase
union
select '/publications/' || publication_id || '/' from publication_files
where file_name = ?1 collate nocase or file_name = ?1 || '.xlsx' collate nocase
"""
_OF_HASH = """
select '/documents/' || id || '/' from documents where sha256 between ?1 and ?1 || 'g'
union
select '/publications/' || publication_id || '/' from publication_files
where sha256 between ?1 and ?1 || 'g'
"""
# Words beside a state's name that ask for the state itself.
ASKED_OF_STATES = read_words("state")
# Postal codes that are words: a state only in capitals.
_CODES_THAT_ARE_WORDS = frozenset({"in", "or", "me", "ok", "hi", "oh", "pa", "ma", "la", "id"}) | {
    *("de", "al", "co", "mi", "mo", "so"),
}


def direct_paths(
    connection: sqlite3.Connection, text: str, states: Mapping[str, str]
) -> tuple[str, ...]:
    """Addresses of records that the query names outright; empty for a search by words."""
    plain = clean(text)
    found = [] if not plain or " " in plain else list(_named(connection, plain))
    found.extend(_state_asked(plain, states))
    return tuple(dict.fromkeys(found))


def _named(connection: sqlite3.Connection, text: str) -> Iterator[str]:
    lower = text.lower()
    if _SHA256.fullmatch(lower) and re.search(r"\d", lower):
        yield from (row[0] for row in connection.execute(_OF_HASH, [lower]))
    file = text.rstrip("/").rpartition("/")[2].partition("?")[0]
    if re.search(r"[._\d]", file):
        yield from (row[0] for row in connection.execute(_OF_FILE, [file]))
    path = "/" + _SITE.sub("", lower).partition("#")[0].partition("?")[0].rstrip("/") + "/"
    page = _PAGE.match(path)
    tries = [page[1] if page else path, *(f"/{room}{path}" for room in _ROOMS)]
    for one in tries:
        if connection.execute("select 1 from search_docs where path = ?", [one]).fetchone():
            yield one
            continue
        moved = connection.execute(
            "select target from permalinks where path = ? and status = 'moved'", [one]
        ).fetchone()
        if moved and moved[0]:
            yield from str(moved[0]).partition("#")[0].split()


def _state_asked(text: str, states: Mapping[str, str]) -> Iterator[str]:
    """The state whose name, with nothing but words that ask for agreements, was typed."""
    words = words_of(text)
    for code, name in states.items():
        parts = words_of(name)
        rest = _without(words, parts)
        if rest is None and not (code.lower() in _CODES_THAT_ARE_WORDS and code not in text):
            rest = _without(words, (code.lower(),))
        if rest is not None and all(word in ASKED_OF_STATES or word.isdigit() for word in rest):
            yield f"/states/{code.lower()}/"


def _without(words: tuple[str, ...], parts: tuple[str, ...]) -> tuple[str, ...] | None:
    """The words with one run of ``parts`` left out; ``None`` where it does not stand there."""
    size = len(parts)
    for start in range(len(words) - size + 1):
        if words[start : start + size] == parts:
            return words[:start] + words[start + size :]
    return None
