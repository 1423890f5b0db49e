"""What held memoranda say of themselves, read and written into the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts import paths
from scripts.errors import Problem
from scripts.facts.held import (
    ReadFile,
    ReadJob,
    describe_disagreements,
    fact_rows,
    field_rows,
    read_files,
    with_facts,
)
from scripts.facts.printed_agency import make_vocabulary, read_agency
from scripts.progress import counting
from scripts.reading.tesseract import may_read_by_eye
from scripts.records.models.agreements import Agency, AgencyName, Agreement
from scripts.records.models.documents import Document, DocumentFact, FactCheck, FormField
from scripts.records.read import read_table
from scripts.records.swap import writing
from scripts.records.write import write_tables


@dataclass(frozen=True)
class FactsReport:
    """How many memoranda were read, what they say otherwise than the list, what was wrong."""

    count: int
    told: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_memoranda(records: Path, files: Mapping[str, Path], *, again: bool = False) -> FactsReport:
    """Read the held ``files`` (path by SHA-256) that the records name, and record what they say.

    Those that were read before only ``again``.
    """
    documents = read_table(records, Document)
    wanted = {
        row.sha256: files[row.sha256]
        for row in documents
        if row.sha256 in files and (again or row.text_from is None)
        if row.sha256 is not None
    }
    if not wanted:
        return FactsReport(0, (), ())
    by_eye = may_read_by_eye()
    jobs = [
        ReadJob(sha256, path, paths.cache_folder(), by_eye)
        for sha256, path in sorted(wanted.items())
    ]
    with counting("Reading memoranda", len(jobs)) as advance:
        found = {file.sha256: file for file in read_files(jobs, advance)}
    with writing(records):
        told = _record(records, read_table(records, Document), found)
    problems = sorted(problem for file in found.values() for problem in file.problems)
    return FactsReport(len(found), tuple(told), tuple(problems))


def _record(
    records: Path, documents: Sequence[Document], found: Mapping[str, ReadFile]
) -> list[str]:
    """Write what was read into the records; where it differs from the list, in words."""
    vocabulary = make_vocabulary(read_table(records, Agency), read_table(records, AgencyName))
    agreements = {row.id: row for row in read_table(records, Agreement)}
    checks: dict[str, dict[str, FactCheck]] = {}
    for check in read_table(records, FactCheck):
        checks.setdefault(check.document_id, {})[check.fact] = check
    read_now = {row.id for row in documents if row.sha256 in found}
    facts = [row for row in read_table(records, DocumentFact) if row.document_id not in read_now]
    fields = [row for row in read_table(records, FormField) if row.document_id not in read_now]
    changed: list[Document] = []
    for row in documents:
        file = found.get(row.sha256 or "")
        if file is not None:
            agreement = agreements.get(row.agreement_id or "")
            linked = agreement.agency_id if agreement else row.agency_id
            agency = read_agency(file.mentions, vocabulary, linked)
            own = fact_rows(row.id, file, agency, checks.get(row.id, {}))
            facts += own
            fields += field_rows(row.id, file.fields)
            row = with_facts(row, own, file)
        changed.append(row)
    write_tables(records, {Document: changed, DocumentFact: facts, FormField: fields})
    return describe_disagreements(facts, {row.id: row for row in changed}, agreements)
