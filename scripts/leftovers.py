"""What a run that was killed left behind, taken away by the next run of the same command.

Whatever is made aside is called ``NAME.<process>.tmp`` (a folder that is swapped out,
``NAME.<process>.old``). Where that process is no more, nobody will finish it.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

_ASIDE = re.compile(r"\.(?P<process>\d+)(?:-\d+)?\.(?:tmp|old)\Z")


def remove_leftovers(place: Path) -> int:
    """Remove what dead runs made aside of the file or folder ``place``; gives their number.

    Where ``place`` itself is gone because a run was killed between two renames, the old one is put
    back.
    """
    if not place.parent.is_dir():
        return 0
    found = [path for path in place.parent.glob(f"{place.name}.*") if _is_dead(path, place.name)]
    for old in sorted(found):
        if old.suffix == ".old" and not place.exists():
            os.replace(old, place)
    return sum(_remove(path) for path in found)


def remove_leftovers_below(folder: Path) -> int:
    """The same for every file below a folder, such as a cache; gives their number."""
    if not folder.is_dir():
        return 0
    return sum(_remove(path) for path in folder.rglob("*.tmp") if _is_dead(path))


def _is_dead(path: Path, name: str | None = None) -> bool:
    """Whether the process that made this aside is no more."""
    found = _ASIDE.search(path.name)
    if found is None or (name is not None and path.name[: found.start()] != name):
        return False
    try:
        os.kill(int(found["process"]), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        return False
    return int(found["process"]) == 0


def _remove(path: Path) -> int:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
    return 1
