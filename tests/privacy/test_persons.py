"""Pages that speak of persons are recognised, and names and addresses on them are masked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from scripts.privacy.masking import Masker
from scripts.privacy.people import find_role
from scripts.privacy.persons import find_people
from scripts.privacy.ready import ReadyPage, mask_pages
from scripts.reading.page import PageText
from tests.memoranda_made import BODY, CONTACTS, SIGNATURES, lines_of

CLAUSE = (
    *BODY,
    "VII. POINTS OF CONTACT",
    "ICE and the LEA points of contact (POCs) for purposes of this MOA are:",
    "For the LEA: Major Zebulon Quackenbush, Example County Sheriff",
    "For DHS: Atlanta Field Office Director",
    "VIII. EFFECTIVE DATE AND TERMINATION OF THIS MOA",
    "This MOA becomes effective upon signature of both parties.",
)


def memorandum(*pages: Sequence[str]) -> tuple[ReadyPage, ...]:
    return mask_pages(
        [PageText(n, lines_of(page), 612, 792) for n, page in enumerate(pages, 1)], Masker()
    )


@pytest.mark.parametrize(
    ("page", "role"),
    [
        (BODY, None),
        (SIGNATURES, "signatures"),
        (SIGNATURES[1:], "signatures"),  # without the sentence, by its labels
        (("Bv signlng this M0A, each parly represents it is fully authorized",), "signatures"),
        (CONTACTS, "contacts"),
        (("APPENDlX C", "PUBLlC INFORMATlON POlNTS OF CONTACT", "For the LEA:"), "contacts"),
        (CLAUSE, None),  # a page of the body: the clause is covered, the page is shown
        (("Points of contact are identified in Appendix A.", *BODY), None),
    ],
)
def test_roles(page: Sequence[str], role: str | None) -> None:
    assert find_role(lines_of(page)) == role


def test_names_and_addresses_of_contacts_are_masked() -> None:
    *_, page = memorandum(BODY, BODY, SIGNATURES, CONTACTS)
    assert page.role == "contacts"
    assert page.text.split("\n")[4:] == [
        "Captain [name removed]",
        "Example County Sheriff's Office",  # the body names it on two pages
        "[address removed]",
        "[telephone number removed]",
        "For ICE:",
        "Office of Public Affairs",
        "500 12th Street SW",
    ]


def test_a_signature_page_keeps_dates_and_offices() -> None:
    page = memorandum(BODY, BODY, SIGNATURES)[2]
    assert page.text.split("\n")[2:] == [
        "Date: 2/28/2025 Date: March 3, 2025",
        "Name: [name removed]",
        "Title: Sheriff",
    ]


def test_the_contact_clause_is_masked_and_covered_to_the_margin() -> None:
    page = memorandum(BODY, CLAUSE, SIGNATURES)[1]
    assert page.role is None
    assert "For the LEA: Major [name removed] Example County Sheriff" in page.text
    assert "For DHS: Atlanta Field Office Director" in page.text
    x0, y0, x1, y1 = page.covers[-1]
    assert (x0, x1) == (72, 582)
    assert y0 <= 72 + 20 * 4  # from the first party's line
    assert 72 + 20 * 5 + 12 <= y1 <= 72 + 20 * 6  # down to the next heading, not into it


def test_a_clause_that_runs_over_the_page_is_followed() -> None:
    pages = (CLAUSE[:4], CLAUSE[4:], SIGNATURES)
    first, second, _ = find_people([lines_of(page) for page in pages])
    assert (first.role, second.role) == (None, None)
    assert second.region is not None
    assert (second.region.first, second.region.last) == (0, 2)
    assert len(second.spans) == 1


def test_a_signature_page_that_cannot_be_read_is_known_by_its_place() -> None:
    garbled = ("~~ tlc 1c ~=", "wlt 7 hh")
    roles = [person.role for person in find_people([lines_of(p) for p in (BODY, CLAUSE, garbled)])]
    assert roles == [None, None, "signatures"]


def test_attached_approvals_are_withheld() -> None:
    resolution = ("RESOLUTION NO. 2025", *(BODY * 6))
    approval = ("APPROVED AS TO FORM AND LEGAL SUFFICIENCY", *(BODY * 6), "CITY ATTORNEY")
    sparse = ("Received", "Zq")
    pages = memorandum(BODY, SIGNATURES, CONTACTS, resolution, approval, sparse)
    assert [page.role for page in pages[3:]] == [None, "signatures", "signatures"]


def test_a_surname_that_is_a_common_word_goes_with_its_name() -> None:
    *_, page = memorandum(BODY, ("For the LEA: Zebulon H. Sites", *SIGNATURES))
    assert page.text.startswith("For the LEA: [name removed]\n")


def test_a_number_that_was_read_badly_is_masked_among_contacts() -> None:
    contacts = (*CONTACTS[:7], "Example, MA [212-555 - 010)", "244-19 3206", *CONTACTS[8:])
    *_, page = memorandum(BODY, BODY, contacts)
    assert "Example, MA [[not shown]" in page.text  # nine digits and six: nobody knows
    assert "3206" not in page.text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("For DHS: St. Paul, Field Office Director", None),
        ("ForDHS: The Miami Field Office Director", None),  # run together
        ("For the LEA: Quackford County Sherriff", None),  # a place, and a word printed wrong
        ("For the LEA: Adminstrator, Department of Detention and Co1Tections", None),
        ("For the LEA: Commissioner", None),
        ("For the LEA: Zebulon Quackenbush, Major", "For the LEA: [name removed] Major"),
        ("For the LEA: Capt. Zebulon ~uackenbush, Jail", "For the LEA: Capt. [name removed] Jail"),
        ("For the LEA: Captain Zeb Washington", "For the LEA: Captain [name removed]"),
        ("For the LEA: is:risqn", "For the LEA: [not shown]"),  # handwriting: nobody knows
    ],
)
def test_a_contact_clause_loses_names_and_nothing_else(line: str, expected: str | None) -> None:
    page = memorandum(BODY, (*CLAUSE[:4], line, *CLAUSE[6:]), SIGNATURES)[1]
    assert page.text.split("\n")[4] == (expected or line)


def test_towns_months_and_misread_terms_stay_on_pages_of_persons() -> None:
    contacts = (
        *CONTACTS[:4],
        "Quackenville, FL 32001",
        "Fort Quack, Texas 75001",
        "Sherriff, OCT 15 2019",
        "PUBLIC INFORMATlON ofHomeland Secur1ty",
        "Quackenbush, Zebulon",
    )
    *_, page = memorandum(BODY, BODY, contacts)
    assert page.text.split("\n")[4:] == [*contacts[4:8], "[name removed]"]


def test_marks_beside_each_other_are_one() -> None:
    signed = (*SIGNATURES[:2], "Signature: ~qx7 zvv | xkq", "wbl vzz", *SIGNATURES[3:])
    *_, page = memorandum(BODY, BODY, signed)
    assert page.text.split("\n")[2] == "Signature: [not shown]"
    assert page.text.count("[not shown]") == 1


def test_running_text_above_the_signatures_keeps_its_misread_words() -> None:
    prose = "shall abide by the tenns, rcsponsibilitiez and obligations of this MOA to the fullcst"
    *_, page = memorandum(BODY, BODY, (prose, *SIGNATURES))
    assert page.text.startswith(prose)
