"""Text as the full-text index sees it: cleaned, folded, cut into words."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def clean(text: str) -> str:
    """Text as it is searched: no control characters or lone surrogates, straight quotes, NFC."""
    text = text.encode("utf-8", "ignore").decode()
    text = re.sub(r"[“”„«»]", '"', unicodedata.normalize("NFC", text))
    text = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    return " ".join(text.split())


def fold(text: str) -> str:
    """Lower case without diacritics, as the index folds (``unicode61 remove_diacritics 2``)."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize(
        "NFC", "".join(sign for sign in parts if unicodedata.category(sign) != "Mn")
    )


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as the index sees them."""
    return tuple(_WORD.findall(fold(text)))


def filter_tag(name: str, value: str) -> str:
    """One filter as a word of the index (as `scripts.search.index.filter_tag` writes it)."""
    return re.sub(r"[^a-z0-9]", "", f"{name}{value}".lower())
