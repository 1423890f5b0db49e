"""The second detector sees what a masker may overlook, and reads the finished products afresh."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from scripts import paths
from scripts.build import detector
from scripts.build.detector import find_details
from scripts.build.picture_index import picture_path
from scripts.build.privacy import allowed_lines, check_database, check_files, check_pictures
from scripts.build.privacy_outcomes import Products, check_privacy
from scripts.records.models import ContactAllowance
from scripts.records.read import Records
from scripts.sources.tesseract import tesseract_version
from tests.conftest import missing

ALLOWED = allowed_lines(
    [
        ContactAllowance(value="1-877-555-0142", office="an office", reason="public"),
        ContactAllowance(value="intake.desk@example.gov", office="an office", reason="public"),
    ]
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("call 212-555-0100 now", "telephone number"),
        ("(212) 555 0100", "telephone number"),
        ("212.555.O1O0", "telephone number"),
        ("(212)\n555-0100", "telephone number"),
        ("2125550100", "telephone number"),
        ("+1 212 555 0100", "telephone number"),
        ("jane.doe@example.gov", "e-mail address"),
        ("jane.doe @ example . gov", "e-mail address"),
        ("jane.doe©example.gov", "e-mail address"),
        ("jane doe@exampleLgov", "e-mail address"),
    ],
)
def test_finds(text: str, kind: str) -> None:
    assert [finding.kind for finding in find_details(text, ALLOWED)][:1] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "28 U.S.C. § 1346(b)(1), 2671-2680",
        "Revised 02/12/2025 and 03/07/2025",
        "captured 20250512103045",
        "$1,234,567,890",
        "sha a1b2c3212555010099ff",
        "/downloads/2125550100/",
        "1-877-555-0142 or 877 555 0142",
        "write to intake.desk@example.gov",
        "write to lntake.desk@ exarnple.gov",
        "see www.ice.gov or example.gov",
        "[e-mail removed], [telephone number removed]",
        "2671 2680 1346",
        "a bullet read as o@the initial review",
        "the FOD or the FOD's@epresentative.",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert find_details(text, ALLOWED) == ()


def test_street_addresses_are_looked_for_where_asked() -> None:
    text = "12 Old Mill Road, Example\nfive hundred words on the road"
    assert find_details(text, ALLOWED) == ()
    (found,) = find_details(text, ALLOWED, streets=True)
    assert (found.kind, found.seen) == ("street address", "12 Old Mill Road")


def test_it_shares_nothing_with_the_masker() -> None:
    source = Path(detector.__file__).read_text(encoding="utf-8")
    assert "import re" not in source
    assert "from scripts" not in source


def test_a_database_with_a_slip_is_caught_without_repeating_it() -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
    connection.execute(
        "insert into documents (id, kind, title, provenance, is_held, is_curated)"
        " values ('moa-a', 'memorandum', 'A', 'official-record', 1, 0)"
    )
    columns = "document_id, page_number, text, is_held, withheld"
    insert = f"insert into pages ({columns}) values (?, ?, ?, 1, ?)"  # noqa: S608
    connection.execute(insert, ("moa-a", 1, "clean [e-mail removed]", None))
    assert check_database(connection, ALLOWED).failures == ()
    connection.execute(insert, ("moa-a", 2, "call 212-555-0100", None))
    connection.execute(insert, ("moa-a", 3, "12 Old Mill Road", "contacts"))
    connection.execute(insert, ("moa-a", 4, "the county jail, 12 Old Mill Road", None))
    failures = check_database(connection, ALLOWED).failures
    assert failures == (
        "pages row 2 text: telephone number",
        "page moa-a/3: street address",
    )


def test_published_files_are_read_packed_or_not(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>intake.desk@example.gov</p>", encoding="utf-8")
    assert check_files(tmp_path, ALLOWED).failures == ()
    (tmp_path / "b.csv").write_text("x,212-555-0100\n", encoding="utf-8")
    (tmp_path / "c.pf_fragment").write_bytes(gzip.compress(b'{"content":"jane@example.gov"}'))
    result = check_files(tmp_path, ALLOWED)
    assert result.counted == 3
    assert result.failures == ("b.csv: telephone number", "c.pf_fragment: e-mail address")


@pytest.mark.ocr
def test_published_pictures_are_read_afresh(tmp_path: Path) -> None:
    if tesseract_version() is None:
        missing("Tesseract is not installed")
    picture = Image.new("L", (1400, 400), 255)
    font = ImageFont.load_default(36)
    ImageDraw.Draw(picture).text((60, 60), "The office answers 212-555-0100 daily", 0, font=font)
    place = picture_path(tmp_path, "ab12.webp")
    place.parent.mkdir()
    picture.save(place)
    result = check_pictures(["ab12.webp", "cd34.webp"], tmp_path, tmp_path / "cache", ALLOWED)
    assert result.failures == (
        "picture ab12.webp: telephone number",
        "picture cd34.webp: not there",
    )
    broken = picture_path(tmp_path, "ef56.webp")
    broken.parent.mkdir()
    broken.write_bytes(b"no picture")
    (failure,) = check_pictures(["ef56.webp"], tmp_path, tmp_path / "cache", ALLOWED).failures
    assert failure.startswith("picture ef56.webp: could not be read")
    place.write_bytes(b"changed")  # known by its name, which is its content
    assert check_pictures(["ab12.webp"], tmp_path, tmp_path / "cache", ALLOWED).failures


def test_check_looks_through_what_is_there(tmp_path: Path) -> None:
    db, site = tmp_path / "archive.db", tmp_path / "site"
    with closing(sqlite3.connect(db)) as connection:
        connection.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
        connection.execute(
            "insert into topics (id, title, summary) values ('a', 'A', 'call 212-555-0100')"
        )
        connection.commit()
    site.mkdir()
    (site / "index.html").write_text("<p>nothing</p>", encoding="utf-8")
    records = Records(tmp_path, {ContactAllowance: ()})
    outcomes = {found.id: found for found in check_privacy(records, Products(db, site))}
    (problem,) = outcomes["private-database"].problems
    assert problem.place == "topics row 1 summary: telephone number"
    assert "0100" not in str(problem)
    assert outcomes["private-site"].counted == 1
    assert outcomes["private-site"].problems == ()
    assert outcomes["private-pictures"].counted == 0
    assert check_privacy(records, Products(None)) == ()
