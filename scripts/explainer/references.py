"""References in prose: ``{{ figure:agreements-active }}`` becomes a number with its evidence.

A Python-Markdown extension, named in ``mkdocs.yml``; it needs no MkDocs hook and no plugin, and
works wherever the repository's root is importable (``python -m mkdocs build`` from the root).

====================================  =========================================================
``{{ figure:ID }}``                   number, unit, as-of date and provenance, with a link
``{{ figure:ID short }}``             number and unit, with a link, where the date is said nearby
``{{ figure:ID value }}``             number alone, with a link
``{{ figure:ID date }}``              the date that the figure speaks of
``{{ chart:NAME }}``                  a picture made from the database (`scripts.explainer.charts`)
``{{ table:NAME }}``                  a list or table made from it (`scripts.explainer.tables`)
====================================  =========================================================

(``{{ figure:ID|value }}`` is the same, but a bar ends a cell where it stands in a table.)

Everything is read from the database that ``ARCHIVE_DB`` names (default ``db/archive.db``). What
cannot be resolved is logged as a warning with page and reference, all of them in one run, and
fails a build with ``strict: true``. Links that begin with ``/`` become relative to the page.
"""

from __future__ import annotations

import html
import logging
import os
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor

from scripts import paths
from scripts.explainer.figure_text import Figure, badge_html, date_html, spell_unit, spell_value

# A child of MkDocs' own logger, so that its strict mode counts what is written here.
log = logging.getLogger("mkdocs.references")

REFERENCE = r"\{\{\s*(?P<kind>[a-z]+):(?P<name>[a-z0-9-]+)(?:[| ](?P<variant>[a-z]+))?\s*\}\}"
ANY_BRACES = re.compile(r"\{\{[^{}\n]*\}\}")
ROOT_LINK = re.compile(r'(<[a-z][^<>]*?\s(?:href|src|action)=")/(?!/)')
SCROLL_REGION = '<div class="a-scroll" role="group" tabindex="0" aria-label="Table">'
FIGURE_COLUMNS = "id, label, value, qualifier, unit, as_of, provenance"


class UnknownReferenceError(Exception):
    """A reference that names nothing, or something that has no value; says what is wrong."""


def database_path() -> Path:
    """The database that prose speaks from: ``ARCHIVE_DB``, else ``db/archive.db``."""
    return Path(os.environ.get("ARCHIVE_DB") or paths.DATABASE)


def open_database(path: Path) -> sqlite3.Connection:
    """A connection that cannot write; raises `UnknownReferenceError` where there is no database."""
    if not path.is_file():
        raise UnknownReferenceError("there is no database; run `make build`")
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def read_figure(connection: sqlite3.Connection, name: str) -> Figure:
    """The figure of that name; raises `UnknownReferenceError` where there is none, or no value."""
    row = connection.execute(
        f"select {FIGURE_COLUMNS} from figures where id = ?",  # noqa: S608
        (name,),
    ).fetchone()
    if row is None:
        raise UnknownReferenceError("no figure has this identifier")
    figure = Figure(**dict(row))
    if figure.value is None:
        raise UnknownReferenceError("this figure has no value")
    return figure


def full_figure(figure: Figure) -> str:
    """Number, unit, as-of date and provenance, with a link to the figure's own page."""
    date = ""
    if figure.as_of is not None:
        date = f' <span class="figure-date">as of {date_html(figure.as_of)}</span>'
    return (
        f'<span class="figure-note">{short_figure(figure)}{date}'
        f" {badge_html(figure.provenance)}</span>"
    )


def short_figure(figure: Figure) -> str:
    """Number and unit, with a link."""
    return figure_link(figure, f"{spell_value(figure)} {spell_unit(figure)}".strip())


def value_figure(figure: Figure) -> str:
    """The number alone, with a link."""
    return figure_link(figure, spell_value(figure))


def date_figure(figure: Figure) -> str:
    """The date that the figure speaks of; raises `UnknownReferenceError` where it names none."""
    if figure.as_of is None:
        raise UnknownReferenceError("this figure has no date")
    return date_html(figure.as_of)


def figure_link(figure: Figure, words: str) -> str:
    """A link to the figure's page; what it counts stands in its title."""
    return (
        f'<a class="figure-ref" href="/figures/{figure.id}/" title="{html.escape(figure.label)}">'
        f"{html.escape(words)}</a>"
    )


VARIANTS: dict[str | None, Callable[[Figure], str]] = {
    None: full_figure,
    "short": short_figure,
    "value": value_figure,
    "date": date_figure,
}


def render_reference(
    connection: sqlite3.Connection, kind: str, name: str, variant: str | None
) -> str:
    """The HTML for one reference; raises `UnknownReferenceError` where it cannot be resolved."""
    if kind == "figure":
        if variant not in VARIANTS:
            raise UnknownReferenceError(
                f"no such form; expected one of {', '.join(filter(None, VARIANTS))}"
            )
        return VARIANTS[variant](read_figure(connection, name))
    makers = picture_makers(kind)
    if name not in makers:
        raise UnknownReferenceError(
            f"no such {kind}; there are {', '.join(sorted(makers)) or 'none'}"
        )
    return makers[name](connection)


def picture_makers(kind: str) -> dict[str, Callable[[sqlite3.Connection], str]]:
    """What can be made of the database by name; imported late, as a sentence needs none of it."""
    if kind == "chart":
        from scripts.explainer import charts

        return charts.CHARTS
    if kind == "table":
        from scripts.explainer import tables

        return tables.TABLES
    raise UnknownReferenceError("expected figure, chart or table before the colon")


class ReferenceProcessor(InlineProcessor):  # type: ignore[misc]
    """Replaces one reference; code spans are taken before it and keep theirs."""

    def __init__(self, markdown: Markdown, database: Path) -> None:
        super().__init__(REFERENCE, markdown)
        self.database = database
        self.connection: sqlite3.Connection | None = None

    def handleMatch(  # noqa: N802
        self, match: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """Stash the HTML for the reference, or the reference as it stands after a warning."""
        try:
            self.connection = self.connection or open_database(self.database)
            made = render_reference(self.connection, match["kind"], match["name"], match["variant"])
        except UnknownReferenceError as error:
            log.warning("%s: reference %s: %s", page_name(self.md), match[0], error)
            made = f"<mark>{html.escape(match[0])}</mark>"
        return self.md.htmlStash.store(made), match.start(0), match.end(0)


class MalformedProcessor(InlineProcessor):  # type: ignore[misc]
    """Refuses braces that look like a reference and are none, so that a typo cannot pass."""

    def handleMatch(  # noqa: N802
        self, match: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """Warn, and keep the words visible."""
        log.warning(
            "%s: reference %s: not of the form {{ kind:name }}", page_name(self.md), match[0]
        )
        made = f"<mark>{html.escape(match[0])}</mark>"
        return self.md.htmlStash.store(made), match.start(0), match.end(0)


class RootLinks(Postprocessor):  # type: ignore[misc]
    """Makes links that begin at the root relative, so that a copy works from any place.

    Where the page is not known (a generator other than MkDocs) they get the path of ``SITE_URL``.
    """

    def run(self, text: str) -> str:
        """The page's HTML, its root links leading on from where the page stands."""
        file = page_file(self.md)
        root = urlsplit(paths.site_url()).path
        if file is not None:
            root = "../" * str(file.dest_uri).count("/") or "./"
        return ROOT_LINK.sub(rf"\g<1>{root}", text)


class ScrollingTables(Postprocessor):  # type: ignore[misc]
    """Puts tables written in Markdown into a region that scrolls inside itself, by keyboard too."""

    def run(self, text: str) -> str:
        """The page's HTML; a table that has a class already is one of ours."""
        text = text.replace("<table>", f'{SCROLL_REGION}<table class="a-table">')
        return re.sub(rf"({re.escape(SCROLL_REGION)}.*?</table>)", r"\1</div>", text, flags=re.S)


def page_file(markdown: Markdown) -> Any:
    """The file being rendered as MkDocs knows it, or ``None`` elsewhere."""
    if "relpath" not in markdown.treeprocessors:
        return None
    return getattr(markdown.treeprocessors["relpath"], "file", None)


def page_name(markdown: Markdown) -> str:
    """The page being rendered, as MkDocs names it; elsewhere only that it is a page."""
    file = page_file(markdown)
    return "a page" if file is None else str(file.src_uri)


class References(Extension):  # type: ignore[misc]
    """The extension; ``database`` overrides the place of the database."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"database": ["", "path of the database; default ARCHIVE_DB"]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register below code spans (190) and escapes (180)."""
        database = Path(self.getConfig("database") or database_path())
        md.inlinePatterns.register(ReferenceProcessor(md, database), "reference", 178)
        md.inlinePatterns.register(MalformedProcessor(ANY_BRACES.pattern, md), "braces", 177)
        md.postprocessors.register(ScrollingTables(md), "scrolling_tables", 6)
        md.postprocessors.register(RootLinks(md), "root_links", 5)


def makeExtension(**kwargs: Any) -> References:  # noqa: N802
    """What Python-Markdown calls to load the extension."""
    return References(**kwargs)
