"""Where persons stand in a memorandum: signature pages, contact appendices, the contact clause.

Decided by the words that the templates print there, read loosely, for scans. A wrong "no" is worse
than a wrong "yes": a page that is flagged shows its masked text and no picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from scripts.reading.page import Line

Role = Literal["signatures", "contacts"]

_CONTACT_HEADINGS = (
    "points of contact",
    "public information points of contact",
    "media points of contact",
    "point of contact",
)
_SIGNING = (
    "by signing this moa, each party represents it is fully authorized",
    "in witness whereof the parties",
    "digitally signed by",
)
_APPROVALS = (  # resolutions, letters and approvals that agencies attach
    "approved as to form",
    "passed and adopted",
    "city attorney",
    "county attorney",
    "city clerk",
    "attest:",
    "sworn to and subscribed",
    "notary public",
    "sincerely,",
    "respectfully,",
)
_CLAUSE = "points of contact (pocs) for purposes of this moa are"
_HEADING = re.compile(r"^[IVXLil1V]{1,6}[.,]?\s+[A-Z][A-Z ,]{8,}|^[A-Z][A-Z ,]{14,}$")
_SPARSE = 80  # words
_CLAUSE_LINES = 8  # at most, from the clause to whatever follows it
_BLANK_LABELS = ("signature", "date", "name", "title", "agency")
_PARTY = re.compile(r"^\W*(?:f[o0]r|tor) (?:the )?(?P<party>.{2,60}?)\W*$", re.I)


def find_role(lines: Sequence[Line]) -> Role | None:
    """Whether a page is one of signatures, an appendix of contacts, or neither."""
    texts = [" ".join(word.text for word in line) for line in lines]
    parties = sum(_is_party(text) for text in texts)
    labels = len({label for text in texts for label in _labels(text)})
    if _is_signing(texts) or labels >= 3 or (parties >= 2 and labels >= 2):
        return "signatures"
    if find_contact_clause(lines) is not None:
        return None
    heading = any(_is_contact_heading(text) for text in texts[:12])
    if heading or parties >= 2 or (parties and _mentions_contacts(texts)):
        return "contacts"
    return None


def _is_signing(texts: Sequence[str]) -> bool:
    whole = " ".join(texts).lower()
    return any(fuzz.partial_ratio(phrase, whole) >= 88 for phrase in _SIGNING)


def find_attached_role(lines: Sequence[Line]) -> Role | None:
    """Whether a page after the last appendix bears signatures, or may, saying little else."""
    whole = " ".join(word.text for line in lines for word in line).lower()
    is_sparse = len(whole.split()) < _SPARSE
    if is_sparse or any(fuzz.partial_ratio(phrase, whole) >= 90 for phrase in _APPROVALS):
        return "signatures"
    return None


def _is_contact_heading(text: str) -> bool:
    plain = re.sub(r"[^a-z ]", "", text.lower()).strip()
    return any(fuzz.ratio(plain, heading) >= 85 for heading in _CONTACT_HEADINGS)


def _mentions_contacts(texts: Sequence[str]) -> bool:
    return fuzz.partial_ratio("points of contact", " ".join(texts).lower()) >= 85


def _is_party(text: str) -> bool:
    """A line that opens one party's block: ``For the LEA:``, ``For ICE:``."""
    match = _PARTY.match(text)
    if match is None:
        return False
    party = match["party"].lower()
    if re.search(r"\b(?:the )?(?:lea|ice|iea|1ea|lfa|jce)\b", party):
        return len(party) <= 24
    return text.rstrip().endswith(":") and text[:1].isupper()


def _labels(text: str) -> Iterable[str]:
    """Labels of a signature block at a line's start, or before a blank to be filled."""
    for match in re.finditer(r"(?:^|\s)([A-Za-z]{4,9})\s?:?\s?(?=:|_|\Z)", text):
        word = match.group(1).lower()
        for label in _BLANK_LABELS:
            if fuzz.ratio(word, label) >= 85 and ":" in text + ("" if "_" not in text else ":"):
                yield label


class Region(NamedTuple):
    """Lines ``first`` up to ``last`` of a page, where the contact clause names persons."""

    first: int
    last: int


def find_contact_clause(lines: Sequence[Line]) -> Region | None:
    """The lines after the clause that introduces points of contact in the body of a memorandum.

    They end at the next heading; the clause's last lines may stand on the next page.
    """
    texts = [" ".join(word.text for word in line) for line in lines]
    if any(re.match(r"APP?END[I1l]X", text, re.I) for text in texts[:12]):
        return None
    for index, text in enumerate(texts):
        if "identified" in text.lower():
            continue
        if len(text) > 30 and fuzz.partial_ratio(_CLAUSE, text.lower()) >= 85:
            return Region(index + 1, _clause_end(texts, index + 1))
    return None


def continue_contact_clause(lines: Sequence[Line]) -> Region:
    """The first lines of a page before which the contact clause ran to the end of its page."""
    return Region(0, _clause_end([" ".join(word.text for word in line) for line in lines], 0))


def _clause_end(texts: Sequence[str], first: int) -> int:
    for index in range(first, min(first + _CLAUSE_LINES, len(texts))):
        if (
            _HEADING.match(texts[index])
            or fuzz.partial_ratio("effective date", texts[index].lower()) >= 88
        ):
            return index
    return min(first + _CLAUSE_LINES, len(texts))


def block_start(lines: Sequence[Line]) -> int:
    """The line from which a flagged page speaks of persons: after its introduction."""
    texts = [" ".join(word.text for word in line) for line in lines]
    for index, text in enumerate(texts):
        if _is_party(text) or list(_labels(text)) or "agrees to be bound" in text.lower():
            return index
    return 0
