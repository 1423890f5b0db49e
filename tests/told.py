"""What records tell, whatever their identifiers are."""

from __future__ import annotations

from pathlib import Path

from scripts.records.models.agreements import Agency, AgencyName, Agreement, Event
from scripts.records.models.lists import Publication
from scripts.records.read import read_records


def told(folder: Path) -> dict[str, set[object]]:
    """What records tell, without any identifier: an agency is its spellings, a list its content."""
    records = read_records(folder, canonical=True)
    lists = {
        row.id: (row.kind, row.content_sha256, row.stated_on, row.half_day)
        for row in records.rows(Publication)
    }
    spellings: dict[str, set[str]] = {}
    for name in records.rows(AgencyName):
        spellings.setdefault(name.agency_id, set()).add(name.name_printed)
    agencies: dict[str, object] = {
        row.id: (row.state, row.name, row.kind, row.county_fips, frozenset(spellings[row.id]))
        for row in records.rows(Agency)
    }
    agreements: dict[str, object] = {
        row.id: (
            agencies[row.agency_id],
            row.model,
            row.signed_on,
            row.status,
            lists[row.listed_from],
            lists.get(row.listed_until or ""),
        )
        for row in records.rows(Agreement)
    }
    names = agencies | agreements
    events: set[object] = {
        (
            lists[row.publication_id],
            row.kind,
            agencies[row.agency_id],
            agreements.get(row.agreement_id or ""),
            row.on,
            names.get(row.before or "", row.before),
            names.get(row.after or "", row.after),
        )
        for row in records.rows(Event)
    }
    return {
        "lists": set(lists.values()),
        "agencies": set(agencies.values()),
        "agreements": set(agreements.values()),
        "events": events,
    }
