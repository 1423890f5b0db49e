"""Our own Markdown as HTML: no raw HTML goes in, and only harmless elements come out."""

from __future__ import annotations

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {"p", "ul", "ol", "li", "em", "strong", "a", "code", "blockquote", "h3", "h4", "br"}


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def render_markdown(text: str | None) -> Markup:
    """Sanitised HTML of a summary; empty where there is none."""
    return sanitise(_parser().render(text)) if text else Markup("")


def sanitise(html: str | None) -> Markup:
    """HTML with anything but plain text elements and web links taken out."""
    if not html:
        return Markup("")
    return Markup(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https"},
            link_rel="noopener",
        )
    )
