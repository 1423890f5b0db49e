"""Reading goes on after a kill, and without Tesseract: what waits is named."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from scripts import paths
from scripts.checks.check import rewrite_records
from scripts.reading.tesseract import tesseract_version
from scripts.records.models.documents import Document
from scripts.records.read import read_table
from scripts.records.write import write_table
from tests.conftest import missing
from tests.memoranda_made import BODY
from tests.pdfs import make_pdf, make_scan, sha256
from tests.sample_records import write_sample

READ = """
import sys
from pathlib import Path
from scripts.privacy.ready import make_jobs, make_ready
if __name__ == "__main__":
    file, cache = map(Path, sys.argv[1:])
    (ready,) = make_ready(make_jobs({"0" * 64: file}, cache, (), by_eye=True)).values()
    print([page.page.source for page in ready.pages], ready.problems)
"""


def make_scans(path: Path, pages: int) -> Path:
    """A file of scanned pages."""
    whole = pdfium.PdfDocument.new()
    for number in range(pages):
        part = path.with_name(f"part-{number}.pdf")
        make_scan(part, [*BODY, f"Page number {number}."])
        whole.import_pages(pdfium.PdfDocument(part))
    whole.save(str(path))
    return path


@pytest.mark.ocr
def test_optical_reading_that_was_killed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    if tesseract_version() is None:
        missing("Tesseract is not installed")
    file, cache = make_scans(tmp_path / "scan.pdf", 3), tmp_path / "cache"
    command = [sys.executable, "-c", READ, str(file), str(cache)]
    process = subprocess.Popen(command, cwd=paths.ROOT, start_new_session=True)
    for _ in range(1200):
        if process.poll() is not None or list(cache.glob("ocr-*/*/*.json")):
            break
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    made = {path: path.stat().st_mtime_ns for path in cache.glob("ocr-*/*/*.json")}
    assert 1 <= len(made) < 3
    again = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=True)
    assert again.stdout == "['ocr', 'ocr', 'ocr'] ()\n"
    assert all(path.stat().st_mtime_ns == time_ns for path, time_ns in made.items())


def test_without_tesseract_the_rest_is_built_and_waiting_pages_are_named(tmp_path: Path) -> None:
    records, sources = write_sample(tmp_path / "records"), tmp_path / "sources"
    sources.mkdir()
    make_scan(sources / "scan.pdf", BODY)
    (sources / "digital.pdf").write_bytes(make_pdf([BODY]))
    rows = list(read_table(records, Document))
    for name in ("digital", "scan"):
        row = dict.fromkeys(Document.model_fields)
        row |= {"id": f"moa-{name}", "kind": "memorandum", "title": "A memorandum", "pages": 1}
        content = (sources / f"{name}.pdf").read_bytes()
        row |= {"sha256": sha256(content), "file_name": f"{name}.pdf"}
        rows.append(Document.model_validate(row))
    write_table(records, Document, rows)
    rewrite_records(records)  # their addresses
    options = {"records": records, "sources": sources, "db": tmp_path / "archive.db"}
    arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    environment = {**os.environ, "PATH": str(tmp_path), "ARCHIVE_CACHE": str(tmp_path / "cache")}
    environment.pop("ARCHIVE_OCR", None)
    done = subprocess.run(
        [sys.executable, "-m", "scripts", "build", *arguments],
        cwd=paths.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "1 page waits to be read by Tesseract" in done.stdout
    assert "moa-scan 1" in done.stdout
    assert "moa-digital" not in done.stdout
