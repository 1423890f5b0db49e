"""The way out of MkDocs: Zensical builds the same mkdocs.yml, references included."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.explainer_made import copy_root, write_page
from tests.sample_site import build_sample


def zensical_python() -> str:
    """A Python that has Zensical: this one, or the one that ``ZENSICAL_PYTHON`` names."""
    named = os.environ.get("ZENSICAL_PYTHON")
    if named:
        return named
    if importlib.util.find_spec("zensical") is None:
        pytest.skip("Zensical is not installed (it is no requirement); name one in ZENSICAL_PYTHON")
    return sys.executable


def test_zensical_builds_the_same_configuration(tmp_path: Path) -> None:
    python = zensical_python()
    db, root = build_sample(tmp_path), copy_root(tmp_path)
    write_page(root, "There are {{ figure:active }}.\n\n{{ chart:growth }}\n\n[A](/agencies/)")
    (root / "docs" / "learn").mkdir()
    write_page(root, "[Home](../index.md)", "learn/methods.md")
    done = subprocess.run(
        [python, "-m", "zensical", "build"],
        cwd=root,
        env={
            **os.environ,
            "ARCHIVE_DB": str(db),
            "SITE_URL": "https://example.gov/deep/",
            "PYTHONPATH": os.pathsep.join([str(root), sysconfig.get_paths()["purelib"]]),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    home = (root / "build" / "explainer" / "index.html").read_text(encoding="utf-8")
    assert "3 agreements" in home
    assert 'id="chart-growth"' in home
    assert "agencies/" in home
    assert "a-header" in home  # our header, from the same overrides
    assert (root / "build" / "explainer" / "learn" / "methods" / "index.html").is_file()
