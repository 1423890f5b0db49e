"""Markdown of editors as HTML that cannot do harm."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt

_TAGS = {"p", "em", "strong", "a", "code", "ul", "ol", "li", "blockquote", "br"}
_ADDRESSES = {"http", "https"}


def annotation_html(markdown: str) -> str:
    """HTML of a summary or an annotation: plain text elements and links only.

    CommonMark with ``html=False``, then `nh3` over the result; links to other hosts carry
    ``rel="noopener"``, and only http, https and the archive's own paths are links at all.
    """
    html = MarkdownIt("commonmark", {"html": False}).render(markdown)
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes=_ADDRESSES,
        link_rel="noopener",
    ).strip()
