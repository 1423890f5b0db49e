"""The explainer with other prose, for tests."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts import paths


def copy_root(folder: Path) -> Path:
    """The project with other prose: a copy of what MkDocs reads."""
    root = folder / "root"
    root.mkdir()
    shutil.copy(paths.MKDOCS, root)
    shutil.copytree(paths.ROOT / "overrides", root / "overrides")
    (root / "scripts").symlink_to(paths.ROOT / "scripts")
    (root / "docs").mkdir()
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(text.partition("\nnav:")[0], encoding="utf-8")
    return root


def write_page(root: Path, text: str, name: str = "index.md") -> None:
    (root / "docs" / name).write_text(f"# Page\n\n{text}\n", encoding="utf-8")
