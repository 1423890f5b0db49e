"""The editors' form: read strictly, written back as it was, every mistake with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.errors import ArchiveError
from scripts.records.markdown import format_document, parse_document, read_documents

SHA = "0" * 64
WHOLE = f"""---
title: "Example: Memorandum of Agreement"
kind: memorandum
publisher: U.S. Immigration and Customs Enforcement
published: 2025-02
address: https://www.example.gov/a.pdf
sha256: {SHA}
pages: 9
provenance: official-record
access: public
note: NO
---

A summary in *our* words.

Its second paragraph.

## Who pays

```locator
id: moa-x-e01
page: 4
to-page: 5
from: costs: the "AGENCY" is
page-end: of the page.
page-start: The next
to: 287(g) *officers*.
topics: costs, training
sha256: {SHA}
checked: 2026-11-22
```

An annotation.

- with a list

```
## not a heading
```

## Not yet checked

```locator
id: moa-x-e02
page: 6
from: one
to: two
```

Another.
"""


def problems_of(text: str, name: str = "moa-x", **options: bool) -> list[str]:
    with pytest.raises(ArchiveError) as caught:
        parse_document(text, name, **options)
    return [str(problem) for problem in caught.value.problems]


def test_the_whole_form_is_read_and_written_back() -> None:
    document = parse_document(WHOLE, "moa-x", canonical=True)
    assert format_document(document) == WHOLE
    assert document.front.title == "Example: Memorandum of Agreement"
    assert document.front.note == "NO"  # not False
    assert document.summary == "A summary in *our* words.\n\nIts second paragraph."
    first, second = document.excerpts
    assert first.title == "Who pays"
    assert first.locator.first_words == 'costs: the "AGENCY" is'
    assert first.locator.last_words == "287(g) *officers*."
    assert first.topics == ("costs", "training")
    assert first.annotation.endswith("```\n## not a heading\n```")
    assert WHOLE.split("\n")[first.line - 1] == "```locator"
    assert second.checked_on is None
    assert second.sha256 is None


@pytest.mark.parametrize("value", ["NO", "01001", "2025-02-03", "null", "~", "1e3", "a: b", "#x"])
def test_front_matter_has_no_types(value: str) -> None:
    """``fips: 01001`` once became 513 and ``state: NO`` became False, elsewhere."""
    import json

    text = WHOLE.replace("note: NO", f"note: {json.dumps(value)}")
    document = parse_document(text, "moa-x")
    assert document.front.note == value
    assert parse_document(format_document(document), "moa-x") == document


def test_a_document_may_have_no_excerpt_yet() -> None:
    text = WHOLE[: WHOLE.index("\n## Who pays")]
    assert parse_document(text, "moa-x", canonical=True).excerpts == ()


MISTAKES = [
    # what is changed, into what, the line and a part of the message
    ("---\ntitle", "title", 1, "a first line that is ---"),
    ("kind: memorandum", "kind: memo", 3, "kind: found 'memo'"),
    ("published: 2025-02", "published: Feb 2025", 5, "published"),
    ("address: https://www", "address: www", 6, "address"),
    ("provenance: official-record\n", "", 1, "provenance: found nothing; expected a value"),
    ("access: public", "access: public\nacces: public", 11, "expected one of title, kind"),
    ("access: public", "access: public\naccess: public", 11, "a key that stands once"),
    ("access: public", "access:", 10, "access: found nothing"),
    ('"Example: Memorandum of Agreement"', "Example: Memorandum: x", 2, "double quotes"),
    ("## Who pays", "# Who pays", 18, "headings only of the form"),
    ("```locator\nid: moa-x-e02", "```\nid: moa-x-e02", 41, "```locator"),
    ("id: moa-x-e01", "id: moa-y-e01", 21, "moa-x-e01"),
    ("page: 4\n", "page: 0\n", 22, "counted from 1"),
    ("to-page: 5", "to-page: 7", 23, "the next page, 5"),
    ("to-page: 5\n", "", 24, "`to-page` beside it"),
    ('costs: the "AGENCY" is', "a b c d e f g h i", 24, "at most 8 words"),
    ("costs, training", "costs, Training", 28, "ids of topics.csv"),
    (f"sha256: {SHA}\nchecked", "checked", 29, "`sha256` beside it"),
    ("checked: 2026-11-22", "checked: 2026-11-31", 30, "a date, as 2026-11-22"),
    ("checked: 2026-11-22", "cheked: 2026-11-22", 30, "with a key of id, page"),
    ("from: one\n", "", 43, "from: found nothing"),
    ("\nAnother.\n", "", 41, "annotation: found nothing"),
    ("A summary in *our* words.\n\nIts second paragraph.\n", "", 13, "summary: found nothing"),
    ("Another.", "Another. <b>bold</b>", 50, "Markdown without HTML"),
    ("provenance: official-record", "provenance: press-report", 20, "facts and locators, no words"),
]


@pytest.mark.parametrize(("old", "new", "line", "part"), MISTAKES)
def test_a_mistake_is_reported_with_its_line(old: str, new: str, line: int, part: str) -> None:
    assert WHOLE.count(old) >= 1
    changed = WHOLE.replace(old, new, 1)
    shown = problems_of(changed)
    assert any(part in problem for problem in shown), shown
    assert any(problem.startswith(f"documents/moa-x.md:{line}:") for problem in shown), shown


def test_all_mistakes_are_reported_at_once() -> None:
    text = WHOLE.replace("kind: memorandum", "kind: memo").replace("page: 6", "page: six")
    assert len(problems_of(text)) == 2


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("page: 6\nfrom: one", "from: one\npage: 6", 45),  # keys in another order
        ("Another.", "Another.  ", 50),  # a space at the end
        ("topics: costs, training", "topics: costs,training", 28),
        ("\nAnother.\n", "\nAnother.\n\n", 51),
    ],
)
def test_another_form_is_not_canonical(old: str, new: str, line: int) -> None:
    text = WHOLE.replace(old, new, 1)
    parse_document(text, "moa-x")
    shown = problems_of(text, canonical=True)
    assert shown[0].startswith(f"documents/moa-x.md:{line}:")


def test_an_excerpt_id_stands_once_in_all_files(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    twice = WHOLE.replace("moa-x-e02", "moa-x-e01")
    (folder / "moa-x.md").write_text(twice, encoding="utf-8")
    with pytest.raises(ArchiveError, match="an id of its own"):
        read_documents(tmp_path)


def test_records_of_the_archive_are_canonical() -> None:
    from scripts.paths import RECORDS

    read_documents(RECORDS, canonical=True)
