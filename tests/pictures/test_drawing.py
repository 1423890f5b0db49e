"""Pictures are drawn where they are missing, after a kill too; none half, none half covered."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from scripts import paths
from scripts.errors import ArchiveError
from scripts.pictures.drawing import draw_missing, plan_pictures
from scripts.pictures.index import (
    INDEX,
    is_whole,
    picture_path,
    read_pictures,
    remove_unlisted,
    write_index,
)
from scripts.privacy.ready import text_version
from scripts.publish.command import draw_before
from scripts.publish.freeze import copy_pictures
from scripts.publish.pictures import draw_behind, pages_without
from scripts.records.models.documents import Document
from scripts.records.write import write_table
from scripts.web.headers import content_policy
from scripts.web.parts.pictures import picture_of
from tests.memoranda_made import BODY
from tests.pdfs import make_pdf, make_scan, sha256

SHEET = {
    "picture": "ab" * 16 + ".webp",
    "words": None,
    "width": 612.0,
    "height": 792.0,
    "page_number": 1,
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two held memoranda, records of them, and folders of their own for cache and pictures."""
    monkeypatch.setenv("ARCHIVE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("ARCHIVE_PICTURES", str(tmp_path / "pictures"))
    contents = [make_pdf([[*BODY, f"Number {n}."]] * 2) for n in range(2)]
    hold(tmp_path, contents)
    return tmp_path


def hold(folder: Path, contents: list[bytes]) -> None:
    (folder / "sources").mkdir(exist_ok=True)
    rows = []
    for number, content in enumerate(contents):
        (folder / "sources" / f"{number}.pdf").write_bytes(content)
        row = dict.fromkeys(Document.model_fields)
        row |= {"id": f"moa-{number}", "kind": "memorandum", "title": "A memorandum"}
        row |= {"file_name": f"{number}.pdf", "sha256": sha256(content), "pages": 2}
        rows.append(Document.model_validate(row))
    write_table(folder / "records", Document, rows)


def missing(place: Path) -> int:
    return len(plan_pictures(place / "records", place / "sources").missing)


def draw(place: Path) -> None:
    draw_missing(plan_pictures(place / "records", place / "sources"))


def test_what_was_drawn_before_a_stop_is_kept(place: Path) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw_missing(plan_pictures(place / "records", place / "sources"), stop)
    assert missing(place) == 1
    draw(place)
    assert missing(place) == 0


def test_a_kill_leaves_nothing_half_and_the_next_run_ends_it(place: Path) -> None:
    arguments = ["--records", place / "records", "--sources", place / "sources", "--missing"]
    command = [sys.executable, "-m", "scripts", "pictures", *map(str, arguments)]
    process = subprocess.Popen(command, cwd=paths.ROOT, start_new_session=True)
    drawn = place / "pictures"
    for _ in range(600):
        if process.poll() is not None or list(drawn.glob("*/*.webp")):
            break
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    index = read_pictures(drawn, text_version(()))
    assert all(is_whole(drawn, pages) for pages in index.files.values())
    subprocess.run(command, cwd=paths.ROOT, check=True, capture_output=True)
    assert missing(place) == 0
    index = read_pictures(drawn, text_version(()))
    assert sorted(len(pages) for pages in index.files.values()) == [2, 2]


def test_only_what_is_missing_is_drawn(place: Path) -> None:
    draw(place)
    index = read_pictures(place / "pictures", text_version(()))
    (name, _) = next(iter(index.files.values()))[1]
    picture_path(place / "pictures", name).unlink()
    assert missing(place) == 1
    hold(place, [*(path.read_bytes() for path in sorted((place / "sources").iterdir())), b"%PDF-"])
    assert missing(place) >= 1
    draw_before(place / "records", place / "sources")
    assert picture_path(place / "pictures", name).is_file()


def test_pictures_of_other_masking_are_neither_listed_nor_kept(place: Path) -> None:
    folder = place / "pictures"
    draw(place)
    files = read_pictures(folder, text_version(())).files
    stale = picture_path(folder, "ab" * 16 + ".webp")
    stale.parent.mkdir(exist_ok=True)
    stale.write_bytes(b"covered less than is asked now")
    (folder / "notes.txt").write_text("not ours", encoding="utf-8")
    write_index(folder, "an older masking", {"0" * 64: {1: (stale.name, stale.name)}})
    assert read_pictures(folder, text_version(())).files == {}
    assert missing(place) == 2
    draw(place)
    assert not stale.exists()
    assert (folder / "notes.txt").exists()
    assert read_pictures(folder, text_version(())).files == files
    assert remove_unlisted(folder, files) == 0


def test_a_scan_that_waits_is_drawn_once_it_can_be_read(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHIVE_OCR", "off")
    scan = place / "scan.pdf"
    make_scan(scan, BODY)
    hold(place, [scan.read_bytes()])
    draw(place)
    index = read_pictures(place / "pictures", text_version(()))
    assert index.waiting == {sha256((place / "sources" / "0.pdf").read_bytes())}
    assert missing(place) == 0
    monkeypatch.setattr("scripts.pictures.drawing.may_read_by_eye", lambda: True)
    assert missing(place) == 1


def test_pages_show_pictures_under_another_base_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    own = picture_of(SHEET)
    assert own is not None
    assert own.address == f"/pictures/ab/{SHEET['picture']}"
    assert "pictures.example" not in content_policy("/")
    monkeypatch.setenv("PICTURES_URL", "https://pictures.example.gov/287g")
    other = picture_of(SHEET)
    assert other is not None
    assert other.address == f"https://pictures.example.gov/287g/ab/{SHEET['picture']}"
    assert "img-src 'self' data: https://pictures.example.gov;" in content_policy("/")
    monkeypatch.setenv("PICTURES_URL", "none")
    assert picture_of(SHEET) is None
    assert "none" not in content_policy("/").replace("'none'", "")


def database(folder: Path, picture: str | None) -> Path:
    db = folder / "archive.db"
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.executescript(paths.SCHEMA.read_text(encoding="utf-8"))
        connection.execute(
            "insert into pages (document_id, page_number, is_held, width, height, picture)"
            " values ('moa-0', 1, 1, 612, 792, ?)",
            (picture,),
        )
    return db


def test_a_site_is_not_written_with_a_lost_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = database(tmp_path, "ab" * 16 + ".webp")
    with pytest.raises(ArchiveError, match="scripts pictures"):
        copy_pictures(db, tmp_path / "pictures", tmp_path / "out")
    monkeypatch.setenv("PICTURES_URL", "none")
    assert copy_pictures(db, tmp_path / "pictures", tmp_path / "out") == 0


def test_a_server_says_what_is_missing_and_draws_it_meanwhile(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    db = database(place, None)
    assert pages_without(db) == (1, 1)
    records, sources = place / "records", place / "sources"
    with draw_behind(records, sources, db, is_wanted=False):
        pass
    assert (
        "1 of 1 pages have no picture yet; make pictures draws what can be drawn."
        in capsys.readouterr().out
    )
    assert not (place / "pictures").exists()
    with draw_behind(records, sources, db):
        for _ in range(600):
            if (place / "pictures" / INDEX).is_file() and missing(place) == 0:
                break
            time.sleep(0.1)
    assert missing(place) == 0
    assert "they are drawn meanwhile" in capsys.readouterr().out
    with draw_behind(records, sources, db):  # nothing that could be drawn: nothing said
        time.sleep(2)
    assert "drawn meanwhile" not in capsys.readouterr().out
    monkeypatch.setenv("PICTURES_URL", "none")
    with draw_behind(records, sources, db):
        assert capsys.readouterr().out == ""
