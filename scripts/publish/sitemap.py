"""``sitemap.xml`` of the static site."""

from __future__ import annotations

import html
import re
from pathlib import Path

from scripts.web.view.addresses import absolute

AT_MOST = 45_000  # addresses in one file; the protocol allows 50,000
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NOT_LISTED = re.compile(rb'<meta name="robots" content="noindex')
HEAD_BYTES = 8_000  # within which a page says whether it wants to be found


def write_sitemap(out: Path, base: str) -> None:
    """List every page that may be found, in files of at most 45,000."""
    addresses = [absolute(base, path) for path in listed_paths(out)]
    files = [addresses[at : at + AT_MOST] for at in range(0, len(addresses), AT_MOST)]
    names = []
    for number, some in enumerate(files, 1):
        names.append(f"sitemap-{number}.xml")
        entries = "".join(f"<url><loc>{html.escape(address)}</loc></url>\n" for address in some)
        text = f"{HEAD}<urlset {NAMESPACE}>\n{entries}</urlset>\n"
        (out / names[-1]).write_text(text, encoding="utf-8")
    entries = "".join(
        f"<sitemap><loc>{html.escape(absolute(base, '/' + name))}</loc></sitemap>\n"
        for name in names
    )
    index = f"{HEAD}<sitemapindex {NAMESPACE}>\n{entries}</sitemapindex>\n"
    (out / "sitemap.xml").write_text(index, encoding="utf-8")


def listed_paths(out: Path) -> list[str]:
    """Every page below ``out`` that does not ask to stay out of search engines, sorted."""
    paths = []
    for page in out.rglob("index.html"):
        with page.open("rb") as stream:
            if NOT_LISTED.search(stream.read(HEAD_BYTES)):
                continue
        parent = page.parent.relative_to(out).as_posix()
        paths.append("/" if parent == "." else f"/{parent}/")
    return sorted(paths)
