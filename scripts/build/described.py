"""A held memorandum before it is compared: what form it says it follows, and its words."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from scripts.build.clauses import Token, tokens_of
from scripts.build.compare_cache import code_digest, digest_of
from scripts.build.parties import abbreviations, name_words
from scripts.build.ready import ReadyFile
from scripts.sources.memorandum import read_facts


@dataclass(frozen=True)
class Entry:
    """One held memorandum: its identifier, its file, its agency's names, its masked pages."""

    document_id: str
    sha256: str
    file_name: str
    agency: str
    ready: ReadyFile

    @cached_property
    def digest(self) -> str:
        """Of everything that a comparison uses: names, words, how they were read, roles."""
        text = hashlib.sha256()
        for page in self.ready.pages:
            read = page.page
            how = (read.source, read.quality, read.image_share, read.width, read.height)
            text.update(repr((page.role, *how)).encode())
            text.update(read.text.encode())
        told = [self.sha256, self.file_name, self.agency, text.hexdigest(), code_digest()]
        return digest_of(told)


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
    facts = read_facts([page.page for page in entry.ready.pages])
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
    pages = entry.ready.pages
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
    return Described(**(value | {"keys": keys, "document_id": document_id}))
