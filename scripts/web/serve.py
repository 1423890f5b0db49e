"""Answer on a port until stopped."""

from __future__ import annotations

from pathlib import Path

import uvicorn

from scripts.web.app import make_app


def serve(db: Path, explainer: Path | None, host: str, port: int, base: str) -> None:
    """Serve the archive at ``base`` (a full URL, also with a path) on ``host``:``port``."""
    uvicorn.run(
        make_app(db, explainer, base),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        lifespan="on",
        timeout_keep_alive=10,
    )
