"""Small real workbooks for the tests, made with openpyxl."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

PARTICIPATING = (
    "STATE",
    "LAW ENFORCEMENT AGENCY",
    "TYPE",
    "COUNTY",
    "SUPPORT TYPE",
    "SIGNED",
    "MOA",
    "ADDENDUM",
)
PENDING = PARTICIPATING[:5]
MOA = "https://www.ice.gov/doclib/287gMOA/"


def row(
    agency: str, signed: object = dt.date(2025, 3, 1), *, state: str = "FLORIDA"
) -> list[object]:
    """A row as on a participating list; its first five cells are one of a pending list."""
    return [state, agency, "County", "Bay County", "Task Force Model", signed, "link", None]


def save_list(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    header: Sequence[object] = PARTICIPATING,
    links: Mapping[str, str] | None = None,
    modified: dt.datetime | None = None,
    hidden: Sequence[int] = (),
) -> Path:
    """Write a list; ``links`` puts addresses on cells (``{"G2": "https://…"}``)."""
    book = Workbook()
    sheet = book.active
    sheet.append(list(header))
    for values in rows:
        sheet.append(list(values))
    for ref, address in (links or {}).items():
        sheet[ref].hyperlink = address
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    if modified is not None:
        core = rb"(<dcterms:modified[^>]*>)[^<]*"
        edit_part(path, "docProps/core.xml", core, rb"\g<1>%sZ" % modified.isoformat().encode())
    return path


def edit_part(path: Path, part: str, pattern: bytes, replacement: bytes) -> None:
    """Replace what matches in one part of a workbook; openpyxl stamps its own time into each."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[part], count = re.subn(pattern, replacement, members[part])
    assert count, f"{pattern!r} is not in {part}"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


SAFELINK = (
    "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.ice.gov%2Fdoclib"
    "%2F287gMOA%2FBayCoFL_TFM_MOA_031825.pdf&data=05%7C02%7Csome.body%40example.gov%7Cbaf8"
    "%7C0%7CUnknown&sdata=d2kp4%3D&reserved=0"
)
