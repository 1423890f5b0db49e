"""What held memoranda say of themselves, into the records ``documents`` and ``document_facts``.

A command of its own, not a part of every harvest: to read a memorandum takes a second a page where
it is a scan, to read a list takes milliseconds.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import nullcontext
from dataclasses import dataclass, fields
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

from scripts.errors import Problem
from scripts.records.models import Agreement, Document, DocumentFact
from scripts.sources.memorandum import DocumentFacts, Fact, read_facts
from scripts.sources.page import PageText
from scripts.sources.reading import read_document

_CLOSED = ("model", "template", "ice_signed_on", "field_office", "addendum")
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
    """What one file says, and how its text was had."""

    sha256: str
    facts: DocumentFacts | None
    text_from: Literal["embedded", "ocr", "mixed", "none"] | None
    problems: tuple[Problem, ...]


def read_files(
    jobs: Sequence[ReadJob], advance: Callable[[], None], executor: Executor | None = None
) -> tuple[ReadFile, ...]:
    """Read all files, here or on ``executor``, in order of SHA-256."""
    if not jobs:
        return ()
    pool = ProcessPoolExecutor(min(os.cpu_count() or 1, len(jobs)), mp_context=get_context("spawn"))
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
    facts = read_facts(document.pages)
    return ReadFile(job.sha256, facts, text_from(document.pages), document.problems)


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


def with_facts(document: Document, file: ReadFile) -> Document:
    """A document's row with what the file says, where that is sure enough."""
    facts = file.facts
    if facts is None:
        return document
    signed = facts.ice_signed_on
    return document.model_copy(
        update={
            "pages": facts.pages,
            "text_from": file.text_from,
            "model": _sure(facts.model),
            "template": _sure(facts.template),
            "signed_on": dt.date.fromisoformat(signed.value) if signed and _sure(signed) else None,
            "signed_basis": signed.basis if signed and _sure(signed) else None,
        }
    )


def _sure(fact: Fact | None) -> str | None:
    return fact.value if fact is not None and fact.confidence >= _SURE else None


def fact_rows(document_id: str, facts: DocumentFacts) -> list[DocumentFact]:
    """Each fact with how it was read and how sure that is.

    Only values of a closed vocabulary and dates become records. The agency's name as read stays
    out: it is free text of an unmasked page, and where the reading is poor it is no name at all.
    """
    rows: list[DocumentFact] = []
    for field in fields(facts):
        fact = getattr(facts, field.name)
        if isinstance(fact, Fact) and field.name in _CLOSED:
            rows.append(
                DocumentFact(
                    document_id=document_id,
                    fact=field.name.replace("_", "-"),
                    value=fact.value,
                    basis=fact.basis,
                    page_number=fact.page_number,
                    confidence=f"{fact.confidence:.2f}",
                )
            )
    if facts.form_fields:
        rows.append(
            DocumentFact(
                document_id=document_id,
                fact="form-fields",
                value=str(facts.form_fields),
                basis="form",
                page_number=None,
                confidence="1.00",
            )
        )
    return rows


def describe_disagreements(
    documents: Iterable[Document], agreements: Mapping[str, Agreement]
) -> list[str]:
    """Where a memorandum says another date or model than the list, in words."""
    told: list[str] = []
    for document in documents:
        agreement = agreements.get(document.agreement_id or "")
        if agreement is None or document.kind != "memorandum":
            continue
        if document.signed_on and agreement.signed_on not in (None, document.signed_on):
            told.append(
                f"{document.id}: the list says {agreement.signed_on}, the memorandum "
                f"{document.signed_on} ({document.signed_basis})"
            )
        if document.model and document.model != agreement.model:
            told.append(
                f"{document.id}: the list says {agreement.model}, the memorandum {document.model}"
            )
    return told
