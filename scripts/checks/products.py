"""Proof that no contact detail of a person is published: the finished products are read afresh."""

from __future__ import annotations

import gzip
import html
import json
import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image

from scripts.pictures.index import picture_path
from scripts.privacy.detector import Finding, find_details, find_posted, squeeze, stands_in
from scripts.reading.ocr import OCR_VERSION, read_picture
from scripts.reading.tesseract import tesseract_version
from scripts.records.models.fixes import ContactAllowance
from scripts.workers import make_pool

_TEXT_FILES = frozenset(
    (".html", ".json", ".jsonld", ".csv", ".txt", ".xml", ".atom", ".bib", ".ris", ".md", ".svg")
)
_PACKED_FILES = frozenset((".pf_fragment", ".pf_index", ".pf_filter", ".pf_meta", ".gz"))
_BINARY_FILES = frozenset((".pf_index", ".pf_filter", ".pf_meta"))
_LOOKED_AT = _TEXT_FILES | _PACKED_FILES
_PART = 500  # files looked at in one go


@dataclass(frozen=True)
class PrivacyResult:
    """How much was looked at, and where something stands that should not (never what)."""

    counted: int
    failures: tuple[str, ...]  # place and kind


def allowed_lines(allowed: Iterable[ContactAllowance]) -> frozenset[str]:
    """Offices' lines as the detector compares them."""
    return frozenset(squeeze(row.value) for row in allowed)


def check_database(connection: sqlite3.Connection, allowed: Collection[str]) -> PrivacyResult:
    """Every text of every table of a built database.

    Street addresses are looked for on persons' pages, and with a postal code in all other tables.
    """
    counted = 0
    failures: list[str] = []
    clean: set[str] = set()  # short texts stand in thousands of rows
    streets = body_streets(connection)
    for table, columns in _text_columns(connection):
        names = ", ".join(f'"{column}"' for column in columns)
        rows = connection.execute(f'select {names} from "{table}"')  # noqa: S608
        for row, values in enumerate(rows, 1):
            for column, value in zip(columns, values, strict=True):
                if not isinstance(value, str):
                    continue
                counted += 1
                if len(value) < 200 and value in clean:
                    continue
                found = find_details(value, allowed)
                if table != "pages":
                    found += find_posted(value, streets)
                failures += _told(f"{table} row {row} {column}", found)
                if not found:
                    clean.add(value)
    persons = connection.execute(
        "select document_id, page_number, text from pages where withheld is not null"
    )
    for document, number, text in persons:
        failures += _told(f"page {document}/{number}", _streets_on(text or "", allowed))
    return PrivacyResult(counted, tuple(failures))


def _streets_on(text: str, allowed: Collection[str]) -> list[Finding]:
    found = find_details(text, allowed, streets=True)
    return [one for one in found if one.kind == "street address" and not _is_ice(one)]


def _is_ice(finding: Finding) -> bool:
    return finding.seen.lower().startswith("500 12th")


def _text_columns(connection: sqlite3.Connection) -> list[tuple[str, list[str]]]:
    tables = connection.execute(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
        " and sql not like 'create virtual table%' order by name"
    ).fetchall()
    result: list[tuple[str, list[str]]] = []
    for (table,) in tables:
        facts = connection.execute("select name, type from pragma_table_info(?)", (table,))
        columns = [name for name, kind in facts if kind.lower() == "text" and "sha256" not in name]
        if columns:
            result.append((table, columns))
    return result


def _told(place: str, found: Iterable[Finding]) -> list[str]:
    return [f"{place}: {finding.kind}" for finding in found]


def body_streets(connection: sqlite3.Connection) -> frozenset[str]:
    """Street addresses that pages of the body print: of offices, such as ICE's own lawyers."""
    texts = connection.execute("select text from pages where withheld is null and text is not null")
    return frozenset(
        squeeze(finding.seen)
        for (text,) in texts
        for own in (text, text.replace("\n", " "))
        for finding in find_details(own, (), streets=True)
        if finding.kind == "street address"
    )


def check_pictures(
    pictures: Mapping[str, str],
    folder: Path,
    cache: Path,
    allowed: Collection[str],
    *,
    may_read: int | None = None,
    advance: Callable[[], None] = lambda: None,
    executor: Executor | None = None,
) -> PrivacyResult:
    """Every published picture, read by Tesseract as a reader would see it.

    ``pictures`` gives the text of the page of each, in which a street address that the picture
    shows must stand too: it is an office's. Readings are kept by the picture's name, which is its
    content, so that a run that was stopped goes on where it stopped. A picture that is named and
    not there is a failure. ``may_read`` bounds how many that were not read before are read
    (``None``: all; none without Tesseract); names being hashes, the first are a random sample.
    """
    limit = 0 if tesseract_version() is None else may_read
    unread = [name for name in sorted(pictures) if not _seen_place(cache, name).is_file()]
    left = frozenset(unread if limit is None else unread[:limit])
    names = [name for name in sorted(pictures) if name in left or name not in frozenset(unread)]
    failures: list[str] = []
    own = executor or ThreadPoolExecutor(os.cpu_count() or 1)
    read = {name: own.submit(read_published, name, folder, cache) for name in names}
    try:
        for name, future in read.items():
            try:
                text = future.result()
            except (RuntimeError, OSError) as error:  # Tesseract's own errors are RuntimeErrors
                failures.append(f"picture {name}: could not be read ({type(error).__name__})")
                continue
            finally:
                advance()
            if text is None:
                failures.append(f"picture {name}: not there")
            else:
                failures += _told(f"picture {name}", _on_picture(text, pictures[name], allowed))
    finally:
        for future in read.values():
            future.cancel()
        if executor is None:
            own.shutdown()
    return PrivacyResult(len(names), tuple(failures))


def _on_picture(seen: str, text: str, allowed: Collection[str]) -> list[Finding]:
    found = find_details(seen, allowed, streets=True)
    return [
        finding
        for finding in found
        if finding.kind != "street address" or not (_is_ice(finding) or stands_in(finding, text))
    ]


def read_published(name: str, folder: Path, cache: Path) -> str | None:
    """The text that Tesseract reads on a published picture; ``None`` where there is none."""
    place = _seen_place(cache, name)
    try:
        return str(json.loads(place.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        pass
    path = picture_path(folder, name)
    if not path.is_file():
        return None
    with Image.open(path) as picture:
        lines = read_picture(picture.convert("L"), 1.0)
    text = "\n".join(" ".join(word.text for word in line) for line in lines)
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f"{name}.{os.getpid()}.tmp")
    aside.write_text(json.dumps(text), encoding="utf-8")
    os.replace(aside, place)
    return text


def _seen_place(cache: Path, name: str) -> Path:
    return cache / f"seen-{OCR_VERSION}" / name[:2] / f"{name}.json"


def check_files(
    folder: Path,
    allowed: Collection[str],
    *,
    persons: Collection[str] = (),
    streets: Collection[str] = (),
    advance: Callable[[int, int], None] = lambda done, whole: None,
) -> PrivacyResult:
    """Every text file of a published folder, packed search indexes included.

    Street addresses are looked for on ``persons``, folders of pages that are about persons, and
    with a postal code everywhere; ``streets`` are those of offices (`body_streets`).
    """
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in _LOOKED_AT]
    look = partial(
        _look_at_files, folder, frozenset(allowed), frozenset(persons), frozenset(streets)
    )
    parts = [files[start : start + _PART] for start in range(0, len(files), _PART)]
    failures: list[str] = []
    with ExitStack() as stack:
        results: Iterator[list[str]] = map(look, parts)
        if len(parts) > 2:  # a whole site: half a gigabyte
            pool = make_pool()
            results = stack.enter_context(pool).map(look, parts)
        for number, found in enumerate(results, 1):
            failures += found
            advance(min(number * _PART, len(files)), len(files))
    return PrivacyResult(len(files), tuple(failures))


def _look_at_files(
    folder: Path,
    allowed: frozenset[str],
    persons: frozenset[str],
    streets: frozenset[str],
    files: Sequence[Path],
) -> list[str]:
    failures: list[str] = []
    for path in files:
        text, place = _spaced(_text_of(path)), path.relative_to(folder)
        found = [*find_details(text, allowed), *find_posted(text, streets)]
        if path.suffix == ".html" and place.parent.as_posix() in persons:
            found += _streets_of_persons(text, allowed)
        if path.suffix in _BINARY_FILES:  # its bytes read as signs and letters at random
            found = [one for one in found if one.kind != "e-mail address" or _has_ending(one)]
        failures += _told(place.as_posix(), [one for one in found if not _is_ice(one)])
    return list(dict.fromkeys(failures))


def _has_ending(finding: Finding) -> bool:
    return finding.seen.lower().rstrip(".,;").endswith((".gov", ".com", ".org", ".net", ".us"))


def _streets_of_persons(page: str, allowed: Collection[str]) -> list[Finding]:
    """Street addresses in the page's own text, which stands in one element of its file."""
    return _streets_on(page.partition('id= " text "')[2].partition("</div>")[0], allowed)


def _spaced(text: str) -> str:
    """A file's text with its words free of tags, quotation marks and escapes."""
    plain = html.unescape(text.replace("\\n", "\n"))
    for mark, own in (("<", " <"), (">", "> "), ('"', ' " ')):
        plain = plain.replace(mark, own)
    return plain


def _text_of(path: Path) -> str:
    content = path.read_bytes()
    if path.suffix in _PACKED_FILES:
        content = gzip.decompress(content)
    return content.decode("utf-8", errors="replace")
