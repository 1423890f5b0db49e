"""Where things lie by default. Every command takes another place as an option."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATABASE_FOLDER = ROOT / "db"
RECORDS = DATABASE_FOLDER / "records"
SCHEMA = DATABASE_FOLDER / "schema.sql"
VIEWS = DATABASE_FOLDER / "views.sql"
FIGURE_QUERIES = DATABASE_FOLDER / "figures"
DATABASE = DATABASE_FOLDER / "archive.db"
METADATA = ROOT / "metadata.yml"
MKDOCS = ROOT / "mkdocs.yml"
DOCS = ROOT / "docs"
BUILD = ROOT / "build"
EXPLAINER = BUILD / "explainer"
CACHE = BUILD / "cache"
PICTURES = BUILD / "pictures"
STATIC_SITE = ROOT / "site"
STORE = ROOT / "sources"
NO_PICTURES = "none"


def default_sources() -> Path | None:
    """The folder of held sources: ``ARCHIVE_SOURCES`` if set, else ``sources/`` if it exists."""
    named = os.environ.get("ARCHIVE_SOURCES")
    if named:
        return Path(named)
    return STORE if STORE.is_dir() else None


def cache_folder() -> Path:
    """What was read from sources: ``ARCHIVE_CACHE`` if set, else ``build/cache``."""
    named = os.environ.get("ARCHIVE_CACHE")
    return Path(named) if named else CACHE


def pictures_folder() -> Path:
    """Page pictures as published: ``ARCHIVE_PICTURES`` if set, else ``build/pictures``."""
    named = os.environ.get("ARCHIVE_PICTURES")
    return Path(named) if named else PICTURES


def shows_pictures() -> bool:
    """Whether pages show pictures: not where ``PICTURES_URL`` is ``none``."""
    return os.environ.get("PICTURES_URL", "").lower() != NO_PICTURES


def pictures_url() -> str:
    """The address under which the page pictures stand, with a trailing slash.

    From ``PICTURES_URL``; by default ``pictures/`` below the base address. Where it is ``none``
    pages show no picture (`shows_pictures`).
    """
    return os.environ.get("PICTURES_URL", site_url() + "pictures/").rstrip("/") + "/"


def site_url() -> str:
    """The base address under which everything stands, with a trailing slash.

    From ``SITE_URL``; it may carry a path (``https://example.org/287g/``).
    """
    return os.environ.get("SITE_URL", "http://127.0.0.1:8001/").rstrip("/") + "/"
