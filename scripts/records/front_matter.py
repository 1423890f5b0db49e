"""The front matter of a curated document, read without types: ``NO`` and ``01001`` stay text."""

from __future__ import annotations

import json
from collections.abc import Iterator

import yaml
from pydantic import ValidationError

from scripts.errors import Problem
from scripts.records.curated import FrontMatter

FENCE = "---"


class Faults:
    """Collects what is wrong in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, line: int, field: str, seen: str | None, expected: str, remedy: str = "") -> None:
        """One problem more; ``seen`` is shown quoted, ``None`` for what is not there."""
        shown = "nothing" if seen is None else repr(seen)
        self.problems.append(Problem(f"{self.file}:{line}", field, shown, expected, remedy))


def format_scalar(value: str) -> str:
    """A YAML value: plain where it reads back as itself, else in double quotes."""
    try:
        if yaml.load(f"key: {value}", yaml.BaseLoader) == {"key": value}:
            return value
    except yaml.YAMLError:
        pass
    return json.dumps(value, ensure_ascii=False)


def read_front_matter(lines: list[str], faults: Faults) -> tuple[FrontMatter | None, int]:
    """The front matter, and the index of the first line after it."""
    if lines[0] != FENCE:
        faults.add(1, "front matter", lines[0], "a first line that is ---")
        return None, 0
    if FENCE not in lines[1:]:
        faults.add(1, "front matter", "no second ---", "a line that is --- after the front matter")
        return None, len(lines)
    end = lines.index(FENCE, 1)
    values, places = _mapping("\n".join(lines[1:end]), faults)
    try:
        return FrontMatter.model_validate(values), end + 1
    except ValidationError as error:
        for detail in error.errors():
            key = str(detail["loc"][0])
            if key in values or key not in places:  # else it has been reported above
                faults.add(places.get(key, 1), key, values.get(key), _expected(str(detail["msg"])))
        return None, end + 1


def _expected(message: str) -> str:
    """pydantic's message, as what was expected."""
    known = {
        "Field required": "a value",
        "Extra inputs are not permitted": f"one of {', '.join(FrontMatter.model_fields)}",
    }
    return known.get(message, message.removeprefix("Input should be ").removeprefix("String "))


def _mapping(source: str, faults: Faults) -> tuple[dict[str, str], dict[str, int]]:
    """Keys and values of the front matter as text, and each key's line in the file.

    ``BaseLoader`` gives no value a type, so that ``NO`` and ``01001`` stay as written.
    """
    values: dict[str, str] = {}
    places: dict[str, int] = {}
    try:
        node = yaml.compose(source, yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = 2 + (error.problem_mark.line if error.problem_mark else 0)
        faults.add(
            line,
            "front matter",
            str(error.problem),
            "`key: value`",
            "Put a value that holds a colon and a space into double quotes",
        )
        return values, places
    for key, value in _entries(node):
        line = key.start_mark.line + 2
        if not isinstance(value, yaml.ScalarNode):
            faults.add(line, str(key.value), "a list or a mapping", "one value on one line")
        elif key.value in values:
            faults.add(line, str(key.value), str(value.value), "a key that stands once")
        elif value.value == "":
            faults.add(line, str(key.value), None, "a value, or no such line where unknown")
        else:
            values[str(key.value)] = str(value.value)
        places.setdefault(str(key.value), line)
    return values, places


def _entries(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from node.value
