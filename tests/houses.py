"""Folders of held lists and of records, for tests that harvest: lists alone, or all records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from scripts.harvest.harvest import HarvestReport, harvest
from scripts.held.store import find_held
from scripts.lists.held_lists import Lists, read_lists
from scripts.lists.recorded import recorded_contents, recorded_rows
from scripts.records.models.base import Row
from scripts.records.models.lists import Listing, ListingOrder, Publication, PublicationFile
from scripts.records.read import Records, read_records
from scripts.records.write import write_table
from tests.lists_made import PENDING, row, save_list

TABLES: tuple[type[Row], ...] = (Publication, PublicationFile, Listing, ListingOrder)


class Folder:
    """Lists in one folder, records in another."""

    def __init__(self, place: Path) -> None:
        self.lists, self.records, self.cache = place / "lists", place / "records", place / "cache"
        self.lists.mkdir(parents=True)
        self.records.mkdir()

    def add(
        self,
        stated: str,
        agencies: Iterable[str],
        *,
        saved: dt.datetime | None = None,
        links: dict[str, str] | None = None,
    ) -> Path:
        """Save a participating list, by default saved at noon of the day in its name."""
        digits = "".join(letter for letter in stated if letter.isdigit())[:8]
        when = saved or dt.datetime(int(digits[4:]), int(digits[:2]), int(digits[2:4]), 12)
        rows = [row(name) if name else [None] * 8 for name in agencies]
        path = self.lists / f"participatingAgencies{stated}.xlsx"
        return save_list(path, rows, modified=when, links=links)

    def read(self, **options: Iterable[str]) -> Lists:
        held = find_held(self.lists, self.cache)
        return read_lists(held, read_records(self.records), accept=tuple(options.get("accept", ())))

    def harvest(self, **options: Iterable[str]) -> Lists:
        """Read, and keep the result as records."""
        lists = self.read(**options)
        tables: tuple[Sequence[Row], ...] = (
            lists.publications,
            lists.files,
            lists.listings,
            lists.orders,
        )
        for table, rows in zip(TABLES, tables, strict=True):
            write_table(self.records, table, rows)
        return lists

    def texts(self) -> dict[str, str]:
        return {table.file: (self.records / table.file).read_text("utf-8") for table in TABLES}

    def printed(self, publication_id: str) -> list[str | None]:
        """The agencies of a list, made from the records alone."""
        records = read_records(self.records)
        rows = recorded_rows(records)
        contents = recorded_contents(records, rows)
        publication = next(p for p in records.rows(Publication) if p.id == publication_id)
        content = contents[publication.content_sha256]
        return [None if one is None else one.agency_printed for one in content.rows]


def signed(
    agency: str, day: str, model: str = "Task Force Model", state: str = "FLORIDA"
) -> list[object]:
    """A row of a participating list."""
    return [state, agency, "County", "", model, dt.date.fromisoformat(day), "link", None]


class House:
    """Held files in one folder, records in another."""

    def __init__(self, place: Path) -> None:
        self.sources, self.records = place / "sources", place / "records"
        self.sources.mkdir(parents=True)
        self.records.mkdir()

    def list(
        self, day: str, rows: Sequence[Sequence[object]], links: dict[str, str] | None = None
    ) -> Path:
        """Save a participating list of a day."""
        when = dt.datetime.fromisoformat(f"{day}T12:00:00")
        path = self.sources / f"participatingAgencies{when:%m%d%Y}am.xlsx"
        return save_list(path, rows, modified=when, links=links)

    def pending(self, day: str, rows: Sequence[Sequence[object]]) -> Path:
        """Save a pending list of a day."""
        when = dt.datetime.fromisoformat(f"{day}T12:00:00")
        path = self.sources / f"pendingAgencies{when:%m%d%Y}am.xlsx"
        return save_list(path, [row[:5] for row in rows], header=PENDING, modified=when)

    def harvest(self, *, skip_unreadable: bool = False) -> HarvestReport:
        return harvest(self.sources, self.records, skip_unreadable=skip_unreadable)

    def read(self) -> Records:
        return read_records(self.records, canonical=True)

    def text(self) -> dict[str, str]:
        """Every record file's text."""
        return {
            path.name: path.read_text(encoding="utf-8")
            for path in sorted(self.records.glob("*.csv"))
        }
