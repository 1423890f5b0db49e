"""Record files into tables: each list expanded to its printed rows, in order, in time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import us

from scripts.errors import ArchiveError, Problem
from scripts.identity.counties import all_counties
from scripts.records.models.addresses import Permalink, Release
from scripts.records.models.agreements import Agency, AgencyName, Agreement, Event
from scripts.records.models.base import Row
from scripts.records.models.documents import Document, DocumentFact, FactCheck, FormField
from scripts.records.models.lists import (
    Copy,
    KnownList,
    Listing,
    ListingOrder,
    Publication,
    PublicationFile,
)
from scripts.records.models.register import (
    AgencyCounty,
    CrosswalkAgency,
    RegisterAgency,
    RegisterMatch,
)
from scripts.records.models.statements import Correction, Payment, Rate, Topic
from scripts.records.order import expand_order, in_time_order
from scripts.records.read import Records
from scripts.tables.insert import Value, insert_rows, record_values, table_columns

Extra = Callable[[Row], Mapping[str, Value]]

# Tables whose columns are exactly those of the record, in the order in which they are loaded.
PLAIN: Mapping[str, type[Row]] = {
    "agencies": Agency,
    "agency_names": AgencyName,
    "agency_counties": AgencyCounty,
    "register": RegisterAgency,
    "register_matches": RegisterMatch,
    "ori_crosswalk": CrosswalkAgency,
    "agreements": Agreement,
    "document_facts": DocumentFact,
    "form_fields": FormField,
    "fact_checks": FactCheck,
    "listings": Listing,
    "copies": Copy,
    "topics": Topic,
    "payments": Payment,
    "rates": Rate,
    "corrections": Correction,
    "permalinks": Permalink,
    "releases": Release,
}

ICE = "U.S. Immigration and Customs Enforcement"


def load_records(connection: sqlite3.Connection, records: Records, held: Collection[str]) -> None:
    """Fill the tables that record files hold (figures excepted), and ``publication_rows``.

    ``held`` are the SHA-256 of the files at hand. Raises `ArchiveError` where a list cannot be
    expanded or the schema refuses a row. Foreign keys are for `find_broken_references`.
    """
    publications = in_time_order(records.rows(Publication))
    _load_states(connection)
    _load_counties(connection, records)
    _load_publications(connection, publications)
    _load(connection, "publication_files", records.rows(PublicationFile), _file_extra(held))
    read = {file.sha256 for file in records.rows(PublicationFile)}
    known = [row for row in records.rows(KnownList) if row.sha256 not in read]
    _load(connection, "known_lists", known, _nothing)
    for table, model in PLAIN.items():
        _load(connection, table, records.rows(model), _nothing)
    _load(connection, "documents", records.rows(Document), _document_extra(held))
    _load_events(connection, records.rows(Event), publications)
    printed = _expand_lists(records, publications)
    _load_publication_rows(connection, printed)
    _load_publication_models(connection, records, publications, printed)


def mark_held(connection: sqlite3.Connection, held: Collection[str]) -> None:
    """Set ``is_held`` of every document, curated ones included, by the hashes at hand."""
    documents = connection.execute("select id, sha256 from documents order by id").fetchall()
    connection.executemany(
        "update documents set is_held = ? where id = ?",
        [(int(sha256 in held), name) for name, sha256 in documents],
    )


def _load(connection: sqlite3.Connection, table: str, rows: Iterable[Row], extra: Extra) -> None:
    columns = table_columns(connection, table)
    insert_rows(
        connection, table, columns, (record_values(row, columns, extra(row)) for row in rows)
    )


def _load_states(connection: sqlite3.Connection) -> None:
    rows = {
        (state.abbr, state.name, state.fips, int(state.is_territory))
        for state in (*us.states.STATES_AND_TERRITORIES, us.states.DC)
    }
    insert_rows(connection, "states", ("code", "name", "fips", "is_territory"), sorted(rows))


def _load_counties(connection: sqlite3.Connection, records: Records) -> None:
    """All counties, and those of the register's agencies."""
    found = [(county.fips, state, county.name) for state, county in all_counties()]
    insert_rows(connection, "counties", ("fips", "state", "name"), found)
    places = [
        (row.ori, fips)
        for row in records.rows(RegisterAgency)
        for fips in (row.county_fips or "").split()
    ]
    insert_rows(connection, "register_counties", ("ori", "county_fips"), places)


def _nothing(row: Row) -> Mapping[str, Value]:
    return {}


def _file_extra(held: Collection[str]) -> Extra:
    def extra(row: Row) -> Mapping[str, Value]:
        assert isinstance(row, PublicationFile)
        return {"is_held": int(row.sha256 in held)}

    return extra


def _document_extra(held: Collection[str]) -> Extra:
    def extra(row: Row) -> Mapping[str, Value]:
        assert isinstance(row, Document)
        is_held = row.sha256 is not None and row.sha256 in held
        return {
            "publisher": ICE,
            "published_on": None,
            "provenance": "official-record",
            "reported_via": None,
            "access": "held" if is_held else "public",
            "retrieved_on": None,
            "summary": None,
            "is_held": int(is_held),
            "is_curated": 0,
        }

    return extra


def _load_publications(connection: sqlite3.Connection, publications: Sequence[Publication]) -> None:
    places: dict[str, Mapping[str, Value]] = {}
    for kind in ("participating", "pending"):
        chain = [publication for publication in publications if publication.kind == kind]
        for index, publication in enumerate(chain):
            is_newest = index == len(chain) - 1
            places[publication.id] = {
                "sequence": index + 1,
                "previous_id": chain[index - 1].id if index else None,
                "next_id": None if is_newest else chain[index + 1].id,
                "is_newest": int(is_newest),
            }
    _load(
        connection,
        "publications",
        publications,
        lambda row: places[row.id] if isinstance(row, Publication) else {},
    )


def _load_events(
    connection: sqlite3.Connection,
    events: Sequence[Event],
    publications: Sequence[Publication],
) -> None:
    """Events from the oldest to the newest; the rows of one list stay in key order."""
    when = {publication.id: index for index, publication in enumerate(publications)}
    ordered = sorted(events, key=lambda event: when.get(event.publication_id, -1))
    numbers = {id(event): number for number, event in enumerate(ordered, 1)}
    _load(connection, "events", ordered, lambda row: {"id": numbers[id(row)]})


def _expand_lists(
    records: Records, publications: Sequence[Publication]
) -> dict[str, list[int | None]]:
    """By list in order of time, its listing numbers row by row; raises `ArchiveError`."""
    orders = {order.publication_id: order for order in records.rows(ListingOrder)}
    problems = [
        Problem("listing_order.csv", "publication_id", repr(name), "a list of publications.csv")
        for name in sorted(orders.keys() - {publication.id for publication in publications})
    ]
    before: dict[str, list[int | None]] = {"participating": [], "pending": []}
    printed: dict[str, list[int | None]] = {}
    for publication in publications:
        order = orders.get(publication.id)
        if order is None:
            problems.append(_no_order(publication))
            continue
        try:
            rows = before[publication.kind] = expand_order(before[publication.kind], order)
        except ArchiveError as error:
            raise ArchiveError([*problems, *error.problems]) from error
        problems.extend(_row_count(publication, rows))
        printed[publication.id] = rows
    if problems:
        raise ArchiveError(problems)
    return printed


def _load_publication_rows(
    connection: sqlite3.Connection, printed: Mapping[str, Sequence[int | None]]
) -> None:
    insert_rows(
        connection,
        "publication_rows",
        ("publication_id", "position", "listing"),
        (
            (publication_id, position, listing)
            for publication_id, rows in printed.items()
            for position, listing in enumerate(rows, 1)
            if listing is not None
        ),
    )


def _load_publication_models(
    connection: sqlite3.Connection,
    records: Records,
    publications: Iterable[Publication],
    printed: Mapping[str, Sequence[int | None]],
) -> None:
    """The agreements and agencies on each participating list, by model."""
    known = {agreement.id: agreement for agreement in records.rows(Agreement)}
    shown = {row.listing: known.get(row.agreement_id or "") for row in records.rows(Listing)}
    counts: list[tuple[Value, ...]] = []
    for publication in publications:
        if publication.kind != "participating":
            continue
        pairs: dict[str, dict[str, str]] = {}
        for number in printed[publication.id]:
            agreement = None if number is None else shown.get(number)
            if agreement is not None:
                pairs.setdefault(agreement.model, {})[agreement.id] = agreement.agency_id
        counts += [
            (publication.id, model, len(agencies), len(set(agencies.values())))
            for model, agencies in sorted(pairs.items())
        ]
    insert_rows(
        connection,
        "publication_models",
        ("publication_id", "model", "agreements", "agencies"),
        counts,
    )


def _no_order(publication: Publication) -> Problem:
    return Problem(
        "listing_order.csv", "publication_id", "no row", f"the order of {publication.id}"
    )


def _row_count(publication: Publication, rows: Sequence[int | None]) -> list[Problem]:
    printed = sum(listing is not None for listing in rows)
    if printed == publication.rows:
        return []
    return [
        Problem(
            f"publications.csv, {publication.id}",
            "rows",
            str(publication.rows),
            f"{printed}, the number of rows in listing_order.csv",
        )
    ]
