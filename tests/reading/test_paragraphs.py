"""Where paragraphs begin on a page."""

from __future__ import annotations

from scripts.reading.page import Line, Word
from scripts.reading.paragraphs import paragraph_starts


def line(text: str, top: float, left: float = 72.0, right: float = 540.0) -> Line:
    words = text.split()
    wide = (right - left) / len(words)
    return tuple(
        Word(word, left + place * wide, top, left + (place + 0.9) * wide, top + 10)
        for place, word in enumerate(words)
    )


def test_a_wider_gap_a_short_line_and_an_item_begin_a_paragraph() -> None:
    lines = (
        line("I. PURPOSE", 100, right=200),
        line("This agreement sets forth", 130),
        line("the terms and the conditions", 143),
        line("of it.", 156, right=130),
        line("It ends on notice by", 169),
        line("either of the two parties", 182),
        line("(a) in writing and by post", 195, left=100),
        line("and not by word of mouth", 208, left=100),
        line("XI. COSTS ARE BORNE BY NOBODY", 234),
    )
    assert paragraph_starts(lines) == (0, 1, 4, 6, 8)


def test_a_second_column_begins_anew() -> None:
    left = tuple(line("words of a column", 100 + 13 * n, right=280) for n in range(4))
    right = tuple(line("words of another one", 100 + 13 * n, left=300) for n in range(4))
    assert 4 in paragraph_starts(left + right)


def test_a_page_without_lines_has_no_paragraphs() -> None:
    assert paragraph_starts(()) == ()
    assert paragraph_starts((line("one", 100),)) == (0,)
