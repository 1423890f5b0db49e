"""Agencies, agreements and events from lists: the real cases, each in a few rows."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.history.derive import Known
from scripts.history.events import replay
from scripts.identity.readings import read_model, read_signed, read_state
from scripts.records.models.fixes import AgencyNameFix, CellFix
from tests.history_made import Lists, agencies, agreements, known, told

LATEST = dt.date(2025, 8, 1)


@pytest.mark.parametrize(
    ("printed", "day", "state"),
    [
        ("2025-05-08", "2025-05-08", "read"),  # a date cell
        ("'2020-06-09", "2020-06-09", "read"),  # ISO text, as the captures of 2021 have it
        ("7/7/2025", "2025-07-07", "read"),
        ("05/082025", None, "unread"),
        ("7/72025", None, "unread"),
        ("5025-07-07", None, "unread"),
        ("2028-02-01", None, "unread"),  # a signing date in the future
        ("13/45/2025", None, "unread"),
        ("1999-01-01", None, "unread"),  # before the programme
        ("45000", None, "unread"),  # a number is not guessed to be a serial date
        ("", None, "blank"),
        ("  ", None, "blank"),
    ],
)
def test_signing_dates(printed: str, day: str | None, state: str) -> None:
    expected = dt.date.fromisoformat(day) if day else None
    assert read_signed(printed, LATEST) == (expected, state)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("TEXAS ", "TX"),
        ("UTAh", "UT"),
        ("Guam", "GU"),
        ("NORTHERN MARIANA ISLANDS", "MP"),
        ("UTAHJ", None),  # sounds like Utah; not guessed
        ("WEST VIRIGINIA", None),
        ("", None),
    ],
)
def test_states(printed: str, code: str | None) -> None:
    assert read_state(printed) == code


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Jail Enforcement Model ", "jem"),
        ("TASK FORCE MODEL", "tfm"),
        ("Warrant Services Officer", None),
        ("Tribal Model", None),
        ("", None),
    ],
)
def test_models(printed: str, code: str | None) -> None:
    assert read_model(printed) == code


def test_one_agreement_over_its_lists() -> None:
    bay = "Bay County Sheriff's Office"
    history = Lists().add("2025-03-01", bay).add("2025-03-08", bay).history()
    (agreement,) = history.agreements
    assert agreement.id == "fl-bay-county-sheriffs-office-tfm-2025-03-01"
    assert (agreement.status, agreement.listed_from, agreement.listed_until) == (
        "active",
        "2025-03-01",
        None,
    )
    (agency,) = history.agencies
    assert (agency.kind, agency.county_fips, agency.county_basis) == ("sheriff", "12005", "name")


def test_a_date_put_right_is_one_agreement() -> None:
    lists = Lists().add("2025-06-20", "Duncan Police Department|tfm|2025-06-12||SOUTH CAROLINA")
    lists.add("2025-07-24", "Duncan Police Department|tfm|2025-06-11|Duncan.pdf|SOUTH CAROLINA")
    history = lists.history()
    (agreement,) = history.agreements
    assert (str(agreement.signed_on), agreement.signed_basis) == ("2025-06-11", "list-corrected")
    assert told(history, "date-corrected") == [
        ("2025-07-24", agreement.id, "2025-06-12", "2025-06-11")
    ]


def test_a_year_early_with_the_same_file_is_one_agreement() -> None:
    lists = Lists().add("2026-01-08", "Tenaha Police Department|tfm|2025-01-07|T.pdf|TEXAS")
    lists.add("2026-05-07", "Tenaha Police Department|tfm|2026-01-07|T.pdf|TEXAS")
    assert len(lists.history().agreements) == 1


def test_a_renewal_supersedes() -> None:
    lists = Lists().add("2021-01-13", "Knox County Sheriff's Office|jem|2017-06-15|a.pdf|TENNESSEE")
    lists.add("2021-04-09", "Knox County Sheriff's Office|jem|2020-06-08|b.pdf|TENNESSEE")
    found = agreements(lists.history())
    old = found["tn-knox-county-sheriffs-office-jem-2017-06-15"]
    assert (old.status, old.listed_until) == ("superseded", "2021-01-13")
    assert old.successor_id == "tn-knox-county-sheriffs-office-jem-2020-06-08"


def test_a_renewal_within_sixty_days_supersedes_and_a_later_one_may_be_a_re_signing() -> None:
    old, new = "Rooks County Sheriff's Office|wso|2025-01-31|a.pdf|KANSAS", "|b.pdf|KANSAS"
    for gap_ends, status, reason in (
        ("2025-04-20", "superseded", None),
        ("2025-07-20", "removed", "possible-re-signing"),
    ):
        lists = Lists().add("2025-03-01", old).add("2025-03-08", "Reno PD|tfm|2025-03-01||KANSAS")
        lists.add(gap_ends, f"Rooks County Sheriff's Office|wso|{gap_ends}{new}")
        first = agreements(lists.history())["ks-rooks-county-sheriffs-office-wso-2025-01-31"]
        assert (first.status, first.reason) == (status, reason)


def test_an_addition_is_no_renewal() -> None:
    """Two agreements of one model that stand side by side: nothing is superseded."""
    lists = Lists().add("2025-03-01", "Bay PD|tfm|2025-02-01|a.pdf")
    lists.add("2025-03-08", "Bay PD|tfm|2025-02-01|a.pdf", "Bay PD|tfm|2025-03-05|b.pdf")
    lists.add("2025-03-15", "Bay PD|tfm|2025-03-05|b.pdf")
    statuses = {row.id: row.status for row in lists.history().agreements}
    assert statuses == {
        "fl-bay-police-department-tfm-2025-02-01": "removed",
        "fl-bay-police-department-tfm-2025-03-05": "active",
    }


def test_one_agreement_printed_under_two_dates_is_said() -> None:
    """St. Cloud stood on five lists twice, signed on the 14th and on the 15th."""
    lists = Lists().add(
        "2025-06-27", "City of St. Cloud PD|tfm|2025-04-15|", "St. Cloud PD|tfm|2025-04-14|s.pdf"
    )
    lists.add("2025-07-09", "St. Cloud PD|tfm|2025-04-14|s.pdf")
    same = AgencyNameFix(
        state="FL",
        name="City of St. Cloud PD",
        other_name="St. Cloud PD",
        verdict="same",
        reason="the city",
        evidence="e",
    )
    reasons = {row.status: row.reason for row in lists.history(Known(name_fixes=[same])).agreements}
    assert reasons == {"removed": "possible-duplicate", "active": None}


def test_a_switch_of_model_is_said() -> None:
    lists = Lists().add("2026-04-01", "Person County Sheriff|jem|2026-02-10|a.pdf|NORTH CAROLINA")
    lists.add("2026-04-13", "Person County Sheriff|wso|2026-04-13||NORTH CAROLINA")
    removed = [row for row in lists.history().agreements if row.status == "removed"]
    assert [row.reason for row in removed] == ["model-switch"]


def test_gone_and_back_is_one_agreement_with_a_gap() -> None:
    garrett = "Garrett County Sheriff's Office|wso|2025-02-28|g.pdf|MARYLAND"
    other = "Cecil County Sheriff's Office|jem|2020-03-09|c.pdf|MARYLAND"
    lists = Lists().add("2026-03-01", garrett, other).add("2026-03-03", other)
    history = lists.add("2026-03-06", garrett, other).history()
    found = agreements(history)["md-garrett-county-sheriffs-office-wso-2025-02-28"]
    assert (found.status, found.listed_from, found.listed_until) == ("active", "2026-03-01", None)
    assert [event[0] for event in told(history, "removed", "listed-again")] == [
        "2026-03-03",
        "2026-03-06",
    ]


def test_a_row_in_the_wrong_state_is_said_and_not_merged() -> None:
    lists = Lists().add("2025-07-11", "Ellis County Sheriff's Office|wso|2025-07-07||TEXAS")
    lists.add("2025-07-14", "Ellis County Sheriff's Office|wso|2025-07-07||KANSAS")
    found = agreements(lists.history())
    wrong = found["tx-ellis-county-sheriffs-office-wso-2025-07-07"]
    assert (wrong.status, wrong.reason) == ("removed", "state-corrected")
    assert wrong.successor_id == "ks-ellis-county-sheriffs-office-wso-2025-07-07"


def test_a_fix_of_the_state_makes_it_one() -> None:
    lists = Lists().add("2025-03-08", "Cass County Sheriff's Office|tfm|2025-02-28||MONTANA")
    lists.add("2025-03-18", "Cass County Sheriff's Office|tfm|2025-02-28||MINNESOTA")
    fix = CellFix(
        column="state",
        wrong="MONTANA",
        right="MINNESOTA",
        scope_state="MT",
        scope_agency="Cass County Sheriff’s Office",
        reason="Montana has no Cass County",
        evidence="the next list",
    )
    history = lists.history(Known(cell_fixes=[fix]))
    assert [row.id for row in history.agreements] == [
        "mn-cass-county-sheriffs-office-tfm-2025-02-28"
    ]


@pytest.mark.parametrize(
    ("old", "new", "state", "rule"),
    [
        ("Dogulas County Sheriff", "Douglas County Sheriff", "MISSOURI", "typo"),
        ("Macro Island PD", "Marco Island PD", "FLORIDA", "typo"),
        ("Freedom County Sheriff", "Freeborn County Sheriff", "MINNESOTA", "typo"),
        ("Boca Raton PD", "Boca Raton Police Services Department", "FLORIDA", "modifier"),
        ("Department of Corrections", "Alaska Department of Corrections", "ALASKA", "modifier"),
        ("MT Dept of Justice", "Montana Department of Justice", "MONTANA", "modifier"),
        ("Tampa PD", "Tampa Police Department", "FLORIDA", "exact"),
    ],
)
def test_another_spelling_of_one_body(old: str, new: str, state: str, rule: str) -> None:
    lists = Lists().add("2025-03-01", f"{old}|tfm|2025-02-20||{state}")
    history = lists.add("2025-03-08", f"{new}|tfm|2025-02-20||{state}").history()
    assert len(history.agencies) == 1
    assert len(history.agreements) == 1
    assert {name.matched_by for name in history.agency_names} == {"exact", rule}


def test_a_rename_needs_the_same_file() -> None:
    state, day = "LOUISIANA", "2025-05-20"
    for moa, bodies in (("LSP.pdf", 1), ("", 2)):
        lists = Lists().add("2025-07-14", f"Louisiana State Patrol|tfm|{day}|{moa}|{state}")
        lists.add("2025-07-15", f"State Troopers of the Gulf|tfm|{day}|{moa}|{state}")
        assert len(lists.history().agencies) == bodies


@pytest.mark.parametrize(
    ("one", "other", "state"),
    [
        ("Bee County Sheriff's Office", "Lee County Sheriff's Office", "TEXAS"),
        ("Parker County Sheriff's Office", "Parmer County Sheriff's Office", "TEXAS"),
        ("Baylor County Sheriff's Office", "Taylor County Sheriff's Office", "TEXAS"),
        ("Bexar County Constable Precinct 1", "Bexar County Constable Precinct 4", "TEXAS"),
        ("Melbourne Police Department", "West Melbourne Police Department", "FLORIDA"),
        ("Franklin Township PD", "East Franklin Township PD", "PENNSYLVANIA"),
        ("Butler County Sheriff's Office", "Butler County Prison", "PENNSYLVANIA"),
    ],
)
def test_different_bodies_stay_apart(one: str, other: str, state: str) -> None:
    """Signed on one day, the one listed when the other goes: still two."""
    lists = Lists().pending("2025-02-20", f"{one}|tfm|||{state}")
    lists.pending("2025-02-27", f"{other}|tfm|||{state}")
    lists.add("2025-03-01", f"{one}|tfm|2025-02-20|one.pdf|{state}")
    lists.add("2025-03-08", f"{other}|tfm|2025-03-02||{state}")
    assert len(lists.history().agencies) == 2


def test_an_agreement_moves_to_the_body_that_signed() -> None:
    """Pinal County: printed as the sheriff's, who has another one, then as the attorney's."""
    jail = "Pinal County Sheriff's Office|jem|2020-06-09|p.pdf|ARIZONA"
    lists = Lists().add("2025-09-08", jail, "Pinal County Sheriff's Office|tfm|2025-08-28||ARIZONA")
    lists.add("2025-09-10", jail, "Pinal County Attorney's Office|tfm|2025-08-28|a.pdf|ARIZONA")
    history = lists.history()
    moved = agreements(history)["az-pinal-county-sheriffs-office-tfm-2025-08-28"]
    assert moved.agency_id == "az-pinal-county-attorneys-office"
    assert set(agencies(history)) == {
        "az-pinal-county-attorneys-office",
        "az-pinal-county-sheriffs-office",
    }
    assert told(history, "relabelled") == [
        ("2025-09-10", moved.id, "az-pinal-county-sheriffs-office", moved.agency_id)
    ]


def test_a_file_printed_in_the_wrong_row_moves_no_agreement_where_a_person_said_so() -> None:
    """Florida's fish and wildlife commission, whose row linked the environment department's."""
    dep, fwc = "Florida Department of Environmental Protection", "Florida Fish and Wildlife"
    lists = Lists().add("2025-07-14", f"{fwc}|tfm|2025-02-14|dep.pdf")
    lists.add("2025-07-15", f"{dep}|tfm|2025-02-14|dep.pdf")
    fix = AgencyNameFix(
        state="FL", name=fwc, other_name=dep, verdict="distinct", reason="two", evidence="e"
    )
    history = lists.history(Known(name_fixes=[fix]))
    assert len(history.agencies) == 2
    assert len(history.agreements) == 2
    assert not told(history, "relabelled")


def test_a_blank_date_that_is_filled_in_is_one_agreement() -> None:
    lists = Lists().add("2025-12-04", "Hampshire County Sheriff|tfm|||WEST VIRGINIA")
    history = lists.add(
        "2025-12-08", "Hampshire County Sheriff|tfm|2025-12-02||WEST VIRGINIA"
    ).history()
    (agreement,) = history.agreements
    assert str(agreement.signed_on) == "2025-12-02"


def test_an_unread_date_is_taken_for_the_agreement_beside_it_or_not_at_all() -> None:
    bay, date = "Terry County Sheriff|wso", "|TEXAS"
    lists = Lists().add("2025-07-08", f"{bay}|7/72025|{date}", "Bee PD|tfm|13/45/2025||TEXAS")
    lists.add("2025-07-14", f"{bay}|2025-07-07|{date}", "Bee PD|tfm|13/45/2025||TEXAS")
    history = lists.history()
    assert [(row.agency_id, row.listed_from) for row in history.agreements] == [
        ("tx-terry-county-sheriffs", "2025-07-08")
    ]
    unresolved = [row for row in history.listings if row.agreement_id is None]
    assert [row.agency_printed for row in unresolved] == ["Bee PD"]


def test_an_unknown_model_is_unresolved_until_a_person_names_it() -> None:
    lists = Lists().add("2025-11-10", "Bay PD|Warrant Services Officer|2025-11-10")
    assert lists.history().agreements == ()
    fix = CellFix(
        column="model",
        wrong="Warrant Services Officer",
        right="Warrant Service Officer",
        scope_state=None,
        scope_agency=None,
        reason="misspelt",
        evidence="later lists",
    )
    (agreement,) = lists.history(Known(cell_fixes=[fix])).agreements
    assert agreement.model == "wso"


def test_pending_then_listed() -> None:
    lists = Lists().pending("2025-02-21", "Bay PD", "Clay PD").pending("2025-02-28", "Bay PD")
    history = lists.pending("2025-03-03").add("2025-03-01", "Bay PD|tfm|2025-02-27").history()
    (agreement,) = history.agreements
    assert agreement.pending_from == "pending-2025-02-21"
    ended = told(history, "pending-ended")
    assert ended == [
        ("pending-2025-02-28", "fl-clay-police-department", None, None),  # never signed, kept
        ("pending-2025-03-03", "fl-bay-police-department", None, agreement.id),
    ]


def test_a_row_printed_twice_is_one_agreement() -> None:
    lists = Lists().add("2025-08-05", "Fort Walton Beach PD", "Fort Walton Beach PD")
    history = lists.history()
    assert len(history.agreements) == 1
    assert len(history.listings) == 2
    assert len({row.agreement_id for row in history.listings}) == 1


def test_two_bodies_that_were_one_agency_keep_the_address_alive() -> None:
    """A split: a person finds that one agency was two; the old identifier names both."""
    lists = Lists().add("2025-03-01", "Alpha PD|tfm|2025-02-01", "Alpha Borough PD|wso|2025-02-01")
    same = AgencyNameFix(
        state="FL",
        name="Alpha Borough PD",
        other_name="Alpha PD",
        verdict="same",
        reason="thought so",
        evidence="e",
    )
    before = lists.history(Known(name_fixes=[same]))
    assert len(before.agencies) == 1
    distinct = same.model_copy(update={"verdict": "distinct"})
    after = lists.history(known(before, name_fixes=[distinct]))
    assert set(agencies(after)) == {
        "fl-alpha-police-department-2",
        "fl-alpha-borough-police-department",
    }
    assert after.moved_agencies == {
        "fl-alpha-police-department": (
            "fl-alpha-borough-police-department",
            "fl-alpha-police-department-2",
        )
    }
    assert {row.id for row in before.agreements} == {row.id for row in after.agreements}


def test_two_agencies_found_to_be_one_keep_the_older_identifier() -> None:
    lists = Lists().add("2025-03-01", "Beta PD|tfm|2025-02-01")
    lists.add("2025-03-08", "Beta PD|tfm|2025-02-01", "Gamma PD|wso|2025-03-01")
    before = lists.history()
    same = AgencyNameFix(
        state="FL",
        name="Beta PD",
        other_name="Gamma PD",
        verdict="same",
        reason="renamed",
        evidence="e",
    )
    after = lists.history(known(before, name_fixes=[same]))
    assert [row.name for row in after.agencies] == ["Gamma PD"]
    assert after.moved_agencies == {"fl-gamma-police-department": ("fl-beta-police-department",)}
    assert {row.id for row in after.agreements} == {row.id for row in before.agreements}


def test_identifiers_stay_when_a_late_list_tells_more() -> None:
    early = ("2025-03-01", "Bay PD|tfm|2025-02-12")
    late = ("2025-03-15", "Bay PD|tfm|2025-02-11")
    before = Lists().add(*late).history()
    after = Lists().add(*early).add(*late).history(Known(before.agencies, before.agency_names))
    assert [row.id for row in after.agreements] == ["fl-bay-police-department-tfm-2025-02-12"]
    whole = Lists().add(*early).add(*late)
    again = whole.history(
        Known(before.agencies, before.agency_names, before.agreements)  # the registry alone
    )
    assert [row.id for row in again.agreements] == [row.id for row in before.agreements]


NAMES = ("Bay PD", "Bray PD", "Bay County Sheriff", "Clay County Sheriff", "Bay Police")
ROW = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(("tfm", "wso")),
    st.sampled_from(("2025-02-01", "2025-02-02", "2025-03-01", "7/72025", "")),
    st.sampled_from(("", "a.pdf", "b.pdf")),
)
STORY = st.lists(st.lists(ROW, max_size=4), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(STORY)
def test_any_lists_can_be_played_again_and_in_parts(
    story: list[list[tuple[str, str, str, str]]],
) -> None:
    """Whatever is printed: events replay to the rows, halves give the whole, nothing is lost."""
    lists = Lists()
    for number, rows in enumerate(story, 1):
        lists.add(f"2025-04-{number:02d}", *("|".join(row) for row in rows))
    whole = lists.history()
    played = replay(whole.events, whole.timeline.of_kind["participating"])
    by_number = {row.listing: row for row in whole.listings}
    for position, publication in enumerate(whole.timeline.of_kind["participating"]):
        shown = {
            (agreement_id, row.agency_id, row.model)
            for agreement_id, row in played[publication.id].items()
        }
        printed_so = {
            (by_number[r.listing].agreement_id, by_number[r.listing].agency_id, r.model)
            for r in whole.readings
            if r.first <= position <= r.last and by_number[r.listing].agreement_id
        }
        assert shown == printed_so
    for cut in range(1, len(story)):
        half = Lists(lists.publications[:cut], lists.rows[:cut]).history()
        again = lists.history(
            Known(half.agencies, half.agency_names, half.agreements, half.listings)
        )
        assert again.agency_names == whole.agency_names
        assert again.agencies == whole.agencies
        assert again.agreements == whole.agreements
        assert again.events == whole.events
        assert again.listings == whole.listings
        assert (again.moved_agencies, again.moved_agreements) == ({}, {})


@settings(max_examples=60, deadline=None)
@given(STORY, st.integers(min_value=0, max_value=5))
def test_a_list_that_comes_late_takes_no_identifier_away(
    story: list[list[tuple[str, str, str, str]]], late: int
) -> None:
    """Identifiers known before it stay, or say what took their place."""
    lists = Lists()
    for number, rows in enumerate(story, 1):
        lists.add(f"2025-04-{number:02d}", *("|".join(row) for row in rows))
    rest = Lists(
        [p for n, p in enumerate(lists.publications) if n != late % len(story)],
        [r for n, r in enumerate(lists.rows) if n != late % len(story)],
    )
    before = rest.history()
    after = lists.history(Known(before.agencies, before.agency_names, before.agreements))
    bodies = {row.id for row in after.agencies}
    for agency in before.agencies:
        assert agency.id in bodies or set(after.moved_agencies[agency.id]) <= bodies
    here = {row.id for row in after.agreements}
    for row in before.agreements:
        assert row.id in here or set(after.moved_agreements[row.id]) <= here
