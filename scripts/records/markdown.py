"""The Markdown form of a curated document, read strictly and written canonically.

::

    ---
    title: Memorandum of Agreement with the Example County Sheriff
    kind: memorandum
    provenance: official-record
    access: public
    ---

    A summary in our own words.

    ## A heading in our own words

    ```locator
    id: moa-example-e01
    page: 4
    from: the first few words
    to: and the last few
    topics: costs, training
    sha256: 64 hexadecimal digits, of the wording
    checked: 2026-11-22
    ```

    An annotation in our own words.

A locator's lines are ``key: value``, the value as it stands up to the end of the line, without
quotation marks. ``docs/editing-excerpts.md`` explains the form to editors.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import ValidationError

from scripts.errors import ArchiveError, Problem
from scripts.records.curated import (
    MAXIMUM_WORDS,
    WORDLESS,
    CuratedDocument,
    Excerpt,
    FrontMatter,
    Locator,
)

FOLDER = "documents"
_FENCE = "---"
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
class _Value:
    """A value of a locator block and the line on which it stands."""

    text: str
    line: int


class _Faults:
    """Collects what is wrong in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, line: int, field: str, seen: str | None, expected: str, remedy: str = "") -> None:
        """One problem more; ``seen`` is shown quoted, ``None`` for what is not there."""
        shown = "nothing" if seen is None else repr(seen)
        self.problems.append(Problem(f"{self.file}:{line}", field, shown, expected, remedy))


def read_documents(records: Path, *, canonical: bool = False) -> tuple[CuratedDocument, ...]:
    """Every ``documents/*.md`` below ``records``, sorted by id.

    With ``canonical`` a file that is not in canonical form is a problem too. Raises `ArchiveError`
    with all problems of all files.
    """
    documents: list[CuratedDocument] = []
    problems: list[Problem] = []
    for path in sorted((records / FOLDER).glob("*.md")):
        try:
            with path.open(encoding="utf-8", newline="") as stream:
                text = stream.read()
            documents.append(parse_document(text, path.stem, canonical=canonical))
        except UnicodeDecodeError as error:
            problems.append(Problem(f"{FOLDER}/{path.name}", "", str(error), "UTF-8 text"))
        except ArchiveError as error:
            problems.extend(error.problems)
    problems.extend(_repeated_ids(documents))
    if problems:
        raise ArchiveError(problems)
    return tuple(documents)


def parse_document(text: str, identifier: str, *, canonical: bool = False) -> CuratedDocument:
    """One curated document from the text of its file ``documents/<identifier>.md``.

    Raises `ArchiveError` with every problem of the file, each with its line.
    """
    faults = _Faults(f"{FOLDER}/{identifier}.md")
    if not _IDENTIFIER.fullmatch(identifier):
        faults.add(1, "file name", identifier, "lower-case words joined by hyphens")
    lines = text.split("\n")
    front, body_from = _front_matter(lines, faults)
    body = "\n".join(lines[body_from:])
    summary, excerpts = _body(body, body_from, identifier, faults)
    if front is not None and excerpts and front.provenance in WORDLESS:
        faults.add(
            excerpts[0].line,
            "from",
            excerpts[0].locator.first_words,
            f"no excerpt: of a {front.provenance} the records keep facts and locators, no words",
        )
    if faults.problems or front is None:
        raise ArchiveError(faults.problems)
    document = CuratedDocument(identifier, front, summary, excerpts)
    if canonical and (problem := _not_canonical(document, text)) is not None:
        raise ArchiveError([problem])
    return document


def format_document(document: CuratedDocument) -> str:
    """The canonical text of a curated document."""
    front = document.front.model_dump(exclude_none=True)
    parts = [
        "\n".join([_FENCE, *(f"{key}: {_scalar(value)}" for key, value in front.items()), _FENCE])
    ]
    if document.summary:
        parts.append(document.summary)
    for excerpt in document.excerpts:
        parts.append(f"## {excerpt.title}")
        parts.append(format_locator(excerpt))
        if excerpt.annotation:
            parts.append(excerpt.annotation)
    return "\n\n".join(parts) + "\n"


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


def _scalar(value: str) -> str:
    """A YAML value: plain where it reads back as itself, else in double quotes."""
    try:
        if yaml.load(f"key: {value}", yaml.BaseLoader) == {"key": value}:
            return value
    except yaml.YAMLError:
        pass
    return json.dumps(value, ensure_ascii=False)


def _front_matter(lines: list[str], faults: _Faults) -> tuple[FrontMatter | None, int]:
    """The front matter, and the index of the first line after it."""
    if lines[0] != _FENCE:
        faults.add(1, "front matter", lines[0], "a first line that is ---")
        return None, 0
    if _FENCE not in lines[1:]:
        faults.add(1, "front matter", "no second ---", "a line that is --- after the front matter")
        return None, len(lines)
    end = lines.index(_FENCE, 1)
    values, places = _mapping("\n".join(lines[1:end]), faults)
    try:
        return FrontMatter.model_validate(values), end + 1
    except ValidationError as error:
        for detail in error.errors():
            key = str(detail["loc"][0])
            if key in values or key not in places:  # else it has been reported above
                faults.add(places.get(key, 1), key, values.get(key), _expected(str(detail["msg"])))
        return None, end + 1


def _expected(message: str) -> str:
    """pydantic's message, as what was expected."""
    known = {
        "Field required": "a value",
        "Extra inputs are not permitted": f"one of {', '.join(FrontMatter.model_fields)}",
    }
    return known.get(message, message.removeprefix("Input should be ").removeprefix("String "))


def _mapping(source: str, faults: _Faults) -> tuple[dict[str, str], dict[str, int]]:
    """Keys and values of the front matter as text, and each key's line in the file.

    ``BaseLoader`` gives no value a type, so that ``NO`` and ``01001`` stay as written.
    """
    values: dict[str, str] = {}
    places: dict[str, int] = {}
    try:
        node = yaml.compose(source, yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = 2 + (error.problem_mark.line if error.problem_mark else 0)
        faults.add(
            line,
            "front matter",
            str(error.problem),
            "`key: value`",
            "Put a value that holds a colon and a space into double quotes",
        )
        return values, places
    for key, value in _entries(node):
        line = key.start_mark.line + 2
        if not isinstance(value, yaml.ScalarNode):
            faults.add(line, str(key.value), "a list or a mapping", "one value on one line")
        elif key.value in values:
            faults.add(line, str(key.value), str(value.value), "a key that stands once")
        elif value.value == "":
            faults.add(line, str(key.value), None, "a value, or no such line where unknown")
        else:
            values[str(key.value)] = str(value.value)
        places.setdefault(str(key.value), line)
    return values, places


def _entries(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from node.value


def _body(
    body: str, offset: int, identifier: str, faults: _Faults
) -> tuple[str, tuple[Excerpt, ...]]:
    """Summary and excerpts; ``offset`` is the number of lines before the body in the file."""
    lines = body.split("\n")
    tokens = MarkdownIt("commonmark", {"html": False}).parse(body)
    _refuse_html(body, offset, faults)
    heads = [i for i, token in enumerate(tokens) if token.type == "heading_open"]
    for i in heads:
        if tokens[i].markup != "##" or tokens[i].level:
            faults.add(
                _line(tokens[i], offset),
                "heading",
                tokens[i + 1].content,
                "headings only of the form `## Heading`, one above each excerpt",
            )
    heads = [i for i in heads if tokens[i].markup == "##" and not tokens[i].level]
    begins = [_span(tokens[i])[0] for i in heads]
    summary = _text(lines[: begins[0]] if begins else lines)
    if not summary:
        faults.add(offset + 1, "summary", None, "a summary in our own words")
    excerpts: list[Excerpt] = []
    for i, end in zip(heads, [*begins, len(lines)][1:], strict=True):
        excerpt = _excerpt(tokens, i, lines, end, offset, identifier, faults)
        if excerpt is not None:
            excerpts.append(excerpt)
    return summary, tuple(excerpts)


def _refuse_html(body: str, offset: int, faults: _Faults) -> None:
    """HTML would be shown as text; say so instead."""
    for token in MarkdownIt("commonmark", {"html": True}).parse(body):
        raw = token.type == "html_block"
        for part in token.children or ():
            raw = raw or part.type == "html_inline"
        if raw:
            faults.add(_line(token, offset), "", token.content.strip(), "Markdown without HTML")


def _span(token: Token) -> tuple[int, int]:
    assert token.map is not None
    return token.map[0], token.map[1]


def _line(token: Token, offset: int) -> int:
    return _span(token)[0] + offset + 1


def _text(lines: list[str]) -> str:
    """Lines as one text: no blank lines around it, no spaces at line ends."""
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _excerpt(
    tokens: list[Token],
    head: int,
    lines: list[str],
    end: int,
    offset: int,
    identifier: str,
    faults: _Faults,
) -> Excerpt | None:
    title = tokens[head + 1].content
    line = _line(tokens[head], offset)
    fence = tokens[head + 3] if head + 3 < len(tokens) else None
    if fence is None or fence.type != "fence" or fence.info.strip() != "locator":
        faults.add(
            line, "heading", title, "a block ```locator … ``` under the heading of an excerpt"
        )
        return None
    first, after = _span(fence)
    annotation = _text(lines[after:end])
    if not annotation:
        faults.add(line, "annotation", None, "an annotation below the locator block")
    if not title:
        faults.add(line, "heading", None, "a heading in our own words")
    values = _locator_values(fence.content, first + offset + 2, faults)
    return _checked_excerpt(values, first + offset + 1, identifier, title, annotation, faults)


def _locator_values(content: str, first_line: int, faults: _Faults) -> dict[str, _Value]:
    values: dict[str, _Value] = {}
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
            values[key] = _Value(value, line)
    return values


def _listed() -> str:
    return ", ".join(_LOCATOR_KEYS)


def _checked_excerpt(
    values: Mapping[str, _Value],
    line: int,
    identifier: str,
    title: str,
    annotation: str,
    faults: _Faults,
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
    values: Mapping[str, _Value],
    key: str,
    pattern: re.Pattern[str],
    faults: _Faults,
    expected: str,
) -> None:
    if key in values and not pattern.fullmatch(values[key].text):
        faults.add(values[key].line, key, values[key].text, expected)


def _number(values: Mapping[str, _Value], key: str, faults: _Faults) -> int | None:
    if key not in values:
        return None
    text = values[key].text
    if not re.fullmatch(r"[1-9]\d*", text):
        faults.add(values[key].line, key, text, "a page of the file, counted from 1")
        return None
    return int(text)


def _topics(values: Mapping[str, _Value], faults: _Faults) -> tuple[str, ...]:
    if "topics" not in values:
        return ()
    topics = tuple(topic.strip() for topic in values["topics"].text.split(","))
    for topic in topics:
        if not _IDENTIFIER.fullmatch(topic) or topics.count(topic) > 1:
            faults.add(
                values["topics"].line, "topics", topic, "ids of topics.csv, each once, with commas"
            )
    return topics


def _date(values: Mapping[str, _Value], key: str, faults: _Faults) -> dt.date | None:
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


def _repeated_ids(documents: list[CuratedDocument]) -> list[Problem]:
    seen: dict[str, str] = {}
    problems: list[Problem] = []
    for document in documents:
        for excerpt in document.excerpts:
            place = f"{document.file}:{excerpt.line}"
            if excerpt.id in seen:
                problems.append(
                    Problem(place, "id", repr(excerpt.id), f"an id of its own; {seen[excerpt.id]}")
                )
            seen.setdefault(excerpt.id, place)
    return problems


def _not_canonical(document: CuratedDocument, text: str) -> Problem | None:
    expected = format_document(document)
    if expected == text:
        return None
    pairs = zip((text + "\0").split("\n"), (expected + "\0").split("\n"), strict=False)
    for number, (seen, wanted) in enumerate(pairs, 1):
        if seen != wanted:
            return Problem(
                f"{document.file}:{number}",
                "",
                repr(seen.rstrip("\0")),
                f"{wanted.rstrip(chr(0))!r} (canonical form)",
                "Run `python -m scripts check --write` to rewrite the file",
            )
    return None
