"""The explainer's build: strict, aside, skipped where nothing changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from scripts.errors import ArchiveError
from scripts.explainer.building import build_explainer
from tests.explainer_made import copy_root, write_page
from tests.sample_site import build_sample


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_root(tmp_path)


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_builds_once_and_again_only_where_something_changed(root: Path, tmp_path: Path) -> None:
    db, out = build_sample(tmp_path), tmp_path / "out"
    write_page(root, "There are {{ figure:active }}.\n\n{{ chart:growth }}")
    assert build_explainer(db, out, root=root)
    first = digest(out)
    assert "shell.html" in first
    assert "3 agreements" in (out / "index.html").read_text(encoding="utf-8")
    assert not build_explainer(db, out, root=root)  # nothing changed
    assert build_explainer(db, out, root=root, force=True)
    assert digest(out) == first  # same input, same bytes
    write_page(root, "Changed.")
    assert build_explainer(db, out, root=root)
    assert "Changed." in (out / "index.html").read_text(encoding="utf-8")


def test_every_unknown_reference_and_dead_link_is_named_and_the_old_one_stays(
    root: Path, tmp_path: Path
) -> None:
    db, out = build_sample(tmp_path), tmp_path / "out"
    write_page(root, "Good.")
    build_explainer(db, out, root=root)
    before = digest(out)
    write_page(root, "{{ figure:nonsense }} and {{ table:nothing }}")
    write_page(root, "{{ figure:missing }} [gone](nowhere.md)", "other.md")
    with pytest.raises(ArchiveError) as caught:
        build_explainer(db, out, root=root)
    text = str(caught.value)
    assert "docs/index.md: reference: found {{ figure:nonsense }}" in text
    assert "docs/index.md: reference: found {{ table:nothing }}" in text
    assert "docs/other.md: reference: found {{ figure:missing }}" in text
    assert "nowhere.md" in text
    assert len(caught.value.problems) == 4
    assert digest(out) == before
    assert sorted(p.name for p in tmp_path.glob("out*")) == ["out", "out.fingerprint"]


def test_links_lead_on_from_where_the_page_stands(root: Path, tmp_path: Path) -> None:
    db, out = build_sample(tmp_path), tmp_path / "out"
    write_page(root, "[A](/agencies/) {{ figure:active }}")
    (root / "docs" / "learn").mkdir()
    write_page(root, "[B](/agencies/) [Home](../index.md)", "learn/methods.md")
    build_explainer(db, out, root=root)
    home = (out / "index.html").read_text(encoding="utf-8")
    assert 'href="./agencies/"' in home
    assert 'href="./figures/active/"' in home
    deep = (out / "learn" / "methods" / "index.html").read_text(encoding="utf-8")
    assert 'href="../../agencies/"' in deep


def test_no_database_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="make build"):
        build_explainer(tmp_path / "none.db", tmp_path / "out")
