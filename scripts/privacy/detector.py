"""A second look for contact details in what is about to be published.

Made to share nothing with the masker (`scripts.privacy.masking`): it has no patterns of addresses
and numbers, but walks over groups of digits and their gaps, and over the neighbourhood of signs and
domain endings, so that what one overlooks the other may see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Kind = Literal["e-mail address", "telephone number", "street address"]
_GROUPS = frozenset(
    ((3, 3, 4), (10,), (3, 7), (6, 4), (1, 3, 3, 4), (1, 10), (11,), (3, 3, 2, 2), (3, 4, 3))
)
_BEGINNINGS = frozenset(shape[:count] for shape in _GROUPS for count in range(1, 5))
_CONFUSED = str.maketrans("OoQDlI|!SsBZ", "000011115582")
_DIGIT_LIKE = frozenset("OoQDlI|!SsBZ")
_DIGITS = frozenset("0123456789")
_GAP = frozenset(" \t.-–—‑()[]·•,:~_*+'\n")
_ENDINGS = (".gov", ".com", ".org", ".net", ".us", ".edu", ".mil")
_BARE_ENDINGS = tuple(ending[1:] for ending in _ENDINGS)
_SUFFIXES = frozenset(
    (
        *("street", "st", "avenue", "ave", "road", "rd", "drive", "dr", "lane", "ln"),
        *("boulevard", "blvd", "court", "ct", "highway", "hwy", "parkway", "pkwy"),
    )
)


@dataclass(frozen=True)
class Finding:
    """One thing that looks like a person's contact detail; ``seen`` is shown to nobody but us."""

    kind: Kind
    seen: str


def find_details(
    text: str, allowed: Collection[str], *, streets: bool = False
) -> tuple[Finding, ...]:
    """What in a text looks like a contact detail and is not an office's.

    ``allowed`` holds offices' lines and mailboxes as digits and letters only, in lower case
    (`squeeze`). Street addresses are looked for only where ``streets`` asks for them.
    """
    found = [*_emails(text), *_telephones(text), *(_streets(text) if streets else ())]
    return tuple(finding for finding in found if not _is_allowed(finding, allowed))


def find_posted(text: str, known: Collection[str] = ()) -> tuple[Finding, ...]:
    """Street addresses with a postal code soon after, but for ``known`` ones (as `squeeze` gives).

    For texts in which a number before the word court or highway is no address.
    """
    lines = _untagged(text).replace('"', " ").replace(",", ", ").split("\n")
    found: list[Finding] = []
    for index, line in enumerate(lines):
        for finding in _streets(line):
            after = line.partition(finding.seen.split()[-1])[2].split()
            after += " ".join(lines[index + 1 : index + 3]).split()
            is_posted = any(_is_postal(word) for word in after[:8])
            if is_posted and squeeze(finding.seen) not in known:
                found.append(finding)
    return tuple(found)


def stands_in(finding: Finding, text: str) -> bool:
    """Whether most words of a finding stand in a text, so that it shows no more than that does."""
    words = set(text.lower().replace(",", " ").replace(".", " ").split())
    own = [word.strip(".,").lower() for word in finding.seen.split()]
    return sum(word in words for word in own) >= 0.6 * len(own)


def _untagged(text: str) -> str:
    """A text without what stands in pointed brackets."""
    parts = text.split("<")
    return parts[0] + "".join("\n" + part.partition(">")[2] for part in parts[1:])


def _is_postal(word: str) -> bool:
    plain = word.strip('.,;:()"')
    return plain[:5].isdecimal() and len(plain) in (5, 10) and plain[5:6] in ("", "-")


def squeeze(value: str) -> str:
    """Letters and digits only, in lower case."""
    return "".join(character for character in value.lower() if character.isalnum())


def _is_allowed(finding: Finding, allowed: Collection[str]) -> bool:
    seen = squeeze(finding.seen)
    if finding.kind == "telephone number":
        seen = squeeze(finding.seen.translate(_CONFUSED))
        return any(seen[-10:] == value[-10:] for value in allowed if value.isdecimal())
    return any(_close(seen, value) for value in allowed if not value.isdecimal())


def _close(seen: str, value: str) -> bool:
    """Equal but for a few misread letters (three in four pairs of neighbours), or cut off."""
    if len(seen) >= len(value):  # words may be stuck to its end
        wrong = sum(a != b for a, b in zip(seen, value, strict=False))
        if wrong <= len(value) // 6:
            return True
    own = {a + b for a, b in pairwise(value)}
    shared = own & {a + b for a, b in pairwise(seen)}
    is_cut = len(seen) >= 10 and value.startswith(seen)
    return is_cut or (len(shared) >= 0.75 * len(own) and len(seen) <= len(value) + 8)


def _emails(text: str) -> Iterator[Finding]:
    for line in text.split("\n"):
        words = line.split()
        for index, word in enumerate(words):
            if "@" in word:
                seen = word
                if word.startswith("@") and index:
                    seen = words[index - 1] + seen
                if word.endswith("@"):
                    seen += "".join(words[index + 1 : index + 4])  # dots may stand apart
                is_last = index + 1 == len(words)
                local, _, domain = seen.rpartition("@")
                if _is_domain(domain, is_last=is_last) and squeeze(local):
                    yield Finding("e-mail address", seen)
            elif _is_lost_sign(word):
                yield Finding("e-mail address", word)


def _is_domain(after: str, *, is_last: bool) -> bool:
    """Whether what follows the sign may be a domain: a dot or an ending, or cut off by the line.

    A bullet or a letter that reads as the sign is followed by a common word.
    """
    plain = after.lower().rstrip(".,;:)]>")
    return (
        "." in plain
        or plain.endswith(_BARE_ENDINGS)
        or (is_last and len(plain) >= 3 and plain == after.lower())
    )


def _is_lost_sign(word: str) -> bool:
    """A domain with a name stuck to it, its sign read as another letter: ``jdoe©county.gov``."""
    lower = word.lower().strip(".,;:()[]<>")
    if not lower.endswith(_ENDINGS) or "/" in lower or lower.startswith("www"):
        return False
    return any(sign in lower for sign in "©®¢€")


def _telephones(text: str) -> Iterator[Finding]:
    groups = list(_digit_groups(text))
    for first, (start, end, digits) in enumerate(groups):
        shape: tuple[int, ...] = (len(digits),)
        for begin, after, more in (*groups[first + 1 : first + 4], (0, 0, "")):
            if shape not in _BEGINNINGS:
                break
            if shape in _GROUPS and _is_telephone(digits, shape):
                if _stands_alone(text, start, end):
                    yield Finding("telephone number", text[start:end])
                break
            if not more or begin - end > 4 or not _is_gap(text[end:begin]):
                break
            digits, shape, end = digits + more, (*shape, len(more)), after


def _digit_groups(text: str) -> Iterator[tuple[int, int, str]]:
    """Runs of digits (start, end, digits); letters that stand for digits count among digits."""
    place = 0
    for word in text.split():  # no run goes over a space, and most words have no digit at all
        place = text.index(word, place)
        if not word.isalpha() and not _DIGITS.isdisjoint(word):
            yield from ((place + start, place + end, run) for start, end, run in _runs(word))
        place += len(word)


def _runs(word: str) -> Iterator[tuple[int, int, str]]:
    if word.isdecimal():
        yield 0, len(word), word
        return
    start: int | None = None
    for index, character in enumerate(word + " "):
        if character in _DIGITS or character in _DIGIT_LIKE:
            start = index if start is None else start
        elif start is not None:
            run = word[start:index]
            if 2 * sum(letter in _DIGITS for letter in run) >= len(run):
                yield start, index, run.translate(_CONFUSED)
            start = None


def _is_gap(gap: str) -> bool:
    return 0 < len(gap) <= 4 and all(character in _GAP for character in gap)


def _is_telephone(digits: str, shape: tuple[int, ...]) -> bool:
    if len(digits) == 11:
        if not digits.startswith("1"):
            return False
        digits = digits[1:]
    is_time = digits.startswith(("201", "202")) and shape == (10,)
    return digits[0] in "23456789" and digits[3] in "23456789" and not is_time


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    if before == "." and text[start - 2 : start - 1].isdecimal():
        return False  # the places after a point
    after = text[end : end + 1]
    return not (before.isalnum() or before in tuple("$/#=&%_")) and not (
        after.isalnum() or after in tuple("/_%=")
    )


def _streets(text: str) -> Iterator[Finding]:
    for line in text.split("\n"):
        words = [word.strip(".,;:()") for word in line.split()]
        for index, word in enumerate(words):
            if not (word.isdecimal() and len(word) <= 6):
                continue
            for length, other in enumerate(words[index + 1 : index + 6], 1):
                if other.lower() in _SUFFIXES and length > 1:
                    yield Finding("street address", " ".join(words[index : index + length + 1]))
                    break
