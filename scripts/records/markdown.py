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
quotation marks. ``docs/learn/editing-excerpts.md`` explains the form to editors.
"""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from scripts.errors import ArchiveError, Problem
from scripts.records.curated import WORDLESS, CuratedDocument, Excerpt
from scripts.records.front_matter import FENCE, Faults, format_scalar, read_front_matter
from scripts.records.locators import format_locator, make_excerpt, read_values

FOLDER = "documents"
_IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


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
    faults = Faults(f"{FOLDER}/{identifier}.md")
    if not _IDENTIFIER.fullmatch(identifier):
        faults.add(1, "file name", identifier, "lower-case words joined by hyphens")
    lines = text.split("\n")
    front, body_from = read_front_matter(lines, faults)
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
        "\n".join(
            [FENCE, *(f"{key}: {format_scalar(value)}" for key, value in front.items()), FENCE]
        )
    ]
    if document.summary:
        parts.append(document.summary)
    for excerpt in document.excerpts:
        parts.append(f"## {excerpt.title}")
        parts.append(format_locator(excerpt))
        if excerpt.annotation:
            parts.append(excerpt.annotation)
    return "\n\n".join(parts) + "\n"


def _body(
    body: str, offset: int, identifier: str, faults: Faults
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


def _refuse_html(body: str, offset: int, faults: Faults) -> None:
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
    faults: Faults,
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
    values = read_values(fence.content, first + offset + 2, faults)
    return make_excerpt(values, first + offset + 1, identifier, title, annotation, faults)


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
