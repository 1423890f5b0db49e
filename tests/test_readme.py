"""What the project's own papers promise: commands, files and settings that exist."""

from __future__ import annotations

import importlib
import re
from importlib.util import find_spec
from pathlib import Path

import click
import pytest
import yaml

from scripts import paths
from scripts.cli import COMMANDS

PAPERS = [
    *(paths.ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *sorted(paths.DOCS.rglob("*.md")),
]
WORKFLOWS = sorted((paths.ROOT / ".github" / "workflows").glob("*.yml"))
ALL = [*PAPERS, *WORKFLOWS]
MAKE = re.compile(
    r"(?:`(?:[A-Z_]+=\S+ )?|^ *(?:run: )?)make ([a-z]+)(?=`| [A-Z]+=\S+[`\n]|\n)", re.MULTILINE
)
SCRIPT = re.compile(r"(?:python|\.venv/bin/python) -m scripts ([a-z]+)([^\n`|]*)")
NAMED = re.compile(r"`((?:db|docs|scripts|\.github|\.ci|tests|overrides)/[\w./-]*)`")
# Made by the commands, or there once somebody has written a row.
NOT_IN_GIT = ("db/archive.db", "db/records/corrections.csv", "db/records/fixes/", "db/records/")


def name(path: Path) -> str:
    return path.relative_to(paths.ROOT).as_posix()


def make_targets() -> set[str]:
    text = (paths.ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):", text, flags=re.MULTILINE))


def load_command(command: str) -> click.Command:
    module, _, attribute = COMMANDS[command].partition(":")
    found = getattr(importlib.import_module(module), attribute)
    assert isinstance(found, click.Command)
    return found


@pytest.mark.parametrize("paper", ALL, ids=name)
def test_every_command_named_exists_with_its_options(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    assert set(MAKE.findall(text)) <= make_targets()
    for command, rest in SCRIPT.findall(text):
        assert command in COMMANDS, command
        if find_spec(COMMANDS[command].partition(":")[0]) is None:
            continue  # its room is still being built
        known = {option for param in load_command(command).params for option in param.opts}
        assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= known, f"{command}{rest}"


def test_the_papers_name_every_command() -> None:
    readme = (paths.ROOT / "README.md").read_text(encoding="utf-8")
    assert {"serve", "test", "harvest", "build", "check", "site", "bench", "help"} <= set(
        MAKE.findall(readme)
    )


@pytest.mark.parametrize("paper", PAPERS, ids=name)
def test_every_file_named_exists(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    for place in NAMED.findall(text):
        if place not in NOT_IN_GIT and not place.startswith("db/records/"):
            assert (paths.ROOT / place).exists(), place
    for target in re.findall(r"\]\((?!https?:|#|/)([^)#\s]+)", text):
        assert (paper.parent / target).exists(), target


def test_the_picture_in_the_readme_is_small() -> None:
    picture = paths.DOCS / "assets" / "home.webp"
    assert 5_000 < picture.stat().st_size < 150_000


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=name)
def test_workflows_are_sound(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    parsed = yaml.safe_load(text)
    assert parsed["permissions"]
    for job in parsed["jobs"].values():
        assert job["timeout-minutes"]
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step)
            # what people write must not reach a shell by itself
            assert "github.event" not in step.get("run", "")
    assert not re.search(r"pypi|pythonhosted|index-url", text, flags=re.IGNORECASE)


def test_a_release_is_refused_where_text_would_be_lost() -> None:
    text = (paths.ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
    assert text.index("fetch --from-records") < text.index("site --release --check-links")


def test_licence_and_citation_say_what_is_whose() -> None:
    licence = (paths.ROOT / "LICENSE").read_text(encoding="utf-8")
    for words in ("MIT License", "CC0 1.0 Universal", "not ours to license"):
        assert words in licence
    citation = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["license"] == ["CC0-1.0", "MIT"]
    readme = (paths.ROOT / "README.md").read_text(encoding="utf-8")
    for credit in ("appelson/Tracking_287g", "RelevantResearch/287g-DetentionData"):
        assert credit in readme
        assert credit in (paths.DOCS / "learn" / "licence.md").read_text(encoding="utf-8")
