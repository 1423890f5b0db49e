"""The words of a memorandum in reading order, each with its page, its place and its section."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from scripts.build.marks import MARK
from scripts.sources.page import Line, PageText

PARTY = "«party»"  # stands for the agency's name and its abbreviation
_FOOTER = re.compile(r"rev[il1]sed\W{0,3}\d|^\W*(?:page )?\d{1,2}\W*$|docusign|envelope id", re.I)
_SCAN = 0.5  # share of the page that an image covers
_ADDENDUM = re.compile(r"^\W*ADDENDUM(?: TO [A-Z ]+)?\W*$")
_HEADING = re.compile(r"^(?:[IVX]{1,6}[.,]|[A-H][.,]|APPENDIX [A-D1l]\b|ADDENDUM)\s*(.*)$")
_ABBREVIATION = re.compile(r"^[A-Z]{2,6}(?:SO|PD|DC|DOC|CSO)[’'`]?s?$")
_NOISE = re.compile(r"[^\w§%$]+")


class Token(NamedTuple):
    """One word: as compared, as printed, and where it stands."""

    key: str  # lower case, marks dropped; `PARTY` for the agency
    text: str
    page: int  # page number
    quality: float  # of its page
    clause: str  # heading of the section that it stands in
    is_copied: bool = False  # from a text layer over a scan, which may miss lines
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)  # points, from the top left


def tokens_of(pages: Sequence[PageText], names: Collection[str]) -> tuple[Token, ...]:
    """The words of a memorandum's pages without footers, page numbers and marks of masking.

    ``names`` are words of the agency's own name, in lower case: `PARTY` stands for runs of them.
    An addendum that is bound in is no part of the memorandum: the words end before it.
    """
    result: list[Token] = []
    clause = ""
    for page in pages:
        is_copied = page.source != "ocr" and page.image_share >= _SCAN
        for line in page.lines:
            text = " ".join(word.text for word in line)
            if _ADDENDUM.match(text):
                return tuple(result)
            if not line or _FOOTER.search(text) or _is_footer(line, page):
                continue
            clause = _heading(text) or clause
            quality = page.quality if page.quality is not None else 0.0
            for word, box in _words(line):
                key = _key(word, names)
                if key and not (key == PARTY and result and result[-1].key == PARTY):
                    place = page.page_number, quality, clause, is_copied, box
                    result.append(Token(key, word, *place))
    return tuple(result)


def _words(line: Line) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    for word in line:
        for part in MARK.sub(" ", word.text).split():
            yield part, word[1:]


def _heading(text: str) -> str | None:
    match = _HEADING.match(text.strip())
    if match is None or len(text) > 80 or not any(part.isupper() for part in text.split()[1:2]):
        return None
    return re.sub(r"\s+", " ", text.strip())


def _is_footer(line: Line, page: PageText) -> bool:
    """The agency's name and the page's number at the foot of each page."""
    is_low = page.height > 0 and min(word.y0 for word in line) > page.height * 0.93
    return is_low and len(line) <= 12


def _key(word: str, names: Collection[str]) -> str:
    plain = word.strip("_-–—.,;:()[]{}\"'“”‘’•·*|")
    if _ABBREVIATION.match(plain) and plain.upper() not in ("LEA", "MOA", "SOP"):
        return PARTY
    key = _NOISE.sub("", plain.lower())
    key = re.sub(r"(?<=[a-z]{3})s\Z", "", key) if key.endswith("’s") else key
    if key in ("lea", "lea’s", "leas", "agency") or (key in names and len(key) > 2):
        return PARTY
    if len(key) == 1 and key in "ox·e":
        return ""  # bullets
    return key
