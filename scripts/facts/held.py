"""What held memoranda say of themselves, into the records ``documents`` and ``document_facts``.

A command of its own, not a part of every harvest: to read a memorandum takes a second a page where
it is a scan, to read a list takes milliseconds.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from contextlib import nullcontext
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from scripts.errors import Problem
from scripts.facts.fact import Fact
from scripts.facts.memorandum import DocumentFacts, Mention, read_facts, read_mentions
from scripts.reading.form import FieldEntry
from scripts.reading.page import PageText
from scripts.reading.reader import ReaderError
from scripts.reading.reading import read_document, read_form
from scripts.records.models.agreements import Agreement
from scripts.records.models.documents import Document, DocumentFact, FactCheck, FormField
from scripts.workers import make_pool

_CLOSED = ("model", "template", "ice_signed_on", "field_office", "addendum")
_LOOKED_AT = "looked at"  # the picture shows otherwise than a machine read
_SURE = 0.75  # confidence from which a fact enters ``documents.csv``


@dataclass(frozen=True)
class ReadJob:
    """One held file to be read; picklable."""

    sha256: str
    path: Path
    cache: Path
    by_eye: bool


@dataclass(frozen=True)
class ReadFile:
    """What one file says, and how its text was had.

    ``mentions`` are words of unmasked pages, to be held against a closed vocabulary; no record.
    """

    sha256: str
    facts: DocumentFacts | None
    text_from: Literal["embedded", "ocr", "mixed", "none"] | None
    problems: tuple[Problem, ...]
    mentions: tuple[Mention, ...] = ()
    fields: tuple[FieldEntry, ...] = ()


def read_files(
    jobs: Sequence[ReadJob], advance: Callable[[], None], executor: Executor | None = None
) -> tuple[ReadFile, ...]:
    """Read all files, here or on ``executor``, in order of SHA-256."""
    if not jobs:
        return ()
    pool = make_pool(min(os.cpu_count() or 1, len(jobs)))
    found: list[ReadFile] = []
    with nullcontext(executor) if executor is not None else pool as running:
        for future in as_completed([running.submit(read_file, job) for job in jobs]):
            found.append(future.result())
            advance()
    return tuple(sorted(found, key=lambda file: file.sha256))


def read_file(job: ReadJob) -> ReadFile:
    """Read one file's pages and what they say."""
    document = read_document(job.path, job.sha256, job.cache, by_eye=job.by_eye)
    if not document.pages:
        return ReadFile(job.sha256, None, None, document.problems)
    problems = document.problems
    try:
        fields = read_form(job.path)
    except ReaderError as error:
        fields = ()
        problems += (Problem(job.path.name, "form fields", str(error), "a form that can be read"),)
    return ReadFile(
        job.sha256,
        read_facts(document.pages),
        text_from(document.pages),
        problems,
        read_mentions(document.pages),
        fields,
    )


def text_from(pages: Iterable[PageText]) -> Literal["embedded", "ocr", "mixed", "none"]:
    """How the text of a file's pages was had; pages that wait for optical reading have none."""
    sources = {
        "none" if page.is_waiting else "ocr" if page.source == "ocr" else "embedded"
        for page in pages
        if page.lines or page.is_waiting
    }
    if len(sources) > 1:
        return "mixed"
    return "ocr" if sources == {"ocr"} else "embedded" if sources == {"embedded"} else "none"


def with_facts(document: Document, rows: Iterable[DocumentFact], file: ReadFile) -> Document:
    """A document's row with what the file says, where that is sure enough."""
    if file.facts is None:
        return document
    sure = {row.fact: row for row in rows if float(row.confidence) >= _SURE}
    value = {fact: row.value for fact, row in sure.items()}
    signed = sure.get("ice-signed-on")
    return document.model_copy(
        update={
            "pages": file.facts.pages,
            "text_from": file.text_from,
            "model": value.get("model"),
            "template": value.get("template"),
            "signed_on": dt.date.fromisoformat(signed.value) if signed else None,
            "signed_basis": signed.basis if signed else None,
        }
    )


def fact_rows(
    document_id: str, file: ReadFile, agency: Fact | None, checks: Mapping[str, FactCheck]
) -> list[DocumentFact]:
    """Each fact with how it was read and how sure that is.

    Only values of a closed vocabulary and dates become records: of the agency its identifier, not
    the words of the page. What a check on the picture found comes before what was read.
    """
    if file.facts is None:
        return []
    found: dict[str, Fact] = {}
    for field in fields(file.facts):
        fact = getattr(file.facts, field.name)
        if isinstance(fact, Fact) and field.name in _CLOSED:
            found[field.name.replace("_", "-")] = fact
    if agency is not None:
        found["agency"] = agency
    for name, check in checks.items():
        read = found.pop(name, None)
        if check.value is not None:
            same = read is not None and read.value == check.value
            seen = Fact(check.value, _LOOKED_AT, check.page_number, 1.0)
            found[name] = read if same and read is not None else seen
    rows = [
        DocumentFact(
            document_id=document_id,
            fact=name,
            value=fact.value,
            basis=fact.basis,
            page_number=fact.page_number,
            confidence=f"{fact.confidence:.2f}",
        )
        for name, fact in found.items()
    ]
    if file.fields:
        rows.append(
            DocumentFact(
                document_id=document_id,
                fact="form-fields",
                value=str(len(file.fields)),
                basis="form",
                page_number=None,
                confidence="1.00",
            )
        )
    return rows


def field_rows(document_id: str, entries: Iterable[FieldEntry]) -> list[FormField]:
    """The form's fields as records, in the file's order."""
    return [
        FormField.model_validate(
            {
                "document_id": document_id,
                "position": position,
                "page_number": entry.page_number,
                "name": entry.name,
                "asks_for": entry.asks_for,
                "kind": entry.kind,
                "is_filled": "yes" if entry.is_filled else "no",
                "typed_date": entry.date,
            }
        )
        for position, entry in enumerate(entries, 1)
    ]


def describe_disagreements(
    facts: Iterable[DocumentFact],
    documents: Mapping[str, Document],
    agreements: Mapping[str, Agreement],
) -> list[str]:
    """Where a memorandum says another date, model or agency than the list, in words."""
    told: list[str] = []
    for fact in facts:
        document = documents[fact.document_id]
        agreement = agreements.get(document.agreement_id or "")
        if agreement is None or float(fact.confidence) < _SURE:
            continue
        listed = {
            "ice-signed-on": agreement.signed_on and agreement.signed_on.isoformat(),
            "model": agreement.model,
            "agency": agreement.agency_id,
        }.get(fact.fact)
        if listed not in (None, fact.value):
            place = f"page {fact.page_number}, {fact.basis}"
            told.append(
                f"{document.id}: the list says {listed}, the memorandum {fact.value} ({place})"
            )
    return told
