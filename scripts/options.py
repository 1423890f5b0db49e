"""The command line's shared options."""

from __future__ import annotations

from pathlib import Path

import click

from scripts import paths
from scripts.errors import ArchiveError

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)

records_option = click.option(
    "--records", type=FOLDER, default=paths.RECORDS, help="Folder of the record files."
)
sources_option = click.option(
    "--sources",
    type=FOLDER,
    default=None,
    help="Folder of held sources; default ARCHIVE_SOURCES, else sources/ if there.",
)
db_option = click.option("--db", type=FILE, default=paths.DATABASE, help="The built database.")


def held_sources(sources: Path | None) -> Path | None:
    """The sources folder to use, or ``None`` where none is at hand.

    Raises `ArchiveError` for a folder that is named and not there.
    """
    folder = sources or paths.default_sources()
    if folder is not None and not folder.is_dir():
        raise ArchiveError.single(
            str(folder),
            "sources",
            "no such folder",
            "a folder",
            "Mend --sources",
        )
    return folder
