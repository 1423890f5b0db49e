"""The locator block of an excerpt: ``key: value`` lines, read strictly and written canonically."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from scripts.records.curated import MAXIMUM_WORDS, Excerpt, Locator
from scripts.records.front_matter import Faults

_REQUIRED = ("id", "page", "from", "to")
_LOCATOR_KEYS = (
    "id",
    "page",
    "to-page",
    "from",
    "page-end",
    "page-start",
    "to",
    "topics",
    "sha256",
    "checked",
)
_WORD_KEYS = ("from", "page-end", "page-start", "to")
_IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Value:
    """A value of a locator block and the line on which it stands."""

    text: str
    line: int


def format_locator(excerpt: Excerpt) -> str:
    """The locator block of an excerpt, as it stands in the file."""
    locator = excerpt.locator
    values = (
        excerpt.id,
        str(locator.page),
        None if locator.to_page is None else str(locator.to_page),
        locator.first_words,
        locator.page_end,
        locator.page_start,
        locator.last_words,
        ", ".join(excerpt.topics) or None,
        excerpt.sha256,
        None if excerpt.checked_on is None else excerpt.checked_on.isoformat(),
    )
    lines = [
        f"{key}: {value}"
        for key, value in zip(_LOCATOR_KEYS, values, strict=True)
        if value is not None
    ]
    return "\n".join(["```locator", *lines, "```"])


def read_values(content: str, first_line: int, faults: Faults) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for line, text in enumerate(content.rstrip("\n").split("\n"), first_line):
        key, colon, value = text.partition(":")
        key, value = key.strip(), value.strip()
        if not colon or key not in _LOCATOR_KEYS:
            faults.add(line, "locator", text, f"`key: value` with a key of {_listed()}")
        elif key in values:
            faults.add(line, key, value, f"a key that stands once; line {values[key].line} has it")
        elif not value:
            faults.add(line, key, None, "a value, or no such line where unknown")
        else:
            values[key] = Value(value, line)
    return values


def _listed() -> str:
    return ", ".join(_LOCATOR_KEYS)


def make_excerpt(
    values: Mapping[str, Value],
    line: int,
    identifier: str,
    title: str,
    annotation: str,
    faults: Faults,
) -> Excerpt | None:
    before = len(faults.problems)
    for key in _REQUIRED:
        if key not in values:
            faults.add(line, key, None, "a value: an excerpt has its id, page, from and to")
    for key in _WORD_KEYS:
        if key in values and len(values[key].text.split()) > MAXIMUM_WORDS:
            faults.add(values[key].line, key, values[key].text, f"at most {MAXIMUM_WORDS} words")
    _match(
        values,
        "id",
        re.compile(rf"{re.escape(identifier)}-e\d{{2,}}"),
        faults,
        f"{identifier}-e and two digits, as {identifier}-e01",
    )
    _match(values, "sha256", _SHA256, faults, "64 hexadecimal digits in lower case")
    page, to_page = _number(values, "page", faults), _number(values, "to-page", faults)
    if page is not None and to_page is not None and to_page != page + 1:
        faults.add(
            values["to-page"].line,
            "to-page",
            values["to-page"].text,
            f"the next page, {page + 1}; a passage spans two pages at most",
        )
    for key in ("page-end", "page-start"):
        if key in values and "to-page" not in values:
            faults.add(values[key].line, key, values[key].text, "`to-page` beside it")
    topics = _topics(values, faults)
    checked = _date(values, "checked", faults)
    if checked is not None and "sha256" not in values:
        faults.add(
            values["checked"].line,
            "checked",
            values["checked"].text,
            "`sha256` beside it: the date says that this wording was compared",
        )
    if len(faults.problems) > before or page is None:
        return None
    text = {key: value.text for key, value in values.items()}
    locator = Locator(
        page=page,
        to_page=to_page,
        first_words=text["from"],
        page_end=text.get("page-end"),
        page_start=text.get("page-start"),
        last_words=text["to"],
    )
    return Excerpt(
        text["id"], title, locator, topics, text.get("sha256"), checked, annotation, line
    )


def _match(
    values: Mapping[str, Value],
    key: str,
    pattern: re.Pattern[str],
    faults: Faults,
    expected: str,
) -> None:
    if key in values and not pattern.fullmatch(values[key].text):
        faults.add(values[key].line, key, values[key].text, expected)


def _number(values: Mapping[str, Value], key: str, faults: Faults) -> int | None:
    if key not in values:
        return None
    text = values[key].text
    if not re.fullmatch(r"[1-9]\d*", text):
        faults.add(values[key].line, key, text, "a page of the file, counted from 1")
        return None
    return int(text)


def _topics(values: Mapping[str, Value], faults: Faults) -> tuple[str, ...]:
    if "topics" not in values:
        return ()
    topics = tuple(topic.strip() for topic in values["topics"].text.split(","))
    for topic in topics:
        if not _IDENTIFIER.fullmatch(topic) or topics.count(topic) > 1:
            faults.add(
                values["topics"].line, "topics", topic, "ids of topics.csv, each once, with commas"
            )
    return topics


def _date(values: Mapping[str, Value], key: str, faults: Faults) -> dt.date | None:
    if key not in values:
        return None
    text = values[key].text
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            pass
    faults.add(values[key].line, key, text, "a date, as 2026-11-22")
    return None
