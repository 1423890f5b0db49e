"""Names of agencies as printed: how they are shown, and the key under which they are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")

# One spelling for words that ICE abbreviates now and then; each stands for nothing else in a name.
_SPELLED_OUT = {
    "dept": "department",
    "depart": "department",
    "pd": "police department",
    "dps": "department of public safety",
    "doc": "department of corrections",
    "bocc": "board of county commissioners",
    "co": "county",
    "cnty": "county",
    "twp": "township",
    "boro": "borough",
    "ft": "fort",
    "saint": "st",
    "univ": "university",
    "sheriff": "sheriffs",
    "constable": "constables",
    "pct": "precinct",
}


def squeeze(text: str) -> str:
    """Text without spaces at its edges and with single ones inside (no-break spaces included)."""
    return " ".join(text.split())


@cache
def plain(text: str) -> str:
    """Lower-case words of plain letters and digits, apostrophes closed up, ``&`` as ``and``."""
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in letters if not unicodedata.combining(c))
    words = _APOSTROPHES.sub("", text.lower()).replace("&", " and ")
    return _NOT_A_WORD.sub(" ", words).strip()


@cache
def name_key(text: str) -> str:
    """The key of a printed name: two names with one key are the same spelling for the archive.

    Case, spaces, punctuation, curly apostrophes and plain abbreviations do not count.
    """
    return " ".join(_SPELLED_OUT.get(word, word) for word in plain(text).split())


def display_name(text: str) -> str:
    """A printed name as the archive writes it: squeezed, with straight apostrophes."""
    return _APOSTROPHES.sub("'", squeeze(text))


def slug(text: str) -> str:
    """Text as a piece of an identifier: lower-case letters and digits joined by hyphens."""
    return plain(text).replace(" ", "-")
