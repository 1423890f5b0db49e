"""What one version of a form says otherwise than another: sentence by sentence, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, permutations

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from scripts.comparison.clauses import MARK, PARTY
from scripts.comparison.forms import FormWord
from scripts.comparison.judging import Kind
from scripts.comparison.templates import ENOUGH, Template, keys, looks_alike

_END = re.compile(r"[.;:?!][)”’]*$")
_NO_END = re.compile(
    r"(?:\b[A-Z]|\b[A-Z]\.[A-Z]|C\.F\.R|U\.S\.C|Pub|No|e\.g|i\.e|seq|v|Aug|Ste|Rd)\.$"
)
_NUMERAL = re.compile(r"[ivx]+|[a-h]|\d{1,2}")
_MOVED = 97  # likeness of a sentence that stands elsewhere in the other version
_FILLED = 0.72  # share below which a word may be what many fill in
_LONG = 6  # words of a sentence that is looked for elsewhere
_LITTLE = 3  # words
_NUMBER = "#"
_FLIPPED: dict[Kind, Kind] = {"addition": "omission", "omission": "addition", "change": "change"}


@dataclass(frozen=True)
class Change:
    """One difference of the later of two versions; a side is empty where it has no such words."""

    kind: Kind
    clause: str
    from_text: str
    to_text: str


def compare_versions(
    templates: Sequence[Template],
) -> Iterator[tuple[str, str, tuple[Change, ...]]]:
    """Every ordered pair of versions of one model, with what the second says otherwise."""
    ordered = sorted(templates, key=lambda template: template.id)
    for _, group in groupby(ordered, key=lambda template: template.id[:3]):
        own = list(group)
        found = {
            (one.id, other.id): changes_between(one, other)
            for number, one in enumerate(own)
            for other in own[number + 1 :]
        }
        for one, other in permutations([template.id for template in own], 2):
            told = found.get((one, other))
            if told is None:
                told = tuple(_flip(change) for change in found[other, one])
            yield one, other, told


def _flip(change: Change) -> Change:
    return replace(
        change,
        kind=_FLIPPED[change.kind],
        from_text=change.to_text,
        to_text=change.from_text,
    )


def changes_between(earlier: Template, later: Template) -> tuple[Change, ...]:
    """The sentences in which two versions differ, in order.

    What lies on pages of signatures and contacts is no difference, nor is a blank that most fill in
    alike.
    """
    one, other = (_Form.of(template) for template in (earlier, later))
    changes = (_change(one, other, spans) for spans in _differing(one, other))
    return tuple(change for change in changes if change is not None)


@dataclass(frozen=True)
class _Form:
    """A version's words, and where its sentences begin."""

    words: tuple[FormWord, ...]
    starts: tuple[int, ...]
    fields: frozenset[int]
    blanks: frozenset[int]
    is_few: bool  # rests on so few memoranda that a word may be missing

    @staticmethod
    def of(template: Template) -> _Form:
        words = template.tokens
        starts = [index for index in range(len(words)) if _begins(words, index)]
        return _Form(
            *(words, (*starts, len(words)), template.fields, template.blanks),
            template.voted <= ENOUGH,
        )

    def is_poor(self, start: int, end: int) -> bool:
        """Whether a few words more or less may be what could not be read here."""
        return self.is_few or (start == end and start in self.blanks)

    @cached_property
    def keys(self) -> list[str]:
        """The words as compared; one sign for every number of a heading or an item."""
        return [
            _NUMBER if word.starts and _NUMERAL.fullmatch(word.key) else word.key
            for word in self.words
        ]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Whole sentences around words ``start`` up to ``end``; none at a sentence's edge."""
        if start == end and start in self.starts:
            return start, end
        first = max(place for place in self.starts if place <= start)
        last = min(place for place in self.starts if place >= max(end, start + 1))
        return first, last

    def text(self, start: int, end: int) -> str:
        return " ".join(word.text for word in self.words[start:end])


def _begins(words: Sequence[FormWord], index: int) -> bool:
    if index == 0 or words[index].starts:
        return True
    before, word = words[index - 1].text, words[index].text
    return bool(_END.search(before)) and not _NO_END.search(before) and not word[:1].islower()


def _differing(one: _Form, other: _Form) -> list[tuple[int, int, int, int]]:
    """Sentences that differ, as places in both; neighbours that overlap are one."""
    spans: list[tuple[int, int, int, int]] = []
    for step in Levenshtein.opcodes(one.keys, other.keys):
        a0, a1 = _moved_left(one, step.src_start, step.src_end)
        b0, b1 = _moved_left(other, step.dest_start, step.dest_end)
        if step.tag == "equal" or not _says_otherwise(one.words[a0:a1], other.words[b0:b1]):
            continue
        if _is_blank(one, a0, a1) or _is_blank(other, b0, b1):
            continue
        if max(a1 - a0, b1 - b0) <= _LITTLE and (one.is_poor(a0, a1) or other.is_poor(b0, b1)):
            continue
        span = (*one.around(a0, a1), *other.around(b0, b1))
        if spans and (span[0] < spans[-1][1] or span[2] < spans[-1][3]):
            last = spans.pop()
            span = (last[0], max(span[1], last[1]), last[2], max(span[3], last[3]))
        spans.append(span)
    return spans


def _says_otherwise(before: Sequence[FormWord], after: Sequence[FormWord]) -> bool:
    """Whether more differs than parties, numbers of headings and readings of one word."""
    gone, new = ([word for word in side if _is_printed(word)] for side in (before, after))
    if all(_NUMERAL.fullmatch(word.key) for word in (*gone, *new)):
        return False
    if len(gone) == len(new):
        return not all(looks_alike(one.key, two.key) for one, two in zip(gone, new, strict=True))
    return "".join(keys(gone)) != "".join(keys(new))


def _moved_left(form: _Form, start: int, end: int) -> tuple[int, int]:
    """The same words one heading's number earlier, where the run begins behind one.

    “C. OUTREACH … D. RELEASE” loses “C. OUTREACH …”, not “OUTREACH … D.”.
    """
    if end > start > 0 and form.keys[start - 1] == form.keys[end - 1] == _NUMBER:
        return start - 1, end - 1
    return start, end


def _is_blank(form: _Form, start: int, end: int) -> bool:
    """Whether a blank of the form is all that lies here, with names that many fill in."""
    is_field = any(place in form.fields for place in range(start, end + 1))
    return is_field and all(word.text[:1].isupper() for word in form.words[start:end])


def _is_printed(word: FormWord) -> bool:
    return word.key not in (PARTY, MARK) and not word.is_hidden and word.share >= _FILLED


def _change(one: _Form, other: _Form, spans: tuple[int, int, int, int]) -> Change | None:
    a0, a1, b0, b1 = spans
    before, after = one.text(a0, a1), other.text(b0, b1)
    if (not before or _stands_in(before, other)) and (not after or _stands_in(after, one)):
        return None  # moved
    place = other.words[b0] if after else one.words[a0]
    kind: Kind = "change" if before and after else "omission" if before else "addition"
    return Change(kind, place.clause, before, after)


def _stands_in(text: str, form: _Form) -> bool:
    if len(text.split()) < _LONG:
        return False
    return fuzz.partial_ratio(text, form.text(0, len(form.words)), score_cutoff=_MOVED) >= _MOVED
