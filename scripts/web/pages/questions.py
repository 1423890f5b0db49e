"""What the archive's rules could not decide: each question with what is known of both sides."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scripts.web.parts import lookups, phrases
from scripts.web.parts.comparisons import compare_document
from scripts.web.view.page import Ask, Row, View, one, rows
from scripts.web.view.words import Words

_ORDER = (
    *("same-body", "memorandum-differs", "memorandum-replaced", "wrong-link", "date-far"),
    *("county-changed", "register-differs", "county-unknown", "unread-row"),
)
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b(?!-)")
_LIST = re.compile(r"\b(?:pending-)?\d{4}-\d{2}-\d{2}(?:-[a-z0-9-]*[a-z0-9])?\b")
_ROW_OF = re.compile(r"row of ([a-z0-9-]+[a-z0-9])")
_TAKEN = re.compile(r"; taken for ([a-z0-9-]+) by the lists beside it")
_NAMED_AS = re.compile(r"named as a (tfm|wso|jem) memorandum")
_LISTED = "select * from agreement_list where agency_id = ? order by listed_from_on, id"
_SPELLINGS = "select * from agency_spellings where agency_id = ? order by first_on, name_printed"
_AGREEMENT = "select * from agreement_list where id = ?"
_DOCUMENT = """
select documents.*, agencies.name as agency, agencies.state as agency_state
from documents left join agencies on agencies.id = documents.agency_id
where documents.id = ?
"""
_PRINTED = """
select listings.*, publication_rows.position
from listings
join publication_rows on publication_rows.listing = listings.listing
  and publication_rows.publication_id = ?
order by publication_rows.position
"""


@dataclass(frozen=True)
class Body:
    """An agency and its history: its agreements and its spellings on the lists."""

    agency: Row
    agreements: Sequence[Row]
    spellings: Sequence[Row]


@dataclass(frozen=True)
class Question:
    """One thing to judge. What a question of the kind does not speak of is empty.

    ``why`` is what the rule saw, in the record's words. ``printed`` are the cells of a row.
    """

    row: Row
    why: str
    bodies: Sequence[Body] = ()
    document: Row | None = None
    agreement: Row | None = None
    listing: Row | None = None
    printed: Sequence[str] = ()


@dataclass(frozen=True)
class QuestionsPage:
    """Questions by kind, in the order in which they are shown."""

    kinds: Mapping[str, Sequence[Question]]
    count: int


def view(connection: sqlite3.Connection, ask: Ask) -> View:
    """All open questions."""
    found = rows(connection, "select * from open_questions order by kind, state, subject, id")
    kinds: dict[str, list[Question]] = {kind: [] for kind in _ORDER}
    for row in found:
        kinds.setdefault(row["kind"], []).append(_question(connection, ask.words, row))
    newest = lookups.newest_list(connection)["stated_on"]
    told = ask.words.plural(
        "%(count)s question that the archive's rules leave open, as of the newest list held, of "
        "%(date)s. Until somebody decides it, nothing is joined and no doubtful link is followed.",
        "%(count)s questions that the archive's rules leave open, as of the newest list held, of "
        "%(date)s. Until somebody decides them, nothing is joined and no doubtful link is "
        "followed.",
        len(found),
        date=ask.words.date(newest),
    )
    page = QuestionsPage({kind: some for kind, some in kinds.items() if some}, len(found))
    return View("questions", ask.words.text("Open questions"), told, page, dated=newest)


def _question(connection: sqlite3.Connection, words: Words, row: Row) -> Question:
    detail = str(row["detail"] or "")
    if row["kind"] == "wrong-link":
        found = _ROW_OF.search(detail)
        return Question(
            row,
            _why_not(words, detail),
            document=one(connection, _DOCUMENT, row["subject"]),
            agreement=one(connection, _AGREEMENT, found[1]) if found else None,
        )
    if row["kind"] == "memorandum-differs":
        compared = compare_document(connection, words, row["subject"])
        return Question(
            row,
            " ".join(found.sentence for found in compared if found.outcome == "differ"),
            document=one(connection, _DOCUMENT, row["subject"]),
            agreement=one(connection, _AGREEMENT, row["other"]),
        )
    if row["kind"] == "memorandum-replaced":
        return Question(
            row,
            _dated(words, detail),
            document=one(connection, _DOCUMENT, row["subject"]),
            agreement=one(connection, _AGREEMENT, row["other"]),
        )
    if row["kind"] == "date-far":
        return Question(
            row,
            _dated(words, detail),
            agreement=one(connection, _AGREEMENT, row["subject"]),
        )
    if row["kind"] == "county-changed":
        detail = _LIST.sub(lambda found: _named(words, found[0]), detail)
    if row["kind"] == "unread-row":
        printed = tuple(cell.strip() for cell in str(row["subject"]).split(" | "))
        taken = _TAKEN.search(detail)
        return Question(
            row,
            _TAKEN.sub("", detail),
            agreement=one(connection, _AGREEMENT, taken[1]) if taken else None,
            listing=_listing(connection, row, printed),
            printed=printed,
        )
    named = (row["subject"], row["other"])
    bodies = [body for id in named if id and (body := _body(connection, id))]
    return Question(row, _reason(detail, bodies), bodies)


def _dated(words: Words, detail: str) -> str:
    """The detail with its lists and dates in words."""
    why = re.sub(r"(?<=the list )(?:pending-)?\d\S+", lambda f: words.list_name(f[0]), detail)
    return _DATE.sub(lambda found: words.date(found[0]), why)


def _named(words: Words, publication_id: str) -> str:
    name = words.list_name(publication_id)
    return words.text("%(list)s, pending", list=name) if publication_id[0] == "p" else name


def _why_not(words: Words, detail: str) -> str:
    """Why a link is not followed, the model by its name."""
    why = detail.partition(", but ")[2].removesuffix(": not followed")
    found = _NAMED_AS.fullmatch(why)
    if found is None:
        return why
    model = phrases.model_name(words, found[1])
    return words.text("the file is named as a %(model)s memorandum", model=model)


def _body(connection: sqlite3.Connection, agency_id: str) -> Body | None:
    agency = one(connection, "select * from agencies where id = ?", agency_id)
    if agency is None:
        return None
    return Body(
        agency,
        rows(connection, _LISTED, agency_id),
        rows(connection, _SPELLINGS, agency_id),
    )


def _reason(detail: str, bodies: Sequence[Body]) -> str:
    """The detail without the histories, where these are shown from the records themselves."""
    ends = [detail.find(f". {body.agency['name']}: ") for body in bodies]
    return detail[: min((end for end in ends if end >= 0), default=len(detail))]


def _listing(connection: sqlite3.Connection, row: Row, printed: Sequence[str]) -> Row | None:
    """The row that a question speaks of, on the list that raised it, if it is the only one."""
    if row["publication_id"] is None or len(printed) < 2:
        return None
    found = [
        listing
        for listing in rows(connection, _PRINTED, row["publication_id"])
        if _plain(listing["agency_printed"]) == printed[1]
        and _plain(listing["state_printed"]) == printed[0]
        and (len(printed) < 3 or _plain(listing["model_printed"]) == printed[2])
    ]
    return found[0] if len(found) == 1 else None


def _plain(cell: str | None) -> str:
    """A cell as printed without its mark of type and the spaces around it."""
    text = cell or ""
    return (text[1:] if text[:1] in ("'", "=") else text).strip()
