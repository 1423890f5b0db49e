"""Versions of ICE's forms as documents of the archive, and any two of a model compared."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from scripts.web.parts.side_by_side import Sides, lay_side_by_side
from scripts.web.view.addresses import comparison_path
from scripts.web.view.page import Ask, Jump, Row, View, one, rows

IDENTIFIERS = "select id from templates order by id"
PAIRS = """
select earlier.id, later.id from templates as earlier
join templates as later on later.model = earlier.model and later.id > earlier.id
order by earlier.id, later.id
"""
_ALL = """
select templates.*,
  (
    select count(*) from documents
    where documents.template = templates.id and documents.kind = 'memorandum'
  ) as known,
  (select count(*) from deviations where template_id = templates.id and is_verified) as confirmed,
  (select count(*) from deviations where template_id = templates.id and is_sure
    and not is_verified) as found
from templates
"""
_BLANK = re.compile(r"(\[agency\]|\[blank\]|_{3,})")
_NUMBER = re.compile(r"^(?:[ivxl]+|[a-h]|\d+)[.,)]\s+", re.I)
_SAME_SECTION = 70  # likeness of two headings that are one section's


@dataclass(frozen=True)
class TemplatesPage:
    """All versions, by model, and the pairs that can be compared."""

    models: Sequence[tuple[str, Sequence[Row]]]


def index(connection: sqlite3.Connection, ask: Ask) -> View:
    """Every version of ICE's forms that the held memoranda show."""
    found = rows(connection, f"{_ALL} order by model desc, id")
    models = [(model, list(own)) for model, own in groupby(found, key=lambda row: row["model"])]
    text = ask.words.text
    told = ask.words.plural(
        "%(count)s version of the forms from which ICE makes its memoranda, put together by this "
        "archive from the wording that most memoranda share. ICE publishes no list of them.",
        "%(count)s versions of the forms from which ICE makes its memoranda, each put together by "
        "this archive from the wording that most memoranda share. ICE publishes no list of them.",
        len(found),
    )
    return View("templates", text("ICE's templates"), told, TemplatesPage(models))


Part = tuple[str, bool]  # text, and whether it is a place that the parties fill in


@dataclass(frozen=True)
class Block:
    """A heading, paragraph or item of a template."""

    kind: str  # title, heading, paragraph, item
    level: int
    number: str
    parts: tuple[Part, ...]
    anchor: str


@dataclass(frozen=True)
class TemplatePage:
    """A template's text, what it rests on, its neighbours, who uses it and who differs."""

    template: Row
    blocks: Sequence[Block]
    contents: Sequence[Block]
    earlier: Row | None
    later: Row | None
    versions: Sequence[Row]  # the others of its model
    documents: Sequence[Row]
    deviations: Sequence[Row]


def view(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """A version of ICE's form as most of its memoranda word it."""
    found = one(connection, f"{_ALL} where templates.id = ?", id)
    if found is None:
        return None
    blocks = list(_blocks(_clauses(connection, id)))
    versions = rows(
        connection, "select * from templates where model = ? order by id", found["model"]
    )
    place = [row["id"] for row in versions].index(id)
    page = TemplatePage(
        found,
        blocks,
        [block for block in blocks if block.kind == "heading" and block.level <= 1],
        versions[place - 1] if place else None,
        versions[place + 1] if place + 1 < len(versions) else None,
        [row for row in versions if row["id"] != id],
        rows(connection, _DOCUMENTS, id),
        rows(connection, _DEVIATIONS, id),
    )
    text = ask.words.text
    told = (
        text("A version of ICE's form. No memorandum made from it was at hand for this build.")
        if not found["documents"]
        else _told(ask, found)
    )
    record = {
        "template": dict(found),
        "wording": _clauses(connection, id),
        "memoranda": [row["id"] for row in page.documents],
        "deviations": [row["id"] for row in page.deviations if row["is_sure"]],
    }
    return View(
        "template",
        text("Template: %(title)s", title=found["title"]),
        told,
        page,
        record,
        dated=found["revised_on"],
        kind="template",
    )


def _told(ask: Ask, template: Row) -> str:
    return ask.words.text(
        "Put together by this archive from the wording that most of the %(count)s held memoranda "
        "made from it share. ICE has not published it in this form.",
        count=ask.words.number(template["documents"]),
    )


_DOCUMENTS = """
select document_list.*, coalesce(states.name, state, '') as state_name
from document_list left join states on states.code = document_list.state
where template = ? and kind = 'memorandum'
order by state_name, agency, document_list.id
"""
_DEVIATIONS = """
select deviations.*, document_list.title, document_list.agency, document_list.state
from deviations join document_list on document_list.id = deviations.document_id
where template_id = ?
order by is_verified desc, is_sure desc, unusualness desc, words desc, deviations.id
"""


def _clauses(connection: sqlite3.Connection, id: str) -> list[dict[str, object]]:
    sql = "select * from template_clauses where template_id = ? order by position"
    return rows(connection, sql, id)


def _blocks(clauses: Sequence[Mapping[str, object]]) -> Iterator[Block]:
    """Blocks with anchors that name their section: ``#iv-training``, ``#iv-training-2``."""
    section, count = "text", 0
    taken: set[str] = set()
    for row in clauses:
        text, number = str(row["text"]), str(row["number"] or "")
        if row["kind"] == "heading":
            section, count = _slug(f"{number} {text}"), 0
            while section in taken:
                section += "-again"
        count += 1
        anchor = section if row["kind"] == "heading" else f"{section}-{count}"
        taken.add(anchor)
        parts = tuple(
            (part, index % 2 == 1) for index, part in enumerate(_BLANK.split(text)) if part
        )
        yield Block(str(row["kind"]), int(str(row["level"])), number, parts, anchor)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "section"


@dataclass(frozen=True)
class Section:
    """A section of two versions, its words compared; one heading is empty where only one has it."""

    heading: str
    heading_before: str
    sides: Sides
    changed: int  # words that only one of them has
    anchor: str


@dataclass(frozen=True)
class ComparePage:
    """Two versions of a model: what one says otherwise, and both in full."""

    earlier: Row
    later: Row
    changes: Sequence[tuple[Row, Sides]]
    sections: Sequence[Section]
    others: Sequence[tuple[Row, Row]]  # other pairs of the same model


def compare(connection: sqlite3.Connection, ask: Ask, id: str, other: str) -> View | Jump | None:
    """The earlier of two versions beside the later; the other way round leads here."""
    found = {row["id"]: row for row in rows(connection, _ALL) if row["id"] in (id, other)}
    if id == other or len(found) != 2 or found[id]["model"] != found[other]["model"]:
        return None
    if id > other:
        return Jump(comparison_path(other, id))
    sql = "select * from template_changes where from_id = ? and to_id = ? order by position"
    changes = rows(connection, sql, id, other)
    by_id = {row["id"]: row for row in rows(connection, _ALL)}
    pairs = [(by_id[a], by_id[b]) for a, b in connection.execute(PAIRS)]
    page = ComparePage(
        found[id],
        found[other],
        [(row, lay_side_by_side(row["from_text"] or "", row["to_text"] or "")) for row in changes],
        compare_sections(_sections(connection, id), _sections(connection, other)),
        [
            pair
            for pair in pairs
            if pair[0]["model"] == found[id]["model"]
            and (pair[0]["id"], pair[1]["id"]) != (id, other)
        ],
    )
    text = ask.words.text
    told = text(
        "What “%(later)s” says otherwise than “%(earlier)s”. Both were put together by this "
        "archive from held memoranda (%(after)s and %(before)s of them), not published by ICE.",
        later=found[other]["title"],
        earlier=found[id]["title"],
        after=found[other]["documents"],
        before=found[id]["documents"],
    )
    title = text(
        "%(earlier)s and %(later)s compared",
        earlier=found[id]["title"],
        later=found[other]["title"],
    )
    return View("comparison", title, told, page, dated=found[other]["revised_on"])


def _sections(connection: sqlite3.Connection, id: str) -> list[tuple[str, str]]:
    """Heading and whole text of each section, in order."""
    clauses = _clauses(connection, id)
    return [
        (str(heading or ""), " ".join(_printed(row) for row in group if row["kind"] != "heading"))
        for heading, group in groupby(clauses, key=lambda row: row["clause"])
    ]


def _printed(row: Mapping[str, object]) -> str:
    return f"{row['number'] or ''} {row['text']}".strip()


def compare_sections(
    before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]
) -> list[Section]:
    """Sections of two versions paired by their headings, numbers left aside, in the later order;
    a section that only one has stands at its place."""
    old, new = ([_plain(heading) for heading, _ in side] for side in (before, after))
    result: list[Section] = []
    for step in Levenshtein.opcodes(old, new):
        gone = list(before[step.src_start : step.src_end])
        come = list(after[step.dest_start : step.dest_end])
        while gone or come:
            is_pair = bool(gone and come) and _are_one(gone[0][0], come[0][0])
            left = gone.pop(0) if gone and (is_pair or not come or len(gone) >= len(come)) else None
            right = come.pop(0) if come and (is_pair or left is None) else None
            result.append(_section(left, right, len(result)))
    return result


def _plain(heading: str) -> str:
    return _slug(_NUMBER.sub("", heading))


def _are_one(heading: str, other: str) -> bool:
    return fuzz.ratio(_plain(heading), _plain(other)) >= _SAME_SECTION


def _section(left: tuple[str, str] | None, right: tuple[str, str] | None, number: int) -> Section:
    sides = lay_side_by_side(left[1] if left else "", right[1] if right else "")
    changed = sum(len(piece.text.split()) for piece in sides.inline if piece.mark != "same")
    heading = right[0] if right else ""
    anchor = f"section-{number + 1}"
    return Section(heading, left[0] if left else "", sides, changed, anchor)
