"""Reading memoranda: text beside pdftotext, optical reading, pictures, a second run, errors read.

On a dozen held files, with caches that are thrown away, so that it takes a minute or two.
"""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from scripts import paths
from scripts.bench.measure import Section, Setting, Spent, spent
from scripts.held.store import find_held
from scripts.pictures.making import DrawnFile, PictureJob, draw_file
from scripts.privacy.ready import Job, make_jobs, make_ready, prepare
from scripts.reading.page import PageText, Word
from scripts.reading.reading import read_by_eye, read_document, reader
from scripts.reading.tesseract import tesseract_version
from scripts.records.models.fixes import ContactAllowance
from scripts.records.read import read_table

FILES = 12  # read for text and pictures
TWINS = 8  # born-digital pages that are read by eye as well
_BORN_DIGITAL = 0.98  # quality of text that needs no reading
_LONG = 1_500  # characters
_LINE = 6.0  # points within which words stand on one line


def sections(setting: Setting) -> Iterator[Section]:
    """The tables of this room; none without held sources."""
    if setting.sources is None:
        return
    held = {
        file.sha256: file.path
        for file in find_held(setting.sources)
        if file.media == "pdf" and file.reason is None
    }
    if not held:
        return
    chosen = {sha256: held[sha256] for sha256 in sorted(held)[:FILES]}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        allowed = read_table(setting.records, ContactAllowance)
        yield _reading(make_jobs(chosen, folder / "cache", allowed, by_eye=False), folder)
        yield _again(make_jobs(held, paths.cache_folder(), allowed, by_eye=False), setting.sources)
        if tesseract_version() is not None:
            yield _by_eye(held, folder / "cache")


def _reading(jobs: Sequence[Job], folder: Path) -> Section:
    """Text of each file, and its pictures, nothing known before."""
    pages = 0
    for job in jobs:  # the child process is started before the clock
        read_document(job.path, job.sha256, folder / "warm", by_eye=False)
        break

    def read() -> None:
        nonlocal pages
        for job in jobs:
            document = read_document(job.path, job.sha256, job.cache, by_eye=False)
            pages += len(document.pages)

    taken = spent(_closing(read))
    rows = [_row("text with word boxes, quality, repair", pages, taken)]
    command = shutil.which("pdftotext")
    if command is not None:
        files = [job.path for job in jobs]
        for name, option in (("-layout", "-layout"), ("-bbox, word boxes too", "-bbox")):
            own = spent(partial(_pdftotext, command, option, files, folder))
            rows.append(_row(f"pdftotext {name}", pages, own))
    masked = spent(lambda: [prepare(job) for job in jobs])
    rows.append(_row("masking, names and roles (after the text)", pages, masked))
    drawn: list[DrawnFile] = []
    draw = _closing(lambda: drawn.extend(draw_file(PictureJob(job, folder / "p")) for job in jobs))
    taken = spent(draw)
    count = sum(len(file.pages) for file in drawn)
    size = sum(file.bytes for file in drawn)
    rows.append(_row("pictures, one process", count, taken))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    remarks = [f"{size / max(count, 1) / 1000:.0f} kB a picture; largest child {peak:.0f} MB."]
    if command is None:
        remarks.append("pdftotext is not installed here: nothing to compare with.")
    return Section("Memoranda, read for the first time", _COLUMNS, tuple(rows), tuple(remarks))


_COLUMNS = ("work", "pages", "seconds", "of a processor", "pages a processor second")


def _row(work: str, pages: int, taken: Spent) -> tuple[str, ...]:
    """The rate is of the processor's time, which others at work on the machine do not change."""
    rate = pages / max(taken.cpu, 0.01)
    return (work, f"{pages:,}", f"{taken.wall:.2f}", f"{taken.cpu:.2f}", f"{rate:.1f}")


def _closing(work: Callable[[], object]) -> Callable[[], None]:
    """The work with the child that does it ended, so that the child's time is counted."""

    def run() -> None:
        work()
        reader().close()

    return run


def _pdftotext(command: str, option: str, files: Sequence[Path], folder: Path) -> None:
    for path in files:
        arguments = [command, option, str(path), str(folder / "out.txt")]
        subprocess.run(arguments, check=True, capture_output=True)


def _again(jobs: Sequence[Job], sources: Path) -> Section:
    """All held files a second time: hashed by size and time, nothing is opened."""
    make_ready(jobs)
    pages = 0

    def again() -> None:
        nonlocal pages
        find_held(sources)
        ready = make_ready(jobs)
        pages = sum(len(ready.rows(sha256)) for sha256 in ready)

    taken = spent(again)
    row = _row(f"all {len(jobs):,} files, hashes and masked text from the cache", pages, taken)
    return Section("Memoranda, a second run", _COLUMNS, (row,))


def _by_eye(held: dict[str, Path], cache: Path) -> Section:
    """Tesseract on pages whose own text is born digital and good: seconds and wrong letters."""
    pairs: list[tuple[PageText, PageText]] = []
    twins = list(islice(_twins(held), TWINS))
    taken = spent(_closing(lambda: pairs.extend(_read_twins(twins, cache))))
    if not pairs:
        return Section("Optical reading", ("pages", "remark"), (("0", "no born-digital page"),))
    rates = [error_rate(in_order(page), in_order(read)) for page, read in pairs]
    row = (
        f"{len(rates)}",
        f"{taken.wall / len(rates):.2f}",
        f"{taken.cpu / len(rates):.2f}",
        f"{statistics.median(rates):.4f}",
        f"{max(rates):.4f}",
    )
    columns = (
        "pages",
        "seconds a page",
        "of a processor",
        "letters wrong (median)",
        "letters wrong (most)",
    )
    remark = "Compared line by line as they lie on the page, whatever the order of reading."
    title = "Optical reading of pages with a born-digital twin"
    return Section(title, columns, (row,), (remark,))


Twin = tuple[PageText, Path, str]


def _twins(held: dict[str, Path]) -> Iterator[Twin]:
    """One page of each file that has one of good, born-digital text."""
    for sha256, path in sorted(held.items()):
        document = read_document(path, sha256, paths.cache_folder(), by_eye=False)
        page = next(filter(_is_twin, document.pages), None)
        if page is not None:
            yield page, path, sha256


def _read_twins(twins: Sequence[Twin], cache: Path) -> Iterator[tuple[PageText, PageText]]:
    for page, path, sha256 in twins:
        read = read_by_eye(page.page_number, path, sha256, cache)
        if read is not None:
            yield page, read


def _is_twin(page: PageText) -> bool:
    is_good = (page.quality or 0.0) >= _BORN_DIGITAL
    return bool(is_good and page.image_share < 0.1 and len(page.text) > _LONG)


def in_order(page: PageText) -> str:
    """A page's words as they lie: lines from above, in each from the left."""
    words = sorted((word for line in page.lines for word in line), key=lambda word: word.y1)
    lines: list[list[Word]] = []
    for word in words:
        if lines and word.y1 - lines[-1][0].y1 < _LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return " ".join(word.text for line in lines for word in sorted(line, key=lambda word: word.x0))


def error_rate(true: str, read: str) -> float:
    """Letters and digits that must be changed, as a share of the true text."""
    one, two = ("".join(filter(str.isalnum, text)) for text in (true, read))
    return Levenshtein.distance(one, two) / max(len(one), 1)
