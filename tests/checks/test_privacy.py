"""The second detector sees what a masker may overlook, and reads the finished products afresh."""

from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from scripts import paths
from scripts.checks.privacy import Products, check_privacy
from scripts.checks.products import (
    allowed_lines,
    body_streets,
    check_database,
    check_files,
    check_pictures,
)
from scripts.pictures.index import picture_path
from scripts.privacy import detector
from scripts.privacy.detector import find_details
from scripts.reading.tesseract import tesseract_version
from scripts.records.models.fixes import ContactAllowance
from scripts.records.read import Records
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
        "write to lntake.dcsk@example.uov, or",
        "intake.desk@example.gov.Complaintsmay",
        "@Camscanner",
        "M10.681640625Z",  # a picture's path
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


POSTED = "12 Old Mill Road, Example, FL 32001"
PLANTED = [
    ("call 212-555-0100", "telephone number"),
    ("jane.doe@example.gov", "e-mail address"),
    (POSTED, "street address"),
]


@pytest.mark.parametrize(("text", "kind"), PLANTED)
def test_what_is_planted_in_any_product_is_found(tmp_path: Path, text: str, kind: str) -> None:
    page = f"<html><p>{text}</p></html>"
    fragment = json.dumps({"content": f"a page {text} of a memorandum"})
    files = {
        "documents/moa-a/index.html": page.encode(),  # the site
        "pagefind/fragment/en_a.pf_fragment": gzip.compress(fragment.encode()),  # its search
        "downloads/pages.csv": f'moa-a,1,"{text}"\n'.encode(),  # downloads
        "downloads/archive.jsonl.gz": gzip.compress(fragment.encode()),
        "feeds/all.atom": page.encode(),
        "documents/moa-a/manifest.json": fragment.encode(),
        "documents/moa-a.json": json.dumps({"text": f"line\n{text}\nline"}).encode(),
        "learn/index.html": f"<td>{text.replace('@', '&#64;')}</td>".encode(),
    }
    for name, content in files.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    found = check_files(tmp_path / "site", ALLOWED).failures
    assert found == tuple(f"{name}: {kind}" for name in sorted(files, key=Path))
    connection = sqlite3.connect(":memory:")
    connection.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
    connection.execute("insert into topics (id, title, summary) values ('a', 'A', ?)", (text,))
    assert check_database(connection, ALLOWED).failures == (f"topics row 1 summary: {kind}",)


def test_an_address_without_code_is_found_on_pages_of_persons(tmp_path: Path) -> None:
    place = tmp_path / "documents" / "moa-a" / "pages" / "7"
    place.mkdir(parents=True)
    text = '<div id="text">Name:\n12 Old Mill Road</div><footer>5 lists of the road</footer>'
    (place / "index.html").write_text(text, encoding="utf-8")
    assert check_files(tmp_path, ALLOWED).failures == ()
    found = check_files(tmp_path, ALLOWED, persons=["documents/moa-a/pages/7"]).failures
    assert found == ("documents/moa-a/pages/7/index.html: street address",)


def test_an_offices_address_that_the_body_prints_may_stand(tmp_path: Path) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
    connection.execute(
        "insert into pages (document_id, page_number, text, is_held) values ('moa-a', 1, ?, 1)",
        (f"notify the Office of the Principal Legal Advisor at {POSTED}",),
    )
    streets = body_streets(connection)
    assert streets == {"12oldmillroad"}
    (tmp_path / "a.html").write_text(f"<p>{POSTED}</p>", encoding="utf-8")
    assert check_files(tmp_path, ALLOWED, streets=streets).failures == ()
    assert check_files(tmp_path, ALLOWED).failures == ("a.html: street address",)


@pytest.mark.ocr
@pytest.mark.parametrize(("text", "kind"), PLANTED)
def test_what_is_planted_in_a_picture_is_read(tmp_path: Path, text: str, kind: str) -> None:
    if tesseract_version() is None:
        missing("Tesseract is not installed")
    draw_text(tmp_path, "ab12.webp", f"The office: {text}")
    result = check_pictures({"ab12.webp": "The office:"}, tmp_path, tmp_path / "cache", ALLOWED)
    assert result.failures == (f"picture ab12.webp: {kind}",)
    if kind == "street address":  # as the text of the body has it, it is an office's
        known = {"ab12.webp": f"The office: {text}"}
        assert check_pictures(known, tmp_path, tmp_path / "cache", ALLOWED).failures == ()


def draw_text(folder: Path, name: str, text: str) -> Path:
    picture = Image.new("L", (1400, 400), 255)
    font = ImageFont.load_default(36)
    ImageDraw.Draw(picture).text((60, 60), text, 0, font=font)
    place = picture_path(folder, name)
    place.parent.mkdir(exist_ok=True)
    picture.save(place)
    return place


@pytest.mark.ocr
def test_only_a_sample_is_read_where_asked(tmp_path: Path) -> None:
    if tesseract_version() is None:
        missing("Tesseract is not installed")
    names = {"ab12.webp": "", "cd34.webp": ""}
    for name in names:
        draw_text(tmp_path, name, "nothing")
    cache = tmp_path / "cache"
    assert check_pictures(names, tmp_path, cache, ALLOWED, may_read=0).counted == 0
    assert check_pictures(names, tmp_path, cache, ALLOWED, may_read=1).counted == 1
    assert check_pictures(names, tmp_path, cache, ALLOWED, may_read=1).counted == 2


@pytest.mark.ocr
def test_published_pictures_are_read_afresh(tmp_path: Path) -> None:
    if tesseract_version() is None:
        missing("Tesseract is not installed")
    place = draw_text(tmp_path, "ab12.webp", "The office answers 212-555-0100 daily")
    pictures = {"ab12.webp": "", "cd34.webp": ""}
    result = check_pictures(pictures, tmp_path, tmp_path / "cache", ALLOWED)
    assert result.failures == (
        "picture ab12.webp: telephone number",
        "picture cd34.webp: not there",
    )
    broken = picture_path(tmp_path, "ef56.webp")
    broken.parent.mkdir()
    broken.write_bytes(b"no picture")
    (failure,) = check_pictures({"ef56.webp": ""}, tmp_path, tmp_path / "cache", ALLOWED).failures
    assert failure.startswith("picture ef56.webp: could not be read")
    place.write_bytes(b"changed")  # known by its name, which is its content
    assert check_pictures({"ab12.webp": ""}, tmp_path, tmp_path / "cache", ALLOWED).failures


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
