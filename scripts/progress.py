"""What a command shows while it works: the stage that is under way, or a bar; on stderr."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def stages() -> Iterator[Callable[[str], None]]:
    """Show the stage that is under way, where the error stream is a terminal."""
    with Console(stderr=True).status("") as status:
        yield lambda stage: status.update(f"{stage} …")


@contextmanager
def counting(title: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar of so many steps; nothing where there is nothing to do or nobody to see it."""
    console = Console(stderr=True)
    if total == 0 or not console.is_terminal:
        yield lambda: None
        return
    columns = (TextColumn(title), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
