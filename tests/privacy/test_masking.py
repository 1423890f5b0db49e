"""E-mail addresses and telephone numbers are masked, however badly they were read."""

from __future__ import annotations

import pytest

from scripts.privacy.masking import Masker
from scripts.records.models.fixes import ContactAllowance

ALLOWED = (
    ContactAllowance(value="intake.desk@example.gov", office="an office", reason="public line"),
    ContactAllowance(value="1-877-555-0142", office="an office", reason="public line"),
)
E = "[e-mail removed]"
T = "[telephone number removed]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to jane.doe@example.gov today", f"write to {E} today"),
        ("jdoe @ example . gov", E),
        ("jdoe@ example.gov\nFor ICE:", f"{E}\nFor ICE:"),
        ("jdoe@example .gov", E),
        ("j. doe@county.example.us, Chief", f"{E}, Chief"),
        ("jdoe@exampleLgov.", f"{E}."),  # the dot was read as a letter
        ("jdoe@example gov today", f"{E} today"),  # the dot was read as a space
        ("jdoe@exampletown", E),  # cut off
        ("jdoe@example.bc.us", E),
        ("jdoe©example.gov", E),  # the sign was read as another
        ("COUNTY_P!O@example.gov", E),
        ("<jdoe@example.gov>", f"<{E}>"),
        ("call (212) 555-0100 ext. 12 now", f"call {T} now"),
        ("212-555-0100", T),
        ("212.555.0100", T),
        ("2125550100", T),
        ("+1 212 555 0100", T),
        ("l-212-555-0100", T),  # 1 read as l
        ("212-555-O1O0", T),  # 0 read as O
        ("NH 03246 212-555-0100", f"NH 03246 {T}"),  # after a postal code
        ("(212)\n555-0100", T),  # over a line end
        ("Phone: 555-0100", f"Phone: {T}"),
        ("212 - 555 - 0100", T),
        ("+44 20 7946 0958", T),
    ],
)
def test_masks(text: str, expected: str) -> None:
    masked = Masker(ALLOWED).mask(text)
    assert masked.text == expected
    assert masked.count == 1
    assert Masker(ALLOWED).mask(masked.text).count == 0


@pytest.mark.parametrize(
    "text",
    [
        "28 U.S.C. § 1346(b)(1), 2671-2680",
        "405 U.S. 150 (1972)",
        "Revised 02/12/2025",
        "Revised 0211212025",  # a date whose strokes were read as ones
        "Washington, DC 20536-5000",
        "8 C.F.R. § 287.5 and 287.7",
        "Florida Statutes 908.1011",
        "$1,234,567,890 over 2025 2026",
        "|||||||||||||||",
        "20 2025 07 31 2026",
        "Date: 2025.03.26 10:52:57 -04'00'",
        "email intake.desk@example.gov",
        "email intake. desk@ example.gov",  # an office's mailbox, badly read
        "email intakedesk@exarnple.gov",
        "toll-free number 1-877-555-0142",
        "toll-free number l-877-555-0142",
        "email intake.desk@ examplc.gov, or",
        "email Jntake desk@example gov",
        "the law enf@rcement activities",  # a letter read as the sign
        "coordinate with ICE@prior to release",
        "participating LEA @ersonnel will be",
        "between ICEa@nd the LEA",
        "and conduct.\nConeriv@e Rev 2/14/25",
        "performance @f participating personnel",
        "\naan\n@Camscanner",  # a scanning program's mark
    ],
)
def test_leaves_alone(text: str) -> None:
    masked = Masker(ALLOWED).mask(text)
    assert (masked.text, masked.count) == (text, 0)


def test_counts_each_kind() -> None:
    masked = Masker().mask("a@example.gov, b@example.gov or 212-555-0100")
    assert (masked.emails, masked.telephones, masked.count) == (2, 1, 3)


def test_a_sign_on_a_page_of_persons_is_not_shown_whatever_it_is() -> None:
    text = "Srd@ Qo and jane.doe@example.gov"
    marks = [span.replacement for span in Masker().find(text, loosely=True)]
    assert marks == ["[not shown]", E]
    assert [span.replacement for span in Masker().find(text)] == [E]


def test_a_mailbox_that_ends_like_an_offices_is_masked() -> None:
    allowed = ContactAllowance(value="pio@example.gov", office="an office", reason="public")
    assert Masker((allowed,)).mask("pio@example.gov").count == 0
    assert Masker((allowed,)).mask("scipio@example.gov").count == 1
