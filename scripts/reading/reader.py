"""A child process that touches the PDFs, so that a bad file costs one page and not the run.

The child answers one JSON line per request on its standard output, with memory bounded where the
system can (``RLIMIT_AS``); `Reader` asks, and ends a child that dies or passes its time. Requests:

- ``{"do": "probe", "path"}`` → ``{"pages", "is_encrypted", "has_form_fields"}``
- ``{"do": "text", "path", "page"}`` → ``{"page": page_to_json}``, judged and repaired
- ``{"do": "fields", "path"}`` → ``{"fields": [FieldEntry, …]}``, no value but dates
- ``{"do": "ocr", "path", "page"}`` → ``{"page": page_to_json}``, read from the picture
- ``{"do": "picture", "path", "page", "width", "covers", "out"}`` → ``{"name", "bytes"}``
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from scripts.errors import ArchiveError

MEMORY_BYTES = 3_000_000_000
ROOT = Path(__file__).resolve().parent.parent.parent


class ReaderError(Exception):
    """What a child said, or that it died or passed its time."""


class Reader:
    """Asks a child process, started when first needed and again after it was ended."""

    def __init__(self, memory_bytes: int = MEMORY_BYTES) -> None:
        self._memory = memory_bytes
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()

    def ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The child's answer. Raises `ReaderError` with the reason where there is none in time."""
        process = self._started()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            self.close()
            raise ReaderError(f"no answer within {seconds:g} seconds") from None
        except OSError as error:
            self.close()
            raise ReaderError(f"the reading process ended ({error})") from error
        if line is None:
            code = process.wait()
            self.close()
            raise ReaderError(
                f"the reading process ended (status {code}; out of memory or a crash)"
            )
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise ReaderError(answer["error"])
        return answer

    def close(self) -> None:
        """End the child and whatever it started."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._answers = queue.Queue()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "scripts.reading.reader", str(self._memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                cwd=ROOT,
                start_new_session=True,
            )
            threading.Thread(
                target=_listen, args=(self._process.stdout, self._answers), daemon=True
            ).start()
        return self._process


def _listen(stream: IO[str], answers: queue.Queue[str | None]) -> None:
    with contextlib.suppress(ValueError):
        for line in stream:
            answers.put(line)
    answers.put(None)


class _Child:
    """Answers requests, keeping the last file open."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._open = contextlib.ExitStack()
        self._document: Any = None

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        path = Path(request["path"])
        document = self._opened(path)
        if request["do"] == "probe":
            from scripts.reading.pdf import facts_of

            return asdict(facts_of(document))
        if request["do"] == "text":
            return self._text(document, request["page"], path.name)
        if request["do"] == "fields":
            from scripts.reading.form import list_fields

            return {"fields": [list(field) for field in list_fields(document)]}
        if request["do"] == "ocr":
            return self._ocr(document, request["page"], path.name)
        return self._picture(document, request)

    def _opened(self, path: Path) -> Any:
        from scripts.reading.pdf import open_pdf

        if self._path != path:
            self._open.close()
            self._path = None
            self._document = self._open.enter_context(open_pdf(path))
            self._document.init_forms()
            self._path = path
        return self._document

    def _text(self, document: Any, number: int, name: str) -> dict[str, Any]:
        from scripts.reading.judge import judge_page
        from scripts.reading.page import page_to_json
        from scripts.reading.pdf import read_page

        return {"page": page_to_json(judge_page(read_page(document, number, name)))}

    def _ocr(self, document: Any, number: int, name: str) -> dict[str, Any]:
        from scripts.reading.ocr import read_page_by_eye
        from scripts.reading.page import page_to_json

        return {"page": page_to_json(read_page_by_eye(document, number, name))}

    def _picture(self, document: Any, request: dict[str, Any]) -> dict[str, Any]:
        from scripts.reading.picture import write_picture

        name, size = write_picture(
            document,
            request["page"],
            width=request["width"],
            covers=[(box[0], box[1], box[2], box[3]) for box in request["covers"]],
            folder=Path(request["out"]),
        )
        return {"name": name, "bytes": size}


def _bound_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(memory_bytes: int) -> None:
    """Answer requests until standard input ends; what libraries print goes to standard error."""
    _bound_memory(memory_bytes)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    child = _Child()
    for line in sys.stdin:
        try:
            answer = child.answer(json.loads(line))
        except ArchiveError as error:
            answer = {"error": "; ".join(problem.seen for problem in error.problems)}
        except MemoryError:
            answer = {"error": "out of memory"}
        except Exception as error:  # the child must answer, whatever a file does to a library
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
