"""Pages that only the static twin has, in the site's shell, with words from its catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader

from scripts.web.parts.environment import make_environment
from scripts.web.shell import read_shell
from scripts.web.view.addresses import absolute, root_of
from scripts.web.view.words import ENGLISH

TEMPLATES = Path(__file__).parent / "templates"


def static_page(explainer: Path, path: str, base: str, template: str, **values: object) -> bytes:
    """The page at ``path``: a template of this room between the shell's header and footer.

    The template sets ``title`` and has the macros ``head`` and ``content``.
    """
    root = root_of(path)
    environment = make_environment(ENGLISH).overlay(loader=FileSystemLoader(TEMPLATES))
    made: Any = environment.get_template(template).make_module(
        {"root": root, "canonical": absolute(base, path), **values}
    )
    title = f"{made.title} · {ENGLISH.text('287(g) Archive')}"
    shell = read_shell(explainer).at(root)
    return shell.wrap(title, str(made.head()), str(made.content()), "").encode()
