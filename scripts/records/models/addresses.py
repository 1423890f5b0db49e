"""Rows of addresses that stay, and of releases."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import StringConstraints

from scripts.records.models.base import Identifier, PublicationId, Row


class Permalink(Row):
    """One address ever published, and what it is now."""

    file = "permalinks.csv"
    key = ("path",)
    path: Annotated[str, StringConstraints(pattern=r"^/.*[^ ]$")]
    status: Literal["current", "moved", "withdrawn"]
    target: str | None  # address or addresses (separated by spaces) that took its place
    reason: str | None


class Release(Row):
    """One published state of the records."""

    file = "releases.csv"
    key = ("id",)
    id: Identifier
    released_on: dt.date
    covers: str
    newest_publication: PublicationId
