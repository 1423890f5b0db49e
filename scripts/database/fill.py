"""Records and held files into the tables of a new database, in the order in which they depend."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from pathlib import Path

from scripts import paths
from scripts.database.compared import load_comparison
from scripts.database.figures import load_figures
from scripts.database.judgement import load_judgement
from scripts.database.pages import load_pages, ready_files
from scripts.errors import Problem
from scripts.excerpts.boxes import load_boxes
from scripts.excerpts.load import load_excerpts
from scripts.excerpts.word_boxes import fill_missing_boxes
from scripts.records.markdown import read_documents
from scripts.records.models.documents import ConfirmedDeviation
from scripts.records.read import read_records
from scripts.search.explained import figure_words, read_explained
from scripts.search.index import load_search
from scripts.tables.curated import load_curated
from scripts.tables.load import load_records, mark_held


def fill(
    connection: sqlite3.Connection,
    folder: Path,
    held: Mapping[str, Path],
    queries: Path,
    docs: Path,
    progress: Callable[[str], None],
    executor: Executor | None,
) -> tuple[Problem, ...]:
    """Fill all tables of a new database; gives what could not be read of held files.

    Raises `ArchiveError` where a record, a reference, an excerpt, a query or an invariant is wrong.
    """
    progress("Reading records")
    records = read_records(folder)
    curated = read_documents(folder)
    progress("Loading records")
    load_records(connection, records, held)
    load_curated(connection, curated)
    mark_held(connection, held)
    progress("Reading memoranda")
    ready = ready_files(connection, records, held, executor=executor)
    unreadable = load_pages(connection, records, held, ready=ready)
    progress("Comparing memoranda with their templates")
    load_comparison(
        connection,
        ready,
        records.rows(ConfirmedDeviation),
        paths.cache_folder(),
        executor,
    )
    progress("Finding excerpts")
    load_excerpts(connection, curated)
    load_boxes(connection, curated, held)
    fill_missing_boxes(connection, ready)
    progress("Computing figures")
    load_figures(connection, records, queries)
    progress("Making the search index")
    load_search(connection, read_explained(docs, figure_words(connection)))
    progress("Checking")
    load_judgement(connection, records, curated)
    return unreadable
