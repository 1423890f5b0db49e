"""What ICE's page about the programme links to, and where the Wayback Machine keeps copies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from urllib.parse import quote, urljoin, urlsplit

from lxml import html

from scripts.lists.links import unwrap

ICE_PAGE = "https://www.ice.gov/identify-and-arrest/287g"
LISTS_FOLDER = "https://www.ice.gov/doclib/about/offices/ero/287g/"
_LIST = re.compile(r"(?:participating|pending)[^/]*\.xlsx$", re.I)
_DOWNLOAD = re.compile(r"/file-download/(?:.+/)?\d+/?$", re.I)
_NAMED = re.compile(r"\b(?:participating|pending)\b.*\bagenc(?:y|ies)\b", re.I)
_TIME = re.compile(r"^\d{14}$")


def list_addresses(page: bytes, base: str) -> tuple[str, ...]:
    """Addresses of the lists that a page links to, unwrapped, in the order of the page.

    An address that says nothing of the file (``/file-download/download/public/209067``) is a list
    where the link's own words name one.
    """
    if not page.strip():
        return ()
    found = []
    for link in html.fromstring(page).iter("a"):
        target = link.get("href")
        address = unwrap(urljoin(base, target.strip())) if target else None
        if address is None:
            continue
        words = " ".join("".join(map(str, link.itertext())).split())
        path = urlsplit(address).path
        if _LIST.search(path) or (_DOWNLOAD.search(path) and _NAMED.search(words)):
            found.append(address)
    return tuple(dict.fromkeys(found))


def captures_query(address: str) -> str:
    """The address at which the Wayback Machine lists its distinct good captures of a file."""
    return (
        f"https://web.archive.org/cdx/search/cdx?url={quote(address, safe='')}&output=json"
        "&fl=timestamp,digest&filter=statuscode:200&collapse=digest"
    )


def capture_addresses(answer: bytes, address: str) -> tuple[str, ...]:
    """Where each distinct content can be had unchanged (``id_``), the newest first.

    ``answer`` is a JSON array of rows, the first of which names the columns; anything else is no
    capture.
    """
    try:
        rows = json.loads(answer or b"[]")
        times = {str(row[1]): str(row[0]) for row in rows[1:]}
    except (ValueError, TypeError, LookupError):
        return ()
    return tuple(_captures(times.values(), address))


def _captures(times: Iterable[str], address: str) -> Iterable[str]:
    for time in sorted((time for time in times if _TIME.match(time)), reverse=True):
        yield f"https://web.archive.org/web/{time}id_/{address}"
