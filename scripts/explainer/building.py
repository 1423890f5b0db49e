"""Builds the explainer with MkDocs: aside, strictly, only where something changed, swapped in."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from scripts import paths
from scripts.errors import ArchiveError, Problem
from scripts.explainer.figure_text import spell_date
from scripts.leftovers import remove_leftovers

# Folders and files, below the root, that decide what the explainer looks like.
INGREDIENTS = (
    "mkdocs.yml",
    "docs",
    "overrides",
    "scripts/explainer",
    "scripts/web",
    "db/schema.sql",
)
KINDS = {".py", ".md", ".html", ".css", ".js", ".svg", ".yml", ".png", ".webp", ".sql", ".po"}
PACKAGES = ("mkdocs", "mkdocs-material", "Markdown", "altair", "vl-convert-python")
SETTINGS = ("ARCHIVE_ISSUES_URL", "ARCHIVE_LANGUAGE")


def build_explainer(db: Path, out: Path, *, root: Path = paths.ROOT, force: bool = False) -> bool:
    """Build the explainer from ``docs/`` and the database into ``out``; ``False`` where it stands.

    What was there before stays in place until the new one is whole. Raises `ArchiveError` with
    every warning that MkDocs gave: an unknown reference, a link that leads nowhere.
    """
    remove_leftovers(out)
    facts = read_facts(db)
    mark = explainer_fingerprint(facts, root)
    stamp = out.with_name(f"{out.name}.fingerprint")
    if not force and out.is_dir() and stamp.is_file() and stamp.read_text() == mark:
        return False
    aside = out.with_name(f"{out.name}.{os.getpid()}.tmp")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        run_mkdocs(aside, explainer_environment(db, facts), root)
        (aside / "sitemap.xml.gz").unlink(missing_ok=True)  # carries the time at which it was made
        stamp.unlink(missing_ok=True)
        swap_folder(aside, out)
        stamp.write_text(mark)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return True


def read_facts(db: Path) -> Mapping[str, str]:
    """What the shell shows of the database: its fingerprint and its newest list."""
    if not db.is_file():
        raise ArchiveError.single(db.name, "database", "no file", "a database", "Run make build")
    with closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        mark = connection.execute(
            "select value from build_info where key = 'fingerprint'"
        ).fetchone()
        newest = connection.execute(
            "select id, stated_on from publications where is_newest = 1 and kind = 'participating'"
        ).fetchone()
        newer = connection.execute(
            "select count(*) from known_lists where kind = 'participating' and stated_on > ?",
            [newest[1] if newest else ""],
        ).fetchone()[0]
    id, stated_on = newest or ("", "")
    return {
        "fingerprint": mark[0] if mark else "",
        "newest_id": id,
        "newest_on": stated_on,
        "newest_text": spell_date(stated_on),
        "newer_text": spell_newer(newer),
    }


def spell_newer(count: int) -> str:
    """How many newer lists are known and not held; nothing where there is none."""
    if not count:
        return ""
    return f"{count:,} newer {'list is' if count == 1 else 'lists are'} known and not held."


def explainer_fingerprint(facts: Mapping[str, str], root: Path) -> str:
    """SHA-256 over the database's fingerprint, prose, theme, code, settings and versions."""
    parts = [*facts.values(), paths.site_url()]
    parts += [os.environ.get(name, "") for name in SETTINGS]
    parts += [f"{package} {version(package)}" for package in PACKAGES]
    parts += [
        f"{path.relative_to(root).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in ingredient_files(root)
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def ingredient_files(root: Path) -> Iterable[Path]:
    """Every file that the explainer is made of, sorted."""
    for name in INGREDIENTS:
        place = root / name
        if place.is_file():
            yield place
        elif place.is_dir():
            yield from sorted(p for p in place.rglob("*") if p.suffix in KINDS and p.is_file())


def explainer_environment(db: Path, facts: Mapping[str, str]) -> dict[str, str]:
    """What the run of MkDocs is told: the database, the base address, the newest list, a date."""
    return {
        **os.environ,
        "ARCHIVE_DB": str(db.resolve()),
        "SITE_URL": paths.site_url(),
        "ARCHIVE_NEWEST_ID": facts["newest_id"],
        "ARCHIVE_NEWEST_ON": facts["newest_on"],
        "ARCHIVE_NEWEST_TEXT": facts["newest_text"],
        "ARCHIVE_NEWER_TEXT": facts["newer_text"],
        "SOURCE_DATE_EPOCH": "1735689600",  # no clock inside a product
        "NO_MKDOCS_2_WARNING": "1",
    }


def run_mkdocs(out: Path, environment: Mapping[str, str], root: Path) -> None:
    """Run MkDocs in strict mode into ``out``; raises `ArchiveError` with all its complaints.

    Not with ``--quiet``, which also hides warnings from strict mode.
    """
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--site-dir",
        str(out),
    ]
    done = subprocess.run(
        command, cwd=root, env=dict(environment), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ArchiveError(read_complaints(done.stderr + done.stdout))


def read_complaints(output: str) -> list[Problem]:
    """MkDocs' warnings and errors as problems; its whole output where none is recognised."""
    complaints = re.findall(r"^(?:WARNING|ERROR)\s+-\s+(.*)$", output, flags=re.MULTILINE)
    problems = []
    for complaint in complaints:
        place, _, rest = complaint.partition(": ")
        is_reference = rest.startswith("reference ")
        problems.append(
            Problem(
                f"docs/{place}", "reference", rest.removeprefix("reference "), "a known reference"
            )
            if is_reference
            else Problem("docs", "", complaint, "a build without warnings")
        )
    return problems or [Problem("docs", "", output.strip()[-2000:], "a build that succeeds")]


def swap_folder(new: Path, old: Path) -> None:
    """Put the folder ``new`` in the place of ``old``, which is removed."""
    old.parent.mkdir(parents=True, exist_ok=True)
    gone = old.with_name(f"{old.name}.{os.getpid()}.old")
    if old.exists():
        os.replace(old, gone)
    os.replace(new, old)
    shutil.rmtree(gone, ignore_errors=True)
