"""What every answer says about how it may be used: one policy per kind of answer.

Nothing loads from another host, page pictures excepted where they are kept on one. Record pages
and Datasette's allow no inline script or style; the explainer's pages may carry inline styles
(pictures, table alignment), and its search page runs WebAssembly. Pages that are made to be
embedded may be framed, others may not.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from scripts import paths

_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}


def content_policy(path: str, *, is_explainer: bool = False) -> str:
    """The Content-Security-Policy of the page at ``path`` (below the base address)."""
    sources = dict(_SOURCES)
    if is_explainer:
        sources["style-src"] += " 'unsafe-inline'"
        sources["script-src"] += " 'wasm-unsafe-eval'"
    pictures = urlsplit(paths.pictures_url())
    is_elsewhere = pictures.netloc != urlsplit(paths.site_url()).netloc
    if is_elsewhere and paths.shows_pictures():  # page pictures on another host
        sources["img-src"] += f" {pictures.scheme}://{pictures.netloc}"
        sources["connect-src"] += f" {pictures.scheme}://{pictures.netloc}"
    if path.startswith("/embed/"):
        sources["frame-ancestors"] = "*"
    return "; ".join(f"{name} {value}" for name, value in sources.items())


def security_headers(
    path: str, content_type: str, *, is_explainer: bool = False
) -> Mapping[str, str]:
    """The headers for an answer of this content type at ``path``."""
    headers = dict(_ALWAYS)
    if content_type.startswith(("text/html", "image/svg")):
        headers["content-security-policy"] = content_policy(path, is_explainer=is_explainer)
    return headers
