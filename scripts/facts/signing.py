"""ICE's signing date, where the page holds it as type: digital, typed or stamped, never by hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from scripts.facts.fact import Fact, make_date
from scripts.reading.page import Line, PageText, Word

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_LONG_DATE = re.compile(rf"({'|'.join(_MONTHS)})\s+(\d{{1,2}})\s*[,.]?\s*(20[12]\d)\b", re.I)
_NUMERIC_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/(20[12]\d)\b")
_DIGITAL_DATE = re.compile(r"\b(20[12]\d)\.([01DO]\d)\.([0-3]\d)\b")  # 06 is read as D6
_DIGITALLY = re.compile(r"d[il1]g[il1]tally", re.I)
# A date stamp: capitals and two digits, read with gaps and strokes between (``OCT 1 5 2019``).
_SHORT = [month[:3].upper() for month in _MONTHS]
_STAMP = re.compile(rf"({'|'.join(_SHORT)})([0-3]\d)(20[12]\d)(?!\d)")
_YEARS = 3
_REVISION = re.compile(r"\brev[il1,. ]", re.I)


def read_ice_date(pages: Sequence[PageText]) -> Fact | None:
    """ICE's date where it can be read as type: a digital signature, or typed in ICE's column."""
    for page in pages:
        whole = re.sub(r"\s+", " ", page.text)
        if not _is_signature_page(whole):
            continue
        digital = _DIGITAL_DATE.search(whole)
        if digital and _DIGITALLY.search(whole):
            date = make_date(*(int(re.sub("[DO]", "0", part)) for part in digital.groups()))
            if date is not None and _is_ices_digital(page):
                return Fact(date.isoformat(), "digital-signature", page.page_number, 0.9)
        return _typed_date(page) or _stamped_date(page)
    return None


def _stamped_date(page: PageText) -> Fact | None:
    """ICE's date where a stamp printed it, in ICE's own column; only one such date counts."""
    column = _ice_column(page)
    found: set[dt.date] = set()
    for line in page.lines:
        match = _STAMP.search(re.sub(r"[\W_]", "", " ".join(word.text for word in line)))
        if match is None or column is None:
            continue
        month = _SHORT.index(match[1]) + 1
        date = make_date(int(match[3]), month, int(match[2]))
        stamp = next((w for w in line if match[1] in re.sub(r"[\W_]", "", w.text)), line[0])
        if date is not None and _in_column(stamp, page, column):
            found.add(date)
    if len(found) != 1:
        return None
    return Fact(found.pop().isoformat(), "stamped", page.page_number, 0.85)


def plausible_date(date: Fact | None, template: Fact | None) -> Fact | None:
    """No date before the template's revision or years after it: a digit was misread."""
    if date is None or template is None or template.basis != "footer":
        return date
    revised = dt.date.fromisoformat(template.value[4:])
    days = (dt.date.fromisoformat(date.value) - revised).days
    return date if 0 <= days <= _YEARS * 366 else None


def _is_signature_page(whole: str) -> bool:
    return fuzz.partial_ratio("by signing this moa, each party represents", whole.lower()) >= 88


def _is_ices_digital(page: PageText) -> bool:
    """Until 2020 ICE signs in the left column, since 2025 in the right one."""
    column = _ice_column(page)
    dates = [word for line in page.lines for word in line if _DIGITAL_DATE.search(word.text)]
    return len(dates) == 1 and column is not None and _in_column(dates[0], page, column)


def _ice_column(page: PageText) -> str | None:
    for line in page.lines:
        for word, after in pairwise(line):
            if word.text.lower() == "for" and re.match(r"\W*ice\W", after.text.lower() + " "):
                return "right" if word.x0 > page.width * 0.38 else "left"
    for line in page.lines:
        opening = " ".join(word.text for word in line[:4]).lower()
        if line and fuzz.ratio(opening, "enforcement and removal operations") >= 80:
            return "right" if line[0].x0 > page.width * 0.38 else "left"
    return None


def _in_column(word: Word, page: PageText, column: str) -> bool:
    middle = (word.x0 + word.x1) / 2
    return (middle > page.width * 0.45) == (column == "right")


def _typed_date(page: PageText) -> Fact | None:
    column = _ice_column(page)
    if column is None:
        return None
    found: list[tuple[dt.date, str, float]] = []
    for line in page.lines:
        for date, word, is_long in _dates(line):
            if not _in_column(word, page, column):
                continue
            if page.source != "ocr" and page.image_share < 0.5:
                found.append((date, "typed", 0.97))
            elif is_long:
                found.append((date, "typed-on-scan", 0.85))
    values = {date for date, _, _ in found}
    if len(values) != 1:
        return None
    date, basis, confidence = max(found, key=lambda item: item[2])
    return Fact(date.isoformat(), basis, page.page_number, confidence)


def _dates(line: Line) -> Iterator[tuple[dt.date, Word, bool]]:
    """Dates in a line, the word at which each begins, and whether the month is spelled out."""
    text = " ".join(word.text for word in line)
    for match in (*_LONG_DATE.finditer(text), *_NUMERIC_DATE.finditer(text)):
        is_long = match.group(1).isalpha()
        month = _MONTHS.index(match.group(1).lower()) + 1 if is_long else int(match.group(1))
        date = make_date(int(match.group(3)), month, int(match.group(2)))
        around = text[max(match.start() - 12, 0) : match.end()]
        if date is not None and not _REVISION.search(around):
            yield date, _word_at(line, match.start()), is_long


def _word_at(line: Line, place: int) -> Word:
    offset = 0
    for word in line:
        if offset + len(word.text) > place:
            return word
        offset += len(word.text) + 1
    return line[-1]
