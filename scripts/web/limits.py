"""Bounds for SQL that anyone may run: on values, results, statements and memory.

A time limit alone bounds nothing: SQLite looks at it between steps, and one step can make a value
of gigabytes (``zeroblob``), compare two long strings for minutes (``instr``) or write a billion
letters one by one (``printf``); a statement of nested ``with`` doubles while it is prepared, before
any step. So no value may be long, functions whose time grows with the product of two lengths are
replaced by ones where it does not, and the memory of SQLite and of a result is capped.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import weakref
from collections.abc import Callable
from typing import Any

VALUE_BYTES = 250_000  # the longest value or row; the longest page text is a tenth of it
RESULT_BYTES = 12_000_000  # memory of all rows of one result
HEAP_BYTES = 100_000_000  # memory of all of SQLite in the process
WIDEST = 1_000  # width or precision in a format

LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: VALUE_BYTES,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 100_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 100,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 100,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 5_000,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
# Functions that nobody needs here and whose one call can be slow, large or a way out.
DENIED = frozenset(
    {"load_extension", "randomblob", "zeroblob", "json_patch", "fts3_tokenizer", "edit"}
    | {"readfile", "writefile"}
)

Value = str | bytes | int | float | None
_WIDTH = re.compile(r"%[-+ 0#,!]*(\*|\d*)(?:\.(\*|\d*))?")


def prepare_connection(connection: sqlite3.Connection) -> None:
    """Bound what any statement on this connection can do; call it once, before the first."""
    connection.execute("pragma query_only = on")
    connection.execute(f"pragma hard_heap_limit = {HEAP_BYTES}")
    for limit, value in LIMITS.items():
        connection.setlimit(limit, value)
    connection.row_factory = ResultBudget(RESULT_BYTES)
    for name, count, function in _functions():
        connection.create_function(name, count, function, deterministic=True)
    connection.set_authorizer(authorize)


def authorize(
    action: int, first: str | None, second: str | None, schema: str | None, inside: str | None
) -> int:
    """SQLite's question before it prepares a statement: denied functions are refused."""
    if action == sqlite3.SQLITE_FUNCTION and second is not None and second.lower() in DENIED:
        return sqlite3.SQLITE_DENY
    if action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


class ResultBudget:
    """A row factory that counts the memory of a cursor's rows and stops at ``limit`` bytes.

    Raises `sqlite3.OperationalError`, which Datasette shows as a question that cannot be answered.
    A connection is used by one thread at a time.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._spent = 0
        self._cursor: weakref.ref[sqlite3.Cursor] | None = None

    def __call__(self, cursor: sqlite3.Cursor, values: tuple[Value, ...]) -> sqlite3.Row:
        """The row as `sqlite3.Row`, as Datasette expects it."""
        if self._cursor is None or self._cursor() is not cursor:
            self._cursor = weakref.ref(cursor)
            self._spent = 0
        self._spent += sum(map(sys.getsizeof, values))
        if self._spent > self.limit:
            raise sqlite3.OperationalError(
                f"the result is larger than {self.limit // 1_000_000} MB; ask for fewer rows"
            )
        return sqlite3.Row(cursor, values)


def _functions() -> list[tuple[str, int, Callable[..., Any]]]:
    """Functions that stand in for SQLite's: name, number of arguments (-1: any), function."""
    format_text = _formatter()
    return [
        ("printf", -1, format_text),
        ("format", -1, format_text),
        ("instr", 2, find_text),
        ("replace", 3, replace_text),
        *(
            (name, count, function)
            for name, function in (("trim", trim), ("ltrim", trim_left), ("rtrim", trim_right))
            for count in (1, 2)
        ),
    ]


def _formatter() -> Callable[..., Value]:
    """SQLite's own ``printf`` for formats that name no great width.

    It writes padding letter by letter, whatever the limit on length, and cannot be interrupted.
    """
    plain = sqlite3.connect(":memory:", check_same_thread=False)
    plain.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE_BYTES)

    def format_text(*values: Value) -> Value:
        for width in _WIDTH.finditer(as_text(values[0]) if values else ""):
            if any(number == "*" or int(number or 0) > WIDEST for number in width.groups("")):
                raise ValueError("too wide")
        marks = ", ".join("?" * len(values))
        (text,) = plain.execute(f"select printf({marks})", values).fetchone()
        return None if text is None else str(text)

    return format_text


def as_text(value: Value) -> str:
    """A value as SQLite casts it to text."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float):
        text = f"{value:.15g}"
        return text if re.search(r"[.en]", text) else f"{text}.0"
    return "" if value is None else str(value)


def find_text(haystack: Value, needle: Value) -> int | None:
    """``instr``: place of the first occurrence from 1, or 0; in time that grows with the sum."""
    if haystack is None or needle is None:
        return None
    if isinstance(haystack, bytes) and isinstance(needle, bytes):
        return haystack.find(needle) + 1
    return as_text(haystack).find(as_text(needle)) + 1


def replace_text(text: Value, old: Value, new: Value) -> str | None:
    """``replace``; refuses a result that would be too long before it is made."""
    if text is None or old is None or new is None:
        return None
    whole, part, other = as_text(text), as_text(old), as_text(new)
    if part == "":
        return whole
    if len(whole) + whole.count(part) * (len(other) - len(part)) > VALUE_BYTES:
        raise ValueError("too long")
    return whole.replace(part, other)


def trim(text: Value, letters: Value = " ") -> str | None:
    """``trim``, in time that grows with the sum of both lengths."""
    return trim_right(trim_left(text, letters), letters)


def trim_left(text: Value, letters: Value = " ") -> str | None:
    """``ltrim``."""
    if text is None or letters is None:
        return None
    whole, unwanted = as_text(text), set(as_text(letters))
    start = next((place for place, sign in enumerate(whole) if sign not in unwanted), len(whole))
    return whole[start:]


def trim_right(text: Value, letters: Value = " ") -> str | None:
    """``rtrim``."""
    if text is None or letters is None:
        return None
    whole, unwanted = as_text(text), set(as_text(letters))
    end = len(whole)
    while end and whole[end - 1] in unwanted:
        end -= 1
    return whole[:end]
