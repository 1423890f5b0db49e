"""Two wordings beside each other, and words found again on their page."""

from __future__ import annotations

import pytest

from scripts.web.parts.marks import mark_text
from scripts.web.parts.side_by_side import find_alike, find_words, lay_side_by_side, shorten


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("The agency pays.", "The agency pays.", "The agency pays."),
        ("It pays all costs.", "It pays no costs.", "It pays -all +no costs."),
        ("", "Costs are shared.", "+Costs +are +shared."),
        ("Notice of 90 days.", "", "-Notice -of -90 -days."),
        # case, punctuation and the party's name are no difference
        ("The [agency] will, if asked", "the LEA will if asked", "the LEA will if asked"),
        # words that stand alone between changes belong to them, or nothing could be read
        ("one two the three four", "five six the seven eight",
         "-one -two -the -three -four +five +six +the +seven +eight"),
        ("first it will stand as before now", "then it will stand as before ever",
         "-first +then it will stand as before -now +ever"),
    ],
    ids=["same", "changed", "added", "left out", "party", "island", "kept"],
)  # fmt: skip
def test_what_is_marked(before: str, after: str, told: str) -> None:
    signs = {"same": "", "gone": "-", "new": "+"}
    inline = lay_side_by_side(before, after).inline
    words = [signs[piece.mark] + word for piece in inline for word in piece.text.split()]
    assert _by_side(words) == _by_side(told.split())


def _by_side(words: list[str]) -> tuple[list[str], list[str]]:
    """What either side reads, in order; which of two neighbours comes first does not matter."""
    return [word for word in words if word[0] != "+"], [word for word in words if word[0] != "-"]


def test_both_sides_read_as_they_are_printed() -> None:
    before, after = "The office gives notice of 90 days.", "The office, gives no notice."
    sides = lay_side_by_side(before, after)
    assert " ".join(piece.text for piece in sides.before) == before
    assert " ".join(piece.text for piece in sides.after) == after


def test_a_long_difference_is_cut_with_an_ellipsis() -> None:
    cut = shorten(lay_side_by_side("", "one two three four").inline, 2)
    assert [piece.text for piece in cut] == ["one two …"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("costs are noted", "costs are noted"),
        ("the Springfield agrees", "the Springfield Police Department agrees"),  # a name's rest
        ("notice of days", "notice of 90 days"),  # the shortest stretch, not the first
        ("costs are forgotten", None),
        ("", None),
    ],
)
def test_words_are_found_where_others_stand_between(words: str, found: str | None) -> None:
    text = "Of notice and costs the\nSpringfield Police Department agrees costs are noted " * 2
    text += "notice of 90 days"
    place = find_words(text, words.split())
    stretch = None if place is None else " ".join(text[place.start : place.end].split())
    assert stretch == found


def test_words_with_spaces_inside_are_found_by_likeness() -> None:
    text = "Upon\nreceipt of t h e certification, the office will tell the agency so."
    words = ["receipt", "of", "t", "he", "certification,", "the", "office"]
    assert find_words(text, words) is None
    place = find_alike(text, words)
    assert place is not None
    assert text[place.start : place.end] == "receipt of t h e certification, the office"
    assert find_alike(text, ["nothing", "of", "this", "stands", "on", "the", "page"]) is None
    assert find_alike(text, ["receipt"]) is None  # too short to be told by likeness


def test_differences_are_marked_in_the_text_beside_excerpts() -> None:
    text = "Records of costs are kept by the office."
    excerpt = {"id": "x-e01", "page_number": 1, "to_page_number": None, "start_offset": 0,
               "end_offset": 16}  # fmt: skip
    marked = mark_text(text, (), [excerpt], 1, None, [("x-d01", (11, 25)), ("x-d02", (40, 40))])
    html = str(marked.html)
    assert '<mark class="a-differs" id="x-d01"><mark class="a-excerpt">costs</mark></mark>' in html
    assert '<mark class="a-differs"> are kept</mark>' in html
    assert html.endswith('office.<span class="a-missing" id="x-d02"></span>')
    assert html.count('id="x-d01"') == 1
