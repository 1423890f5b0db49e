"""The words of a memorandum in reading order, each with its page, its place and its section."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from scripts.facts.parties import find_parties, is_term
from scripts.privacy import marks
from scripts.reading.page import Line, PageText
from scripts.reading.paragraphs import body_starts

PARTY = "«party»"  # stands for the agency's name and its abbreviation
LINE = "__"  # a line to be filled in; in a word's text, one that follows it
MARK = "«removed»"  # stands for what was masked
_FOOTER = re.compile(r"rev[il1]sed\W{0,3}\d|^\W*(?:page )?\d{1,2}\W*$|docusign|envelope id", re.I)
_FEW = 8  # words of a footer
_SCAN = 0.5  # share of the page that an image covers
_ADDENDUM = re.compile(r"^\W*ADDENDUM(?: TO [A-Z ]+)?\W*$")
_HEADING = re.compile(r"^(?:[IVX]{1,6}[.,]|[A-H][.,]|APPENDIX [A-D1l]\b|ADDENDUM)\s*(.*)$")
_NOISE = re.compile(r"[^\w§%$]+")
_BULLETS = frozenset("•·*oex©¢¤")
_EDGES = "_-–—.,;:()[]{}\"'“”‘’•·*|"
Place = tuple[float, float, float, float]


class Token(NamedTuple):
    """One word: as compared, as printed, and where it stands."""

    key: str  # lower case, marks dropped; `PARTY` for the agency
    text: str
    page: int  # page number
    quality: float  # of its page
    clause: str  # heading of the section that it stands in
    is_copied: bool = False  # from a text layer over a scan, which may miss lines
    box: Place = (0.0, 0.0, 0.0, 0.0)  # points, from the top left
    is_own: bool = False  # the document's own text, born digital
    starts: bool | None = None  # whether a paragraph begins here; None at the top of a page
    is_item: bool = False  # after a bullet
    is_hidden: bool = False  # on a page of signatures or contacts


class _Word(NamedTuple):
    text: str
    box: Place
    page: PageText
    clause: str
    is_first: bool  # in its line
    starts: bool | None  # whether a paragraph begins with its line


def tokens_of(
    pages: Sequence[PageText],
    names: Collection[str],
    short: Collection[str] = (),
    hidden: Collection[int] = (),
) -> tuple[Token, ...]:
    """The words of a memorandum's pages without footers and page numbers.

    ``names`` are words of the agency's own name and ``short`` its abbreviations, in lower case:
    one `PARTY` stands for each run of them, one `MARK` for what was masked. ``hidden`` are numbers
    of pages of signatures and contacts. An addendum that is bound in is no part of the memorandum:
    the words end before it.
    """
    words = list(_words(pages, names, short))
    parties = dict(find_parties([word.text for word in words], names, short))
    tokens: list[Token] = []
    is_item = False
    index = 0
    while index < len(words):
        word, end = words[index], parties.get(index, index + 1)
        is_item = (is_item and not word.is_first) or _is_bullet(words, index)
        if not _is_bullet(words, index):
            starts = (True if is_item else word.starts) if word.is_first or is_item else False
            how = word.page.page_number in hidden, starts, is_item
            token = _token(words[index:end], index in parties, how)
            if token is not None:
                tokens.append(token)
                is_item = False
            elif LINE in word.text and tokens:
                tokens[-1] = tokens[-1]._replace(text=tokens[-1].text + LINE)
        index = end
    return tuple(_join_runs(tokens))


def _words(
    pages: Sequence[PageText], names: Collection[str], short: Collection[str]
) -> Iterator[_Word]:
    clause = ""
    for page in pages:
        body = [line for line in page.lines if line and not _is_footer(line, page, names, short)]
        for line, starts in zip(body, body_starts(body, page.width), strict=True):
            text = " ".join(word.text for word in line)
            if _ADDENDUM.match(text):
                return
            clause = _heading(text) or clause
            is_first = True
            for word in _without_revision(line):
                text = word.text
                for part in marks.MARK.sub(f" {MARK} ", text).split() if "[" in text else (text,):
                    yield _Word(part, word[1:], page, clause, is_first, starts)
                    is_first = False


def _without_revision(line: Line) -> Line:
    """A line into which the footer ran: its words without “Revised” and the date."""
    for index, (word, after) in enumerate(pairwise(line)):
        if _FOOTER.search(f"{word.text} {after.text}") and "/" in after.text:
            return (*line[:index], *line[index + 2 :])
    return line


def _is_bullet(words: Sequence[_Word], index: int) -> bool:
    """A bullet, or a letter as which one was read, with a sentence after it."""
    word = words[index]
    if not word.is_first or word.text not in _BULLETS or index + 1 >= len(words):
        return False
    after = words[index + 1]
    if after.is_first:
        return word.text in "•·*"
    is_apart = word.starts is not False or words[index - 1].text[-1:] in ";:."
    return word.text in "•·*" or (after.text[:1].isupper() and is_apart)


def _token(
    words: Sequence[_Word], is_party: bool, how: tuple[bool, bool | None, bool]
) -> Token | None:
    text = " ".join([word.text for word in words]) if len(words) > 1 else words[0].text
    page = words[0].page
    is_hidden, starts, is_item = how
    if text == MARK:
        key, text = MARK, "[removed]"
    else:
        key = PARTY if is_party or is_term(text) else _key(text)
    if not key:
        return None
    return Token(
        key=key,
        text=text,
        page=page.page_number,
        quality=page.quality if page.quality is not None else 0.0,
        clause=words[0].clause,
        is_copied=page.source != "ocr" and page.image_share >= _SCAN,
        box=_around(words),
        is_own=page.source == "embedded" and page.image_share < _SCAN,
        starts=starts,
        is_item=is_item,
        is_hidden=is_hidden,
    )


def _join_runs(tokens: Sequence[Token]) -> Iterator[Token]:
    """A name that goes on in the next line is one name; what the form calls it stays apart."""
    last: Token | None = None
    for token in tokens:
        is_name = token.key == PARTY and not is_term(token.text)
        if last is not None and is_name and last.key == PARTY and not is_term(last.text):
            last = last._replace(text=f"{last.text} {token.text}")
            continue
        if last is not None:
            yield last
        last = token
    if last is not None:
        yield last


def _around(words: Sequence[_Word]) -> Place:
    if len(words) == 1:
        return words[0].box
    line = [word for word in words if word.page is words[0].page]
    lefts, tops, rights, bottoms = zip(*(word.box for word in line), strict=True)
    if bottoms[-1] - tops[0] > 2 * (bottoms[0] - tops[0]):  # the name goes on in the next line
        return words[0].box
    return min(lefts), min(tops), max(rights), max(bottoms)


def _heading(text: str) -> str | None:
    match = _HEADING.match(text.strip())
    if match is None or len(text) > 80 or not any(part.isupper() for part in text.split()[1:2]):
        return None
    return re.sub(r"\s+", " ", text.strip())


def _is_footer(line: Line, page: PageText, names: Collection[str], short: Collection[str]) -> bool:
    """A revision, a page number, the agency's name at the foot of each page."""
    words = [word.text for word in line]
    if len(words) <= _FEW and _FOOTER.search(" ".join(words)):
        return True
    top = min(word.y0 for word in line)
    if page.height <= 0 or top < page.height * 0.88:
        return False
    named = sum(end - start for start, end in find_parties(words, names, short))
    rest = sum(not word.isdigit() for word in words) - named
    return (named > 0 and rest <= 0) or (top > page.height * 0.93 and len(line) <= 12)


def _key(word: str) -> str:
    key = _NOISE.sub("", word.strip(_EDGES).lower())
    return re.sub(r"(?<=[a-z]{3})s\Z", "", key) if key.endswith("’s") else key
