"""Passages found by their first and last words, or refused with a reason that helps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scripts.excerpts.anchoring import Fault, PageText, Passage, find_passage
from scripts.excerpts.normalising import normalise
from scripts.records.curated import Locator

PAGE = PageText(
    3,
    "II. COSTS\r\nThe AGENCY is responsible for the “travel” of its of\ufb01cers and for\r\n"
    "over\u00ad\r\ntime. The AGENCY pays for meals. Nothing else is paid.\r\nPage 3 of 9",
)
NEXT = PageText(4, "Memorandum, page 4\nThe end of it is here. More follows.")


def locate(first: str, last: str, **more: object) -> Locator:
    blank = Locator(
        page=3, to_page=None, first_words=first, page_end=None, page_start=None, last_words=last
    )
    return replace(blank, **more)  # type: ignore[arg-type]


def found(result: Passage | tuple[Fault, ...]) -> Passage:
    assert isinstance(result, Passage), result
    return result


def refused(result: Passage | tuple[Fault, ...]) -> Fault:
    assert not isinstance(result, Passage), result.wording
    assert len(result) == 1
    return result[0]


def test_a_passage_over_line_ends_and_marks() -> None:
    passage = found(find_passage([PAGE], locate('responsible for the "travel"', "overtime.")))
    assert passage.wording == "responsible for the “travel” of its ofﬁcers and for overtime."
    assert PAGE.text[passage.start : passage.end].startswith("responsible for the “travel”")
    assert PAGE.text[passage.start : passage.end].endswith("time.")
    assert passage.prefix == "II. COSTS The AGENCY is"
    assert passage.suffix.startswith("The AGENCY pays for meals.")
    assert (passage.page, passage.end_page) == (3, 3)


def test_to_is_the_first_occurrence_after_from() -> None:
    passage = found(find_passage([PAGE], locate("The AGENCY pays", "paid.")))
    assert passage.wording == "The AGENCY pays for meals. Nothing else is paid."


def test_only_whole_words_are_found() -> None:
    """“time” inside “overtime” is no occurrence of “time”."""
    fault = refused(find_passage([PAGE], locate("time. The AGENCY", "paid.")))
    assert fault.key == "from"


def test_two_pages_leave_out_footer_and_header() -> None:
    locator = locate(
        "Nothing else", "is here.", to_page=4, page_end="is paid.", page_start="The end of"
    )
    passage = found(find_passage([PAGE, NEXT], locator))
    assert passage.wording == "Nothing else is paid. The end of it is here."
    assert [part[0] for part in passage.parts] == [3, 4]
    assert NEXT.text[: passage.end].endswith("is here.")


def test_two_pages_without_breaks_keep_all_between() -> None:
    passage = found(find_passage([PAGE, NEXT], locate("Nothing else", "is here.", to_page=4)))
    assert "Page 3 of 9 Memorandum, page 4" in passage.wording


@pytest.mark.parametrize(
    ("locator", "key", "part"),
    [
        (locate("The AGENCY", "paid."), "from", "stands 2 times"),
        (locate("The AGENCY", "paid."), "from", "page 3 at 11"),
        (locate("responsible for the travail", "paid."), "from", "does not stand on page 3"),
        (locate("Nothing else is paid", "overtime."), "to", "only before `from`"),
        (locate("Nothing else", "no such end"), "to", "does not stand"),
        (locate("a b c d e f g h i", "paid."), "from", "a b c d"),
        (locate("Nothing else", "\u200b"), "to", ""),
    ],
)
def test_a_locator_that_does_not_hold_is_refused(locator: Locator, key: str, part: str) -> None:
    fault = refused(find_passage([PAGE], locator))
    assert fault.key == key
    assert part in fault.seen


def test_the_closest_passage_is_named_with_its_place() -> None:
    fault = refused(find_passage([PAGE], locate("responsib1e for the travel", "paid.")))
    assert 'responsible for the "travel"' in fault.remedy
    assert f"page 3 at {PAGE.text.index('responsible')}" in fault.remedy


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"first_words": "The end of", "last_words": "is here."}, "from"),  # on the second page
        ({"last_words": "is paid."}, "to"),  # already on the first page
        ({"page_end": "no such words"}, "page-end"),
        ({"page_start": "no such words"}, "page-start"),
    ],
)
def test_two_pages_refused(more: dict[str, str], key: str) -> None:
    words = {"first_words": "Nothing else", "last_words": "is here.", **more}
    locator = locate(words.pop("first_words"), words.pop("last_words"), to_page=4, **words)
    assert refused(find_passage([PAGE, NEXT], locator)).key == key


def test_another_reading_of_the_same_page_has_the_same_hash() -> None:
    again = PageText(
        3, 'COSTS The AGENCY is responsible for the "travel" of its officers and for overtime.'
    )
    locator = locate("responsible for the", "overtime.")
    assert (
        found(find_passage([PAGE], locator)).sha256 == found(find_passage([again], locator)).sha256
    )


WORD = st.text(alphabet="abcdeﬁ’-\u00ad", min_size=1, max_size=6)
GAP = st.sampled_from([" ", "  ", "\r\n", "\n", "\u00a0 "])


@given(st.lists(st.tuples(WORD, GAP), min_size=6, max_size=40), st.data())
def test_any_passage_that_is_found_is_the_text_between_its_words(
    pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    """Whatever the page: what is found begins with `from`, ends with `to`, and lies on the page."""
    raw = "".join(word + gap for word, gap in pairs)
    words = normalise(raw).text.split(" ")
    assume(len(words) >= 4)
    i = data.draw(st.integers(0, len(words) - 2))
    j = data.draw(st.integers(i + 1, len(words) - 1))
    result = find_passage([PageText(3, raw)], locate(words[i], words[j]))
    if isinstance(result, Passage):
        piece = normalise(raw[result.start : result.end]).text
        assert piece.startswith(words[i])
        assert piece.endswith(words[j])
        assert piece in normalise(raw).text
    else:
        assert refused(result).key in ("from", "to")
