"""What a run would ask for, in words, before it asks: files, bytes, hosts."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from scripts.fetch.collect import Wanted
from scripts.fetch.ice_page import LISTS_FOLDER

_CAPTURES = "web.archive.org"


def plan_text(wanted: Sequence[Wanted]) -> str:
    """How many files, how many bytes of those whose size is known, and from which hosts."""
    if not wanted:
        return "Nothing is missing: every file that the records name by its hash is held."
    known = [one.bytes for one in wanted if one.bytes is not None]
    size = f"{sum(known) / 1e6:,.1f} MB in {len(known):,} of them"
    unknown = len(wanted) - len(known)
    rest = f"; the size of {unknown:,} is not known" if unknown else ""
    return (
        f"To ask for: {len(wanted):,} files ({size}{rest}), one at a time, from {hosts(wanted)}. "
        "It can be stopped and started again: what is held is not asked for twice."
    )


def hosts(wanted: Sequence[Wanted]) -> str:
    """The hosts in the order in which they are asked: publisher, web archive, public copies."""
    first = [urlsplit(address).netloc for one in wanted for address in one.addresses]
    lists = [urlsplit(LISTS_FOLDER).netloc] if any(one.want == "workbook" for one in wanted) else []
    last = [urlsplit(address).netloc for one in wanted for address in one.copies]
    publishers = sorted({host for host in (*first, *lists) if host != _CAPTURES})
    return ", then ".join(dict.fromkeys((*publishers, _CAPTURES, *sorted(set(last)))))
