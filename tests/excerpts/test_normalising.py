"""The normalised form: one for all readings of a passage, and back to the raw text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.excerpts.normalising import normalise, shown, wording_sha256

SAME = [
    ("the  AGENCY\r\nmay", "the AGENCY may"),  # line breaks and runs of spaces
    ("the\u00a0AGENCY\u2003may", "the AGENCY may"),  # no-break and em space
    ("officer’s “duty”", 'officer\'s "duty"'),  # curly quotation marks
    ("ofﬁcer of the aﬀected ofﬁce", "officer of the affected office"),  # ligatures
    ("pre\u00adscribed", "prescribed"),  # soft hyphen
    ("reim-\nbursement", "reimbursement"),  # a word broken at the line's end
    ("reim\ufffe\nbursement", "reimbursement"),  # PDFium's mark for the same
    ("reim\u0002\r\nbursement", "reimbursement"),
    ("law‑enforcement", "law-enforcement"),  # no-break hyphen
    ("law-\nenforcement", "law-enforcement"),  # a real hyphen at the line's end
    ("2025–2026", "2025-2026"),  # en dash between numbers stays a dash
    ("Ｉ．Ａ", "I.A"),  # full-width forms
    ("e\u0301te\u0301", "été"),  # a mark after its letter
    ("call [telephone number removed] now", "call [telephone number covered] now"),
    ("\ufeffzero\u200bwidth", "zerowidth"),
]

DIFFERENT = [
    ("the AGENCY", "the agency"),  # case
    ("may not", "may"),
    ("Section 5.", "Section 5"),
    ("2025-26", "202526"),
    ("over - under", "overunder"),  # a dash between spaces
    ("call [telephone number removed] now", "call now"),
]


@pytest.mark.parametrize(("raw", "other"), SAME)
def test_one_passage_read_twice_is_the_same(raw: str, other: str) -> None:
    assert normalise(raw).text == normalise(other).text
    assert wording_sha256(raw) == wording_sha256(other)


@pytest.mark.parametrize(("raw", "other"), DIFFERENT)
def test_other_wording_stays_other(raw: str, other: str) -> None:
    assert normalise(raw).text != normalise(other).text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("one\r\n  two", "one two"),
        ("reim\ufffe\nbursement", "reimbursement"),
        ("law-\nenforcement “act”", "law- enforcement “act”"),  # as printed
        ("of\u00adfice", "office"),
    ],
)
def test_shown_is_as_printed_on_one_line(raw: str, expected: str) -> None:
    assert shown(raw) == expected


def test_parts_of_two_pages_are_joined_by_a_space() -> None:
    assert wording_sha256("ends here", "goes on") == wording_sha256("ends here goes on")


TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("abcXYZ 0123.-\n\r\t\u00ad\ufffe\u0002\u00a0ﬁ’“–‐́½")), st.characters()
    ),
    max_size=80,
)


@given(TEXT)
def test_every_character_has_a_place_and_places_run_forward(raw: str) -> None:
    read = normalise(raw)
    assert len(read.text) == len(read.starts) == len(read.ends)
    for i, (start, end) in enumerate(zip(read.starts, read.ends, strict=True)):
        assert 0 <= start < end <= len(raw)
        if i:
            assert read.starts[i - 1] <= start
            assert read.ends[i - 1] <= end


@given(TEXT)
def test_no_space_at_an_edge_and_none_beside_another(raw: str) -> None:
    text = normalise(raw).text
    assert text == text.strip(" ")
    assert "  " not in text
    assert "\n" not in text


@given(TEXT)
def test_the_raw_piece_of_a_word_reads_as_that_word(raw: str) -> None:
    """Back and forth: the raw span of a run of plain letters normalises to the run itself."""
    read = normalise(raw)
    start = 0
    for word in read.text.split(" "):
        if word.isascii() and word.isalnum():
            a, b = read.raw_span(start, start + len(word))
            assert word in normalise(raw[a:b]).text
        start += len(word) + 1
