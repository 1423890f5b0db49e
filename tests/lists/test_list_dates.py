"""What file names state, and which evidence corrects them."""

import datetime as dt

import pytest

from scripts.lists.dates import ListDate, date_list
from scripts.lists.file_names import StatedName, read_name


@pytest.mark.parametrize(
    ("file_name", "digits", "half_day", "captured_at"),
    [
        ("participatingAgencies05162025am.xlsx", "05162025", "am", None),
        ("participatingAgencies05122025amB.xlsx", "05122025", "am-b", None),
        ("pendingAgencies07112025am_b.xlsx", "07112025", "am-b", None),
        ("participatingAgencies12042025pm2.xlsx", "12042025", "pm-2", None),
        ("participatingAgencies10172025mid.xlsx", "10172025", "mid", None),
        ("participatingAgencies06112025pm copy.xlsx", "06112025", "pm", None),
        ("participatingAgencies06112025pm (1).xlsx", "06112025", "pm", None),
        ("participatingAgencies06112025pm_0.xlsx", "06112025", "pm", None),
        ("participatingAgencies04232026.xlsx", "04232026", None, None),
        ("pendingAgencies090022025am.xlsx", "090022025", "am", None),
        ("pendingAgencies-20250327195954.xlsx", None, None, "2025-03-27T19:59:54Z"),
        ("ParticipatingEntities-20210113002027.xlsx", None, None, "2021-01-13T00:20:27Z"),
        ("list.xlsx", None, None, None),
        ("287gParticipatingAgencies091526pm.xlsx", "09152026", "pm", None),
        ("ParticipatingAgency091826am.xlsx", "09182026", "am", None),
        ("participatingAgencies04212026 am 12.15.07 AM.xlsx", "04212026", "am", None),
        ("download-209067.xlsx", None, None, None),
    ],
)
def test_names(
    file_name: str, digits: str | None, half_day: str | None, captured_at: str | None
) -> None:
    name = read_name(file_name)
    assert (name.digits, name.half_day, name.captured_at) == (digits, half_day, captured_at)


DAY = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("file_name", "saved", "newest_signing", "day", "basis"),
    [
        # the everyday case: saved on the day or up to a long weekend before
        ("l05162025am.xlsx", "2025-05-16", "2025-05-15", "2025-05-16", "file-name"),
        ("l10062025am.xlsx", "2025-10-03", "2025-09-22", "2025-10-06", "file-name"),
        ("l12302025am.xlsx", "2025-12-02", "2025-12-01", "2025-12-30", "file-name"),
        # January 2026, dated 2025 by habit
        ("l01052025pm.xlsx", "2026-01-05", "2025-12-18", "2026-01-05", "workbook-property"),
        ("l01092025pm.xlsx", "2026-01-08", None, "2026-01-09", "workbook-property"),
        # a digit too many, a year turned round, another month
        ("l090022025am.xlsx", "2025-09-02", None, "2025-09-02", "workbook-property"),
        ("l02172202pm.xlsx", "2026-02-17", None, "2026-02-17", "workbook-property"),
        ("l08022025pm.xlsx", "2025-09-02", "2025-08-28", "2025-09-02", "workbook-property"),
        # a date that is none, and nothing one slip away: the day of the last save
        ("l99992025am.xlsx", "2025-09-02", None, "2025-09-02", "workbook-property"),
        # no properties at all: the name stands
        ("l05162025am.xlsx", None, "2025-05-15", "2025-05-16", "file-name"),
        ("l13132025am.xlsx", None, None, None, None),
        # captures are dated by the archive, whenever a collector saved the table
        ("ParticipatingEntities-20210113002027.xlsx", "2025-04-17", None, "2021-01-13", "capture"),
        # no date in the name
        ("list.xlsx", "2025-09-02", None, "2025-09-02", "workbook-property"),
        ("list.xlsx", None, None, None, None),
    ],
)
def test_dates(
    file_name: str, saved: str | None, newest_signing: str | None, day: str | None, basis: str
) -> None:
    signed = [DAY(newest_signing)] if newest_signing else []
    found = date_list(read_name(file_name), f"{saved}T12:00:00Z" if saved else None, signed)
    assert (found and found.stated_on) == (DAY(day) if day else None)
    if found is not None:
        assert found.basis == basis
        assert (found.note is None) == (basis in ("file-name", "capture"))
        assert not found.alternatives


def test_a_signing_in_the_year_5025_is_no_evidence() -> None:
    signed = [DAY("5025-07-07"), DAY("2025-07-07")]
    found = date_list(read_name("l07082025pm.xlsx"), "2025-07-08T17:52:56Z", signed)
    assert found == ListDate(DAY("2025-07-08"), "pm", "file-name")


def test_a_person_has_the_last_word() -> None:
    fixed = date_list(StatedName(), "2025-09-02T00:00:00Z", [], "pending-2025-09-04-pm-b")
    assert fixed == ListDate(DAY("2025-09-04"), "pm-b", "fix")


def test_doubtful_dates_keep_their_other_reading() -> None:
    # saved again later in the month of its name, with no later signing: perhaps only re-saved
    found = date_list(read_name("l09022025am.xlsx"), "2025-09-20T00:00:00Z", [DAY("2025-09-01")])
    assert found is not None
    readings = {found.stated_on, *(other.stated_on for other in found.alternatives)}
    assert readings == {DAY("2025-09-02"), DAY("2025-09-20")}
    # no properties, and a signing after the date of the name
    found = date_list(read_name("l01052025pm.xlsx"), None, [DAY("2025-12-18")])
    assert found is not None
    assert [other.stated_on for other in found.alternatives] == [DAY("2026-01-05")]
