"""A small set of records, invented for tests: five agencies over three lists and a pending one."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path

from scripts.checks.addresses import add_addresses, record_addresses
from scripts.records.markdown import read_documents
from scripts.records.models.agreements import Agency, AgencyName, Agreement, Event
from scripts.records.models.base import ListKind, Row
from scripts.records.models.documents import Document
from scripts.records.models.lists import Listing, ListingOrder, Publication, PublicationFile
from scripts.records.models.statements import Payment, Topic
from scripts.records.read import read_records
from scripts.records.write import write_table
from tests.pdfs import make_pdf

L1, L2, L3 = "2025-02-26", "2025-03-03-am", "2025-03-03-pm"
P1, P2 = "pending-2025-02-26", "pending-2025-03-03-am"
FHP = "fl-florida-highway-patrol"
MIAMI = "fl-miami-dade-corrections-and-rehabilitation-department"
STJOHNS = "fl-st-johns-county-sheriffs-office"
OBRIEN = "ia-obrien-county-sheriffs-office"
DONA = "nm-dona-ana-county-sheriffs-office"
HEADER = (
    '["STATE","LAW ENFORCEMENT AGENCY","TYPE","COUNTY","SUPPORT TYPE","SIGNED","MOA","ADDENDUM"]'
)
MOA = "https://www.ice.gov/doclib/287gMOA/"


# Pages of the one memorandum that is held, written for the tests.
MEMORANDUM = make_pdf(
    [
        [
            "Memorandum of agreement under section 287(g) with the Florida Highway Patrol.",
            "The parties agree on the delegation of authority to troopers.",
        ],
        [
            "Nominated troopers complete four weeks of training before they are certified.",
            "Costs of overtime are borne by the agency until funds are appropriated.",
        ],
        [
            "Either party may end the arrangement with ninety days of notice.",
            "Complaints go to the Office of Professional Responsibility <b>first</b>.",
        ],
    ]
)


def _sha(text: str) -> str:
    return text.encode().hex().ljust(64, "0")[:64]


def _publication(name: str, rows: int) -> Publication:
    kind: ListKind = "pending" if name.startswith("pending-") else "participating"
    day, half = name.removeprefix("pending-")[:10], name.removeprefix("pending-")[11:] or None
    return Publication(
        id=name,
        kind=kind,
        stated_on=dt.date.fromisoformat(day),
        half_day=half,
        date_basis="file-name",
        date_note=None,
        rows=rows,
        header=HEADER,
        content_sha256=_sha(name),
    )


def _listing(
    number: int,
    agency: str,
    agreement: str | None,
    printed: tuple[str, str, str, str, str],
    first: str,
    last: str | None,
) -> Listing:
    state, name, county, model, signed = printed
    return Listing(
        listing=number,
        kind="pending" if first.startswith("pending-") else "participating",
        agency_id=agency,
        agreement_id=agreement,
        occurrence=1,
        state_printed=state,
        agency_printed=name,
        type_printed="County",
        county_printed=county,
        model_printed=model,
        signed_printed=signed,
        moa_printed="link" if agreement else "",
        moa_address=f"{MOA}{agreement}.pdf" if agreement else None,
        addendum_printed="",
        addendum_address=None,
        other_cells=None,
        first_publication=first,
        last_publication=last,
    )


def _agency(name: str, state: str, printed: str, county: str | None, fips: str | None) -> Agency:
    return Agency(
        id=name,
        state=state,
        name=printed,
        kind="sheriff" if "sheriff" in name else "state-agency",
        kind_basis="name",
        county=county,
        county_fips=fips,
        county_basis="county-column" if county else None,
    )


def _name(agency: str, printed: str, state: str, first: str) -> AgencyName:
    return AgencyName(
        agency_id=agency,
        kind="pending" if first.startswith("pending-") else "participating",
        name_printed=printed,
        state_printed=state,
        first_publication=first,
        last_publication=None,
        matched_by="exact",
        evidence=None,
    )


def _agreement(
    name: str, agency: str, model: str, signed: str, listed: tuple[str, str | None], **more: str
) -> Agreement:
    return Agreement(
        id=name,
        agency_id=agency,
        model=model,
        signed_on=dt.date.fromisoformat(signed),
        signed_basis="list",
        status="removed" if listed[1] else "active",
        reason=None,
        listed_from=listed[0],
        listed_until=listed[1],
        pending_from=more.get("pending_from"),
        successor_id=None,
        document_id=more.get("document_id"),
    )


def _document(name: str, title: str, agreement: str, agency: str, pages: int | None) -> Document:
    return Document(
        id=name,
        kind="memorandum",
        title=f"Memorandum of Agreement, {title}",
        agreement_id=agreement,
        agency_id=agency,
        file_name=f"{agreement}.pdf",
        address=f"{MOA}{agreement}.pdf",
        archived_address=None,
        sha256=hashlib.sha256(MEMORANDUM).hexdigest() if pages else None,
        bytes=len(MEMORANDUM) if pages else None,
        pages=pages,
        text_from="embedded" if pages else None,
        model=None,
        template=None,
        signed_on=None,
        signed_basis=None,
        note=None,
    )


def _event(publication: str, kind: str, agency: str, agreement: str | None, model: str) -> Event:
    signed = {one.id: one.signed_on for one in AGREEMENTS}
    return Event(
        publication_id=publication,
        kind=kind,
        agency_id=agency,
        model=model,
        agreement_id=agreement,
        on=signed[agreement] if agreement and kind == "listed" else None,
        before=None,
        after=None,
        note=None,
    )


AGREEMENTS: Sequence[Agreement] = (
    _agreement(
        f"{FHP}-tfm-2025-02-25", FHP, "tfm", "2025-02-25", (L1, None), document_id="moa-fhp"
    ),
    _agreement(f"{MIAMI}-jem-2019-12-19", MIAMI, "jem", "2019-12-19", (L1, L2)),
    _agreement(
        f"{STJOHNS}-wso-2025-02-27",
        STJOHNS,
        "wso",
        "2025-02-27",
        (L2, None),
        document_id="moa-st-johns",
        pending_from=P1,
    ),
    _agreement(f"{OBRIEN}-wso-2025-03-01", OBRIEN, "wso", "2025-03-01", (L3, None)),
)

TABLES: Sequence[tuple[type[Row], Sequence[Row]]] = (
    (
        Publication,
        [_publication(name, rows) for name, rows in ((L1, 2), (L2, 3), (L3, 3), (P1, 1), (P2, 1))],
    ),
    (
        PublicationFile,
        [
            PublicationFile(
                sha256=_sha(f"file {name}"),
                file_name=f"{name}.xlsx",
                publication_id=name,
                bytes=100,
                stated_on=None,
                half_day=None,
                captured_at=None,
                modified_at=None,
                address=None,
                archived_address=None,
            )
            for name in (L1, L2, L3, P1, P2)
        ],
    ),
    (
        Agency,
        [
            _agency(FHP, "FL", "Florida Highway Patrol", None, None),
            _agency(
                MIAMI,
                "FL",
                "Miami-Dade Corrections and Rehabilitation Department",
                "Miami-Dade County",
                "12086",
            ),
            _agency(
                STJOHNS, "FL", "St. Johns County Sheriff’s Office", "St. Johns County", "12109"
            ),
            _agency(OBRIEN, "IA", "O'Brien County Sheriff's Office", "O'Brien County", "19141"),
            _agency(DONA, "NM", "Doña Ana County Sheriff's Office", "Doña Ana County", "35013"),
        ],
    ),
    (
        AgencyName,
        [
            _name(FHP, "Florida Highway Patrol", "FLORIDA", L1),
            _name(FHP, "FL Highway Patrol ", "FLORIDA", L2),
            _name(MIAMI, "Miami-Dade Corrections and Rehabilitation Department", "FLORIDA", L1),
            _name(STJOHNS, "St. Johns County Sheriff’s Office", "FLORIDA", L2),
            _name(STJOHNS, "St. Johns County Sheriff’s Office", "FLORIDA", P1),
            _name(OBRIEN, "O'Brien County Sheriff's Office", "IOWA", L3),
            _name(DONA, "Doña Ana County Sheriff's Office", "NEW MEXICO", P2),
        ],
    ),
    (Agreement, AGREEMENTS),
    (
        Listing,
        [
            _listing(
                1,
                FHP,
                AGREEMENTS[0].id,
                ("FLORIDA", "Florida Highway Patrol", "", "Task Force Model", "2025-02-25"),
                L1,
                None,
            ),
            _listing(
                2,
                MIAMI,
                AGREEMENTS[1].id,
                (
                    "FLORIDA",
                    "Miami-Dade Corrections and Rehabilitation Department",
                    "Miami-Dade County",
                    "Jail Enforcement Model ",
                    "2019-12-19",
                ),
                L1,
                L2,
            ),
            _listing(
                3,
                STJOHNS,
                AGREEMENTS[2].id,
                (
                    "FLORIDA",
                    "St. Johns County Sheriff’s Office",
                    "St. Johns County",
                    "Warrant Service Officer",
                    "2025-02-27",
                ),
                L2,
                None,
            ),
            _listing(
                4,
                OBRIEN,
                AGREEMENTS[3].id,
                (
                    "IOWA",
                    "O'Brien County Sheriff's Office",
                    "O'Brien County",
                    "Warrant Service Officer",
                    "2025-03-01",
                ),
                L3,
                None,
            ),
            _listing(
                5,
                STJOHNS,
                None,
                (
                    "FLORIDA",
                    "St. Johns County Sheriff’s Office",
                    "St. Johns County",
                    "Warrant Service Officer",
                    "",
                ),
                P1,
                P1,
            ),
            _listing(
                6,
                DONA,
                None,
                (
                    "NEW MEXICO",
                    "Doña Ana County Sheriff's Office",
                    "Doña Ana County",
                    "Task Force Model",
                    "",
                ),
                P2,
                None,
            ),
        ],
    ),
    (
        ListingOrder,
        [
            ListingOrder(publication_id=L1, ops="+1-2"),
            ListingOrder(publication_id=L2, ops="1 _1 +3 2"),
            ListingOrder(publication_id=L3, ops="3 1-2 +4"),
            ListingOrder(publication_id=P1, ops="+5"),
            ListingOrder(publication_id=P2, ops="+6"),
        ],
    ),
    (
        Event,
        [
            _event(P1, "pending", STJOHNS, None, "wso"),
            _event(L1, "listed", FHP, AGREEMENTS[0].id, "tfm"),
            _event(L1, "listed", MIAMI, AGREEMENTS[1].id, "jem"),
            _event(L2, "listed", STJOHNS, AGREEMENTS[2].id, "wso"),
            _event(P2, "pending", DONA, None, "tfm"),
            _event(L3, "removed", MIAMI, AGREEMENTS[1].id, "jem"),
            _event(L3, "listed", OBRIEN, AGREEMENTS[3].id, "wso"),
        ],
    ),
    (
        Document,
        [
            _document("moa-fhp", "Florida Highway Patrol", AGREEMENTS[0].id, FHP, 3),
            _document("moa-st-johns", "St. Johns County", AGREEMENTS[2].id, STJOHNS, None),
        ],
    ),
    (
        Payment,
        [
            Payment.model_validate(
                {
                    "id": f"payment-{number}",
                    "agency_id": FHP,
                    "payee": "Florida Highway Patrol",
                    "category": "equipment",
                    "period": "2025",
                    "amount_usd": amount,
                    "amount_qualifier": "about",
                    "status": status,
                    "payer": "ice",
                    "source_id": "moa-fhp",
                    "locator": "page 2",
                    "provenance": provenance,
                    "reported_via": None,
                    "note": None,
                }
            )
            for number, (amount, status, provenance) in enumerate(
                [(100, "paid", "press-report"), (200, "announced", "official-statement")], 1
            )
        ],
    ),
    (Topic, [Topic(id="training", title="Training", summary="Who is trained, how and by whom.")]),
)


def write_sample(folder: Path) -> Path:
    """Write the sample's record files below ``folder`` and give the folder."""
    for table, rows in TABLES:
        write_table(folder, table, rows)
    return write_addresses(folder)


def write_addresses(folder: Path) -> Path:
    """Record the address of everything that the records of ``folder`` have, and give the folder."""
    records = read_records(folder)
    add_addresses(records, record_addresses(records, read_documents(folder)))
    return folder


def write_sources(folder: Path) -> Path:
    """Write the one memorandum that is held below ``folder`` and give the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "highway-patrol.pdf").write_bytes(MEMORANDUM)
    return folder
