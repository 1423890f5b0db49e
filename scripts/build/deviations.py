"""How a memorandum differs from its template: additions, omissions and changes that mean something.

Both are compared word by word. Differences that lie close together are one. What is no deviation:
the parties' names, dates and form blanks; words that stand elsewhere on the other side (text that
was read in another order); and differences of letters, which are reading, not wording. A difference
on a page that was read badly, or made of words that are none, is unsure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from scripts.build.clauses import PARTY, Token
from scripts.build.places import PlacedBox, box_of, gap_boxes, line_boxes
from scripts.build.templates import Template, keys
from scripts.sources.page import PageText
from scripts.sources.quality import known_words

Kind = Literal["addition", "omission", "change"]
_CLOSE = 4  # equal words between two differences that make them one
_WORDS = 5  # words of meaning that a difference must have
_BLANK_WORDS = 14  # words that parties fill into a blank
_ADDRESS_WORDS = 40
_POSTAL_CODE = re.compile(r"\d{5}(?:\d{4})?")
_OFFICE_WORDS = frozenset(
    (
        *("of", "the", "and", "for", "division", "department", "public", "safety", "state", "town"),
        *(
            "city",
            "county",
            "village",
            "borough",
            "bureau",
            "office",
            "police",
            "sheriff",
            "florida",
        ),
        *("texas", "services", "district", "college", "university", "school", "board", "parish"),
    )
)
_TITLE = re.compile(r"\bTitle\W?:")
_SIGNATURES = 2  # the agency's and ICE's
_TOLD = 0.4
_SURE_PAGE = 0.75
_AROUND = 15  # words before and after
_CONTEXT = 12  # words before and after that are kept to be shown
_LONG = 40
_MANY = 120  # words from which on an omission is a page or more


@dataclass(frozen=True)
class Deviation:
    """One difference; texts as printed, the memorandum's contact details masked before."""

    kind: Kind
    page_number: int
    clause: str
    template_text: str
    document_text: str
    is_sure: bool  # both sides were read well
    words: int  # words of meaning that differ
    boxes: tuple[PlacedBox, ...] = ()  # where: one box a line; of an omission, where it would stand
    template_before: str = ""  # a few words before and after on either side
    template_after: str = ""
    document_before: str = ""
    document_after: str = ""


def find_deviations(
    template: Template, document: Sequence[Token], names: Collection[str] = (), whole: str = ""
) -> tuple[Deviation, ...]:
    """What differs in a memorandum from its template, in order.

    ``names`` are words of the agency's name; ``whole`` is the memorandum's text as compared, with
    its pages of signatures and contacts: what stands there is no omission.
    """
    own, other = keys(template.tokens), keys(document)
    sides = Sides(template, document, frozenset(names), whole or " ".join(other))
    judged = (_judge(sides, hunk) for hunk in _hunks(own, other))
    return tuple(deviation for deviation in judged if deviation is not None)


@dataclass(frozen=True)
class Sides:
    """What is compared."""

    template: Template
    document: Sequence[Token]
    names: frozenset[str]
    whole: str


Hunk = tuple[int, int, int, int]
_PIECE = 60  # words looked for at once


def _hunks(own: Sequence[str], other: Sequence[str]) -> list[Hunk]:
    """Runs of differences, those that are separated by few equal words joined."""
    hunks: list[Hunk] = []
    for step in Levenshtein.opcodes(own, other):
        if step.tag == "equal":
            continue
        a0, a1, b0, b1 = step.src_start, step.src_end, step.dest_start, step.dest_end
        if hunks and a0 - hunks[-1][1] <= _CLOSE and b0 - hunks[-1][3] <= _CLOSE:
            hunks[-1] = (hunks[-1][0], a1, hunks[-1][2], b1)
        else:
            hunks.append((a0, a1, b0, b1))
    return hunks


def _judge(sides: Sides, hunk: Hunk) -> Deviation | None:
    a0, a1, b0, b1 = hunk
    before, after = sides.template.tokens[a0:a1], sides.document[b0:b1]
    gone, new = _meaning(before, after), _meaning(after, before)
    if max(len(gone), len(new)) < _WORDS or _reads_alike(before, after):
        return None
    if _is_filled_in(sides, hunk, gone, new) or _stands_elsewhere(sides, before, after, gone, new):
        return None
    kind: Kind = "change"
    if len(gone) < _WORDS:
        kind = "addition"
    elif len(new) < _WORDS:
        kind = "omission"
    return Deviation(
        kind=kind,
        page_number=_page(sides.document, b0, b1),
        clause=_clause(sides.template, sides.document, hunk),
        template_text=_form_words(before),
        document_text=_words(after),
        is_sure=_is_page_long(sides.document, hunk, gone)
        or _is_sure(sides.document, hunk, gone, new),
        words=max(len(gone), len(new)),
        boxes=line_boxes(after) if new else gap_boxes(sides.document, b0),
        template_before=_form_words(sides.template.tokens[max(a0 - _CONTEXT, 0) : a0]),
        template_after=_form_words(sides.template.tokens[a1 : a1 + _CONTEXT]),
        document_before=_words(sides.document[max(b0 - _CONTEXT, 0) : b0]),
        document_after=_words(sides.document[b1 : b1 + _CONTEXT]),
    )


def _form_words(side: Sequence[Token]) -> str:
    return " ".join("[agency]" if token.key == PARTY else token.text for token in side)


def _words(side: Sequence[Token]) -> str:
    return " ".join(token.text for token in side)


def _is_filled_in(sides: Sides, hunk: Hunk, gone: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the difference is a blank of the form: a name, an address, an office's own unit."""
    a0, a1, b0, b1 = hunk
    after = sides.document[b0:b1]
    if _is_address(after) and len(after) <= _ADDRESS_WORDS and len(gone) < _ADDRESS_WORDS:
        return True
    own = sides.names | _OFFICE_WORDS
    if len(gone) < _WORDS and all(word in own for word in new):
        return True
    if len(gone) < _WORDS and len(after) <= _BLANK_WORDS and _is_mostly_names(after, own):
        return True
    is_blank = any(place in sides.template.blanks for place in range(a0, a1 + 1))
    return is_blank and max(a1 - a0, b1 - b0) <= _BLANK_WORDS and _looks_filled_in(after)


def _looks_filled_in(side: Sequence[Token]) -> bool:
    """Names, numbers and scraps rather than a sentence; nothing is a blank left empty."""
    told = sum(
        token.text[:1].isupper() or not token.key.isalpha() or token.key not in known_words()
        for token in side
    )
    return told >= _TOLD * len(side)


def _is_mostly_names(side: Sequence[Token], own: frozenset[str]) -> bool:
    """Whether what is printed is a name beside the agency's: capitals and the agency's words."""
    words = [token for token in side if token.key != PARTY and token.key not in own]
    capitals = sum(token.text[:1].isupper() for token in words)
    return any(token.key == PARTY for token in side) and capitals >= 0.7 * len(words)


def _stands_elsewhere(
    sides: Sides,
    before: Sequence[Token],
    after: Sequence[Token],
    gone: Sequence[str],
    new: Sequence[str],
) -> bool:
    """Whether what seems added or lost stands on the other side all the same, in another place."""
    is_new = len(new) >= _WORDS and not _stands_in(after, sides.template.whole)
    is_gone = len(gone) >= _WORDS and not _stands_in(before, sides.whole)
    return not is_new and not is_gone


def _is_address(side: Sequence[Token]) -> bool:
    """The address of an office of ICE's lawyers, which the form leaves to be filled in."""
    return any(_POSTAL_CODE.fullmatch(token.key) for token in side)


def _meaning(side: Sequence[Token], against: Sequence[Token]) -> list[str]:
    """Words of one side that the other lacks: no parties, no numbers, no scraps."""
    rest = keys(against)
    words: list[str] = []
    for token in side:
        if token.key in rest:
            rest.remove(token.key)
        elif token.key != PARTY and len(token.key) > 1 and token.key.isalpha():
            words.append(token.key)
    return words


def _reads_alike(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """The same letters but for reading: spaces lost, letters taken for others."""
    one = "".join(token.key for token in before if token.key != PARTY)
    two = "".join(token.key for token in after if token.key != PARTY)
    return bool(one and two) and fuzz.ratio(one, two) >= 72


def _stands_in(side: Sequence[Token], text: str) -> bool:
    """Piece by piece: to look for thousands of words at once in thousands takes minutes."""
    words = [key for key in keys(side) if key != PARTY]
    least = 84 if len(side) < _LONG else 74  # party names lie between the words of a long one
    pieces = [" ".join(words[start : start + _PIECE]) for start in range(0, len(words), _PIECE)]
    if len(pieces) < 2:
        return bool(pieces) and fuzz.partial_ratio(pieces[0], text, score_cutoff=least) >= least
    likeness = sum(len(piece) * fuzz.partial_ratio(piece, text) for piece in pieces)
    return likeness >= least * sum(map(len, pieces))


def _page(document: Sequence[Token], b0: int, b1: int) -> int:
    if not document:
        return 1
    return document[min(b0, len(document) - 1)].page if b1 > b0 else document[max(b0 - 1, 0)].page


def _clause(template: Template, document: Sequence[Token], hunk: Hunk) -> str:
    a0, a1, b0, b1 = hunk
    if a1 > a0:
        return template.tokens[a0].clause
    return document[b0].clause if b1 > b0 else ""


def _is_sure(
    document: Sequence[Token], hunk: Hunk, gone: Sequence[str], new: Sequence[str]
) -> bool:
    """Whether the words that differ and those around them were read well."""
    _, _, b0, b1 = hunk
    around = document[max(b0 - _AROUND, 0) : b1 + _AROUND]
    if not around or min(token.quality for token in around) < _SURE_PAGE:
        return False
    if len(new) < _WORDS and (
        any(token.is_copied for token in around) or _is_garbled(hunk, document)
    ):
        return False  # an omission: the text layer of a scan may have missed the line
    words = [token.key for token in around if token.key.isalpha()]
    return _known(words) >= 0.88 and _known(new or gone) >= 0.8


def _is_garbled(hunk: Hunk, document: Sequence[Token]) -> bool:
    """Whether scraps stand where words are missing."""
    scraps = [token.key for token in document[hunk[2] : hunk[3]]]
    return len(scraps) >= 2 and _known(scraps) < 0.5


def _known(words: Sequence[str]) -> float:
    return sum(word in known_words() or word == PARTY for word in words) / max(len(words), 1)


def _is_page_long(document: Sequence[Token], hunk: Hunk, gone: Sequence[str]) -> bool:
    """An omission so long, and just where a page ends, that a page must be missing."""
    _, _, b0, _ = hunk
    if len(gone) < _MANY or not 0 < b0 < len(document):
        return False
    around = {token.page for token in document[max(b0 - 6, 0) : b0 + 6]}
    return len(around) > 1


def find_extra_signature(pages: Sequence[PageText]) -> Deviation | None:
    """A third signature on the pages of signatures, by its label for a title."""
    for page in pages:
        lines = [" ".join(word.text for word in line) for line in page.lines]
        titled = [number for number, line in enumerate(lines) for _ in _TITLE.findall(line)]
        if len(titled) > _SIGNATURES:
            return Deviation(
                kind="addition",
                page_number=page.page_number,
                clause="Signatures",
                template_text="",
                document_text=lines[titled[-1]],
                is_sure=True,
                words=1,
                boxes=(box_of(page.page_number, page.lines[titled[-1]]),),
            )
    return None
