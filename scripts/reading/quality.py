"""How good the text of a page is, from 0 (garbage) to 1 (clean), and the repair of known damage.

A dictionary test and a shape test together: a word counts whole when it stands in ``words.txt``
(the vocabulary of the memoranda themselves, words that at least ten held files print in lower
case, plus common English; no wordlist package was worth its size for documents of which 97
percent is one template), in part when all its letter triples occur in those words, and not at all
otherwise. Letters weigh, not words. Numbers and
addresses say nothing of how well a page was read.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

GOOD = 0.85  # from here on embedded text is taken as it is
_TOKEN = re.compile(r"\S+")
_NUMERIC = re.compile(
    r"[\d$#%().,:;/§&*+=–—-]+|\(?\d+(?:\(\w{1,3}\))+[.,;:)]*|\(?[ivxlIVXL]{1,5}[.)]{1,2}|\(?[A-Za-z0-9][.)]|[Ⅰ-Ⅻ]"
)
_ADDRESS = re.compile(r"\w@\w|https?://|www\.|\w\.(?:gov|com|org|net)\b", re.I)
_EDGES = "\"'“”‘’.,;:!?()[]{}<>«»*_-–—/\\|•·…"
_PLAIN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*\Z")
_BLANKS = re.compile(r"[_.\-–—=~]{3,}")


@cache
def known_words() -> frozenset[str]:
    """The dictionary, in lower case."""
    return frozenset(Path(__file__).with_name("words.txt").read_text("utf-8").split())


@cache
def _triples() -> frozenset[str]:
    return frozenset(triple for word in known_words() for triple in _triples_of(word))


def _triples_of(word: str) -> list[str]:
    framed = f"^{word}$"
    return [framed[index : index + 3] for index in range(len(framed) - 2)]


def measure_quality(text: str) -> float | None:
    """Quality of a page's text, rounded to hundredths; ``None`` where there is nothing to judge."""
    weight = value = 0.0
    for token in _TOKEN.findall(_BLANKS.sub(" ", text)):
        if _NUMERIC.fullmatch(token) or _ADDRESS.search(token):
            continue
        size = len(token.strip(_EDGES)) or 0.5
        weight += size
        value += size * word_value(token.strip(_EDGES))
    return round(value / weight, 2) if weight >= 3 else None


def is_known(token: str) -> bool:
    """Whether a token is a dictionary word, an abbreviation or a number, marks aside."""
    return _NUMERIC.fullmatch(token) is not None or word_value(token.strip(_EDGES)) == 1.0


@cache
def word_value(word: str) -> float:
    """How much like a word it is, from 0 to 1: known, shaped like one, or neither."""
    parts = re.split(r"[-–—/&.,]+", word)
    if len(parts) > 1:
        parts = [part for part in parts if part]
        return sum(map(word_value, parts)) / len(parts) if parts else 0.0
    lower = word.lower().replace("’", "'")
    stem = re.sub(r"(?:'s|s'|\(s\)|')\Z", "", lower)
    if lower in known_words() or stem in known_words() or (word.isupper() and 1 < len(word) <= 5):
        return 1.0
    if word.isdecimal() or re.fullmatch(r"\d+\(?[a-zA-Z)]{0,3}(?:st|nd|rd|th)?", word):
        return 1.0
    if not _PLAIN.match(word) or len(word) < 2:
        return 0.0
    triples = _triples_of(re.sub(r"[^a-z]", "", stem))
    share = sum(triple in _triples() for triple in triples) / len(triples)
    if re.search(r"[a-z][A-Z]", word) and not re.match(r"(?:Mc|Mac|De|La|O['’])[A-Z]", word):
        share /= 2
    return (0.9 if word[0].isupper() else 0.8) * share if share >= 0.6 else 0.0
