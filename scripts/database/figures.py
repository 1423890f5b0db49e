"""Figures into the database: reported ones as recorded, computed ones by their query.

A query is a file of ``db/figures``; it returns one cell. Its first comment says what it counts, and
a line ``-- as of: participating`` (or ``pending``, ``any``) which newest list gives its date. A
query for comparison takes the reported figure's date as ``:as_of``; for a month or a year that is
the time before it began. A query that counts one state takes the figure's as ``:state``.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.errors import ArchiveError, Problem
from scripts.records.models.statements import Figure
from scripts.records.read import Records

_AS_OF = re.compile(r"^-- as of: (participating|pending|any|:as_of)$", re.M)
_NEWEST = {
    "participating": "select max(stated_on) from publications where kind = 'participating'",
    "pending": "select max(stated_on) from publications where kind = 'pending'",
    "any": "select max(stated_on) from publications",
}
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_INSERT = """
insert into figures (
  id, label, value, qualifier, unit, as_of, query, sql, source_id, locator, provenance,
  reported_via, agency_id, state, differs_from, compare_query, compare_value, note
) values (
  :id, :label, :value, :qualifier, :unit, :as_of, :query, :sql, :source_id, :locator, :provenance,
  :reported_via, :agency_id, :state, :differs_from, :compare_query, :compare_value,
  :note
)
"""


@dataclass(frozen=True)
class Query:
    """One file of the folder of queries."""

    name: str
    sql: str
    as_of: str  # participating, pending, any or :as_of

    @property
    def file(self) -> str:
        """Where the query stands, for messages."""
        return f"figures/{self.name}.sql"


def read_queries(folder: Path) -> dict[str, Query]:
    """Every ``*.sql`` below ``folder`` by name. Raises `ArchiveError` for one without ``as of``."""
    queries: dict[str, Query] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        said = _AS_OF.search(sql)
        if said is None:
            problems.append(
                Problem(
                    f"figures/{path.name}:2",
                    "as of",
                    "no such comment",
                    "`-- as of: participating` (or pending, any, :as_of)",
                )
            )
        else:
            queries[path.stem] = Query(path.stem, sql, said[1])
    if problems:
        raise ArchiveError(problems)
    return queries


def load_figures(connection: sqlite3.Connection, records: Records, queries: Path) -> None:
    """Fill table ``figures``, running each query once on the database as built so far.

    Raises `ArchiveError` naming every query that fails or does not return exactly one cell with a
    value, every figure whose query is not there, and every identifier that names no figure.
    """
    figures = records.rows(Figure)
    known = read_queries(queries)
    problems: list[Problem] = []
    values: list[Mapping[str, str | None]] = []
    for figure in figures:
        wrong = _record_problems(figure, figures, known)
        problems.extend(wrong)
        try:
            if not wrong:
                values.append(_values(connection, figure, known, figures))
        except ArchiveError as error:
            problems.extend(error.problems)
    if problems:
        raise ArchiveError(dict.fromkeys(problems))
    connection.executemany(_INSERT, values)


def run_query(
    connection: sqlite3.Connection,
    query: Query,
    as_of: str | None = None,
    state: str | None = None,
) -> str:
    """The one cell that ``query`` returns, as text. Raises `ArchiveError` naming the query."""
    connection.execute("pragma query_only = on")
    try:
        cursor = connection.execute(query.sql, {"as_of": as_of, "state": state})
        rows = cursor.fetchmany(2)
        columns = len(cursor.description or ())
    except sqlite3.Error as error:
        raise ArchiveError.single(query.file, "", str(error), "a query that runs") from error
    finally:
        connection.execute("pragma query_only = off")
    if len(rows) != 1 or columns != 1 or rows[0][0] is None:
        seen = f"{len(rows)}{' or more' if len(rows) == 2 else ''} row(s) of {columns} column(s)"
        if len(rows) == 1 and columns == 1:
            seen = "an empty cell"
        raise ArchiveError([Problem(query.file, "", seen, "exactly one cell with a value")])
    return str(rows[0][0])


def _values(
    connection: sqlite3.Connection,
    figure: Figure,
    known: Mapping[str, Query],
    figures: Sequence[Figure],
) -> Mapping[str, str | None]:
    values: dict[str, str | None] = {
        **figure.model_dump(),
        "differs_from": _both_ways(figure, figures),
        "sql": None,
        "compare_value": None,
    }
    query = known.get(figure.query or "")
    if query is not None:
        values["value"] = run_query(connection, query, figure.as_of, figure.state)
        values["as_of"] = figure.as_of or _newest(connection, query)
        values["sql"] = _with_values(query.sql, figure)
    compare = known.get(figure.compare_query or "")
    if compare is not None and _list_reaches(connection, figure.as_of):
        values["compare_value"] = run_query(connection, compare, figure.as_of, figure.state)
    return values


def _with_values(sql: str, figure: Figure) -> str:
    """A query as a reader can run it: the figure's date and state in their places."""
    for name, value in ((":as_of", figure.as_of), (":state", figure.state)):
        sql = sql.replace(name, f"'{value}'")
    return sql


def _newest(connection: sqlite3.Connection, query: Query) -> str | None:
    row = connection.execute(_NEWEST[query.as_of]).fetchone()
    return None if row[0] is None else str(row[0])


def _list_reaches(connection: sqlite3.Connection, as_of: str | None) -> bool:
    """Whether the archive has read a list as old as the date; else it has no number for it."""
    return bool(
        connection.execute(
            "select exists (select 1 from publications"
            " where kind = 'participating' and stated_on <= ?)",
            [as_of],
        ).fetchone()[0]
    )


def _both_ways(figure: Figure, figures: Sequence[Figure]) -> str | None:
    """Figures that this one names as differing, and those that name it."""
    others = {*(figure.differs_from or "").split()}
    others |= {other.id for other in figures if figure.id in (other.differs_from or "").split()}
    return " ".join(sorted(others)) or None


def _record_problems(
    figure: Figure, figures: Sequence[Figure], known: Mapping[str, Query]
) -> list[Problem]:
    place = f"figures.csv, {figure.id}"
    ids = {other.id for other in figures}
    problems = [
        Problem(place, "differs_from", repr(other), "an id of figures.csv")
        for other in (figure.differs_from or "").split()
        if other not in ids
    ]
    for column, name in (("query", figure.query), ("compare_query", figure.compare_query)):
        if name is not None and name not in known:
            problems.append(Problem(place, column, repr(name), "a file of db/figures"))
    if (figure.query is None) == (figure.provenance == "computed"):
        problems.append(
            Problem(
                place,
                "provenance",
                repr(figure.provenance),
                "`computed` where, and only where, a query computes it",
            )
        )
    if figure.query is not None and figure.value is not None:
        problems.append(
            Problem(place, "value", repr(figure.value), "no value: the query computes it")
        )
    query = known.get(figure.query or "")
    if query is not None and query.as_of == ":as_of" and not _DATE.fullmatch(figure.as_of or ""):
        problems.append(
            Problem(
                place, "as_of", repr(figure.as_of), "a date, month or year: the query asks for one"
            )
        )
    if figure.compare_query is not None and not _DATE.fullmatch(figure.as_of or ""):
        problems.append(
            Problem(place, "as_of", repr(figure.as_of), "a date, month or year to compare for")
        )
    used = [known.get(figure.query or ""), known.get(figure.compare_query or "")]
    if figure.state is None and any(one is not None and ":state" in one.sql for one in used):
        problems.append(Problem(place, "state", "''", "the state that the query counts in"))
    return problems
