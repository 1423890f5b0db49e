"""Masking of e-mail addresses and telephone numbers in page text, before it is kept anywhere.

A wrong "no" is worse than a wrong "yes": patterns allow for what optical reading does to an
address (spaces around the sign and the dots, ``©`` for ``@``) and to digits (``l``, ``O``). A sign
that stands in for a letter of a common word, without any domain, is a misreading and stays; on
pages of persons it goes, as what is not shown. Offices' public lines stand in
``fixes/contact_allow.csv`` and stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import phonenumbers
from rapidfuzz.distance import Levenshtein

from scripts.privacy.marks import EMAIL_MARK, NOT_SHOWN, TELEPHONE_MARK
from scripts.privacy.name_words import office_words
from scripts.privacy.spans import Span
from scripts.reading.quality import known_words
from scripts.records.models.fixes import ContactAllowance

MASKER_VERSION = 4

_ENDING = r"(?:gov|com|org|net|us|edu|mil|info|biz)\b"
_SIGN = r"(?:@|\(at\)|\[at\])"
_MISREAD_SIGN = r"(?:@|\(at\)|\[at\]|©|®)"
_NAME = r"[^\s@,;:()<>\[\]{}.]"
_LOCAL = rf"(?<!{_NAME}){_NAME}*\w{_NAME}*(?:[ ]?[.][ ]?{_NAME}+){{0,3}}"
_EMAIL = re.compile(
    rf"{_LOCAL}\s{{0,2}}{_MISREAD_SIGN}\s{{0,2}}(?:[\w~^-]+\s?[.,·]\s?){{1,5}}?{_ENDING}"
    rf"|{_LOCAL}@(?:[\w~^-]+ ){{1,2}}{_ENDING}",  # dots read as spaces
    re.I,
)
_SIGNED = re.compile(
    rf"{_LOCAL}\s{{0,2}}{_SIGN}\s{{0,2}}[\w~^-]+(?:[.,·][\w~^-]+){{0,4}}(?: {_ENDING})?", re.I
)  # without an ending that is known
_DOMAIN = re.compile(
    r"[\w~^-]{2,}(?:[.,·][\w~^-]+)*[.,·][^\W\d_]{2,}|\w{3,}(?:gov|com|org|net|edu|mil)", re.I
)
_WHOLE = re.compile(rf"[\w.'+-]{{3,}}{_SIGN}[\w-]{{4,}}", re.I)
_LONG_LOCAL = 8  # letters before the sign from which on misreadings are forgiven
_OFFICE_BEFORE, _OFFICE_AFTER = 24, 28  # characters around the sign, for a mailbox misread
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

    def find(self, text: str, *, loosely: bool = False) -> tuple[Span, ...]:
        """Where contact details stand in the text, in order, none overlapping.

        ``loosely``, on pages of persons, whatever has a sign as an address has is not shown.
        """
        spans: list[Span] = []
        whole = text

        def spares(match: re.Match[str]) -> bool:
            return self._spares_email(whole, match)

        def spares_noise(match: re.Match[str]) -> bool:
            return spares(match) or not is_address(match.group(), whole[match.end() :][:1])

        def spares_number(match: re.Match[str]) -> bool:
            return self._spares_telephone(match.group())

        text = _take(text, _EMAIL.finditer(text), EMAIL_MARK, spares, spans)
        text = _take(text, _SIGNED.finditer(text), EMAIL_MARK, spares_noise, spans)
        if loosely:
            text = _take(text, _SIGNED.finditer(text), NOT_SHOWN, spares, spans)
        for pattern in _TELEPHONES:
            text = _take(text, pattern.finditer(text), TELEPHONE_MARK, spares_number, spans)
        by_plan = phonenumbers.PhoneNumberMatcher(text, "US", phonenumbers.Leniency.VALID)
        for found in by_plan:
            if not self._spares_telephone(found.raw_string):
                spans.append(Span(found.start, found.end, TELEPHONE_MARK))
        return tuple(sorted(spans))

    def without_allowed(self, text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Those spans of a text that do not cover an office's line."""
        return tuple(
            span for span in spans if not self._is_office_line(text[span.start : span.end])
        )

    def _is_office_line(self, found: str) -> bool:
        digits = ten_digits(found)
        return len(digits) >= 7 and any(line.endswith(digits) for line in self._telephones)

    def _spares_email(self, text: str, match: re.Match[str]) -> bool:
        """An office's mailbox, with one letter in four misread or spaces in it."""
        sign = re.search(_MISREAD_SIGN, match.group(), re.I)
        if sign is None:
            return False
        place, end = match.start() + sign.start(), match.start() + sign.end()
        before = squeeze_email(text[max(place - _OFFICE_BEFORE, 0) : place])
        after = squeeze_email(text[end : end + _OFFICE_AFTER])
        whole = squeeze_email(match.group()[: sign.start()])
        for local, _, domain in (own.partition("@") for own in self._emails):
            share = 3 if after.startswith(domain) else 4  # of how many letters one may be wrong
            is_local = local == whole
            if len(local) >= _LONG_LOCAL:
                is_local = _ends_like(before, local, share)
            if is_local and _ends_like(after[::-1], domain[::-1], 4):
                return True
        return False

    def _spares_telephone(self, found: str) -> bool:
        """An office's line, a time stamp, or strokes and letters that only look like digits."""
        if re.match(_DATE, found):
            return True
        digits = sum(character.isdigit() for character in found)
        return digits < 6 or self._is_office_line(found)


def _take(
    text: str,
    matches: Iterable[re.Match[str]],
    mark: str,
    spares: Callable[[re.Match[str]], bool],
    spans: list[Span],
) -> str:
    """Note what matches, and give the text with it blanked out, so that it is taken once."""
    for match in list(matches):
        found = match.group()
        if spares(match):
            continue
        start = match.start() + len(found) - len(found.lstrip())
        end = match.end() - len(found) + len(found.rstrip())
        spans.append(Span(start, end, mark))
        text = text[:start] + _BLANK * (end - start) + text[end:]
    return text


def is_address(found: str, after: str) -> bool:
    """Whether words around a sign are an address, not a word with a letter misread as the sign.

    ``after`` is the character that follows. An address has a domain with a dot or an ending; where
    neither is read, it stands whole, without spaces, and its parts are no common words.
    """
    sign = re.search(_SIGN, found, re.I)
    if sign is None:
        return False
    local, domain = found[: sign.start()], found[sign.end() :]
    if "\n" in found:
        return _DOMAIN.match(domain.strip()) is not None and "." in domain
    if _DOMAIN.match(domain.strip()) is not None:
        return True
    return _WHOLE.fullmatch(found) is not None and not _is_misread_word(local, domain)


def _is_misread_word(local: str, domain: str) -> bool:
    """``ICE@prior``, ``LEA@ersonnel``, ``enf@rcement``: words that a letter makes whole."""
    known = known_words() | office_words()
    letters = "abcdefghijklmnopqrstuvwxyz"
    one, two = local.lower(), domain.lower()
    return (
        two in known
        or any(letter + two in known for letter in letters)
        or any(one + letter + two in known for letter in letters)
    )


def _ends_like(text: str, own: str, share: int) -> bool:
    """Whether a text ends with an office's words, one letter in ``share`` misread."""
    limit = len(own) // share
    return any(
        Levenshtein.distance(text[-length:], own, score_cutoff=limit) <= limit
        for length in range(max(len(own) - 2, 1), len(own) + 3)
    )


def squeeze_email(found: str) -> str:
    """An address in lower case, without the spaces and dots that optical reading moves about."""
    plain = re.sub(_MISREAD_SIGN, "@", found, flags=re.I)
    return re.sub(r"[^\w@-]+", "", plain).lower()


def ten_digits(found: str) -> str:
    """A number's ten digits (a leading 1 and an extension dropped), letters read as digits."""
    digits = re.sub(r"\D", "", re.split(r"(?i)\bext|\bx", found)[0].translate(_LETTER_DIGITS))
    return digits[1:11] if digits.startswith("1") and len(digits) > 10 else digits[:10]
