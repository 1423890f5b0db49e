"""A curated document: what a person wrote of one source, and the passages chosen from it.

One file ``documents/<id>.md`` is one `CuratedDocument`; `scripts.records.markdown` reads and writes
it. A memorandum that is a row of documents.csv uses the same id and says here only what that row
does not: a summary, excerpts, and the hash of the file that was read.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from scripts.records.models.base import Identifier, Provenance, Sha256, Text

DocumentKind = Literal[
    "memorandum",
    "addendum",
    "statute",
    "release",
    "audit",
    "finding",
    "report",
    "brief",
    "fact-sheet",
    "web-page",
]
Access = Literal[
    "public",  # free at the publisher's address
    "public-copy",  # free, but read in a copy that somebody else keeps
    "paywalled",
    "as-reported",  # known here only from somebody else's report of it
]
PartialDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$")]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$")]

MAXIMUM_WORDS = 8
"""Words that ``from``, ``to``, ``page-end`` and ``page-start`` may have at most."""

WORDLESS: frozenset[str] = frozenset(
    {"press-report", "leaked-record", "leaked-as-reported", "advocacy-analysis"}
)
"""Provenances of which the records keep facts and locators only, no words of the source."""


class FrontMatter(BaseModel):
    """What stands between the ``---`` lines, in the order in which it is written.

    A key that is not there is unknown. Values are text as written: ``NO`` and ``01001`` stay so.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text
    kind: DocumentKind
    publisher: Text | None = None
    published: PartialDate | None = None
    address: Address | None = None
    archived: Address | None = None
    no_archive: Text | None = None  # why no archived copy is named
    sha256: Sha256 | None = None  # of the file that was read
    pages: Annotated[str, StringConstraints(pattern=r"^[1-9]\d*$")] | None = None
    provenance: Provenance
    reported_via: Text | None = None
    access: Access
    retrieved: PartialDate | None = None
    note: Text | None = None


@dataclass(frozen=True)
class Locator:
    """Where a passage stands: its pages, and its first and last few words."""

    page: int
    to_page: int | None  # the page on which it ends, where that is the next one
    first_words: str
    page_end: str | None  # its last words on the first page, where a footer follows
    page_start: str | None  # its first words on the second page, where a header comes before
    last_words: str


@dataclass(frozen=True)
class Excerpt:
    """One passage worth reading, with a heading and an annotation in our own words."""

    id: Identifier
    title: str
    locator: Locator
    topics: tuple[str, ...]
    sha256: str | None  # of the passage's wording, normalised
    checked_on: dt.date | None  # when the wording was compared with the page picture
    annotation: str  # Markdown
    line: int = field(default=0, compare=False)  # of the locator block in the file


@dataclass(frozen=True)
class CuratedDocument:
    """One curated source: front matter, a summary in Markdown, excerpts in the order written."""

    id: Identifier
    front: FrontMatter
    summary: str
    excerpts: tuple[Excerpt, ...]

    @property
    def file(self) -> str:
        """The record file's name below the records folder."""
        return f"documents/{self.id}.md"
