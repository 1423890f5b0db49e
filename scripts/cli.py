"""The command line: finds a command in its room, runs it, prints all problems (the catch site)."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence

import click

from scripts.errors import ArchiveError

COMMANDS = {
    "fetch": "scripts.fetch.command:fetch",
    "update": "scripts.update.command:update",
    "harvest": "scripts.harvest.command:harvest",
    "register": "scripts.identity.command:register",
    "read": "scripts.facts.command:read",
    "reprint": "scripts.lists.command:reprint",
    "check": "scripts.checks.command:check",
    "pictures": "scripts.pictures.command:pictures",
    "build": "scripts.database.command:build",
    "diff": "scripts.database.diff_command:diff",
    "excerpt": "scripts.excerpts.command:excerpt",
    "serve": "scripts.publish.command:serve",
    "site": "scripts.publish.command:site",
}

# Objects made before Python looks for cycles, by default 700: records make a hundred thousand
# objects that stay, and looking through them again and again took a seventh of a build's time.
_NEW_OBJECTS = 100_000


class Rooms(click.Group):
    """Commands by name, imported only when called, so that each starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name, in the order in which material passes through the house."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or ``None``."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.command(cls=Rooms)
def commands() -> None:
    """The 287(g) Archive: harvest lists, build the database, serve and publish the site."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; print all problems together and exit with status 1 where there are any."""
    gc.set_threshold(_NEW_OBJECTS)
    try:
        commands.main(arguments, prog_name="python -m scripts", standalone_mode=False)
    except ArchiveError as error:
        for problem in error.problems:
            click.echo(f"error: {problem}", err=True)
        click.echo(f"{len(error.problems)} problem(s)", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
