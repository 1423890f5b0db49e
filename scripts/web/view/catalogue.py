"""The catalogue of every word that the interface says: ``locale/messages.pot``.

``python -m scripts.web.view.catalogue`` writes it anew from templates, theme and code. A language
is a file: copy it to ``locale/<xx>/LC_MESSAGES/messages.po`` and translate.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import write_po

from scripts import paths
from scripts.web.view.words import LOCALE

_NO_CLOCK = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
POT = LOCALE / "messages.pot"
_JINJA = (
    "jinja2",
    {
        "extensions": "jinja2.ext.i18n",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
    },
)
_SOURCES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("overrides/**/*.html", *_JINJA),
    ("scripts/web/templates/datasette/*.html", *_JINJA),
    ("scripts/web/templates/records/*.*ml", *_JINJA),
    ("scripts/web/**/*.py", "python", {}),
    ("scripts/publish/templates/*.html", *_JINJA),
)
# `Words.text` and `Words.plural` in code.
_KEYWORDS: dict[str, Any] = {**DEFAULT_KEYWORDS, "text": None, "plural": (1, 2)}


def collect_messages(root: Path) -> Catalog:
    """Every message below ``root``, sorted, with the files that say it."""
    catalogue = Catalog(
        project="287(g) Archive",
        version="1",
        charset="utf-8",
        creation_date=_NO_CLOCK,
        revision_date=_NO_CLOCK,
    )
    for place, message in sorted(_messages(root), key=repr):
        catalogue.add(message, locations=[(place, 0)])
    return catalogue


def _messages(root: Path) -> Iterator[tuple[str, Any]]:
    for pattern, method, options in _SOURCES:
        for path in root.glob(pattern):
            with path.open("rb") as stream:
                for _, message, _, _ in extract(method, stream, _KEYWORDS, options=options):
                    yield path.relative_to(root).as_posix(), message


def catalogue_text(root: Path) -> str:
    """The catalogue as a file's text, without line numbers."""
    stream = io.BytesIO()
    write_po(stream, collect_messages(root), sort_output=True, include_lineno=False, width=100)
    return stream.getvalue().decode("utf-8")


if __name__ == "__main__":
    POT.write_text(catalogue_text(paths.ROOT), encoding="utf-8", newline="\n")
