"""Downloads that go on where they stopped (RFC 9110, 14: ranges and ``If-Range``)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import httpx


class Partial:
    """A download under way: its bytes so far, and the headers by which the rest can be asked."""

    def __init__(self, folder: Path, address: str) -> None:
        name = hashlib.sha256(address.encode()).hexdigest()[:32]
        self.path, self._facts = folder / name, folder / f"{name}.json"
        folder.mkdir(parents=True, exist_ok=True)

    def range_headers(self) -> dict[str, str]:
        """Ask for the rest, if the file is still the same; nothing where there is no beginning."""
        validator = self._validator()
        if validator is None or not self.path.exists() or not self.path.stat().st_size:
            return {}
        return {"Range": f"bytes={self.path.stat().st_size}-", "If-Range": validator}

    def goes_on(self, response: httpx.Response) -> bool:
        """Whether a partial answer begins where the bytes so far end."""
        start = f"bytes {self.path.stat().st_size}-" if self.path.exists() else "bytes 0-"
        return str(response.headers.get("content-range", "")).startswith(start)

    def begin(self, response: httpx.Response) -> int:
        """Make ready for the answer's bytes; how many are there already."""
        if response.status_code == 206:
            return self.path.stat().st_size
        self.path.write_bytes(b"")
        names = {"etag", "last-modified", "content-encoding"}
        facts = {name: value for name, value in response.headers.items() if name in names}
        self._facts.write_text(json.dumps(facts), encoding="utf-8")
        return 0

    def forget(self) -> None:
        """Drop the bytes so far."""
        self.path.unlink(missing_ok=True)
        self._facts.unlink(missing_ok=True)

    def _validator(self) -> str | None:
        try:
            facts: dict[str, str] = json.loads(self._facts.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        etag = facts.get("etag", "")
        if facts.get("content-encoding"):
            return None
        return etag if etag and not etag.startswith("W/") else facts.get("last-modified")
