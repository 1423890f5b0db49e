"""Imports run one way, from the command line down to the records."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import paths

BOTTOM = {"errors", "paths", "options"}
# What each room may import besides itself. A room's command.py may have more (COMMANDS).
ALLOWED = {
    "errors": set[str](),
    "paths": {"errors"},
    "options": {"errors", "paths"},
    "records": BOTTOM,
    "sources": BOTTOM,
    # What the lists mean (agencies, agreements, events, invariants): values in, values out.
    "history": BOTTOM | {"records"},
    "harvest": BOTTOM | {"records", "sources", "history"},
    "build": BOTTOM | {"records", "sources", "history"},
    "web": BOTTOM,
    "publish": BOTTOM | {"web"},
}
# `serve` and `site` build first; `fetch` asks for what the records name; `check` and `bench` look
# at everything.
COMMANDS = {
    "sources": {"records"},
    "publish": {"build", "records", "sources"},
    "build": {"web"},
    "bench": set(ALLOWED),
}
TOP = {"cli", "__main__", "bench", "__init__"}


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything of ours that a module imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno} imports relatively"
            for alias in node.names:
                module = node.module or ""
                yield node.lineno, f"{module}.{alias.name}" if module == "scripts" else module


def room_of(name: str) -> str | None:
    """The room of a dotted name below ``scripts``; ``None`` for other packages."""
    parts = name.split(".")
    return parts[1] if parts[0] == "scripts" and len(parts) > 1 else None


def modules() -> list[Path]:
    return sorted((paths.ROOT / "scripts").rglob("*.py"))


def test_there_are_rooms_to_look_at() -> None:
    assert len(modules()) > 10


@pytest.mark.parametrize(
    "path", modules(), ids=lambda path: path.relative_to(paths.ROOT).as_posix()
)
def test_imports_run_one_way(path: Path) -> None:
    parts = path.relative_to(paths.ROOT / "scripts").with_suffix("").parts
    room = parts[0]
    if room in TOP:
        return
    allowed = ALLOWED[room] | {room}
    if parts[-1] == "command":
        allowed |= COMMANDS.get(room, set())
    for line, name in imports(path):
        other = room_of(name)
        assert other is None or other in allowed, (
            f"{path.name}:{line} is in room {room} and imports {name}"
        )


@pytest.mark.parametrize(
    "path", modules(), ids=lambda path: path.relative_to(paths.ROOT).as_posix()
)
def test_importing_a_module_does_nothing(path: Path) -> None:
    """Nothing at the top level of a module calls for its effect (a bare call or a loop)."""
    if path.name == "__main__.py":
        return
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        assert is_docstring or not isinstance(node, ast.Expr | ast.For | ast.While | ast.With), (
            f"{path.name}:{node.lineno} does something when imported"
        )


@pytest.mark.parametrize(
    "path", modules(), ids=lambda path: path.relative_to(paths.ROOT).as_posix()
)
def test_names_say_what_a_module_does(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "common", "misc"}
