"""Reading runs on a Dask cluster as it does here."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from scripts.errors import ArchiveError
from scripts.pictures.making import PictureJob, draw_files
from scripts.privacy.ready import make_jobs, make_ready
from scripts.reading.executors import dask_executor
from tests.pdfs import make_pdf, sha256

distributed: Any = import_module("distributed")


def test_a_cluster_gives_the_same_pages_and_draws_them(tmp_path: Path) -> None:
    held = {}
    for number in range(4):
        content = make_pdf([[f"Memorandum number {number}", "write to jane@example.gov"]])
        held[sha256(content)] = tmp_path / f"{number}.pdf"
        held[sha256(content)].write_bytes(content)
    here = make_ready(make_jobs(held, tmp_path / "a", (), by_eye=False))
    jobs = make_jobs(held, tmp_path / "b", (), by_eye=False)
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=True, dashboard_address=None
        ) as cluster,
        dask_executor(cluster.scheduler_address) as executor,
    ):
        there = make_ready(jobs, executor)
        drawn = draw_files(
            [PictureJob(job, tmp_path / "drawn") for job in jobs], lambda file: None, executor
        )
    assert [len(file.pages) for file in drawn] == [1, 1, 1, 1]
    assert dict(there) == dict(here)
    assert len(there) == 4
    assert all(file.pages[0].masked == 1 for file in there.values())


def test_a_scheduler_that_does_not_answer_is_reported() -> None:
    with (
        pytest.raises(ArchiveError, match="a Dask scheduler that answers"),
        dask_executor("nonsense://nowhere"),
    ):
        pass
