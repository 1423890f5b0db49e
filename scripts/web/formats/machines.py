"""What the site says to machines that visit: robots, language models, finders of faults."""

from __future__ import annotations

import datetime as dt
import sqlite3

from scripts.web.parts.lookups import newest_list
from scripts.web.view.addresses import absolute
from scripts.web.view.page import Ask, Raw, cell
from scripts.web.view.settings import issues_url

_PLAIN = "text/plain; charset=utf-8"
_A_YEAR = dt.timedelta(days=365)  # RFC 9116, 2.5.5: less than a year into the future
_WAYS_IN = (
    ("/agencies/", "Agencies", "who has or had an agreement, and every list that says so"),
    ("/agreements/", "Agreements", "one signed instrument each, with its history and evidence"),
    ("/documents/", "Documents", "memoranda and other sources, page by page where text is held"),
    ("/excerpts/", "Excerpts", "passages of documents, each with its page and why it matters"),
    ("/publications/", "Lists", "as ICE published them, row by row"),
    ("/states/", "States", "who, under which model, since when"),
    ("/payments/", "Payments", "amounts of money, each with who says so; never added up"),
    ("/figures/", "Figures", "reported and computed numbers, each with its source or its query"),
    ("/changes/", "Changes", "from list to list"),
    ("/questions/", "Questions", "what the archive's rules could not decide"),
    ("/corrections/", "Corrections", "mistakes of the archive that were put right"),
)
_LLMS = """# 287(g) Archive

> Who signed agreements under section 287(g) with ICE, what each says, what is paid, and where each
> statement comes from. {agreements} agreements of {agencies} agencies are recorded; the newest list
> held is of {date}. Later lists may exist.

Every statement names its source and the kind of source it is. Numbers speak of the day of a list;
say which when you repeat one. Agreements are not agencies: one agency may have several. Amounts of
different kinds of source are never added. Wording read by machine that nobody compared with the
picture of its page says so and is not to be quoted.

## Records
{records}

## Data
- Each record as JSON: its address with `.json` in the place of the last slash
- [Tables and SQL]({sql}): on the live site
- [Changes]({feed}): as an Atom feed

## How it is made
- [Methods]({methods}): how lists and memoranda are read
- [How to cite]({cite}): addresses stay
"""


def robots(connection: sqlite3.Connection, ask: Ask) -> Raw:
    """Everything may be visited; SQL is for people and programs that ask on purpose."""
    lines = ["User-agent: *", f"Disallow: {_below(ask, '/archive?sql=')}", "Allow: /", ""]
    lines += [f"Sitemap: {absolute(ask.base, '/sitemap.xml')}", ""]
    return Raw("\n".join(lines), _PLAIN)


def security(connection: sqlite3.Connection, ask: Ask) -> Raw:
    """Where a fault of safety is reported (RFC 9116)."""
    newest = newest_list(connection)["stated_on"] or "2000-01-01"
    expires = dt.date.fromisoformat(newest) + _A_YEAR
    lines = [
        f"Contact: {issues_url()}",
        f"Expires: {expires}T00:00:00Z",
        "Preferred-Languages: en",
        f"Canonical: {absolute(ask.base, '/.well-known/security.txt')}",
        "",
    ]
    return Raw("\n".join(lines), _PLAIN)


def llms(connection: sqlite3.Connection, ask: Ask) -> Raw:
    """What the archive is and how its numbers may be repeated (https://llmstxt.org)."""

    def at(path: str) -> str:
        return absolute(ask.base, path)

    text = _LLMS.format(
        agreements=ask.words.number(cell(connection, "select count(*) from agreements")),
        agencies=ask.words.number(cell(connection, "select count(*) from agencies")),
        date=ask.words.date(newest_list(connection)["stated_on"]),
        records="\n".join(f"- [{name}]({at(path)}): {told}" for path, name, told in _WAYS_IN),
        sql=at("/archive"),
        feed=at("/feeds/changes.atom"),
        methods=at("/learn/methods/"),
        cite=at("/learn/cite/"),
    )
    return Raw(text, "text/markdown; charset=utf-8")


def _below(ask: Ask, path: str) -> str:
    return "/" + absolute(ask.base, path).split("/", 3)[3]
