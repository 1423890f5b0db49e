"""What to fetch: ICE's current lists and the memoranda they link, or what the records name."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.errors import ArchiveError, Problem
from scripts.fetch.fetch import Answer, Fetcher, FetchError, Want
from scripts.fetch.ice_page import (
    ICE_PAGE,
    LISTS_FOLDER,
    capture_addresses,
    captures_query,
    list_addresses,
)
from scripts.held.manifest import (
    Fetched,
    add_to_manifest,
    name_in_headers,
    published_name,
    read_manifest,
    stored_path,
)
from scripts.lists.workbook import read_workbook

_MOST_CAPTURES = 8  # distinct captures of one address that are tried for a content


@dataclass(frozen=True)
class Wanted:
    """A file that the records name: its content by SHA-256 or git blob, and where it may be had.

    ``copies`` are public copies, asked for last; ``bytes`` is ``None`` where the size is not known.
    """

    sha256: str | None
    file_name: str
    want: Want
    addresses: tuple[str, ...]
    copies: tuple[str, ...] = ()
    git_blob: str | None = None
    bytes: int | None = None

    def is_it(self, path: Path, sha256: str) -> bool:
        """Whether a file is the wanted one: by SHA-256, or by git blob for want of that."""
        if self.sha256 is not None:
            return sha256 == self.sha256
        return git_blob(path) == self.git_blob

    def hash_words(self) -> str:
        """The hash by which it is believed."""
        return f"SHA-256 {self.sha256}" if self.sha256 else f"git blob {self.git_blob}"


@dataclass
class FetchReport:
    """What a run kept, found unchanged and could not have."""

    kept: list[Path] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    def text(self) -> str:
        """The report in words."""
        words = [f"{len(self.kept)} new file(s) kept", f"{self.unchanged} unchanged"]
        words += [f"{len(self.problems)} not had"] if self.problems else []
        return ", ".join(words) + "".join(f"\n  {path.name}" for path in self.kept)


class Collector:
    """Fetches into a store and its manifest, the publisher first, the Wayback Machine second."""

    def __init__(self, fetcher: Fetcher, store: Path) -> None:
        self.fetcher, self.store = fetcher, store
        self.report = FetchReport()
        entries = read_manifest(store)
        self._known: dict[str, Fetched] = {entry.address: entry for entry in entries}
        self._archived = {entry.archived_address for entry in entries}

    def current(
        self, *, memoranda: bool = True, again: bool = False, most: int | None = None
    ) -> FetchReport:
        """ICE's current lists, then the memoranda that they link and the store does not have.

        ``again`` asks for known memoranda too (a conditional request each); ``most`` bounds how
        many memoranda one run asks for.
        """
        lists = self._lists()
        paths = [path for address in lists if (path := self._have(address, "workbook"))]
        if memoranda:
            found = [one for one in _linked(paths) if again or not self._held(one)]
            for address in found[:most]:
                self._have(address, "pdf")
        return self.report

    def missing(
        self, wanted: Sequence[Wanted], says: Callable[[str], None] = lambda _: None
    ) -> FetchReport:
        """Bring back, by hash, files that the records name and that are not held.

        ``says`` hears of each file as its turn comes.
        """
        for number, one in enumerate(wanted, 1):
            says(f"{number:,} of {len(wanted):,}: {one.file_name}")
            if not any(self._brought(one, address) for address in self._places(one)):
                self.report.problems.append(
                    Problem(
                        one.file_name,
                        "",
                        "nowhere to be had with this content",
                        one.hash_words(),
                        "Ask whoever collected it, or look for further copies",
                    )
                )
        return self.report

    def _lists(self) -> tuple[str, ...]:
        """The lists that ICE's page links to; from its newest capture where it does not answer."""
        problems: list[Problem] = []
        for address in (ICE_PAGE, *self._captures(ICE_PAGE)):
            try:
                page = _bytes(self.fetcher.get(address, "page"))
            except FetchError as error:
                problems.append(error.problem)
                continue
            if found := list_addresses(page, ICE_PAGE):
                return found
            seen = "no link to a list"
            remedy = "ICE may have changed its page: look at it"
            problems.append(Problem(address, "", seen, "links to .xlsx files", remedy))
        self.report.problems += problems
        return ()

    def _have(self, address: str, want: Want) -> Path | None:
        """The stored file of an address, fetched unless unchanged; ``None`` where not to be had."""
        known = self._held(address)
        try:
            answer = self.fetcher.get(address, want, known.headers if known else None)
        except FetchError as error:
            return self._from_archive(address, want, error.problem)
        if answer.status == 304 and known:
            self.report.unchanged += 1
            return self._path(known)
        return self._keep(answer, address, None)

    def _from_archive(self, address: str, want: Want, problem: Problem) -> Path | None:
        for capture in self._captures(address):
            try:
                return self._keep(self.fetcher.get(capture, want), address, capture)
            except FetchError:
                continue
        self.report.problems.append(problem)
        return None

    def _places(self, one: Wanted) -> Iterator[str]:
        """Where a wanted file may be, the likeliest first; then captures, then public copies."""
        publisher = [address for address in one.addresses if "web.archive.org" not in address]
        if not publisher and one.want == "workbook":
            publisher = [LISTS_FOLDER + one.file_name]
        yield from dict.fromkeys((*one.addresses, *publisher))
        for address in publisher:
            yield from self._captures(address)
        yield from one.copies

    def _brought(self, one: Wanted, address: str) -> bool:
        """Whether the wanted content came from there. The publisher's other content is kept too.

        What a public copy gives is believed by its hash alone, and anything else thrown away.
        """
        capture = address if "web.archive.org/web/" in address else None
        if capture in self._archived:
            return False
        try:
            answer = self.fetcher.get(address, one.want)
        except FetchError:
            return False
        assert answer.path is not None
        assert answer.sha256 is not None
        is_it = one.is_it(answer.path, answer.sha256)
        if address in one.copies and not is_it:
            answer.path.unlink()
            return False
        publisher = address.split("id_/", 1)[1] if capture and "id_/" in address else address
        self._keep(answer, publisher, capture, one.file_name if is_it else "")
        return is_it

    def _captures(self, address: str) -> tuple[str, ...]:
        try:
            answer = _bytes(self.fetcher.get(captures_query(address), "page"))
        except FetchError:
            return ()
        return capture_addresses(answer, address)[:_MOST_CAPTURES]

    def _keep(self, answer: Answer, address: str, capture: str | None, file_name: str = "") -> Path:
        """Move a download to its place and enter it in the manifest."""
        assert answer.path is not None
        assert answer.sha256 is not None
        entry = Fetched(
            address=address,
            archived_address=capture,
            fetched_at=dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            status=answer.status,
            sha256=answer.sha256,
            bytes=answer.bytes,
            file_name=file_name or name_in_headers(answer.headers) or published_name(address),
            headers=dict(answer.headers),
        )
        path = self._path(entry)
        is_new = not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(answer.path, path)
        add_to_manifest(self.store, entry)
        self._known[address] = entry
        if is_new:
            self.report.kept.append(path)
        else:
            self.report.unchanged += 1
        return path

    def _held(self, address: str) -> Fetched | None:
        entry = self._known.get(address)
        return entry if entry and self._path(entry).exists() else None

    def _path(self, entry: Fetched) -> Path:
        return stored_path(self.store, entry.sha256, entry.file_name)


def git_blob(path: Path) -> str:
    """git's name of a content: the SHA-1 of ``blob``, its length, a zero byte and the bytes."""
    content = path.read_bytes()
    named = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
    return named.hexdigest()


def _bytes(answer: Answer) -> bytes:
    """A downloaded page, which is not kept."""
    if answer.path is None:
        return b""
    content = answer.path.read_bytes()
    answer.path.unlink()
    return content


def _linked(lists: Iterable[Path]) -> tuple[str, ...]:
    """Addresses of the memoranda and addenda that lists link to, each once, in their order."""
    found: list[str] = []
    for path in lists:
        try:
            book = read_workbook(path)
        except ArchiveError:
            continue  # `harvest` says what is wrong with it
        linked = {book.fields.get("moa"), book.fields.get("addendum")}
        for row in book.rows:
            found += [address for column, address in row.links if column in linked]
    return tuple(address for address in dict.fromkeys(found) if address.lower().endswith(".pdf"))
