"""The static twin: the explainer and every record page as plain files at the same addresses.

Made aside and swapped in. What only a server can do (SQL, a search answered by it, statuses other
than 200 and 404) is said where it would stand.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from scripts import paths
from scripts.errors import ArchiveError, Problem
from scripts.explainer.building import swap_folder
from scripts.leftovers import remove_leftovers
from scripts.publish.frozen_pages import as_static, write_pages
from scripts.publish.frozen_search import write_search
from scripts.publish.redirects import write_redirects
from scripts.publish.server_only import write_server_only
from scripts.publish.sitemap import write_sitemap

# The shell is a mould; Material's scripts are not used by any page.
NOT_COPIED = ("shell.html", "sitemap.xml", "sitemap.xml.gz", "javascripts", "*.map")


@dataclass(frozen=True)
class FreezeReport:
    """What was written."""

    out: Path
    pages: int
    twins: int
    redirects: int
    searchable: int
    files: int
    bytes: int

    def text(self) -> str:
        """In a line."""
        return (
            f"{self.pages:,} pages, {self.twins:,} other forms, {self.redirects:,} redirects,"
            f" {self.searchable:,} searchable; {self.files:,} files,"
            f" {self.bytes / 1_000_000:,.1f} MB in {self.out.name}/"
        )


def freeze(db: Path, explainer: Path, out: Path, base: str) -> FreezeReport:
    """Write the site under base address ``base`` (a full URL, also with a path) into ``out``."""
    remove_leftovers(out)
    aside = out.with_name(f"{out.name}.{os.getpid()}.tmp")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        shutil.copytree(explainer, aside, ignore=shutil.ignore_patterns(*NOT_COPIED))
        pages, twins = write_pages(db, explainer, aside, base)
        with closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            redirects = write_redirects(connection, explainer, aside, base)
            searchable = write_search(connection, explainer, aside, base)
            write_server_only(connection, explainer, aside, base)
        for page in sorted(aside.rglob("*.html")):  # the explainer's, and those of this room
            page.write_bytes(as_static(page.read_bytes(), base))
        write_sitemap(aside, base)
        copy_pictures(db, paths.pictures_folder(), aside / "pictures")
        (aside / ".nojekyll").touch()  # hosts that would drop names with an underscore
        files, size = measure_folder(aside)
        swap_folder(aside, out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return FreezeReport(out, pages, twins, redirects, searchable, files, size)


def copy_pictures(db: Path, pictures: Path, out: Path) -> int:
    """The page pictures and words that pages name, linked or copied; none where they stand
    under an address of their own (``PICTURES_URL``). Raises `ArchiveError` for one that is lost."""
    if os.environ.get("PICTURES_URL"):
        return 0
    with closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        found = connection.execute(
            "select picture from pages where picture is not null"
            " union select words from pages where words is not null and picture is not null"
        ).fetchall()
    lost = [name for (name,) in found if not (pictures / name[:2] / name).is_file()]
    if lost:
        problem = Problem(
            pictures.name,
            "pictures",
            f"{len(lost):,} of {len(found):,} not there",
            "all that pages name",
            "Draw them: python -m scripts pictures, then build",
        )
        raise ArchiveError([problem])
    for (name,) in found:
        place = out / name[:2] / name
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(pictures / name[:2] / name, place)
        except OSError:  # another file system
            shutil.copyfile(pictures / name[:2] / name, place)
    return len(found)


def measure_folder(folder: Path) -> tuple[int, int]:
    """Number of files and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)
