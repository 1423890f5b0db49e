"""How unusual a difference is among the memoranda of its template."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

_SAME = 85  # likeness of two memoranda's differences that are one and the same
_RUN = 3  # letters of the shingles by which likely fellows are found
_CANDIDATES = 12


@dataclass(frozen=True)
class Difference:
    """One memorandum's difference from a template, by its words."""

    template_id: str
    kind: str
    text: str
    document_id: str


@dataclass
class _Kin:
    """Differences that say the same."""

    text: str
    documents: set[str] = field(default_factory=set)


def count_alike(differences: Sequence[Difference]) -> list[int]:
    """For each difference the memoranda of its template that differ in that way, its own counted.

    Each is compared with the few groups that share most runs of letters with it, so that the work
    grows with the number of differences and not with its square.
    """
    groups: dict[tuple[str, str], list[_Kin]] = defaultdict(list)
    found: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    kin: list[_Kin] = []
    for one in differences:
        place = one.template_id, one.kind
        own = _find(one.text, groups[place], found[place])
        own.documents.add(one.document_id)
        kin.append(own)
    return [len(own.documents) for own in kin]


def _find(text: str, groups: list[_Kin], index: dict[str, list[int]]) -> _Kin:
    shingles = _shingles(text)
    seen: Counter[int] = Counter(number for run in shingles for number in index.get(run, ()))
    for number, _ in seen.most_common(_CANDIDATES):
        if fuzz.ratio(text, groups[number].text) >= _SAME:
            return groups[number]
    groups.append(_Kin(text))
    for run in shingles:
        index[run].append(len(groups) - 1)
    return groups[-1]


def _shingles(text: str) -> set[str]:
    """Words of some length; of a short text all its words."""
    words = text.lower().split()
    return {word for word in words if len(word) > _RUN} or set(words)
