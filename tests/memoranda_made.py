"""Words of invented memoranda, and pages of them as a reader gives them."""

from __future__ import annotations

from collections.abc import Sequence

from scripts.reading.page import Line, Word

BODY = (
    "This MOA sets out the terms under which the Example County Sheriff will take part.",
    "The Example County Sheriff agrees to notify ICE of any complaint within ten days.",
)
SIGNATURES = (
    "By signing this MOA, each party represents it is fully authorized to enter into this MOA",
    "For the LEA: For ICE:",
    "Date: 2/28/2025 Date: March 3, 2025",
    "Name: Zebulon Quackenbush",
    "Title: Sheriff",
)
CONTACTS = (
    "APPENDIX C",
    "PUBLIC INFORMATION POINTS OF CONTACT",
    "Pursuant to this MOA, the signatories agree to coordinate release of information.",
    "For the LEA:",
    "Captain Zebulon Q. Quackenbush Jr.",
    "Example County Sheriff's Office",
    "1200 N. Old Mill Road, Suite 4",
    "212-555-0100",
    "For ICE:",
    "Office of Public Affairs",
    "500 12th Street SW",
)


def lines_of(texts: Sequence[str]) -> tuple[Line, ...]:
    rows: list[Line] = []
    for number, text in enumerate(texts):
        x = 72.0
        words = []
        for part in text.split():
            words.append(Word(part, x, 72.0 + 20 * number, x + 6.0 * len(part), 84.0 + 20 * number))
            x += 6.0 * len(part) + 4
        rows.append(tuple(words))
    return tuple(rows)
