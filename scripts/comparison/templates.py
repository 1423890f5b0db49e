"""Templates made from the held memoranda: the wording that most of one version share.

Made at each build from whatever is held, never kept in git. All memoranda of a version are laid
over a first one, word by word; what most of them print stands, in the form in which most print it,
words that the first one misses are put in, and what each party fills in is a blank. The result is
laid over them again until it stays. Text of born-digital files counts more than what was read from
a picture, and words that no dictionary has count less, so that noise of reading loses.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

from scripts.comparison.clauses import LINE, MARK, PARTY, Token
from scripts.comparison.forms import REMOVED, FormWord, printed_form
from scripts.comparison.joined_words import respell, spelling_of
from scripts.reading.quality import is_known

ENOUGH = 2  # memoranda from which a template can be made
FEW = 5  # so few are said to be few
SAMPLE = 60  # memoranda that are enough to tell what most of them say
_ROUNDS = 4
_MOST = 0.5
_FAINT = 0.3  # share with which a word stays until other versions tell that it is the form's
_FIGURES = 0.1  # the same, where most print a number
_BLANK = 0.3  # share of memoranda that print something of their own at a place
_ALIKE = 60  # likeness of two readings of one word
_OWN = 3.0  # weight of text that was born digital
_NO_WORD = 0.3  # weight of what is no word
_MASKED = 3  # words that one mark may stand for
_RIVAL = 0.08  # share of memoranda with another reading
PRINTED = 0.88  # share with which a word is the form's, unless other versions have it
_NUMERAL = re.compile(r"[IVXLTHUMNil1|!/]+[.,]*")  # as readings of Roman numerals look
_SAME_LOOK = str.maketrans("l1j|0q5", "iiiioos")  # letters that are read for each other
_LEAD = 7  # memoranda of which one gives the first order


@dataclass(frozen=True)
class Template:
    """One version's wording, word by word; ``blanks`` are places before which parties fill in."""

    id: str
    tokens: tuple[FormWord, ...]
    blanks: frozenset[int]  # what differs there may be filled in
    fields: frozenset[int]  # where most fill in words of their own: shown as blanks
    documents: int  # held memoranda of this version
    voted: int  # of these, counted for the wording
    agreement: float  # share of its words that a memorandum of it prints (median)

    @property
    def digest(self) -> str:
        """Changes where a comparison with it could change."""
        told = [
            [(word.key, word.text, word.clause, word.is_hidden) for word in self.tokens],
            sorted(self.blanks),
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def keys(tokens: Iterable[Token | FormWord]) -> list[str]:
    """The words as compared."""
    return [token.key for token in tokens]


def make_template(
    template_id: str,
    documents: Sequence[Sequence[Token]],
    arbiter: Sequence[FormWord] = (),
) -> Template | None:
    """The wording that most of these memoranda share; ``None`` where there are too few.

    ``arbiter`` is another
    version of the form: where there are only two memoranda, it decides between them.
    """
    if len(documents) < ENOUGH:
        return None
    votes = [tuple(map(_as_vote, document)) for document in documents]
    if len(documents) == ENOUGH and arbiter:
        votes.append(tuple(_Vote(word.key, word.text, _NO_WORD, word.starts) for word in arbiter))
    base = _first(votes)
    for _ in range(_ROUNDS):
        poll = _lay_over(base, votes)
        after = _agree(base, poll, len(votes))
        if [vote.key for vote in after] == [vote.key for vote in base]:
            break
        base = after
    poll = _lay_over(base, votes)
    words, blanks, fields = _settle(base, poll, len(votes))
    return Template(
        *(template_id, words, blanks, fields),
        *(len(documents), len(documents), _agreement(base, votes[: len(documents)])),
    )


class _Vote(NamedTuple):
    """One memorandum's word and what it weighs."""

    key: str
    text: str
    weight: float
    starts: bool | None = None
    is_item: bool = False
    is_hidden: bool = False


def _as_vote(token: Token) -> _Vote:
    weight = _OWN if token.is_own else 1.0
    if token.key != PARTY and not is_known(token.text.strip("_")):
        weight *= _NO_WORD
    return _Vote(
        *(token.key, token.text, weight * max(token.quality, 0.1)),
        *(token.starts, token.is_item, token.is_hidden),
    )


def _first(documents: Sequence[Sequence[_Vote]]) -> list[_Vote]:
    """Of the memoranda that come first, the one that is nearest to the others."""
    lead = [[vote.key for vote in document] for document in documents[:_LEAD]]
    distances = [sum(Indel.normalized_distance(own, other) for other in lead) for own in lead]
    return list(documents[min(range(len(lead)), key=lambda index: (distances[index], index))])


@dataclass
class _Poll:
    """What the memoranda print at each word of the base, and before it."""

    said: list[list[_Vote]]
    before: list[list[tuple[_Vote, ...]]]
    silent: list[int]  # memoranda in which the word was masked


def _lay_over(base: Sequence[_Vote], documents: Sequence[Sequence[_Vote]]) -> _Poll:
    own = [vote.key for vote in base]
    spelling = spelling_of(own)
    poll = _Poll([[] for _ in base], [[] for _ in range(len(base) + 1)], [0] * len(base))
    for document in documents:
        respelled = respell(document, spelling)
        other = [vote.key for vote in respelled]
        is_after_mark = False
        for step in Levenshtein.opcodes(own, other):
            a0, a1 = step.src_start, step.src_end
            told = respelled[step.dest_start : step.dest_end]
            if step.tag == "insert":
                poll.before[a0].append(tuple(vote for vote in told if vote.key != MARK))
            elif step.tag == "delete":
                for index in range(a0, min(a1, a0 + _MASKED) if is_after_mark else a0):
                    poll.silent[index] += 1
            else:
                for index, vote in zip(range(a0, a1), told, strict=True):
                    if vote.key == MARK:
                        poll.silent[index] += 1
                    else:
                        poll.said[index].append(vote)
            is_after_mark = any(vote.key == MARK for vote in told)
    return poll


def _agree(base: Sequence[_Vote], poll: _Poll, count: int) -> list[_Vote]:
    """The base with each word as most have it, without words that few have, with missing ones."""
    result: list[_Vote] = []
    for index in range(len(base) + 1):
        result.extend(_missing(poll.before[index], count))
        if index < len(base):
            winner, share = _winner(poll.said[index], count - poll.silent[index])
            if poll.silent[index] > _MOST * count:
                result.append(base[index])
            elif winner is not None and share >= _FAINT:
                result.append(winner)
    return result


def _winner(said: Sequence[_Vote], count: int) -> tuple[_Vote | None, float]:
    """The word with the most weight, and the share of memoranda that print it or mean it."""
    if not said:
        return None, 0.0
    weights: dict[str, float] = defaultdict(float)
    for vote in said:
        weights[vote.key] += vote.weight
    key = min(weights, key=lambda name: (-weights[name], name))
    share = sum(looks_alike(vote.key, key) for vote in said) / max(count, 1)
    return max((vote for vote in said if vote.key == key), key=lambda v: v.weight), share


def looks_alike(one: str, other: str) -> bool:
    """Whether two words may be readings of one: FOO and FOD, removal and remova1."""
    if one == other:
        return True
    if PARTY in (one, other):
        return False
    if one.translate(_SAME_LOOK) == other.translate(_SAME_LOOK):
        return True
    if min(len(one), len(other)) <= 3:
        return len(one) == len(other) > 1 and Levenshtein.distance(one, other) == 1
    return fuzz.ratio(one, other) >= _ALIKE


def _missing(inserted: Sequence[tuple[_Vote, ...]], count: int) -> tuple[_Vote, ...]:
    """Words that many print here and the base does not."""
    if len(inserted) <= _FAINT * count:
        return ()
    weights: dict[tuple[str, ...], float] = defaultdict(float)
    for votes in inserted:
        weights[tuple(vote.key for vote in votes)] += sum(vote.weight for vote in votes)
    seen = Counter(tuple(vote.key for vote in votes) for votes in inserted)
    best = min(weights, key=lambda name: (-seen[name], -weights[name], name))
    if seen[best] > len(inserted) / 4:
        return max(
            (votes for votes in inserted if tuple(v.key for v in votes) == best),
            key=lambda votes: sum(vote.weight for vote in votes),
        )
    ordered = sorted(inserted, key=lambda votes: (len(votes), [vote.key for vote in votes]))
    return ordered[len(ordered) // 2]  # laid over once more, what few print goes again


def _settle(
    base: Sequence[_Vote], poll: _Poll, count: int
) -> tuple[tuple[FormWord, ...], frozenset[int], frozenset[int]]:
    words: list[FormWord] = []
    blanks: set[int] = set()
    fields: set[int] = set()
    for index in range(len(base) + 1):
        inserted = poll.before[index]
        if len(inserted) >= _BLANK * count:
            blanks.add(len(words))
            if _is_field([_joined(votes) for votes in inserted], _BLANK * count):
                fields.add(len(words))
        if index == len(base):
            break
        said, present = poll.said[index], count - poll.silent[index]
        winner, share = _winner(said, present)
        if present < _MOST * count:
            if base[index].is_hidden:
                fields.add(len(words))
            else:
                words.append(FormWord(MARK, REMOVED, round(1 - present / count, 3)))
            continue
        if winner is None or share < PRINTED:
            blanks.add(len(words))
        if winner is None:
            continue
        if _is_filled_in(winner, said):
            fields.add(len(words))
            blanks.add(len(words))
        elif share >= _FAINT:
            words.append(_form_word(winner, said, share, words[-1:]))
            if LINE in winner.text:
                fields.add(len(words))
    return tuple(words), frozenset(blanks), frozenset(fields)


def _is_filled_in(winner: _Vote, said: Sequence[_Vote]) -> bool:
    """Whether parties print words of their own here; of figures, few others are enough."""
    if winner.key == PARTY:
        return False
    others = [vote.text for vote in said if not looks_alike(vote.key, winner.key)]
    least = _FIGURES if any(map(str.isdigit, winner.text)) else _BLANK
    return _is_field(others, least * len(said))


def _joined(votes: Sequence[_Vote]) -> str:
    return " ".join(vote.text for vote in votes if vote.key != PARTY)


def _is_field(others: Sequence[str], least: float) -> bool:
    """Whether many print words of their own here, and not one and the same: a blank of the form.

    Scraps of misread letters fill no blank; another wording that many share is another version.
    """
    told = [text for text in others if _is_filling(text)]
    if len(told) < max(least, 2):
        return False
    return max(Counter(told).values()) <= 0.6 * len(told) and len(set(told)) > 1


def _is_filling(text: str) -> bool:
    words = [word for word in text.split() if any(map(str.isalnum, word))]
    if all(_NUMERAL.fullmatch(word) for word in words):
        return False
    good = sum(is_known(word) or word[:1].isupper() for word in words)
    return bool(words) and good >= 0.7 * len(words) and any(len(word) > 2 for word in words)


def _form_word(
    winner: _Vote, said: Sequence[_Vote], share: float, before: Sequence[FormWord]
) -> FormWord:
    own = [vote for vote in said if vote.key == winner.key]
    alike = [vote for vote in said if looks_alike(vote.key, winner.key)]
    told = [vote.starts for vote in alike if vote.starts is not None]
    starts = sum(told) > len(told) / 2 if told else _may_start(before, winner.text)
    is_hidden = sum(vote.is_hidden for vote in alike) > len(alike) / 2
    is_item = sum(vote.is_item for vote in alike) > 0.4 * len(alike)
    return FormWord(
        key=winner.key,
        text=printed_form(winner.key, [(vote.text, vote.weight) for vote in own]),
        share=round(min(share, 1.0), 3),
        starts=is_item or (starts and not winner.text[:1].islower()),
        is_item=is_item,
        is_hidden=is_hidden,
        rivals=_rivals(winner, said),
        is_faint=share < _MOST,
        is_scrawl=share < PRINTED and (is_hidden or len(alike) < PRINTED * len(said)),
    )


def _rivals(winner: _Vote, said: Sequence[_Vote]) -> tuple[tuple[str, str], ...]:
    """Other readings of the word that some memoranda have, with the text of the best."""
    seen = Counter(vote.key for vote in said if vote.key not in (winner.key, PARTY))
    return tuple(
        (key, printed_form(key, [(vote.text, vote.weight) for vote in said if vote.key == key]))
        for key, votes in sorted(seen.items(), key=lambda item: (-item[1], item[0]))
        if votes >= max(_RIVAL * len(said), 1)
        and Levenshtein.distance(key, winner.key) <= max(1, len(key) // 6)
    )


def _may_start(before: Sequence[FormWord], text: str) -> bool:
    """Whether a paragraph may begin at the top of a page, by the words alone."""
    if not before:
        return True
    return before[-1].text[-1:] in ".:;?!”" and (text[:1].isupper() or text[:1].isdigit())


def _agreement(base: Sequence[_Vote], documents: Sequence[Sequence[_Vote]]) -> float:
    own = [vote.key for vote in base]
    shares = [
        sum(
            block.size
            for block in Levenshtein.opcodes(
                own, [vote.key for vote in document]
            ).as_matching_blocks()
        )
        / max(len(own), 1)
        for document in documents
    ]
    return round(median(shares), 4)
