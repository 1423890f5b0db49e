"""The agency's name in the words of a memorandum's first page, from its masked text."""

from __future__ import annotations

import re

from scripts.web.view.page import Row

_OPENING = re.compile(
    r"homeland security ?\W{0,2}[od0]hs\W{0,4}and (.{3,110}?)"
    r"(?:[, ]+\(?“?(?:hereinafter|hereafter|pursuant to which|lea\b)|, a (?:state|county|city))",
    re.I,
)
# What a name may consist of; a mask, a stroke or a row of odd signs is a misreading.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9 .,'’&()/-]+")
_GOOD = 0.95  # quality below which words may be misread


def read_printed_name(page: Row) -> str | None:
    """The name as the page prints it; ``None`` where it cannot be shown as it stands.

    ``page`` is the row of ``pages`` of a document's first page: its text is masked.
    """
    if not page["text"] or (page["quality"] or 0) < _GOOD:
        return None
    found = _OPENING.search(re.sub(r"\s+", " ", page["text"]))
    if found is None:
        return None
    name = re.sub(r"^the(?: |(?=[A-Z]))", "", found[1].strip(" ,.;:"))
    name = re.sub(r" +([,.])", r"\1", name).strip()
    if not _NAME.fullmatch(name) or not 5 <= len(name) <= 80:
        return None
    if re.search(r"[a-z][A-Z]{2}|[a-z]\d|\d[a-z]|[a-z]{3}[A-Z][a-z]+[A-Z]", name):
        return None  # words run together or mixed with figures: misread
    return None if re.match(r"(?:hereinafter|pursuant|law enforcement)\b", name, re.I) else name


def holds_known_words(name: str, spellings: str) -> bool:
    """Whether a name has only words of some spellings, short forms in brackets left aside.

    Else a machine may have misread it (``Sherifrs``), and the archive's own name says it better.
    """
    known = set(_letters(spellings)) | {"the", "of", "and", "dept", "co", "pd", "police", "office"}
    return known.issuperset(_letters(re.sub(r"\([^)]*\)", " ", name)))


def _letters(text: str) -> list[str]:
    return re.findall(r"[a-z]+|\d+", re.sub(r"['’]", "", text.lower()))
