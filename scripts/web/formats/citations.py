"""How a page is cited: a sentence to copy, and the facts that the formats are made from."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.web.view.addresses import absolute
from scripts.web.view.page import Ask, View


@dataclass(frozen=True)
class Citation:
    """A page as a source: who, what, as of when, where."""

    key: str
    author: str
    title: str
    dated: str | None
    address: str

    def sentence(self, spoken_date: str) -> str:
        """The citation as a sentence."""
        when = f" As of {spoken_date}." if spoken_date else ""
        return f"{self.author}, “{self.title}.”{when} {self.address}"


def cite(view: View, ask: Ask) -> Citation:
    """The citation of a view."""
    key = ask.path.strip("/").replace("/", "-") or "home"
    address = absolute(ask.base, ask.path)
    return Citation(key, ask.words.text("287(g) Archive"), view.title, view.dated, address)
