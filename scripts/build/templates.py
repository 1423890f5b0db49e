"""Templates made from the held memoranda: the wording that most of one version share.

Made at each build from whatever is held, never kept in git. The memorandum nearest to all others
of its version gives the order; a word stays where most agree, and where most print another word,
that one takes its place. Places where many print something of their own are the form's blanks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, Levenshtein

from scripts.build.clauses import Token

ENOUGH = 3  # memoranda from which a template can be made
_MOST = 0.5
_AGREED = 0.75
_BLANK = 0.3  # share of memoranda that print something of their own at a place
SAMPLE = 25  # memoranda that are enough to tell what most of them say


@dataclass(frozen=True)
class Template:
    """One version's wording, word by word; ``blanks`` are places before which parties fill in."""

    id: str
    tokens: tuple[Token, ...]
    blanks: frozenset[int]
    whole: str  # all words that a memorandum of it prints, signatures and contacts included
    documents: int  # held memoranda of this version


def make_template(template_id: str, documents: Sequence[Sequence[Token]]) -> Template | None:
    """The wording that most of these memoranda share; ``None`` where there are too few.

    Memoranda that were read best count first; at most `SAMPLE` are compared.
    """
    if len(documents) < ENOUGH:
        return None
    ranked = sorted(documents, key=lambda tokens: (-_reading(tokens), [t.key for t in tokens]))
    best = ranked[:SAMPLE]
    base = _nearest(best)
    tokens, blanks = _agree(base, best)
    return Template(template_id, tokens, blanks, " ".join(keys(tokens)), len(documents))


def _reading(tokens: Sequence[Token]) -> float:
    return round(sum(token.quality for token in tokens) / max(len(tokens), 1), 3)


def keys(tokens: Sequence[Token]) -> list[str]:
    """The words as compared."""
    return [token.key for token in tokens]


def _nearest(documents: Sequence[Sequence[Token]]) -> Sequence[Token]:
    """The memorandum with the smallest distance to all others."""
    words = [keys(tokens) for tokens in documents]
    distances = [sum(Indel.normalized_distance(own, other) for other in words) for own in words]
    return documents[min(range(len(documents)), key=lambda index: (distances[index], index))]


def _agree(
    base: Sequence[Token], documents: Sequence[Sequence[Token]]
) -> tuple[tuple[Token, ...], frozenset[int]]:
    said: list[Counter[str]] = [Counter() for _ in base]
    before: list[int] = [0] * (len(base) + 1)  # memoranda that insert something before a word
    words = keys(base)
    for document in documents:
        other = keys(document)
        for step in Levenshtein.opcodes(words, other):
            if step.tag == "insert":
                before[step.src_start] += 1
                continue
            theirs = words if step.tag == "equal" else other[step.dest_start : step.dest_end]
            offset = 0 if step.tag == "equal" else step.src_start
            for index in range(step.src_start, step.src_end):
                if index - offset < len(theirs):
                    said[index][theirs[index - offset]] += 1
    return _assemble(base, said, before, len(documents))


def _assemble(
    base: Sequence[Token], said: Sequence[Counter[str]], before: Sequence[int], count: int
) -> tuple[tuple[Token, ...], frozenset[int]]:
    kept: list[Token] = []
    blanks: set[int] = set()
    for index, token in enumerate(base):
        if before[index] >= _BLANK * count:
            blanks.add(len(kept))
        key, votes = min(said[index].items(), key=lambda item: (-item[1], item[0]))
        if votes < _AGREED * count:
            blanks.add(len(kept))
        if votes >= _MOST * count:
            kept.append(token if key == token.key else token._replace(key=key, text=key))
        else:
            blanks.add(len(kept))
    if before[len(base)] >= _BLANK * count:
        blanks.add(len(kept))
    return tuple(kept), frozenset(blanks)
