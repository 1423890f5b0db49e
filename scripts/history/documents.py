"""Memoranda and addenda: every file that a list links, and the agreement it belongs to.

A link is believed where nothing speaks against it. What speaks: the file's own name gives another
model; or it has no word of the agency's name and gives another state, or all words of another
agency of the state; or several agreements link the file, and another one has linked it for longer.
Such links are noted and not followed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scripts.history.papers import Paper, paper_of
from scripts.identity.identifiers import Mint
from scripts.identity.matching import read_shape
from scripts.identity.names import name_key, plain, slug
from scripts.identity.readings import STATES, Reading
from scripts.lists.addresses import file_name_of
from scripts.records.models.agreements import Agency, Agreement
from scripts.records.models.documents import Document

MODEL_TITLES = {
    "jem": "Jail Enforcement Model",
    "wso": "Warrant Service Officer",
    "tfm": "Task Force Model",
}
_MODEL_IN_NAME = re.compile(r"(?<![A-Za-z])(JEM|WSO|TFM|TF)(?![A-Za-z])|287g(JEM|WSO|TFM)")
_STATE_IN_NAME = re.compile(r"(?<=[a-z)])([A-Z]{2})(?=_)")
_CODES = frozenset(STATES.values()) - {"CO"}  # which stands for county too
FITS_WELL = 0.5  # share of an agency's words in a file's name
_GENERIC = frozenset(
    ("county", "sheriffs", "office", "police", "department", "of", "the", "and", "city", "town")
)


@dataclass(frozen=True)
class HeldDocument:
    """A held PDF: its file name, folders that may name its state, hash, size, pages."""

    file_name: str
    folders: tuple[str, ...]
    sha256: str
    bytes: int
    pages: int | None


@dataclass(frozen=True)
class Link:
    """One agreement's link to a file, over some lists."""

    agreement_id: str
    kind: str  # memorandum, addendum
    lists: int
    last: int


def model_in_name(file_name: str) -> str | None:
    """The model that a file's name gives, where it gives one."""
    found = {(a or b).lower() for a, b in _MODEL_IN_NAME.findall(file_name.replace("_", " "))}
    found = {"tfm" if model == "tf" else model for model in found}
    return found.pop() if len(found) == 1 else None


def state_in_name(file_name: str) -> str | None:
    """The state whose code a file's name gives before the model (``…OfficeKS_WSO_…``)."""
    found = {code for code in _STATE_IN_NAME.findall(file_name) if code in _CODES}
    return found.pop() if len(found) == 1 else None


def document_identifier(kind: str, file_name: str) -> str:
    """``moa-franklin-co-al-tfm-031825`` for ``FranklinCoAL_TFM_MOA_031825.pdf``."""
    stem = re.sub(r"\.pdf$", "", file_name, flags=re.I)
    stem = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})|(?<=[a-z])(?=\d)", " ", stem)
    words = [word for word in slug(stem).split("-") if word not in ("moa", "addendum")]
    prefix = "moa" if kind == "memorandum" else "addendum"
    return "-".join([prefix, *words])


def name_fits(agency: Agency, file_name: str) -> float:
    """The share of an agency's own words that stand in a file's name, 0 to 1."""
    stem = plain(file_name).replace(" ", "")
    shape = read_shape(name_key(agency.name))
    words = [w for w in shape.place.split() if w not in _GENERIC and len(w) > 1]
    if not words:
        return 0.0
    return sum(word in stem for word in words) / len(words)


def collect_documents(
    readings: Iterable[Reading],
    agreement_of: Mapping[int, str | None],
    agreements: Sequence[Agreement],
    agencies: Sequence[Agency],
    held: Iterable[HeldDocument],
    known: Sequence[Document],
    used: Iterable[str],
    read: Mapping[str, Paper],
) -> tuple[tuple[Document, ...], dict[str, str]]:
    """Every linked file as a document, and each agreement's own memorandum by identifier.

    Facts that other rooms read from a held file (text, template, dates) are kept. ``read`` has the
    days that files' pages give: a paper newer than its row's signing date bears its own, and is
    the agreement's memorandum only where no older one was linked.
    """
    links = _collect_links(readings, agreement_of)
    agreement = {item.id: item for item in agreements}
    agency = {item.id: item for item in agencies}
    by_state: dict[str, list[Agency]] = {}
    for item in agencies:
        by_state.setdefault(item.state, []).append(item)
    by_address = {item.address: item for item in known if item.address}
    mint = Mint({*used, *(item.id for item in known)})
    files = _HeldFiles(held)
    documents: list[Document] = []
    chosen: dict[str, tuple[bool, int, int, str]] = {}
    for address in sorted(links):
        file_name = file_name_of(address)
        best, note = _judge(file_name, links[address], agreement, agency, by_state)
        kind = max(links[address], key=lambda link: (link.lists, link.kind)).kind
        owner = agency[agreement[best.agreement_id].agency_id] if best else None
        states = {agency[agreement[link.agreement_id].agency_id].state for link in links[address]}
        pdf = files.find(file_name, states)
        before = by_address.pop(address, None)
        document = _document(before, kind, address, file_name, pdf)
        identifier = before.id if before else mint.make(document_identifier(kind, file_name))
        owned = agreement[best.agreement_id] if best else None
        paper = paper_of(identifier, file_name, read)
        is_newer = owned and kind == "memorandum" and paper and paper.is_late(owned.signed_on)
        late = paper if is_newer else None
        title = _title(kind, owner, owned, file_name, late)
        documents.append(
            document.model_copy(
                update={
                    "id": identifier,
                    "title": title,
                    "agreement_id": best.agreement_id if best else None,
                    "agency_id": owner.id if owner else None,
                    "note": note,
                }
            )
        )
        if best and kind == "memorandum":
            rank = (late is None, best.last, best.lists, identifier)
            chosen[best.agreement_id] = max(chosen.get(best.agreement_id, rank), rank)
    documents += by_address.values()
    documents += [item for item in known if item.address is None]
    memoranda = {agreement_id: identifier for agreement_id, (*_, identifier) in chosen.items()}
    return tuple(sorted(documents, key=lambda item: item.id)), memoranda


def _collect_links(
    readings: Iterable[Reading], agreement_of: Mapping[int, str | None]
) -> dict[str, list[Link]]:
    """By canonical address, the agreements whose rows link it."""
    lists: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for reading in readings:
        agreement_id = agreement_of.get(reading.listing)
        if agreement_id is None:
            continue
        for kind in ("memorandum", "addendum"):
            address = getattr(reading, kind)
            if address:
                count = lists[address, agreement_id, kind]
                count[0] += reading.last - reading.first + 1
                count[1] = max(count[1], reading.last)
    links: dict[str, list[Link]] = {}
    for (address, agreement_id, kind), (number, last) in sorted(lists.items()):
        links.setdefault(address, []).append(Link(agreement_id, kind, number, last))
    return links


def _judge(
    file_name: str,
    links: list[Link],
    agreements: Mapping[str, Agreement],
    agencies: Mapping[str, Agency],
    by_state: Mapping[str, Sequence[Agency]],
) -> tuple[Link | None, str | None]:
    """The link to believe, and what is to be said of the others."""
    doubts = {
        link: _doubt(file_name, agreements[link.agreement_id], agencies, by_state) for link in links
    }

    def trust(link: Link) -> tuple[bool, bool, int, float, str]:
        fits = name_fits(agencies[agreements[link.agreement_id].agency_id], file_name)
        return (doubts[link] is None, fits >= FITS_WELL, link.lists, fits, link.agreement_id)

    best = max(links, key=trust)
    followed = doubts[best] is None
    remarks = [
        f"linked from the row of {link.agreement_id}, but {doubts[link]}: not followed"
        for link in links
        if doubts[link]
    ]
    others = {i.agreement_id for i in links if not doubts[i]} - {best.agreement_id}
    if others:
        remarks.append(f"linked also from the row of {', '.join(sorted(others))}: not followed")
    return (best if followed else None), "; ".join(dict.fromkeys(remarks)) or None


def _doubt(
    file_name: str,
    agreement: Agreement,
    agencies: Mapping[str, Agency],
    by_state: Mapping[str, Sequence[Agency]],
) -> str | None:
    """What in a file's name speaks against its being this agreement's; ``None`` for nothing."""
    named = model_in_name(file_name)
    if named is not None and named != agreement.model:
        return f"named as a {named} memorandum"
    agency = agencies[agreement.agency_id]
    if name_fits(agency, file_name) > 0:
        return None
    state = state_in_name(file_name)
    if state is not None and state != agency.state:
        return f"named for a body in {state}"
    for other in by_state.get(agency.state, ()):
        if other.id != agency.id and name_fits(other, file_name) == 1:
            return f"named for {other.name}"
    return None


def _title(
    kind: str,
    agency: Agency | None,
    agreement: Agreement | None,
    file_name: str,
    late: Paper | None,
) -> str:
    what = "Memorandum of agreement" if kind == "memorandum" else "Addendum"
    if agency is None or agreement is None:
        return f"{what}, {file_name}"
    model = MODEL_TITLES.get(agreement.model, agreement.model)
    day = late.day if late else agreement.signed_on
    signed = f", {day.isoformat()}" if day else ""
    return f"{what}: {agency.name}, {agency.state}, {model}{signed}"


def _document(
    before: Document | None,
    kind: str,
    address: str,
    file_name: str,
    pdf: HeldDocument | None,
) -> Document:
    """A document's row with what the file itself gives; ``id``, ``title`` and joins follow."""
    if before is not None and (pdf is None or pdf.sha256 == before.sha256):
        return before
    return Document(
        id="new",
        kind="memorandum" if kind == "memorandum" else "addendum",
        title="new",
        agreement_id=None,
        agency_id=None,
        file_name=file_name,
        address=address,
        archived_address=before.archived_address if before else None,
        sha256=pdf.sha256 if pdf else None,
        bytes=pdf.bytes if pdf else None,
        pages=pdf.pages if pdf else None,
        text_from=None,
        model=None,
        template=None,
        signed_on=None,
        signed_basis=None,
        note=None,
    )


class _HeldFiles:
    """Held PDFs by file name; where several bear one name, the folder's state tells them apart."""

    def __init__(self, held: Iterable[HeldDocument]) -> None:
        self._by_name: dict[str, dict[str, HeldDocument]] = {}
        for pdf in sorted(held, key=lambda item: (item.sha256, item.file_name)):
            self._by_name.setdefault(pdf.file_name.casefold(), {})[pdf.sha256] = pdf

    def find(self, file_name: str, states: set[str]) -> HeldDocument | None:
        """The held file of that name whose folder does not speak of another state."""
        found = [
            pdf
            for pdf in self._by_name.get(file_name.casefold(), {}).values()
            if not (named := states_in(pdf.folders)) or named & states
        ]
        return found[0] if len(found) == 1 else None


def states_in(folders: Iterable[str]) -> set[str]:
    """The states that folder names give: ``NEW_YORK`` is New York."""
    names = (folder.replace("_", " ").upper() for folder in folders)
    return {STATES[name] for name in names if name in STATES}
