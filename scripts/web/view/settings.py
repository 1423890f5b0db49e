"""The few settings of the running site that a place may want to change."""

from __future__ import annotations

import os

# Where mistakes are reported; the page's address is added.
ISSUES_URL = "https://github.com/287g-archive/287g-archive/issues/new"


def issues_url() -> str:
    """From ``ARCHIVE_ISSUES_URL``; the form that takes ``title`` and ``body``."""
    return os.environ.get("ARCHIVE_ISSUES_URL", ISSUES_URL)


# Datasette's own: bounded time and size, nothing to sign in to, no download of what is built
# (the downloads page offers files that are made for it).
DATASETTE = {
    "sql_time_limit_ms": 1500,
    "facet_time_limit_ms": 300,
    "facet_suggest_time_limit_ms": 60,
    "max_returned_rows": 1000,
    "default_page_size": 100,
    "default_facet_size": 30,
    "suggest_facets": True,
    "max_csv_mb": 40,
    "allow_csv_stream": True,
    "allow_download": False,
    "num_sql_threads": 4,
    "truncate_cells_html": 600,
    "default_cache_ttl": 0,
    "template_debug": False,
    "trace_debug": False,
}
