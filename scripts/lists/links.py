"""The publisher's address inside a link that mail programs, browsers and archives wrapped."""

from __future__ import annotations

import functools
import re
from urllib.parse import parse_qs, quote, unquote, urlsplit, urlunsplit

_EXTENSION = re.compile(r"^(?:chrome|moz|safari-web)-extension://[^/]+/", re.I)
_CAPTURE = re.compile(r"^https?://web\.archive\.org/web/\d{1,14}(?:[a-z]{2}_)?/", re.I)
_URLDEFENSE = re.compile(r"^https?://urldefense\.com/v3/__(?P<url>.+?)__;", re.I)
_SLASHES = re.compile(r"^(https?):/*", re.I)
_HOST = re.compile(r"^[a-z0-9-]+(?:\.[a-z0-9-]+)+$")
_LAYERS = 6  # nobody wraps more often; what is left after that is no address


@functools.lru_cache(maxsize=65536)
def unwrap(link: str) -> str | None:
    """The publisher's own address in canonical form, or ``None`` where there is none.

    Takes off Outlook "safelinks" (whose other parameters carry the reader's e-mail address),
    browser extensions, other mail guards and ``web.archive.org`` prefixes; mends one slash;
    ``http`` becomes ``https``, the host small, spaces ``%20``; the path keeps its case. A link
    within the workbook, a mail address, and whatever still holds an ``@`` are no address.
    """
    address = link.strip().strip("\u200b\xa0 ")
    for _ in range(_LAYERS):
        inner = _without_wrapper(address)
        if inner == address:
            return _canonical(address)
        address = inner
    return None


def is_wrapped(link: str) -> bool:
    """Whether a link is more than the publisher's address."""
    mended = _SLASHES.sub(lambda match: f"{match[1]}://", link.strip())
    return _without_wrapper(mended) != mended


def _without_wrapper(address: str) -> str:
    address = _SLASHES.sub(lambda match: f"{match[1].lower()}://", address)
    for prefix in (_EXTENSION, _CAPTURE):
        address = prefix.sub("", address)
    if guarded := _URLDEFENSE.match(address):
        return guarded["url"]
    host, query = _host_and_query(address)
    if host.endswith(("safelinks.protection.outlook.com", "safelinks.protection.office365.us")):
        return parse_qs(query).get("url", [""])[0]
    if host in ("www.google.com", "google.com") and urlsplit(address).path == "/url":
        inner = parse_qs(query)
        return (inner.get("url") or inner.get("q") or [""])[0]
    return address


def _host_and_query(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").lower(), parts.query
    except ValueError:
        return "", ""


def _canonical(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not _HOST.match(host):
        return None
    path = quote(unquote(parts.path).rstrip(), safe="/!$&'()*+,;=:~-._")
    rest = (path or "/", parts.query, parts.fragment)
    if any("@" in unquote(unquote(part)) for part in (parts.netloc, *rest)):
        return None
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    return urlunsplit(("https", netloc, *rest))
