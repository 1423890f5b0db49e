"""What lies below a folder of sources is told apart by content."""

import hashlib
import os
import zipfile
from pathlib import Path

import pytest

from scripts.held.store import find_held, held_paths, what_it_is
from tests.lists_made import row, save_list

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("name", "content", "media", "reason"),
    [
        ("a.pdf", PDF, "pdf", None),
        ("a.PDF", b"\n\n" + PDF, "pdf", None),
        ("a", PDF, "pdf", None),  # a name without an ending promises nothing
        ("a.xlsx", PDF, "pdf", "a PDF inside, though its name ends in .xlsx"),
        ("a.xlsx", b"", "other", "an empty file"),
        ("a.pdf", b"<html>Not found</html>", "other", "not a PDF inside"),
        ("a.xlsx", b"<html>Not found</html>", "other", "not an Excel workbook inside"),
        ("README.md", b"# Read me", "other", None),
    ],
)
def test_by_content(tmp_path: Path, name: str, content: bytes, media: str, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert what_it_is(path) == (media, reason)


def test_workbook_and_its_impostors(tmp_path: Path) -> None:
    good = save_list(tmp_path / "list.xlsx", [row("Bay County Sheriff's Office")])
    assert what_it_is(good) == ("workbook", None)

    renamed = tmp_path / "list.xls"
    renamed.write_bytes(good.read_bytes())
    assert what_it_is(renamed) == (
        "workbook",
        "an Excel workbook inside, though its name ends in .xls",
    )

    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(good.read_bytes()[:-200])
    media, reason = what_it_is(cut)
    assert media == "other"
    assert reason is not None
    assert reason.startswith("a damaged zip")

    foreign = tmp_path / "foreign.xlsx"
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert what_it_is(foreign) == ("other", "a zip that is no Excel workbook")


def test_find_held_hashes_sorts_and_remembers(tmp_path: Path) -> None:
    folder, cache = tmp_path / "sources", tmp_path / "cache"
    save_list(folder / "b" / "list.xlsx", [row("Bay County Sheriff's Office")])
    (folder / "a.pdf").write_bytes(PDF)
    (folder / ".hidden.pdf").write_bytes(PDF)
    (folder / "~$list.xlsx").write_bytes(b"lock")
    found = find_held(folder, cache)
    assert sorted(held.path.name for held in found) == ["a.pdf", "list.xlsx"]
    assert [held.sha256 for held in found] == sorted(held.sha256 for held in found)
    assert held_paths(folder, cache)[hashlib.sha256(PDF).hexdigest()] == folder / "a.pdf"
    assert find_held(folder, cache) == found  # from memory

    (folder / "a.pdf").write_bytes(PDF + b"%more\n")
    assert hashlib.sha256(PDF).hexdigest() not in held_paths(folder, cache)


def test_damaged_memory_is_made_anew(tmp_path: Path) -> None:
    folder, cache = tmp_path / "sources", tmp_path / "cache"
    folder.mkdir()
    cache.mkdir()
    (folder / "a.pdf").write_bytes(PDF)
    (cache / "held.json").write_text("{", encoding="utf-8")
    first = find_held(folder, cache)
    os.utime(folder / "a.pdf", (1, 1))
    assert [held.sha256 for held in find_held(folder, cache)] == [held.sha256 for held in first]


@pytest.mark.corpus
def test_corpus_is_sound(corpus: Path, tmp_path: Path) -> None:
    found = find_held(corpus, tmp_path)
    assert sum(held.media == "workbook" for held in found) == 325
    assert sum(held.media == "pdf" for held in found) == 60
    assert [held for held in found if held.reason] == []
