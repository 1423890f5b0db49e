"""Reading memoranda: text beside pdftotext, optical reading, pictures, a second run, errors read.

On a dozen held files, with caches that are thrown away, so that it takes a minute or two.
"""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from scripts import paths
from scripts.bench.measure import Section, Setting, spent
from scripts.build.pictures import DrawnFile, PictureJob, draw_file
from scripts.build.ready import Job, make_jobs, make_ready
from scripts.records.models import ContactAllowance
from scripts.records.read import read_table
from scripts.sources.page import PageText
from scripts.sources.reading import read_by_eye, read_document
from scripts.sources.store import find_held
from scripts.sources.tesseract import tesseract_version

FILES = 12  # read for text and pictures
TWINS = 8  # born-digital pages that are read by eye as well
_BORN_DIGITAL = 0.98  # quality of text that needs no reading
_LONG = 1_500  # characters


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
        yield _again(make_jobs(held, paths.cache_folder(), allowed, by_eye=False))
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

    taken = spent(read)
    rows = [_row("text with word boxes, quality, repair", pages, taken.wall)]
    command = shutil.which("pdftotext")
    if command is not None:
        own = spent(partial(_pdftotext, command, [job.path for job in jobs], folder))
        rows.append(_row("pdftotext -layout (text alone)", pages, own.wall))
    masked = spent(lambda: make_ready(jobs))
    rows.append(_row("masking, names and roles (after the text)", pages, masked.wall))
    drawn: list[DrawnFile] = []
    taken = spent(lambda: drawn.extend(draw_file(PictureJob(job, folder / "p")) for job in jobs))
    count = sum(len(file.pages) for file in drawn)
    size = sum(file.bytes for file in drawn)
    rows.append(_row("pictures, one process", count, taken.wall))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    remarks = [f"{size / max(count, 1) / 1000:.0f} kB a picture; largest child {peak:.0f} MB."]
    if command is None:
        remarks.append("pdftotext is not installed here: nothing to compare with.")
    return Section("Memoranda, read for the first time", _COLUMNS, tuple(rows), tuple(remarks))


_COLUMNS = ("work", "pages", "seconds", "pages a second")


def _row(work: str, pages: int, seconds: float) -> tuple[str, ...]:
    return (work, f"{pages:,}", f"{seconds:.2f}", f"{pages / max(seconds, 0.001):.1f}")


def _pdftotext(command: str, files: Sequence[Path], folder: Path) -> None:
    for path in files:
        arguments = [command, "-layout", str(path), str(folder / "out.txt")]
        subprocess.run(arguments, check=True, capture_output=True)


def _again(jobs: Sequence[Job]) -> Section:
    """All held files a second time: nothing is opened."""
    make_ready(jobs)
    pages = 0

    def again() -> None:
        nonlocal pages
        ready = make_ready(jobs)
        pages = sum(len(ready.rows(sha256)) for sha256 in ready)

    taken = spent(again)
    row = _row(f"all {len(jobs):,} files from the cache", pages, taken.wall)
    return Section("Memoranda, a second run", _COLUMNS, (row,))


def _by_eye(held: dict[str, Path], cache: Path) -> Section:
    """Tesseract on pages whose own text is born digital and good: seconds and wrong letters."""
    rates: list[float] = []
    seconds: list[float] = []
    for sha256, path in sorted(held.items()):
        document = read_document(path, sha256, paths.cache_folder(), by_eye=False)
        page = next(filter(_is_twin, document.pages), None)  # one page of each file
        if page is None or len(rates) >= TWINS:
            continue
        found: list[PageText | None] = []
        taken = spent(partial(_read_into, found, page.page_number, path, sha256, cache))
        if found[0] is not None:
            seconds.append(taken.wall)
            rates.append(error_rate(page.text, found[0].text))
    if not rates:
        return Section("Optical reading", ("pages", "remark"), (("0", "no born-digital page"),))
    row = (
        f"{len(rates)}",
        f"{statistics.median(seconds):.2f}",
        f"{statistics.median(rates):.4f}",
        f"{max(rates):.4f}",
    )
    columns = ("pages", "seconds a page (median)", "letters wrong (median)", "letters wrong (most)")
    remark = "Words read in another order count as wrong: form fields lie beside their labels."
    title = "Optical reading of pages with a born-digital twin"
    return Section(title, columns, (row,), (remark,))


def _read_into(
    found: list[PageText | None], number: int, path: Path, sha256: str, cache: Path
) -> None:
    found.append(read_by_eye(number, path, sha256, cache))


def _is_twin(page: PageText) -> bool:
    is_good = (page.quality or 0.0) >= _BORN_DIGITAL
    return bool(is_good and page.image_share < 0.1 and len(page.text) > _LONG)


def error_rate(true: str, read: str) -> float:
    """Letters and digits that must be changed, as a share of the true text."""
    one, two = ("".join(filter(str.isalnum, text)) for text in (true, read))
    return Levenshtein.distance(one, two) / max(len(one), 1)
