"""Stage one of the harvest: lists become records, in whatever order they come."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from scripts.held.store import find_held
from scripts.history.permalinks import follow_anchors
from scripts.lists.held_lists import Lists
from scripts.lists.listings import order_ops
from scripts.records.models.addresses import Permalink
from scripts.records.models.fixes import PublicationDateFix
from scripts.records.models.lists import Listing, ListingOrder, Publication, PublicationFile
from scripts.records.order import expand_order
from scripts.records.read import read_records
from scripts.records.write import format_table, write_table
from tests.houses import Folder
from tests.lists_made import MOA, PENDING, row, save_list


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def numbers(lists: Lists) -> dict[str, int]:
    return {one.agency_printed: one.listing for one in lists.listings}


def test_neighbours_with_the_same_content_are_one_publication(folder: Folder) -> None:
    folder.add("05162025am", ["A", "B"])
    folder.add("05162025pm", ["A", "B"])
    folder.add("05172025am", ["A", "B", "C"])
    folder.add("05182025am", ["A", "B"])
    lists = folder.harvest()
    assert lists.sequence["participating"] == ("2025-05-16-am", "2025-05-17-am", "2025-05-18-am")
    carried = {file.file_name[21:31]: file.publication_id for file in lists.files}
    assert carried["05162025pm"] == "2025-05-16-am"
    windows = {
        one.agency_printed: (one.first_publication, one.last_publication) for one in lists.listings
    }
    assert windows == {
        "A": ("2025-05-16-am", None),
        "B": ("2025-05-16-am", None),
        "C": ("2025-05-17-am", "2025-05-17-am"),
    }


def test_rows_printed_twice_blank_rows_and_order_are_kept(folder: Folder) -> None:
    folder.add("05162025am", ["A", "", "B", "B", "C"])
    folder.add("05172025am", ["C", "B", "A", "", "", "B", "D"])
    lists = folder.harvest()
    assert folder.printed("2025-05-16-am") == ["A", None, "B", "B", "C"]
    assert folder.printed("2025-05-17-am") == ["C", "B", "A", None, None, "B", "D"]
    assert [p.rows for p in lists.publications] == [4, 5]
    assert sorted((one.agency_printed, one.occurrence) for one in lists.listings) == [
        ("A", 1),
        ("B", 1),
        ("B", 2),
        ("C", 1),
        ("D", 1),
    ]


def test_the_kind_is_read_from_the_content(folder: Folder) -> None:
    # On 22 September 2025 ICE published a pending list under a participating name.
    path = folder.lists / "participatingAgencies09222025pm.xlsx"
    save_list(path, [row("A")[:5]], header=PENDING, modified=dt.datetime(2025, 9, 22))
    lists = folder.harvest()
    assert lists.sequence["pending"] == ("pending-2025-09-22-pm",)
    assert [str(remark) for remark in lists.remarks] == [
        "participatingAgencies09222025pm.xlsx: kind: found a pending list;"
        " expected what its name says. Kept so"
    ]


def test_same_date_and_half_with_other_content_gets_a_further_name(folder: Folder) -> None:
    folder.add("07032025pm", ["A"], saved=dt.datetime(2025, 7, 2, 23, 46))
    other = folder.lists / "again"
    second = folder.add("07042025pm", ["A", "B"], saved=dt.datetime(2025, 7, 3, 15, 4))
    other.mkdir()
    second.rename(other / "participatingAgencies07032025pm.xlsx")
    lists = folder.harvest()
    assert lists.sequence["participating"] == ("2025-07-03-pm", "2025-07-03-pm-2")
    assert folder.printed("2025-07-03-pm") == ["A"]  # saved first


def test_an_empty_pending_list_is_a_publication(folder: Folder) -> None:
    path = folder.lists / "pendingAgencies11062025pm.xlsx"
    save_list(path, [], header=PENDING, modified=dt.datetime(2025, 11, 6))
    assert [p.rows for p in folder.harvest().publications] == [0]
    assert folder.printed("pending-2025-11-06-pm") == []


def test_a_late_list_slots_in_and_splits_a_run(folder: Folder) -> None:
    folder.add("05162025am", ["A", "B"])
    folder.add("05202025am", ["A", "B", "C"])
    folder.add("05212025am", ["A", "B", "C", "D"])
    before = numbers(folder.harvest())
    folder.add("05182025am", ["B", "C", "E"])  # prints no A; C and B go on through it
    lists = folder.harvest()
    rows = lists.rows
    a, b, c = before["A"], before["B"], before["C"]
    earlier_a = rows["2025-05-16-am"][0]
    assert rows["2025-05-16-am"] == (5, b)
    assert rows["2025-05-18-am"] == (b, c, 6)
    assert rows["2025-05-20-am"] == (a, b, c)  # the part on more lists keeps the number
    assert rows["2025-05-21-am"] == (a, b, c, before["D"])
    assert lists.moved == (("2025-05-16-am", a, earlier_a),)
    windows = {one.listing: (one.first_publication, one.last_publication) for one in lists.listings}
    assert windows[a] == ("2025-05-20-am", None)
    assert windows[c] == ("2025-05-18-am", None)
    assert folder.printed("2025-05-21-am") == ["A", "B", "C", "D"]


def test_a_late_list_between_two_files_of_one_publication_splits_it(folder: Folder) -> None:
    folder.add("05162025am", ["A", "B"])
    folder.add("05202025am", ["A", "B"])
    folder.harvest()
    folder.add("05182025am", ["A", "B", "C"])
    lists = folder.harvest()
    assert lists.sequence["participating"] == ("2025-05-16-am", "2025-05-18-am", "2025-05-20-am")
    assert {file.file_name[21:29]: file.publication_id for file in lists.files} == {
        "05162025": "2025-05-16-am",
        "05182025": "2025-05-18-am",
        "05202025": "2025-05-20-am",
    }


def test_an_earlier_file_of_the_same_content_keeps_the_name(folder: Folder) -> None:
    folder.add("05202025am", ["A", "B"])
    folder.harvest()
    folder.add("05162025am", ["A", "B"])
    publications = folder.harvest().publications
    assert [(p.id, str(p.stated_on)) for p in publications] == [("2025-05-20-am", "2025-05-16")]


def test_a_list_that_shrinks_stops_for_a_person(folder: Folder) -> None:
    folder.add("05162025am", [f"A{n}" for n in range(100)])
    folder.add("05172025am", [f"A{n}" for n in range(90)])
    folder.add("05182025am", [f"A{n}" for n in range(101)])
    lists = folder.read()
    assert [p.id for p in lists.publications] == ["2025-05-16-am", "2025-05-18-am"]
    (problem,) = lists.problems
    assert "participatingAgencies05172025am.xlsx: rows: found 90 rows; expected about 100" in str(
        problem
    )
    assert "--accept" in str(problem)
    accepted = folder.harvest(accept=["participatingAgencies05172025am.xlsx"])
    assert len(accepted.publications) == 3
    assert folder.read().problems == ()  # once recorded it is not asked for again


def test_bad_files_are_named_and_the_rest_is_read(folder: Folder) -> None:
    folder.add("05162025am", ["A"])
    (folder.lists / "participatingAgencies05172025am.xlsx").write_bytes(b"<html>not found</html>")
    (folder.lists / "participatingAgencies05182025am.xlsx").write_bytes(b"")
    save_list(folder.lists / "participatingAgencies05192025am.xlsx", [["x"]], header=["STATE", "X"])
    save_list(folder.lists / "undated.xlsx", [row("A")], modified=dt.datetime(2025, 5, 20))
    lists = folder.read()
    assert len(lists.publications) == 1
    places = sorted({problem.place.split(" ")[0] for problem in lists.problems})
    assert places == [f"participatingAgencies051{day}2025am.xlsx" for day in (7, 8, 9)]
    assert {file.file_name for file in lists.files} >= {"undated.xlsx"}


def test_a_fix_dates_a_file_and_its_recorded_publication(folder: Folder) -> None:
    path = folder.add("05162025am", ["A"])
    folder.add("05182025am", ["A", "B"])
    folder.harvest()
    sha256 = next(h.sha256 for h in find_held(folder.lists, folder.cache) if h.path == path)
    fix = PublicationDateFix(
        sha256=sha256,
        file_name=path.name,
        wrong="2025-05-16-am",
        right="2025-05-20-am",
        reason="test",
        evidence="test",
    )
    write_table(folder.records, PublicationDateFix, [fix])
    lists = folder.harvest()
    assert lists.sequence["participating"] == ("2025-05-18-am", "2025-05-16-am")  # name stays
    assert lists.publications[0].date_basis == "fix"


def test_doubtful_dates_are_settled_by_the_neighbours(folder: Folder) -> None:
    for day, last in ((1, 30), (3, 32), (19, 55), (21, 57)):
        folder.add(f"09{day:02}2025am", [f"A{n}" for n in range(last)])
    folder.add("09022025am", [f"A{n}" for n in range(56)], saved=dt.datetime(2025, 9, 20))
    lists = folder.harvest()
    corrected = next(p for p in lists.publications if p.rows == 56)
    assert (corrected.id, corrected.date_basis) == ("2025-09-20-am", "workbook-property")
    assert corrected.date_note
    assert "09/02/2025" in corrected.date_note


def _random_lists(seed: int, count: int) -> list[tuple[str, list[str]]]:
    """Lists as they come: rows added, removed, moved, printed twice; some lists unchanged."""
    chance = random.Random(seed)
    rows = [f"A{n}" for n in range(60)]
    lists = []
    for day in range(count):
        for _ in range(chance.choice([0, 0, 1, 2, 4])):
            place = chance.randrange(len(rows))
            change = chance.randrange(5)
            if change in (0, 1):
                moved = rows.pop(place)
                rows[:0] = [moved] * change
            else:
                rows.insert(place, (f"N{chance.randrange(40)}", rows[place], "")[change - 2])
        if chance.random() < 0.1:
            chance.shuffle(rows)
        kept = list(rows)
        while not kept[-1]:
            kept.pop()
        lists.append((f"{6 + day // 28:02}{day % 28 + 1:02}2025am", kept))
    return lists


@pytest.mark.parametrize("seed", range(3))
def test_halves_in_order_of_date_give_the_same_bytes_as_the_whole(
    tmp_path: Path, seed: int
) -> None:
    lists = _random_lists(seed, 12)
    whole, halves = Folder(tmp_path / "whole"), Folder(tmp_path / "halves")
    for stated, agencies in lists:
        whole.add(stated, agencies)
    whole.harvest()
    for half in (lists[:5], lists[5:6], lists[6:]):
        for stated, agencies in half:
            halves.add(stated, agencies)
        halves.harvest()
    # openpyxl stamps the time into the files, so their own hashes differ
    texts, expected = halves.texts(), whole.texts()
    assert texts.keys() == expected.keys()
    for name in texts.keys() - {PublicationFile.file}:
        assert texts[name] == expected[name], name


@pytest.mark.parametrize("seed", range(4))
def test_lists_in_any_order_lose_nothing_and_change_no_number(tmp_path: Path, seed: int) -> None:
    lists = _random_lists(seed + 100, 9)
    folder = Folder(tmp_path)
    waiting = list(lists)
    random.Random(seed).shuffle(waiting)
    known: dict[int, tuple[object, ...]] = {}
    ids: set[str] = set()
    anchors: tuple[Permalink, ...] = ()
    alive: set[str] = set()
    while waiting:
        folder.add(*waiting.pop())
        result = folder.harvest(accept=[held.path.name for held in find_held(folder.lists)])
        assert result.problems == ()
        assert ids <= {p.id for p in result.publications}
        ids = {p.id for p in result.publications}
        printed = {one.listing: _as_printed(one) for one in result.listings}
        assert all(printed[number] == values for number, values in known.items())
        known = printed
        here = {f"/publications/{p}/#{n}" for p, ns in result.rows.items() for n in ns if n}
        anchors = follow_anchors(anchors, result.moved)
        assert alive <= here | {link.path for link in anchors if link.status == "moved"}
        alive |= here
        assert {link.target for link in anchors if link.status == "moved"} <= here
        assert {link.path for link in anchors if link.status == "current"} <= here
    by_date = {p.stated_on: p.id for p in read_records(folder.records).rows(Publication)}
    for stated, agencies in lists:
        day = dt.date(2025, int(stated[:2]), int(stated[2:4]))
        found = max(date for date in by_date if date <= day)
        assert folder.printed(by_date[found]) == [name or None for name in agencies]


def _as_printed(listing: Listing) -> tuple[object, ...]:
    windows = {"first_publication", "last_publication"}
    return tuple(v for k, v in listing.model_dump().items() if k not in windows)


@pytest.mark.parametrize(
    ("before", "after", "ops"),
    [
        ((), (), "_0"),
        ((), (1, 2, 3), "+1-3"),
        ((1, 2, 3), (1, 2, 3), "1-3"),
        ((1, 2, 3), (3, 1, 2), "3 1-2"),
        ((1, None, 2), (1, None, 2, 7), "1-3 +7"),
        ((1, 2), (1, None, None, 2), "1 _2 2"),
        ((1, 2), (5, 6, 1, 9), "+5-6 1 +9"),
    ],
)
def test_order_tokens(
    before: tuple[int | None, ...], after: tuple[int | None, ...], ops: str
) -> None:
    assert order_ops(before, after) == ops
    order = ListingOrder(publication_id="2025-05-16-am", ops=ops)
    assert expand_order(before, order) == list(after)


def test_links_take_part_in_what_is_the_same(folder: Folder) -> None:
    folder.add("05162025am", ["A"], links={"G2": f"{MOA}A.pdf"})
    folder.add("05172025am", ["A"], links={"G2": f"https://web.archive.org/web/2025/{MOA}A.pdf"})
    folder.add("05182025am", ["A"], links={"G2": f"{MOA}B.pdf"})
    lists = folder.harvest()
    assert lists.sequence["participating"] == ("2025-05-16-am", "2025-05-18-am")
    assert [one.moa_address for one in lists.listings] == [f"{MOA}A.pdf", f"{MOA}B.pdf"]


@pytest.mark.corpus
def test_corpus_dates_kinds_and_counts(corpus_lists: Lists) -> None:
    assert corpus_lists.problems == ()
    assert len(corpus_lists.files) == 325
    assert len(corpus_lists.publications) == 304
    by_id = {p.id: p for p in corpus_lists.publications}
    corrected = sorted(p.id for p in by_id.values() if p.date_basis == "workbook-property")
    assert corrected == [
        "2025-09-02-pm",  # named 08022025pm
        "2026-01-05-pm",  # named 01052025pm, and again 01062025pm
        "pending-2026-01-05-pm",
        "pending-2026-01-06-pm",
        "pending-2026-01-09-pm",
    ]
    assert "pending-2025-09-22-pm" in by_id  # named participating
    assert {"2025-07-03-pm", "2025-07-03-pm-2"} <= by_id.keys()
    newest = corpus_lists.sequence["participating"][-1]
    assert by_id[newest].rows == 1797
    assert len(corpus_lists.rows[newest]) - corpus_lists.rows[newest].count(None) == 1797


@pytest.mark.corpus
def test_corpus_holds_no_mail_address_or_wrapper(corpus_lists: Lists) -> None:
    text = format_table(Listing, corpus_lists.listings)
    assert len(corpus_lists.listings) > 5000
    assert "@" not in text
    assert "%40" not in text
    assert "safelinks" not in text
    assert "web.archive.org" not in text
    addresses = {one.moa_address for one in corpus_lists.listings if one.moa_address}
    assert all(address.startswith("https://www.ice.gov/") for address in addresses)
