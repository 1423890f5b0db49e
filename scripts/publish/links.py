"""Walks the static site: every internal link must lead to a file, every ``#`` to a place in it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from scripts.errors import Problem
from scripts.web.view.addresses import base_path
from scripts.workers import make_pool

# Written by us and by MkDocs: attributes stand in double quotes.
LINK = re.compile(r'<[a-zA-Z][^<>]*?\s(?:href|src|action|poster)="([^"]*)"')
REFRESH = re.compile(r'http-equiv="refresh" content="\d+; *url=([^"]*)"')
ANCHOR = re.compile(r'<[a-zA-Z][^<>]*?\s(?:id|name)="([^"]*)"')
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
HOST = "http://site.invalid"
WEB = ("http", "https", "")
Target = tuple[str, str]  # path below the site, fragment


def find_broken_links(site: Path, base: str) -> tuple[int, list[Problem]]:
    """How many different internal links there are, and a problem for each that leads nowhere.

    ``base`` is the site's base address; what begins at the root must stand below its path.
    """
    root = base_path(base)
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    wanted: dict[Target, str] = {}
    with make_pool(start="fork") as pool:
        jobs = ((site, page, root) for page in pages)
        for page, targets in zip(pages, pool.map(page_targets, jobs, chunksize=64), strict=True):
            for target in targets:
                wanted.setdefault(target, page)
    problems = [
        Problem(page, "link", repr(f"{path}#{fragment}" if fragment else path), expected)
        for (path, fragment), page, expected in broken(site, wanted)
    ]
    return len(wanted), problems


def page_targets(job: tuple[Path, str, str]) -> set[Target]:
    """The internal links of one page, as paths below the site."""
    site, page, root = job
    text = COMMENT.sub("", (site / page).read_text(encoding="utf-8"))
    here = HOST + root + page.removesuffix("index.html")
    targets = set()
    for link in {*LINK.findall(text), *REFRESH.findall(text)}:
        parts = urlsplit(html.unescape(link))
        if parts.scheme not in WEB or (parts.netloc and parts.netloc != urlsplit(HOST).netloc):
            continue
        whole = urlsplit(urljoin(here, html.unescape(link)))
        path = unquote(whole.path)
        below = path.removeprefix(root) if path.startswith(root) else f"outside of {root}: {path}"
        targets.add((below, unquote(whole.fragment)))
    return targets


def broken(site: Path, wanted: dict[Target, str]) -> Iterable[tuple[Target, str, str]]:
    """The links that lead nowhere, each with a page that has it and what was expected."""
    anchors: dict[str, frozenset[str]] = {}
    for (path, fragment), page in sorted(wanted.items()):
        file = path + "index.html" if path.endswith("/") or not path else path
        if not (site / file).is_file():
            yield (path, fragment), page, "a file of the site"
            continue
        if not fragment or not file.endswith(".html") or fragment.startswith(":~:"):
            continue
        if file not in anchors:
            text = (site / file).read_text(encoding="utf-8")
            anchors[file] = frozenset(map(html.unescape, ANCHOR.findall(text)))
        if fragment not in anchors[file]:
            yield (path, fragment), page, "a place in that page"
