"""A template as it would be set: title, numbered headings, paragraphs and items in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from scripts.comparison.forms import AGENCY, FormWord
from scripts.comparison.templates import Template

BLANK = "[blank]"
BULLET = "•"
Kind = Literal["title", "heading", "paragraph", "item"]
_ROMAN = re.compile(r"(?:[IVX]{1,6})[.,]?")
_LETTER = re.compile(r"[A-H][.,]")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4}|[A-H])[.)]")
_APPENDIX = re.compile(r"APPENDIX|ADDENDUM")
_SHORT = 9  # words of a heading without a number


@dataclass(frozen=True)
class Block:
    """One heading, paragraph or item of a template."""

    kind: Kind
    level: int
    number: str | None
    text: str
    clause: str  # heading under which it stands, with its number
    share: float  # of the memoranda that print its words (mean)


def blocks_of(template: Template) -> tuple[Block, ...]:
    """The template's words as blocks, in order."""
    return tuple(block for block, _ in _told(template.tokens, template.fields))


def with_clauses(template: Template) -> Template:
    """The template with the heading under which each word stands."""
    words = [
        word._replace(clause=block.clause)
        for block, own in _told(template.tokens, template.fields)
        for word in own
    ]
    assert len(words) == len(template.tokens)
    return replace(template, tokens=tuple(words))


def _told(
    words: Sequence[FormWord], fields: frozenset[int]
) -> Iterator[tuple[Block, Sequence[FormWord]]]:
    clause = appendix = last = ""
    is_opening = True
    after_appendix = False
    for start, end in _spans(words):
        own = words[start:end]
        text = _text(words, start, end, fields)
        kind, level, number, text = _classify(own, text)
        if kind == "heading" and last[:1] == "H" and (number or "")[:1] == "I":
            level = 2  # a letter, not a numeral
        last = number or "" if kind == "heading" else last
        if is_opening and kind in ("heading", "paragraph") and number is None:
            is_title = _is_caps(text) or len(own) <= _SHORT
            kind, level = ("title", 0) if is_title else (kind, level)
        if kind != "title":
            is_opening = False
        if kind == "heading" and after_appendix and number is None:
            level = 2
        after_appendix = kind == "heading" and bool(_APPENDIX.match(text))
        if kind == "heading":
            clause = f"{number} {text}" if number else text
            if after_appendix:
                appendix = clause
            elif level > 1 and number is None and appendix:
                clause = appendix
        share = sum(word.share for word in own) / max(len(own), 1)
        yield Block(kind, level, number, text, clause, round(share, 3)), own


def _spans(words: Sequence[FormWord]) -> Iterator[tuple[int, int]]:
    starts = [index for index, word in enumerate(words) if word.starts or index == 0]
    yield from zip(starts, [*starts[1:], len(words)], strict=True)


def _text(words: Sequence[FormWord], start: int, end: int, fields: frozenset[int]) -> str:
    """The words as printed, one mark for a run of names and blanks."""
    told: list[str] = []
    for index in range(start, end):
        if index in fields and (index > start or index == 0 or not words[index].starts):
            _mark(told, BLANK)
        text = words[index].text
        if text.startswith(AGENCY) and told and told[-1] in (AGENCY, BLANK):
            told.pop()
        told.append(text)
    if end in fields:
        _mark(told, BLANK)
    return " ".join(told)


def _mark(told: list[str], mark: str) -> None:
    if not told or told[-1] not in (AGENCY, BLANK):
        told.append(mark)


def _classify(words: Sequence[FormWord], text: str) -> tuple[Kind, int, str | None, str]:
    first, _, rest = text.partition(" ")
    if words[0].is_item:
        return "item", 1, BULLET, text
    if rest and _is_caps(rest) and len(words) <= 16:
        if _ROMAN.fullmatch(first):
            return "heading", 1, first, rest
        if _LETTER.fullmatch(first):
            return "heading", 2, first, rest
    if _APPENDIX.match(first) and len(words) <= 8:
        return "heading", 1, None, text
    if rest and _NUMBER.fullmatch(first):
        return "item", 1, first, rest
    if _is_caps(text) and len(words) <= _SHORT:
        return "heading", 2, None, text
    if text.endswith(":") and len(words) <= 6 and text[:1].isupper():
        return "heading", 3, None, text
    return "paragraph", 0, None, text


def _is_caps(text: str) -> bool:
    letters = [letter for letter in text.replace(AGENCY, "") if letter.isalpha()]
    return len(letters) > 3 and sum(map(str.isupper, letters)) > 0.8 * len(letters)
