"""Quality is honest on clean, poor and garbage text, and known damage is mended."""

from __future__ import annotations

import pytest

from scripts.reading.page import PageText, Word
from scripts.reading.quality import GOOD, measure_quality
from scripts.reading.repair import repair_page, split_at_letter

CLEAN = (
    "The agency will notify the office within ten days of any complaint, and the Sheriff of "
    "Example County, 12 Main Street, agrees under 8 U.S.C. § 1357(g)."
)
POOR = (
    "Thc agcncy w1ll not1fy thc offlce within ten days of any cornp1aint, and thc Shcriff of "
    "Examp1e County agrees undcr thc tcrms of this agreement."
)
GARBAGE = "69<?21\x01A<\x01A52\x016::64?.A6<;\x012;3<?02:2;A\x013B;0A6<;@\x01A<\x01/2\x01=2?3<?:21"
SHIFTED = "".join(chr(ord(letter) - 29) for letter in "Signature:")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [(CLEAN, 0.95, 1.0), (POOR, 0.4, 0.84), (GARBAGE, 0.0, 0.3), (SHIFTED, 0.0, 0.3)],
    ids=["clean", "poor", "garbage", "shifted"],
)
def test_quality_is_honest(text: str, low: float, high: float) -> None:
    quality = measure_quality(text)
    assert quality is not None
    assert low <= quality <= high


@pytest.mark.parametrize("text", ["", "  \n", "12/05/2025", "____ ____", "3."])
def test_nothing_to_judge(text: str) -> None:
    assert measure_quality(text) is None


def page(*lines: str) -> PageText:
    rows = []
    for number, line in enumerate(lines):
        words = []
        x = 72.0
        for text in line.split(" "):
            words.append(Word(text, x, 72.0 + 14 * number, x + 6 * len(text), 84.0 + 14 * number))
            x += 6 * len(text) + 6
        rows.append(tuple(words))
    return PageText(1, tuple(rows), 612, 792)


def shift(text: str) -> str:
    return "".join(chr(ord(letter) - 29) for letter in text)


def test_shifted_glyphs_are_moved_back() -> None:
    damaged = page(
        "For the agency", shift("Signature:") + " " + shift("________"), shift("FieldOffice,Texas")
    )
    mended = repair_page(damaged)
    assert mended.text == "For the agency\nSignature: ________\nField Office, Texas"
    assert mended.source == "repaired"
    field, office = mended.lines[2][:2]
    assert field.x0 == 72.0  # the box is shared out among the words
    assert field.x1 < office.x0


@pytest.mark.parametrize("letter", ["e", "o", "s"])
def test_spaces_read_as_a_letter_are_restored(letter: str) -> None:
    sentence = "the office will provide written notice of each and any such complaint to the agency"
    damaged = page(sentence.replace(" ", letter), "and the public may request a copy of it")
    mended = repair_page(damaged)
    assert mended.text == f"{sentence}\nand the public may request a copy of it"
    assert (mended.quality or 0) > GOOD


def test_sound_text_is_left_alone() -> None:
    sound = page(*CLEAN.split(", "), "See the terms of thee old oak")
    assert repair_page(sound) is sound


@pytest.mark.parametrize(
    ("text", "letter", "parts"),
    [
        ("thiseagreement", "e", ["this", "agreement"]),  # the e inside agreement stays
        ("theeoffice", "e", ["the", "office"]),
        ("agreement", "e", ["agreement"]),
        ("xqzeplk", "e", ["xqzeplk"]),
    ],
)
def test_split_at_letter(text: str, letter: str, parts: list[str]) -> None:
    assert split_at_letter(text, letter) == parts
