"""A passage of a document: its wording, where it stands, and why it matters; and topics."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from scripts.web.parts.prose import render_markdown, sanitise
from scripts.web.view.page import Ask, Row, View, one, rows

_EXCERPT = """
select excerpts.*, annotations.body_markdown, annotations.body_html,
  documents.title as document, documents.address, documents.archived_address,
  documents.sha256, documents.reported_via, documents.publisher, documents.kind as document_kind,
  documents.agency_id, documents.agreement_id, agencies.name as agency,
  coalesce(documents.signed_on, documents.published_on, agreements.signed_on) as dated
from excerpts
join documents on documents.id = excerpts.document_id
left join agreements on agreements.id = documents.agreement_id
left join agencies on agencies.id = documents.agency_id
left join annotations on annotations.excerpt_id = excerpts.id
where excerpts.id = ?
"""
_TOPICS = """
select topics.* from topics join excerpt_topics on excerpt_topics.topic_id = topics.id
where excerpt_id = ? order by title
"""
_SIBLINGS = """
select id, title, page_number, provenance from excerpts
where document_id = ? and id <> ? order by position
"""


@dataclass(frozen=True)
class ExcerptPage:
    """What the template shows of an excerpt."""

    excerpt: Row
    annotation: Markup
    topics: Sequence[Row]
    siblings: Sequence[Row]


def view(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """The page of an excerpt."""
    excerpt = one(connection, _EXCERPT, id)
    if excerpt is None:
        return None
    page = ExcerptPage(
        excerpt,
        sanitise(excerpt["body_html"]),
        rows(connection, _TOPICS, id),
        rows(connection, _SIBLINGS, excerpt["document_id"], id),
    )
    facts = {"document": excerpt["document"], "page": excerpt["page_number"]}
    told = ask.words.text("A passage of “%(document)s”, page %(page)s.", **facts)
    if excerpt["page_number"] is None:
        told = ask.words.text("A passage of “%(document)s”.", **facts)
    return View(
        "excerpt",
        excerpt["title"],
        told,
        page,
        _record(page),
        excerpt["address"],
        excerpt["dated"],
        "excerpt",
    )


def _record(page: ExcerptPage) -> dict[str, Any]:
    return {"excerpt": dict(page.excerpt), "topics": [row["id"] for row in page.topics]}


@dataclass(frozen=True)
class TopicPage:
    """A topic and its excerpts."""

    topic: Row
    summary: Markup
    excerpts: Sequence[Row]


_BY_TOPIC = """
select excerpt_list.* from excerpt_list
join excerpt_topics on excerpt_topics.excerpt_id = excerpt_list.id
where topic_id = ? order by document, id
"""


def topic(connection: sqlite3.Connection, ask: Ask, id: str) -> View | None:
    """The page of a topic."""
    found = one(connection, "select * from topics where id = ?", id)
    if found is None:
        return None
    excerpts = rows(connection, _BY_TOPIC, id)
    told = ask.words.plural(
        "%(count)s excerpt on this subject.", "%(count)s excerpts on this subject.", len(excerpts)
    )
    page = TopicPage(found, render_markdown(found["summary"]), excerpts)
    record = {"topic": dict(found), "excerpts": [row["id"] for row in excerpts]}
    return View("topic", found["title"], told, page, record, kind="topic")


@dataclass(frozen=True)
class ExcerptsPage:
    """All excerpts by document, and the topics."""

    topics: Sequence[Row]
    documents: Sequence[tuple[str, str, Sequence[Row]]]


_COUNTED = """
select topics.*, count(excerpt_topics.excerpt_id) as excerpts from topics
left join excerpt_topics on excerpt_topics.topic_id = topics.id
group by topics.id order by topics.title
"""


def index(connection: sqlite3.Connection, ask: Ask) -> View:
    """All excerpts."""
    found = rows(connection, "select * from excerpt_list order by document, id")
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in found:
        grouped.setdefault((row["document_id"], row["document"]), []).append(row)
    documents = [(id, title, items) for (id, title), items in grouped.items()]
    told = ask.words.plural(
        "%(count)s passage, with its place in the source and what it means.",
        "%(count)s passages, each with its place in the source and what it means.",
        len(found),
    )
    page = ExcerptsPage(rows(connection, _COUNTED), documents)
    return View("excerpts", ask.words.text("Excerpts"), told, page)
