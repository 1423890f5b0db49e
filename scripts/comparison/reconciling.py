"""A template's doubtful words settled by what other versions of the forms print."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from scripts.comparison.clauses import PARTY
from scripts.comparison.forms import FormWord, is_common, mend_abbreviations
from scripts.comparison.joined_words import may_be_two, split_word
from scripts.comparison.templates import ENOUGH, PRINTED, Template, keys

_AGREED = 0.75  # share with which a word is the form's, whatever stands beside it

Trigram = tuple[str, str, str]


def trigrams(words: Sequence[str]) -> set[Trigram]:
    """All runs of three words."""
    return set(zip(words, words[1:], words[2:], strict=False))


def reconcile(template: Template, others: Collection[Trigram]) -> Template:
    """The template, its doubtful words as other versions of the forms print them.

    ``others`` are runs of three words of the other templates. Of two readings of one word (be, he)
    that one is taken that stands there between the same words; what runs together is parted as it
    is there; and what few print is filled in, or noise, unless another version has it too.
    """
    template = _with_parted(template, others)
    own = keys(template.tokens)
    kept: list[FormWord] = []
    places = []
    fields: set[int] = set()
    for index, word in enumerate(template.tokens):
        places.append(len(kept))
        is_few = template.voted <= ENOUGH
        if word.is_faint and (is_few or not _is_confirmed(own, index, others)):
            continue
        if _is_doubtful(template, index, own, others):
            fields.add(len(kept))
        else:
            kept.append(_reading(word, own, index, others))
    places.append(len(kept))
    fields |= {places[place] for place in template.fields}
    return replace(
        template,
        tokens=mend_abbreviations(kept),
        blanks=frozenset({places[place] for place in template.blanks} | fields),
        fields=frozenset(fields),
    )


def _is_confirmed(own: Sequence[str], index: int, others: Collection[Trigram]) -> bool:
    """Whether another version has a word between the same words, or with the same before or behind.

    A run of words that few could read confirms itself word by word.
    """
    return all(
        tuple(run) in others
        for run in (own[index - 1 : index + 2], own[index - 2 : index + 1], own[index : index + 3])
        if len(run) == 3
    )


def _is_doubtful(
    template: Template, index: int, own: Sequence[str], others: Collection[Trigram]
) -> bool:
    """Whether few print a word, it stands on a page of signatures or beside a blank, alone."""
    word = template.tokens[index]
    if word.key == PARTY or template.voted <= ENOUGH:
        return False
    if _is_name(template, index):
        return tuple(own[index - 1 : index + 2]) not in others
    if not word.is_scrawl:
        return False
    if any(run in others for run in trigrams(own[max(index - 2, 0) : index + 3])):
        return False
    if word.is_hidden or word.share < _AGREED:
        return True
    return _is_beside_blank(template, index)


def _is_name(template: Template, index: int) -> bool:
    """A word in capitals within a sentence that not nearly all print: a place, an office."""
    word, before = template.tokens[index], template.tokens[max(index - 1, 0)]
    is_within = not word.starts and before.text[-1:] not in ".:;”"
    is_plain = word.text[:1].isupper() and word.text[1:2].islower() and "@" not in word.text
    return is_within and is_plain and word.share < PRINTED


def _is_beside_blank(template: Template, index: int) -> bool:
    """Whether only words that few print lie between it and a blank."""
    for step in (1, -1):
        place = index
        while 0 <= place < len(template.tokens) and template.tokens[place].is_scrawl:
            if (place + (step > 0)) in template.fields:
                return True
            place += step
    return False


def _with_parted(template: Template, others: Collection[Trigram]) -> Template:
    """Words that run together parted as other versions have them."""
    pairs = {one + two: (one, two) for one, two, _ in others if PARTY not in (one, two)}
    words: list[FormWord] = []
    moved: list[int] = []
    for word in template.tokens:
        moved.append(len(words))
        if word.key in pairs and may_be_two(word.key) and not is_common(word.text):
            words.extend(split_word(word, pairs[word.key]))
        else:
            words.append(word)
    moved.append(len(words))
    return replace(
        template,
        tokens=tuple(words),
        blanks=frozenset(moved[place] for place in template.blanks),
        fields=frozenset(moved[place] for place in template.fields),
    )


def _reading(
    word: FormWord, own: Sequence[str], index: int, others: Collection[Trigram]
) -> FormWord:
    """Of several readings of a word, the one that another version has with the same words."""

    def is_told(key: str) -> bool:
        around = [*own[max(index - 2, 0) : index], key, *own[index + 1 : index + 2]]
        return any(run in others for run in trigrams(around))

    if is_told(word.key):
        return word
    for key, text in word.rivals:
        if is_told(key):
            return word._replace(key=key, text=text)
    return word
