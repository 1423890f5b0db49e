"""A held memorandum before it is compared: what form it says it follows, and its words."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from scripts.comparison.cache import code_digest, digest_of
from scripts.comparison.clauses import Token, tokens_of
from scripts.facts.memorandum import read_facts
from scripts.facts.parties import abbreviations, name_words
from scripts.privacy.ready_pages import ReadyFile, ReadyFiles, ReadyPage, page_rows
from scripts.reading.ocr import OCR_VERSION
from scripts.reading.reading import EXTRACTOR_VERSION


@dataclass(frozen=True)
class Entry:
    """One held memorandum: its identifier, its file, its agency's names, where its pages are.

    ``state`` is the agency's, empty where that is not known.
    """

    document_id: str
    sha256: str
    file_name: str
    agency: str
    files: Mapping[str, ReadyFile]
    state: str = ""

    @property
    def pages(self) -> Sequence[ReadyPage]:
        """Its masked pages, read when they are asked for."""
        return self.files[self.sha256].pages

    @cached_property
    def digest(self) -> str:
        """Of everything that a comparison uses: names, words, how they were read, roles."""
        files = self.files
        rows = files.rows if isinstance(files, ReadyFiles) else lambda one: page_rows(files[one])
        told = [list(row) for row in rows(self.sha256)]
        names = [self.sha256, self.file_name, self.agency]
        return digest_of([names, told, EXTRACTOR_VERSION, OCR_VERSION, code_digest("words")])

    def loaded(self) -> Entry:
        """The same with its pages at hand, to be sent to another process."""
        return replace(self, files={self.sha256: self.files[self.sha256]})


@dataclass(frozen=True)
class Described:
    """What is known of a memorandum without comparing it."""

    document_id: str
    digest: str
    template: str | None  # version that its footer or title names
    is_told: bool  # by its footer, and not by its wording alone
    model: str | None
    printed: str  # the agency as the opening prints it
    own: float  # share of its words that were born digital
    quality: float  # mean over its words
    keys: tuple[str, ...]  # its words as compared, signatures and contacts left out


def describe(entry: Entry) -> Described:
    """Read what a memorandum says of itself, and its words."""
    facts = read_facts([page.page for page in entry.pages])
    printed = facts.agency.value if facts.agency else ""
    tokens = words_of(entry, printed)
    count = max(len(tokens), 1)
    return Described(
        document_id=entry.document_id,
        digest=entry.digest,
        template=facts.template.value if facts.template else None,
        is_told=facts.template is not None and facts.template.basis == "footer",
        model=facts.model.value if facts.model else None,
        printed=printed,
        own=round(sum(token.is_own for token in tokens) / count, 3),
        quality=round(sum(token.quality for token in tokens) / count, 3),
        keys=tuple(token.key for token in tokens if not token.is_hidden),
    )


def words_of(entry: Entry, printed: str) -> tuple[Token, ...]:
    """All words of a memorandum; ``printed`` is the agency as its opening prints it."""
    pages = entry.pages
    return tokens_of(
        [page.page for page in pages],
        names_of(entry, printed),
        abbreviations(entry.agency, printed),
        [page.page.page_number for page in pages if page.role is not None],
    )


def names_of(entry: Entry, printed: str) -> frozenset[str]:
    """Words of the agency's names."""
    return name_words(entry.file_name, entry.agency, printed)


def described_to_json(value: Described) -> dict[str, Any]:
    """As JSON values."""
    return asdict(value) | {"keys": " ".join(value.keys)}


def described_from_json(value: dict[str, Any], document_id: str) -> Described:
    """What `described_to_json` told, of a memorandum of that identifier."""
    keys = tuple(value["keys"].split(" ")) if value["keys"] else ()
    return with_shared_words(Described(**(value | {"keys": keys, "document_id": document_id})))


def with_shared_words(one: Described) -> Described:
    """The same, its words held once for all memoranda: they print the same few thousand."""
    return replace(one, keys=tuple(map(sys.intern, one.keys)))
