"""Whether Tesseract is installed. Imports nothing else, so that asking costs nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache


@cache
def tesseract_version() -> str | None:
    """The installed Tesseract's version, or ``None`` where there is none with English."""
    command = shutil.which("tesseract")
    if command is None:
        return None
    try:
        first = subprocess.run(
            [command, "--version"], capture_output=True, text=True, timeout=20, check=True
        ).stdout.split("\n")[0]
        languages = subprocess.run(
            [command, "--list-langs"], capture_output=True, text=True, timeout=20, check=True
        ).stdout.split()
    except (OSError, subprocess.SubprocessError):
        return None
    return first.removeprefix("tesseract").strip() if "eng" in languages else None


def may_read_by_eye() -> bool:
    """Whether waiting pages are to be read: Tesseract is there and ``ARCHIVE_OCR`` is not off."""
    return os.environ.get("ARCHIVE_OCR", "on") != "off" and tesseract_version() is not None
