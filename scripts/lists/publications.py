"""From files to publications: each distinct neighbouring content is one, however often it came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from scripts.lists.dates import ListDate
from scripts.lists.file_names import StatedName
from scripts.lists.printed import PrintedList
from scripts.records.models.base import ListKind
from scripts.records.models.lists import Publication, PublicationFile
from scripts.records.order import TimeKey, time_key

KINDS: tuple[ListKind, ...] = ("participating", "pending")


@dataclass(frozen=True)
class ListFile:
    """One file that carries a list: its content by hash, its date, the publication if recorded."""

    sha256: str
    file_name: str
    bytes: int
    kind: ListKind
    content_sha256: str
    name: StatedName
    date: ListDate
    modified_at: str | None
    publication_id: str | None = None
    address: str | None = None
    archived_address: str | None = None

    @property
    def first_seen(self) -> str:
        """When it was captured or else last saved; orders lists that state the same half-day."""
        return self.name.captured_at or self.modified_at or ""

    def record(self, publication_id: str) -> PublicationFile:
        """Its row of ``publication_files.csv``; the date is what its own name says."""
        return PublicationFile(
            sha256=self.sha256,
            file_name=self.file_name,
            publication_id=publication_id,
            bytes=self.bytes,
            stated_on=self.name.stated_on,
            half_day=self.name.half_day,
            captured_at=self.name.captured_at,
            modified_at=self.modified_at,
            address=self.address,
            archived_address=self.archived_address,
        )


@dataclass(frozen=True)
class Carried:
    """A publication with the files that carried it, in order of time."""

    publication: Publication
    files: tuple[ListFile, ...]


Contents = Callable[[str], PrintedList]
_Time = tuple[TimeKey, str, str, str, str]


def in_file_order(files: Iterable[ListFile]) -> tuple[ListFile, ...]:
    """Files by date and half-day; where these are the same, recorded ones first, then as seen.

    Files of one date, half-day and content stay together.
    """
    files = tuple(files)
    recorded: dict[tuple[object, ...], str] = {}
    seen: dict[tuple[object, ...], str] = {}
    for file in files:
        place = _place(file)
        if file.publication_id:
            recorded[place] = min(recorded.get(place, file.publication_id), file.publication_id)
        seen[place] = min(seen.get(place, file.first_seen), file.first_seen)

    def when(file: ListFile) -> tuple[object, ...]:
        place = _place(file)
        known = recorded.get(place)
        ties = (known is None, known or "", seen[place], file.content_sha256, file.first_seen)
        return (time_key(file.date), *ties, file.sha256, file.file_name)

    return tuple(sorted(files, key=when))


def _place(file: ListFile) -> tuple[object, ...]:
    return (file.kind, time_key(file.date), file.content_sha256)


def settle_dates(files: Sequence[ListFile], contents: Contents) -> tuple[ListFile, ...]:
    """Decide the doubtful dates: the reading whose neighbouring list is most alike wins.

    Where no neighbour tells them apart, the first reading stands.
    """
    sure = [file for file in files if not file.date.alternatives]
    return tuple(
        replace(file, date=_likeliest(file, sure, contents)) if file.date.alternatives else file
        for file in files
    )


def _likeliest(file: ListFile, sure: Sequence[ListFile], contents: Contents) -> ListDate:
    readings = (replace(file.date, alternatives=()), *file.date.alternatives)
    own = {row for row in contents(file.content_sha256).rows if row is not None}

    def likeness(reading: ListDate) -> float:
        near = _nearest(file, reading.stated_on, sure)
        if near is None:
            return 0.0
        other = {row for row in contents(near.content_sha256).rows if row is not None}
        return len(own & other) / len(own | other) if own | other else 1.0

    return max(readings, key=likeness)  # the first of the best


def _nearest(file: ListFile, day: dt.date, sure: Sequence[ListFile]) -> ListFile | None:
    others = [other for other in sure if other.kind == file.kind and other != file]
    return min(
        others,
        key=lambda other: (
            abs((other.date.stated_on - day).days),
            other.date.stated_on,
            other.sha256,
        ),
        default=None,
    )


def arrange(
    files: Sequence[ListFile], recorded: Sequence[Publication], contents: Contents
) -> tuple[Carried, ...]:
    """Publications from files: one for each run of neighbours of a kind with the same content.

    A recorded publication keeps its identifier, with the first run that carries it where a late
    list splits its files; two recorded ones stay two even where nothing stands between them any
    more. New identifiers are minted in order of time, and a clash gets ``-2``.
    """
    known = {publication.id: publication for publication in recorded}
    taken = set(known)
    found: list[Carried] = []
    for kind in KINDS:
        ordered = in_file_order(file for file in files if file.kind == kind)
        given: set[str] = set()
        for _, run in groupby(ordered, key=lambda file: file.content_sha256):
            for owner, part in _parts(tuple(run), given):
                publication_id = owner or _mint(part[0], taken)
                given.add(publication_id)
                content = contents(part[0].content_sha256)
                found.append(Carried(_publication(publication_id, part[0], content), part))
    return tuple(found)


def _parts(
    run: tuple[ListFile, ...], given: set[str]
) -> Iterator[tuple[str | None, tuple[ListFile, ...]]]:
    """Split a run at the borders of recorded publications; files not recorded follow the last."""
    owners = [file.publication_id if file.publication_id not in given else None for file in run]
    current = next((owner for owner in owners if owner), None)
    part: list[ListFile] = []
    for file, owner in zip(run, owners, strict=True):
        if owner and owner != current:
            yield current, tuple(part)
            part, current = [], owner
        part.append(file)
    yield current, tuple(part)


def _mint(file: ListFile, taken: set[str]) -> str:
    prefix = "pending-" if file.kind == "pending" else ""
    stem = f"{prefix}{file.date.stated_on}"
    stem += f"-{file.date.half_day}" if file.date.half_day else ""
    name, count = stem, 1
    while name in taken:
        count += 1
        name = f"{stem}-{count}"
    taken.add(name)
    return name


def _publication(publication_id: str, first: ListFile, content: PrintedList) -> Publication:
    return Publication(
        id=publication_id,
        kind=content.kind,
        stated_on=first.date.stated_on,
        half_day=first.date.half_day,
        date_basis=first.date.basis,
        date_note=first.date.note,
        rows=content.count,
        header=content.header,
        content_sha256=content.content_sha256,
    )


def in_sequence(carried: Iterable[Carried]) -> Mapping[ListKind, tuple[str, ...]]:
    """The identifiers of each kind from the oldest list to the newest."""
    ordered = sorted(carried, key=lambda item: (time_key(item.publication), item.publication.id))
    return {
        kind: tuple(item.publication.id for item in ordered if item.publication.kind == kind)
        for kind in KINDS
    }
