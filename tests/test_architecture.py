"""Rooms, and the arrows between them: imports run one way, from the command line to the records."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import paths
from scripts.database.fingerprint import CODE

MODULES_AT_MOST = 18
LINES_AT_MOST = 350

# Below every room: where things lie, what can be wrong, what a command shows.
BOTTOM = {"errors", "leftovers", "locks", "options", "paths", "progress", "workers"}

# Each room and the rooms that it may use, besides itself and the bottom. A room uses only rooms
# that stand above it here. After a bar: what its command.py may use as well.
ARROWS = """
records
held
reading
lists         records held
fetch         held lists                                      | records
identity      records lists
history       records lists identity
facts         records reading identity                        | held
privacy       records reading
comparison    reading facts privacy
pictures      records held reading privacy
excerpts      records reading privacy                         | held
tables        records identity
search
checks        records reading identity history privacy pictures excerpts tables
database      records held reading history privacy comparison pictures excerpts tables search checks
harvest       records held lists reading history checks
update        held fetch facts harvest database
web.view
web.parts     search web.view
web.formats   web.view web.parts
web.pages     search web.view web.parts
web           web.view web.parts web.formats web.pages
explainer
publish       explainer web web.view web.parts                | database pictures
"""
# What may import anything: the command line and the measurements.
TOP = {"__main__", "cli", "bench"}


def read_arrows() -> dict[str, tuple[set[str], set[str]]]:
    """For each room, what it may use, and what its command may use as well."""
    arrows: dict[str, tuple[set[str], set[str]]] = {}
    for line in ARROWS.split("\n"):
        room, *rest = line.split("|")[0].split() or [""]
        if room:
            arrows[room] = set(rest), set(line.partition("|")[2].split())
    return arrows


ARROWS_OF = read_arrows()


def modules() -> list[Path]:
    return sorted((paths.ROOT / "scripts").rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything of ours that a module imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno} imports relatively"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def room_of(name: str) -> str | None:
    """The room of a dotted name below ``scripts``; ``None`` for other packages."""
    parts = name.split(".")
    if parts[0] != "scripts" or len(parts) < 2:
        return None
    inner = ".".join(parts[1:3])
    return inner if inner in ARROWS_OF else parts[1]


def room_of_module(path: Path) -> str:
    relative = path.relative_to(paths.ROOT / "scripts")
    return room_of(".".join(("scripts", *relative.with_suffix("").parts))) or ""


each_module = pytest.mark.parametrize(
    "path", modules(), ids=lambda path: path.relative_to(paths.ROOT).as_posix()
)


def test_there_are_rooms_to_look_at() -> None:
    assert len(modules()) > 100
    folders = {room_of_module(path) for path in modules() if path.parent.name != "scripts"}
    assert folders - TOP == set(ARROWS_OF)


def test_every_arrow_points_upwards_in_the_table() -> None:
    seen: set[str] = set()
    for room, (uses, _) in ARROWS_OF.items():
        assert uses <= seen, f"{room} may not use {sorted(uses - seen)}: they stand below it"
        seen.add(room)


@each_module
def test_imports_follow_the_arrows(path: Path) -> None:
    room = room_of_module(path)
    if room in TOP | {"__init__"}:
        return
    uses, command_uses = ARROWS_OF.get(room, (set(), set()))
    allowed = BOTTOM | uses | {room} | (command_uses if path.stem == "command" else set())
    for line, name in imports(path):
        other = room_of(name)
        assert other is None or other in allowed, (
            f"{path.name}:{line} stands in room {room} and imports {name}; see ARROWS"
        )


def test_no_arrow_is_there_for_nothing() -> None:
    used: dict[str, set[str]] = {room: set() for room in ARROWS_OF}
    for path in modules():
        room = room_of_module(path)
        if room in used:
            used[room] |= {other for _, name in imports(path) if (other := room_of(name))}
    for room, (uses, more) in ARROWS_OF.items():
        assert uses | more <= used[room], (
            f"{room} uses none of {sorted((uses | more) - used[room])}"
        )


@pytest.mark.parametrize("room", ARROWS_OF)
def test_a_room_says_what_it_is_for(room: str) -> None:
    """What for; what goes in and comes out; which rooms it may use, as the table says."""
    path = paths.ROOT / "scripts" / room.replace(".", "/") / "__init__.py"
    told = " ".join((ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split())
    found = re.fullmatch(r"[A-Z].+?\. In: .+?; out: .+?\. May use: (.+)\.", told)
    assert found, f"{path}: three sentences, the last `May use: …`"
    names = set() if found[1] == "no other room" else set(found[1].split(", "))
    assert names == ARROWS_OF[room][0]


@pytest.mark.parametrize("folder", sorted({path.parent for path in modules()}))
def test_a_room_can_be_seen_at_a_glance(folder: Path) -> None:
    found = [path.stem for path in folder.glob("*.py") if path.stem != "__init__"]
    assert len(found) <= MODULES_AT_MOST, f"{folder.name} holds {len(found)}: make two rooms of it"


@each_module
def test_a_module_is_not_two(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LINES_AT_MOST, f"{path.name} has {lines} lines: it holds two modules"


def test_tests_mirror_the_rooms() -> None:
    folders = {path.parent.relative_to(paths.ROOT / "tests") for path in _tests()}
    rooms = {Path(room.replace(".", "/")) for room in ARROWS_OF} | {Path()}
    assert folders <= rooms, f"no such rooms: {sorted(map(str, folders - rooms))}"
    for path in _tests():
        for line, name in imports(path):
            assert not name.startswith("tests.") or not name.split(".")[-2].startswith("test_"), (
                f"{path.name}:{line} imports from another test; what both need stands beside them"
            )


def _tests() -> list[Path]:
    return sorted((paths.ROOT / "tests").rglob("test_*.py"))


def test_a_build_depends_on_every_room_that_it_uses() -> None:
    """Code that decides what stands in the database is part of its fingerprint."""
    wanted, left = set[str](), ["database"]
    while left:
        room = left.pop()
        if room not in wanted:
            wanted.add(room)
            left.extend(ARROWS_OF[room][0])
    assert set(CODE) == wanted


@each_module
def test_importing_a_module_does_nothing(path: Path) -> None:
    """Nothing at the top level of a module calls for its effect (a bare call or a loop)."""
    if path.name == "__main__.py":
        return
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        assert is_docstring or not isinstance(node, ast.Expr | ast.For | ast.While | ast.With), (
            f"{path.name}:{node.lineno} does something when imported"
        )


@each_module
def test_names_say_what_a_module_does(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "common", "misc"}
