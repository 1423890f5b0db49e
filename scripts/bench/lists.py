"""Reading lists beside openpyxl and pandas, and the harvest from nothing and with one list more."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from scripts.bench.measure import Section, Setting, Way, compared, spent
from scripts.harvest.harvest import harvest
from scripts.held.store import HeldFile, find_held
from scripts.lists.file_names import read_name
from scripts.lists.workbook import read_workbook

_SAMPLE = 40


def sections(setting: Setting) -> Iterator[Section]:
    """The tables of this room; none without sources."""
    if setting.sources is None:
        return
    held = [file for file in find_held(setting.sources) if file.media == "workbook"]
    if held:
        yield reading(held)
        yield harvesting(held)


def reading(held: list[HeldFile]) -> Section:
    """One process, the same files: what each reader takes, as ratios."""
    files = sorted((file.path for file in held), key=lambda path: path.name)
    sample = files[:: max(1, len(files) // _SAMPLE)]
    ways = (
        Way("this archive", "cells by type, links unwrapped, checked", read_workbook),
        Way("openpyxl", "cells, links", _by_openpyxl),
        Way("pandas (openpyxl)", "cells", lambda path: _by_pandas(path, "openpyxl")),
        Way("pandas (calamine)", "cells", lambda path: _by_pandas(path, "calamine")),
    )
    taken = compared(ways, sample)
    own = taken[ways[0].name]
    rows = tuple(
        (
            way.name,
            way.does,
            f"{1000 * taken[way.name] / len(sample):.1f}",
            f"{taken[way.name] / own:.1f}",
        )
        for way in ways
    )
    title = f"Reading lists: {len(sample)} of {len(files)}, one process"
    return Section(title, ("reader", "gives", "CPU ms a list", "times ours"), rows)


def harvesting(held: list[HeldFile]) -> Section:
    """The whole harvest of these lists from nothing, again, and with one list more."""
    newest = max(held, key=lambda file: _stated(file.path.name))
    with tempfile.TemporaryDirectory() as place:
        lists, records = Path(place, "lists"), Path(place, "records")
        for file in held:
            if file != newest:
                _link(file.path, lists)
        run = partial(harvest, lists, records)
        first, unchanged = spent(run), spent(run)
        _link(newest.path, lists)
        one_more = spent(run)
    runs = (
        ("from nothing", f"{len(held) - 1}", first),
        ("again, nothing new", "0", unchanged),
        (f"one more: {newest.path.name}", "1", one_more),
    )
    rows = tuple((name, read, f"{one.wall:.1f}", f"{one.cpu:.1f}") for name, read, one in runs)
    remark = "Processor seconds are over all processes: on a free machine half of it by the clock."
    return Section("Harvest", ("run", "lists read", "seconds", "CPU s"), rows, (remark,))


def _stated(file_name: str) -> str:
    name = read_name(file_name)
    return str(name.stated_on or name.captured_at or "")


def _link(path: Path, folder: Path) -> None:
    place = folder / path.parent.name / path.name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(path)


def _by_openpyxl(path: Path) -> int:
    from openpyxl import load_workbook

    cells = 0
    for row in load_workbook(path).worksheets[0].iter_rows():
        cells += sum(cell.value is not None or cell.hyperlink is not None for cell in row)
    return cells


def _by_pandas(path: Path, engine: str) -> int:
    import pandas

    return len(pandas.read_excel(path, engine=engine))
