"""Words, dates and numbers in the reader's language, from one gettext catalogue.

The catalogue is ``locale/messages.pot``; a language is a file ``locale/<xx>/LC_MESSAGES/
messages.po``, read at start (no compiled catalogue is kept in git).
"""

from __future__ import annotations

import datetime as dt
import gettext
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALE = Path(__file__).parents[1] / "locale"


@cache
def read_catalogue(language: str, folder: Path = LOCALE) -> gettext.NullTranslations:
    """The catalogue of a language; English stands in the templates themselves."""
    path = folder / language / "LC_MESSAGES" / "messages.po"
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


# Lists whose date is not the one in their identifier: identifier, date, half-day.
Dated = tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True)
class Words:
    """One language: its catalogue, and how it writes dates, numbers and the names of lists.

    A list keeps its identifier where it turns out to have been published earlier; ``dated`` has
    the dates of those.
    """

    language: str = "en"
    folder: Path = LOCALE
    dated: Dated = ()

    def text(self, message: str, **values: object) -> str:
        """The message in this language, with ``%(name)s`` filled in."""
        translated = read_catalogue(self.language, self.folder).gettext(message)
        return translated % values if values else translated

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The message for a count, which it can name as ``%(count)s``."""
        translated = read_catalogue(self.language, self.folder).ngettext(one, many, count)
        return translated % {"count": self.number(count), **values}

    def date(self, iso: str | None) -> str:
        """``25 February 2025``, ``February 2025`` or ``2025`` for an ISO date, month or year."""
        return _spell_date(self.language, iso[:10], "d MMMM y") if iso else ""

    def short_date(self, iso: str | None) -> str:
        """``25 Feb 2025``, for tables."""
        return _spell_date(self.language, iso[:10], "d MMM y") if iso else ""

    def number(self, value: int | float) -> str:
        """``1,843``."""
        return str(format_decimal(value, locale=self.language))

    def list_name(self, publication_id: str) -> str:
        """``16 May 2025 (am)`` for ``2025-05-16-am`` or ``pending-2025-05-16-am``."""
        day, half = _dates(self.dated).get(publication_id) or _named(publication_id)
        return self.date(day) + (f" ({half})" if half else "")


@cache
def _dates(dated: Dated) -> dict[str, tuple[str, str]]:
    return {name: (day, (half or "").replace("-", " ")) for name, day, half in dated}


def _named(publication_id: str) -> tuple[str, str]:
    """The date and half-day that most lists have in their identifier, with a mark such as ``2``."""
    bare = publication_id.removeprefix("pending-")
    return bare[:10], bare[11:].replace("-", " ")


@cache
def _spell_date(language: str, iso: str, pattern: str) -> str:
    """A date in words; a month or a year without what it lacks; anything else as it stands."""
    parts = iso.split("-")
    shown = {1: "y", 2: "MMMM y"}.get(len(parts), pattern)
    try:
        year, month, day = (int(part) for part in (*parts, "1", "1")[:3])
        return str(format_date(dt.date(year, month, day), shown, locale=language))
    except ValueError:
        return iso


ENGLISH = Words()
