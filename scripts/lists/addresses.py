"""Addresses of files on the publisher's site, in one spelling."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote, unquote, urlsplit


@cache
def canonical_address(address: str) -> str:
    """One spelling of an address on the publisher's site: https, host, path quoted once."""
    parts = urlsplit(re.sub(r"^(https?):/+", r"\1://", address.strip()))
    path = quote(unquote(parts.path), safe="/~!$&'()*+,;=:@-._")
    scheme = "https" if parts.scheme == "http" else parts.scheme
    query = f"?{parts.query}" if parts.query else ""
    return f"{scheme}://{parts.netloc.lower()}{path}{query}"


def file_name_of(address: str) -> str:
    """The file name at the end of an address, decoded."""
    return unquote(urlsplit(address).path.rsplit("/", 1)[-1]).strip()
