"""The normalised form in which wordings are compared, with every character's place in the raw text.

Two readings of one printed passage should have one normalised form. The rules, in this order:

1. Unicode: each base character with its marks is brought to NFKC (ligatures become letters,
   full-width forms plain ones, no-break spaces spaces).
2. Quotation marks and apostrophes of every shape become ``"`` and ``'``.
3. Hyphens, dashes and minus signs of every shape become ``-``.
4. Soft hyphens, zero-width characters and PDFium's mark of a hyphen at a line's end are left out,
   the latter with the line break after it.
5. A hyphen between two letters is left out, with a line break after it: ``law-enforcement``,
   ``law-`` at a line's end and ``lawenforcement`` are one.
6. Control characters count as spaces; every run of spaces and line breaks becomes one space; none
   stands at the beginning or the end.
7. What the archive has covered (a telephone number, an e-mail address) becomes ``█``, whatever
   words stand in its place.

Case and all other characters stay.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

COVERED = "█"
_COVER = re.compile(
    r"\[(?:(?:e-mail|telephone|contact|address|name)[a-z -]* (?:removed|covered)|not shown)\]|█+"
)

_QUOTES = {
    **dict.fromkeys("‘’‚‛′‵`´ʼʹ‹›", "'"),
    **dict.fromkeys("“”„‟″‶«»〝〞＂", '"'),
}
_DASHES = dict.fromkeys("-‐‑‒–—―−﹘﹣－⁃", "-")
_LINE_END_HYPHENS = "\u00ad\ufffe\u0002"
_NOTHING = "\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True)
class _Mark:
    """One character of the normalised form, and the raw characters it stands for."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Normalised:
    """A normalised text; character i stands for ``raw[starts[i]:ends[i]]``."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of the normalised characters from ``start`` up to ``end`` (not empty)."""
        return self.starts[start], self.ends[end - 1]


def normalise(raw: str) -> Normalised:
    """The normalised form of ``raw`` by the rules above, with the place of each character."""
    marks = _fold_spaces(_drop_hyphens(_fold_spaces(list(_characters(raw)))))
    return Normalised(
        "".join(mark.text for mark in marks),
        tuple(mark.start for mark in marks),
        tuple(mark.end for mark in marks),
    )


def wording_sha256(*parts: str) -> str:
    """The SHA-256 of a wording in normalised form; its parts (one a page) are joined by a space."""
    text = " ".join(normalise(part).text for part in parts)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def shown(raw: str) -> str:
    """A passage as it is shown: as printed, on one line, line-end hyphens mended."""
    kept = (mark for mark in _characters(raw, keep=True))
    return " ".join("".join(mark.text for mark in kept).split())


def _clusters(raw: str) -> Iterator[tuple[int, int]]:
    """Spans of one base character with the marks that follow it."""
    start = 0
    for i in range(1, len(raw) + 1):
        if i == len(raw) or not unicodedata.combining(raw[i]):
            yield start, i
            start = i


def _characters(raw: str, *, keep: bool = False) -> Iterator[_Mark]:
    """Rules 1 to 4, and controls as spaces; with ``keep`` rules 1 to 3 are left out."""
    covers = {} if keep else {match.start(): match.end() for match in _COVER.finditer(raw)}
    skip_until = 0
    for start, end in _clusters(raw) if raw else ():
        if start < skip_until:
            continue
        if start in covers:
            skip_until = covers[start]
            yield _Mark(COVERED, start, skip_until)
            continue
        cluster = raw[start:end]
        if cluster in _NOTHING:
            continue
        if cluster in _LINE_END_HYPHENS:
            while end < len(raw) and raw[end].isspace():
                end += 1
            if "\n" in raw[start:end] or "\r" in raw[start:end]:
                skip_until = end
            continue
        text = cluster if keep else _folded(cluster)
        for character in text:
            if character.isspace() or unicodedata.category(character) in ("Cc", "Zl", "Zp"):
                character = "\n" if character in "\n\r" else " "
            yield _Mark(character, start, end)


def _folded(cluster: str) -> str:
    if cluster in _QUOTES:
        return _QUOTES[cluster]
    if cluster in _DASHES:
        return "-"
    text = unicodedata.normalize("NFKC", cluster)
    return "".join(_QUOTES.get(c, _DASHES.get(c, c)) for c in text if c not in _NOTHING)


def _fold_spaces(marks: list[_Mark]) -> list[_Mark]:
    """One space for each run (a line break where the run has one, until rule 5 has seen it)."""
    folded: list[_Mark] = []
    for mark in marks:
        if mark.text not in (" ", "\n"):
            folded.append(mark)
        elif folded and folded[-1].text in (" ", "\n"):
            text = "\n" if "\n" in (mark.text, folded[-1].text) else " "
            folded[-1] = _Mark(text, folded[-1].start, mark.end)
        elif folded:
            folded.append(mark)
    if folded and folded[-1].text in (" ", "\n"):
        folded.pop()
    return folded


def _drop_hyphens(marks: list[_Mark]) -> list[_Mark]:
    """Rule 5; and line breaks become spaces."""
    kept: list[_Mark] = []
    i = 0
    while i < len(marks):
        mark = marks[i]
        if mark.text == "-" and kept and kept[-1].text.isalpha():
            after = i + 1
            if after < len(marks) and marks[after].text == "\n":
                after += 1
            if after < len(marks) and marks[after].text.isalpha():
                i = after
                continue
        kept.append(_Mark(" ", mark.start, mark.end) if mark.text == "\n" else mark)
        i += 1
    return kept
