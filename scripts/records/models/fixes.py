"""Rows of what a person decided where a source or a machine is wrong."""

from __future__ import annotations

from typing import Literal

from scripts.records.models.base import PublicationId, Row, Sha256, StateCode


class PublicationDateFix(Row):
    """A file whose name states a wrong date."""

    file = "fixes/publication_dates.csv"
    key = ("sha256", "file_name")
    sha256: Sha256
    file_name: str
    wrong: str
    right: PublicationId
    reason: str
    evidence: str


class CellFix(Row):
    """A wrong value in a list's cell; lapses when the publisher corrects it."""

    file = "fixes/cells.csv"
    key = ("column", "wrong", "scope_state", "scope_agency")
    column: Literal["state", "model", "type", "county", "signed", "moa"]  # moa: the address
    wrong: str
    right: str
    scope_state: str | None
    scope_agency: str | None
    reason: str
    evidence: str


class AgencyNameFix(Row):
    """A person's verdict on whether two printed names are one body."""

    file = "fixes/agency_names.csv"
    key = ("state", "name", "other_name")
    state: StateCode
    name: str
    other_name: str
    verdict: Literal["same", "distinct"]
    reason: str
    evidence: str


class PageTextFix(Row):
    """A misreading in a page's text, mended at its place."""

    file = "fixes/page_text.csv"
    key = ("sha256", "page_number", "wrong", "occurrence")
    sha256: Sha256
    page_number: int
    wrong: str
    right: str
    occurrence: int
    reason: str
    evidence: str


class ContactAllowance(Row):
    """A public line of an office that need not be masked."""

    file = "fixes/contact_allow.csv"
    key = ("value",)
    value: str
    office: str
    reason: str


class CommonPhrase(Row):
    """A run of words that is nobody's wording: names of statutes, programmes, agencies."""

    file = "fixes/common_phrases.csv"
    key = ("phrase",)
    phrase: str
    reason: str
