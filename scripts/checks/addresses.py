"""Every record's address against ``permalinks.csv``, now and in every earlier commit."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.errors import Problem
from scripts.identity.counties import all_counties
from scripts.records.curated import CuratedDocument
from scripts.records.models.addresses import Permalink, Release
from scripts.records.models.agreements import Agency, Agreement
from scripts.records.models.documents import ConfirmedDeviation, Document
from scripts.records.models.lists import Publication
from scripts.records.models.statements import Figure, Payment, Topic
from scripts.records.read import Records
from scripts.records.write import write_table

FILE = Permalink.file


def record_addresses(records: Records, curated: Iterable[CuratedDocument]) -> tuple[str, ...]:
    """The address of every record, sorted. A document implies those of its pages and comparison."""
    paths = {f"/agencies/{row.id}/" for row in records.rows(Agency)}
    paths |= {f"/agreements/{row.id}/" for row in records.rows(Agreement)}
    paths |= {f"/documents/{row.id}/" for row in records.rows(Document)}
    paths |= {f"/deviations/{row.id}/" for row in records.rows(ConfirmedDeviation)}
    paths |= {f"/templates/{row.template}/" for row in records.rows(Document) if row.template}
    paths |= {f"/publications/{row.id}/" for row in records.rows(Publication)}
    paths |= {f"/figures/{row.id}/" for row in records.rows(Figure)}
    paths |= {f"/payments/{row.id}/" for row in records.rows(Payment)}
    paths |= {f"/topics/{row.id}/" for row in records.rows(Topic)}
    paths |= {f"/states/{row.state.lower()}/" for row in records.rows(Agency)}
    paths |= {f"/counties/{county.fips}/" for _, county in all_counties()}
    for document in curated:
        paths.add(f"/documents/{document.id}/")
        paths |= {f"/excerpts/{excerpt.id}/" for excerpt in document.excerpts}
    return tuple(sorted(paths))


def missing_addresses(records: Records, addresses: Iterable[str]) -> tuple[Problem, ...]:
    """Records whose address is not recorded as current."""
    known = {row.path: row.status for row in records.rows(Permalink)}
    return tuple(
        Problem(
            FILE,
            "path",
            known.get(path, "no row"),
            f"{path} as current",
            "Run `python -m scripts check --write`" if path not in known else "",
        )
        for path in addresses
        if known.get(path) != "current"
    )


def add_addresses(records: Records, addresses: Iterable[str]) -> int:
    """Write the addresses that ``permalinks.csv`` lacks into it; gives their number."""
    rows = {row.path: row for row in records.rows(Permalink)}
    new = [path for path in addresses if path not in rows]
    for path in new:
        rows[path] = Permalink(path=path, status="current", target=None, reason=None)
    if new:
        write_table(records.folder, Permalink, rows.values())
    return len(new)


def lost_addresses(
    records: Records, addresses: Iterable[str], earlier: Iterable[str]
) -> tuple[Problem, ...]:
    """Addresses that are gone: in an earlier commit's file and not in this one, or left hanging.

    An address that is current must be a record's; one that moved must end at an address that is
    there.
    """
    rows = {row.path: row for row in records.rows(Permalink)}
    problems = [
        Problem(FILE, "path", f"no row for {path}", "every address of every earlier commit")
        for path in sorted(set(earlier) - rows.keys())
    ]
    known_kinds = {path.split("/")[1] for path in addresses}
    standing = set(addresses)
    for path, row in rows.items():
        is_ours = path.split("/")[1] in known_kinds
        if row.status == "current" and is_ours and path.partition("#")[0] not in standing:
            problems.append(
                Problem(
                    FILE,
                    "status",
                    f"{path} current",
                    "a record, or moved or withdrawn with its reason",
                )
            )
    return tuple(problems)


@dataclass(frozen=True)
class Earlier:
    """What the commits since the first release had: their addresses, and how many they are."""

    paths: tuple[str, ...]
    remark: str
    problems: tuple[Problem, ...] = ()


def earlier_addresses(records: Records) -> Earlier:
    """Every path that ``permalinks.csv`` had on this line of commits since the first release.

    Identifiers are permanent from the first release on, the first commit in which
    ``releases.csv`` has a row. Whatever was in the file since stood in it then, or was added.
    """
    if not records.rows(Release):
        return Earlier((), "no release yet: nothing is permanent")
    if _git(records.folder, "rev-parse", "HEAD") is None:
        return Earlier((), "no git history at hand")
    if _git(records.folder, "rev-parse", "--is-shallow-repository") == ["true"]:
        problem = Problem(FILE, "", "a shallow clone", "the whole history", "git fetch --unshallow")
        return Earlier((), "the history is cut off", (problem,))
    first = _first_release(records.folder)
    if first is None:
        return Earlier((), "the first release is not committed yet")
    then = _git(records.folder, "show", f"{first}:./{FILE}") or []
    since = ("log", "-p", "-U0", "-m", "--first-parent", "--no-color", "--format=commit %H")
    log = _git(records.folder, *since, f"{first}..HEAD", "--", FILE) or []
    added = [line[1:] for line in log if line.startswith("+") and not line.startswith("+++ ")]
    commits = 1 + sum(line.startswith("commit ") for line in log)
    cells = csv.reader([*then, *added])
    paths = {row[0] for row in cells if row and row[0].startswith("/")}
    return Earlier(tuple(sorted(paths)), f"{commits} commits since the first release")


def earlier_pages(records: Records) -> dict[str, int]:
    """The most pages that each document had in ``documents.csv`` since the first release.

    A document's pages have addresses that its row implies, so its number must never shrink.
    """
    first = _first_release(records.folder) if records.rows(Release) else None
    if first is None:
        return {}
    then = _git(records.folder, "show", f"{first}:./{Document.file}") or []
    since = ("log", "-p", "-U0", "-m", "--first-parent", "--no-color", "--format=")
    log = _git(records.folder, *since, f"{first}..HEAD", "--", Document.file) or []
    added = [line[1:] for line in log if line.startswith("+") and not line.startswith("+++ ")]
    columns = list(Document.model_fields)
    identifier, number = columns.index("id"), columns.index("pages")
    pages: dict[str, int] = {}
    for row in csv.reader([*then, *added]):
        if len(row) == len(columns) and row[number].isdigit():
            pages[row[identifier]] = max(pages.get(row[identifier], 0), int(row[number]))
    return pages


def lost_pages(records: Records, earlier: Mapping[str, int]) -> tuple[Problem, ...]:
    """Documents that had more pages in an earlier commit than now."""
    now = {row.id: row.pages or 0 for row in records.rows(Document)}
    return tuple(
        Problem(Document.file, "pages", f"{now[name]} of {name}", f"{number} pages, as before")
        for name, number in sorted(earlier.items())
        if name in now and now[name] < number
    )


def _first_release(folder: Path) -> str | None:
    """The first commit of this line in which ``releases.csv`` has a row."""
    commits = _git(
        folder, "log", "--first-parent", "-m", "--reverse", "--format=%H", "--", Release.file
    )
    for commit in commits or ():
        if len(_git(folder, "show", f"{commit}:./{Release.file}") or ()) > 1:
            return commit
    return None


def _git(folder: Path, *arguments: str) -> Sequence[str] | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.decode("utf-8", "replace").splitlines()
