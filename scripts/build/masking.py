"""Masking of e-mail addresses and telephone numbers in page text, before it is kept anywhere.

A wrong "no" is worse than a wrong "yes": patterns allow for what optical reading does to an
address (spaces around the sign and the dots, ``©`` for ``@``) and to digits (``l``, ``O``).
Offices' public lines stand in ``fixes/contact_allow.csv`` and stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import phonenumbers
from rapidfuzz.distance import Levenshtein

from scripts.build.spans import Span
from scripts.records.models import ContactAllowance

EMAIL_MARK = "[e-mail removed]"
TELEPHONE_MARK = "[telephone number removed]"
MASKER_VERSION = 3

_ENDING = r"(?:gov|com|org|net|us|edu|mil|info|biz)\b"
_SIGN = r"(?:@|\(at\)|\[at\])"
_MISREAD_SIGN = r"(?:@|\(at\)|\[at\]|©|®)"
_NAME = r"[^\s@,;:()<>\[\]{}.]"
_LOCAL = rf"(?<!{_NAME}){_NAME}*\w{_NAME}*(?:[ ]?[.][ ]?{_NAME}+){{0,3}}"
_EMAILS = (
    re.compile(
        rf"{_LOCAL}\s{{0,2}}{_MISREAD_SIGN}\s{{0,2}}(?:[\w~^-]+\s?[.,·]\s?){{1,5}}?{_ENDING}", re.I
    ),
    re.compile(rf"{_LOCAL}\s{{0,2}}{_SIGN}\s{{0,2}}[\w~^-]+(?:[.,·][\w~^-]+){{0,4}}", re.I),
)
_DIGIT = r"[\dOoQlI|!SBZ]"
_DATE = r"20[12]\d[./-][01]\d[./-][0-3]\d"  # as digital signatures print it
_GAP = r"[\s.,\-–—‑_/·•*:~]{0,3}"
_EXTENSION = rf"(?:{_GAP}(?:ext(?:ension)?|x)\b\.?{_GAP}\d{{1,6}})?"
_TELEPHONES = (
    re.compile(
        rf"(?<![\w$§#/])(?:\+?\s?[1lI|]{_GAP})?[(\[{{]?\s?(?![0Oo]){_DIGIT}{{3}}\s?[)\]}}]?{_GAP}"
        rf"{_DIGIT}{{3}}{_GAP}{_DIGIT}{{2}}\s?{_DIGIT}{{2}}(?!\w){_EXTENSION}",
        re.I,
    ),
    re.compile(rf"(?<![\w$§#/.-])\d{{3}}\s?[-–—‑]\s?\d{{4}}(?![\w/]){_EXTENSION}", re.I),
)
_BLANK = "\ue000"  # stands for nothing that a pattern knows
_LETTER_DIGITS = str.maketrans("OoQlI|!SBZ", "0001111582")


@dataclass(frozen=True)
class Masked:
    """Text with contact details replaced by marks, and how many of each were found."""

    text: str
    emails: int
    telephones: int

    @property
    def count(self) -> int:
        """All contact details masked."""
        return self.emails + self.telephones


class Masker:
    """Masks contact details, sparing the allowed lines of offices."""

    def __init__(self, allowed: Iterable[ContactAllowance] = ()) -> None:
        values = sorted(row.value for row in allowed)
        self._emails = frozenset(squeeze_email(value) for value in values if "@" in value)
        self._telephones = frozenset(ten_digits(value) for value in values if "@" not in value)

    def mask(self, text: str) -> Masked:
        """Replace every e-mail address and telephone number; masking twice changes nothing."""
        spans = self.find(text)
        parts: list[str] = []
        place = 0
        for span in spans:
            parts += [text[place : span.start], span.replacement]
            place = span.end
        emails = sum(span.replacement == EMAIL_MARK for span in spans)
        return Masked("".join([*parts, text[place:]]), emails, len(spans) - emails)

    def find(self, text: str) -> tuple[Span, ...]:
        """Where contact details stand in the text, in order, none overlapping."""
        spans: list[Span] = []
        for pattern in _EMAILS:
            text = self._take(text, pattern.finditer(text), EMAIL_MARK, self._spares_email, spans)
        for pattern in _TELEPHONES:
            text = self._take(
                text, pattern.finditer(text), TELEPHONE_MARK, self._spares_telephone, spans
            )
        by_plan = phonenumbers.PhoneNumberMatcher(text, "US", phonenumbers.Leniency.VALID)
        for found in by_plan:
            if not self._spares_telephone(found.raw_string):
                spans.append(Span(found.start, found.end, TELEPHONE_MARK))
        return tuple(sorted(spans))

    def without_allowed(self, text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Those spans of a text that do not cover an office's line."""
        return tuple(
            span
            for span in spans
            if span.replacement != TELEPHONE_MARK
            or not self._spares_telephone(text[span.start : span.end])
        )

    def _take(
        self,
        text: str,
        matches: Iterable[re.Match[str]],
        mark: str,
        spares: Callable[[str], bool],
        spans: list[Span],
    ) -> str:
        """Note what matches, and give the text with it blanked out, so that it is taken once."""
        for match in list(matches):
            found = match.group()
            if spares(found):
                continue
            start = match.start() + len(found) - len(found.lstrip())
            end = match.end() - len(found) + len(found.rstrip())
            spans.append(Span(start, end, mark))
            text = text[:start] + _BLANK * (end - start) + text[end:]
        return text

    def _spares_email(self, found: str) -> bool:
        """An office's mailbox, up to three misread letters."""
        squeezed = squeeze_email(found)
        return any(Levenshtein.distance(squeezed, own, score_cutoff=3) <= 3 for own in self._emails)

    def _spares_telephone(self, found: str) -> bool:
        """An office's line, a time stamp, or strokes and letters that only look like digits."""
        if re.match(_DATE, found):
            return True
        digits = ten_digits(found)
        if sum(character.isdigit() for character in found) < 6:
            return True
        return len(digits) >= 7 and any(line.endswith(digits) for line in self._telephones)


def squeeze_email(found: str) -> str:
    """An address in lower case, without the spaces and dots that optical reading moves about."""
    plain = re.sub(_MISREAD_SIGN, "@", found, flags=re.I)
    return re.sub(r"[\s.,·]+", "", plain).lower()


def ten_digits(found: str) -> str:
    """A number's ten digits (a leading 1 and an extension dropped), letters read as digits."""
    digits = re.sub(r"\D", "", re.split(r"(?i)\bext|\bx", found)[0].translate(_LETTER_DIGITS))
    return digits[1:11] if digits.startswith("1") and len(digits) > 10 else digits[:10]
