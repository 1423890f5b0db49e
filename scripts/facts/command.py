"""The command ``read``: what held memoranda say of themselves, into the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from scripts import options, paths
from scripts.errors import ArchiveError
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
from scripts.held.store import held_paths
from scripts.progress import counting
from scripts.reading.tesseract import may_read_by_eye
from scripts.records.models.agreements import Agency, AgencyName, Agreement
from scripts.records.models.documents import Document, DocumentFact, FactCheck, FormField
from scripts.records.read import read_table
from scripts.records.swap import writing
from scripts.records.write import write_tables


@click.command()
@options.records_option
@options.sources_option
@click.option("--again", is_flag=True, help="Also read what was read before.")
def read(records: Path, sources: Path | None, again: bool) -> None:
    """Read held memoranda: model, template, agency, ICE's date, field office, form fields."""
    held = options.held_sources(sources)
    if held is None:
        raise ArchiveError.single("sources", "", "none at hand", "a folder", "Give --sources")
    files = held_paths(held)
    documents = read_table(records, Document)
    wanted = {
        row.sha256: files[row.sha256]
        for row in documents
        if row.sha256 in files and (again or row.text_from is None)
        if row.sha256 is not None
    }
    by_eye = may_read_by_eye()
    jobs = [
        ReadJob(sha256, path, paths.cache_folder(), by_eye)
        for sha256, path in sorted(wanted.items())
    ]
    with counting("Reading memoranda", len(jobs)) as advance:
        found = {file.sha256: file for file in read_files(jobs, advance)}
    with writing(records):
        told = _record(records, read_table(records, Document), found)
    click.echo(f"Read {len(found):,} memoranda.")
    for line in told:
        click.echo(line)
    problems = [problem for file in found.values() for problem in file.problems]
    if problems:
        raise ArchiveError(sorted(problems))


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
