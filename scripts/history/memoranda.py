"""Questions that memoranda and dates raise: where a file and the list that links it differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from scripts.history.papers import REPLACED
from scripts.history.review import Question, Subject
from scripts.records.models.agreements import Agreement
from scripts.records.models.documents import Document, DocumentFact

SURE = 0.75  # confidence from which a fact counts
DAYS_BEFORE = 366  # from signing to the first list that shows it
DAYS_AFTER = 7  # from the first list that shows it to signing
_ROW_OF = re.compile(r"row of ([a-z0-9-]+[a-z0-9])")
_FIELDS = {"ice-signed-on": "signing date", "agency": "agency", "model": "model"}


def ask_dates(subject: Subject) -> Iterator[Question]:
    """Agreements whose signing date lies far before, or after, the first list that shows them.

    An agreement on the oldest list held may have been listed long before; it raises no question.
    """
    lists = subject.lists
    if not lists:
        return
    day = {publication.id: publication.stated_on for publication in lists}
    for agreement in subject.agreements.values():
        listed = day.get(agreement.listed_from)
        if agreement.signed_on is None or listed is None or agreement.listed_from == lists[0].id:
            continue
        days = (listed - agreement.signed_on).days
        if -DAYS_AFTER <= days <= DAYS_BEFORE:
            continue
        how = f"{days} days later" if days > 0 else f"{-days} days earlier"
        detail = f"signed on {agreement.signed_on}, first listed on {listed}, {how}"
        detail += "".join(
            f"; {event.before} until the list {event.publication_id}"
            for event in subject.events
            if event.agreement_id == agreement.id and event.kind == "date-corrected"
        )
        state = subject.agencies[agreement.agency_id].state
        yield Question("date-far", state, agreement.id, None, agreement.listed_from, detail)


def ask_memoranda(subject: Subject) -> Iterator[Question]:
    """Memoranda that say another signing date, agency or model than the list that links them."""
    for document in subject.documents:
        agreement = subject.agreements.get(document.agreement_id or "")
        if agreement is None or document.kind != "memorandum":
            continue
        for name, fact in sorted(sure_facts(subject, document).items()):
            listed = _listed(agreement, name)
            if name not in _FIELDS or listed in (None, fact.value):
                continue
            detail = (
                f"{_FIELDS[name]}: the list says {listed}, the memorandum {fact.value} "
                f"(page {fact.page_number})"
            )
            state = subject.agencies[agreement.agency_id].state
            yield Question("memorandum-differs", state, document.id, agreement.id, None, detail)


def ask_replaced(subject: Subject) -> Iterator[Question]:
    """Rows that link a newer memorandum and keep the older signing date: was it signed anew?"""
    by_address = {document.address: document for document in subject.documents}
    for event in subject.events:
        document = by_address.get(event.after) if event.kind == REPLACED else None
        agreement = subject.agreements.get(event.agreement_id or "")
        if document is None or agreement is None:
            continue
        detail = (
            f"the list says signed on {agreement.signed_on}, the memorandum that it links from the "
            f"list {event.publication_id} on is of {event.on} ({event.note})"
        )
        state = subject.agencies[agreement.agency_id].state
        shown = event.publication_id
        yield Question(REPLACED, state, document.id, agreement.id, shown, detail)


def _listed(agreement: Agreement, name: str) -> str | None:
    if name == "ice-signed-on":
        return agreement.signed_on.isoformat() if agreement.signed_on else None
    return {"agency": agreement.agency_id, "model": agreement.model}.get(name)


def sure_facts(subject: Subject, document: Document) -> Mapping[str, DocumentFact]:
    """What a document says of itself, where that is sure enough."""
    return {
        fact.fact: fact
        for fact in subject.facts_of.get(document.id, ())
        if float(fact.confidence) >= SURE
    }


def is_answered(subject: Subject, document: Document) -> bool:
    """Whether the document itself shows that the rows whose link is not followed are not its own.

    It names its agency, the one it is taken for, and every such row is of another agency or model.
    """
    facts = sure_facts(subject, document)
    agency, model = facts.get("agency"), facts.get("model")
    if agency is None or agency.value != document.agency_id:
        return False
    others = [subject.agreements.get(name) for name in _ROW_OF.findall(document.note or "")]
    return bool(others) and all(
        other is not None
        and (other.agency_id != agency.value or (model is not None and other.model != model.value))
        for other in others
    )
