"""What calamine does not give of a workbook: links, error values, the last save, other sheets.

Reads the parts of the package by lxml (ECMA-376, part 1, 18.3.1.47 for hyperlinks).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from scripts.errors import ArchiveError

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT_REL = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
_MODIFIED = "{http://purl.org/dc/terms/}modified"
_ROOT = re.compile(rb"<(?:\w+:)?worksheet\b[^>]*>")
_LINKS = re.compile(rb"<((?:\w+:)?hyperlinks)[ >]")
_ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c (?P<attributes>[^>]*)>(?:<(?:\w+:)?f(?:>| [^>]*[^/]>)[^<]*</[^>]*>|<[^>]*/>)?"
    rb"<(?:\w+:)?v>(?P<value>[^<]*)<"
)
_CELL_REF = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_REF = re.compile(r"^\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?$")
_TIME = re.compile(r"^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?$")


class SheetLink(NamedTuple):
    """A link on a range of cells; rows and columns count from 0, ends included."""

    ref: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int
    target: str | None  # None where it leads to a place within the workbook


@dataclass(frozen=True, slots=True)
class SheetParts:
    """The first sheet's links and errors, and the workbook's last save (UTC, ISO 8601)."""

    links: tuple[SheetLink, ...]
    error_cells: tuple[tuple[int, int, str], ...]  # row and column from 0, value as Excel shows it
    modified_at: str | None
    other_sheets_with_cells: tuple[str, ...]


def sheet_parts(path: Path, place: str, most_bytes: int) -> SheetParts:
    """Read the parts of the workbook at ``path``. Raises `ArchiveError` for a damaged one."""
    try:
        with zipfile.ZipFile(path) as archive:
            sheets = _sheets(archive)
            raw = archive.read(sheets[0][1])
            links = _links(archive, sheets[0][1], raw, place)
            others = tuple(name for name, part in sheets[1:] if _has_cells(archive, part))
            return SheetParts(links, _error_cells(raw, place), _modified_at(archive), others)
    except (zipfile.BadZipFile, LookupError, ValueError, OSError, etree.XMLSyntaxError) as error:
        raise ArchiveError.single(
            place, "", f"{type(error).__name__}: {error}", "a whole Excel workbook"
        ) from error


def column_letter(column: int) -> str:
    """The spreadsheet letter of a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """The column, counted from 0, of a spreadsheet letter."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(data, parser)


def _relationships(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in archive.namelist():
        return {}
    return {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in _parse(archive.read(rels))
        if isinstance(relation.tag, str)
    }


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Name and part of each worksheet, in the order of the tabs."""
    targets = _relationships(archive, "xl/workbook.xml")
    sheets = []
    for element in _parse(archive.read("xl/workbook.xml")).iter("{*}sheet"):
        target = targets.get(element.get(f"{_REL}id") or element.get(f"{_STRICT_REL}id") or "", "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        sheets.append((element.get("name", ""), posixpath.normpath(part)))
    return sheets


def _links(archive: zipfile.ZipFile, part: str, raw: bytes, place: str) -> tuple[SheetLink, ...]:
    """The hyperlinks of one sheet. Only their section is parsed: the cells are 50 times as long."""
    if b"HYPERLINK(" in raw:
        raise ArchiveError.single(
            place, "links", "a HYPERLINK formula", "links on cells", "Teach sheet_xml.py to read it"
        )
    root, start = _ROOT.search(raw), _LINKS.search(raw, max(raw.rfind(b"sheetData"), 0))
    if root is None or start is None:
        return ()
    end_tag = b"</" + start[1] + b">"
    section = raw[start.start() : raw.index(end_tag, start.start())] + end_tag
    wrapped = root[0] + section + b"</" + root[0][1:-1].split(maxsplit=1)[0] + b">"
    targets = _relationships(archive, part)
    links = []
    for element in _parse(wrapped)[0]:
        ref = element.get("ref", "")
        target = targets.get(element.get(f"{_REL}id") or element.get(f"{_STRICT_REL}id") or "")
        links.append(_link(ref, target, place))
    return tuple(links)


def _link(ref: str, target: str | None, place: str) -> SheetLink:
    match = _REF.match(ref)
    if match is None:
        raise ArchiveError.single(place, "hyperlink", ref, "a cell or a range of cells")
    column, row, last_column, last_row = match.groups()
    return SheetLink(
        ref,
        int(row) - 1,
        column_number(column),
        int(last_row or row) - 1,
        column_number(last_column or column),
        target or None,
    )


def _error_cells(raw: bytes, place: str) -> tuple[tuple[int, int, str], ...]:
    """Cells that hold an error value, which calamine reads as empty (its issue 105)."""
    found = []
    mark = raw.find(b' t="e"')
    while mark != -1:
        cell = _ERROR_CELL.match(raw, raw.rfind(b"<", 0, mark))
        ref = _CELL_REF.search(cell["attributes"]) if cell else None
        if cell is None or ref is None:
            raise ArchiveError.single(place, "cell", "an error value", "a cell that says where")
        value = cell["value"].decode()
        found.append((int(ref[2]) - 1, column_number(ref[1].decode()), value))
        mark = raw.find(b' t="e"', mark + 1)
    return tuple(found)


def _has_cells(archive: zipfile.ZipFile, part: str) -> bool:
    if part not in archive.namelist():
        return False
    return re.search(rb"<(?:\w+:)?(?:v|is)[ >]", archive.read(part)) is not None


def _modified_at(archive: zipfile.ZipFile) -> str | None:
    """``dcterms:modified`` of the core properties; never the author, who stands beside it."""
    if "docProps/core.xml" not in archive.namelist():
        return None
    element = _parse(archive.read("docProps/core.xml")).find(_MODIFIED)
    match = _TIME.match((element.text or "").strip()) if element is not None else None
    return f"{match[1]}Z" if match else None
