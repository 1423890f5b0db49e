"""Small real PDFs for tests, written by hand."""

from __future__ import annotations

import contextlib
import hashlib
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import pypdfium2 as pdfium


def make_pdf(
    pages: Sequence[Sequence[str]], *, size: tuple[int, int] = (612, 792), rotate: int = 0
) -> bytes:
    """A PDF with one page per sequence of lines, set in Helvetica 11 from the top left."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    for index, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Rotate {rotate} "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * index} 0 R >>".encode()
        )
        stream = _content(lines, size[1])
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return assemble(objects)


def assemble(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """A PDF file of numbered objects; the first is the catalogue."""
    body = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\n".encode()
    return body + b"startxref\n%d\n%%%%EOF\n" % start


def _content(lines: Sequence[str], height: int) -> bytes:
    commands = ["BT", "/F1 11 Tf", "14 TL", f"72 {height - 72} Td"]
    for line in lines:
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        commands.append(f"({escaped}) Tj T*")
    commands.append("ET")
    return "\n".join(commands).encode("cp1252")


def make_form(lines: Sequence[str], values: Mapping[str, str]) -> bytes:
    """A one-page PDF with lines of text and a filled text field beside each of the first lines."""
    stream = _content(lines, 792)
    count = len(values)
    fields = " ".join(f"{6 + index} 0 R" for index in range(count))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [{fields}] >> >>".encode(),
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [%s] "
        b"/Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>" % fields.encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    for index, (name, value) in enumerate(values.items()):
        top = 792 - 72 - 14 * index + 10
        objects.append(
            f"<< /Type /Annot /Subtype /Widget /FT /Tx /T ({name}) /V ({value}) /P 4 0 R "
            f"/Rect [200 {top - 14} 400 {top}] /DA (/F1 11 Tf) >>".encode()
        )
    return assemble(objects)


def make_scan(path: Path, lines: Sequence[str], *, turn: int = 0) -> None:
    """A PDF whose one page is a picture of these lines, without any text layer."""
    with contextlib.closing(pdfium.PdfDocument(make_pdf([lines]))) as document:
        picture = document[0].render(scale=200 / 72, grayscale=True).to_pil().convert("L")
    picture.rotate(-turn, expand=True).save(path, "PDF", resolution=200)


def make_bomb(megabytes: int) -> bytes:
    """A PDF of a few kilobytes whose page content inflates to ``megabytes``."""
    packer = zlib.compressobj(9)
    block = b" " * 1_000_000
    packed = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
        ]
    )


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
