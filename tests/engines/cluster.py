"""A Dask cluster of real processes on this machine: a scheduler and workers, each with its own pid."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Cluster:
    """Where the scheduler listens, its process, and the workers'."""

    address: str
    scheduler: subprocess.Popen
    workers: list[subprocess.Popen]


@contextlib.contextmanager
def cluster(folder: Path, *, workers: int, ttl_seconds: int = 3) -> Iterator[Cluster]:
    """A cluster that lives as long as the block; a worker that is silent for ``ttl_seconds`` is given up."""
    told = folder / "scheduler.json"
    settings = {"DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": f"{ttl_seconds}s", "PYTHONPATH": str(ROOT)}
    environment = os.environ | settings
    here = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(told)]
    alone = ["--no-nanny", "--nthreads", "1", "--memory-limit", "0", "--local-directory", str(folder)]
    started = []

    def start(*arguments: str) -> subprocess.Popen:
        with (folder / f"{len(started)}.log").open("wb") as log:
            process = subprocess.Popen([*arguments], env=environment, stdout=log, stderr=log)
        started.append(process)
        return process

    try:
        first = start(sys.executable, "-m", "distributed.cli.dask_scheduler", *here, "--port", "0")
        crew = [start(sys.executable, "-m", "distributed.cli.dask_worker", *here, *alone) for _ in range(workers)]
        yield Cluster(_address(told), first, crew)
    finally:
        for process in reversed(started):
            process.send_signal(signal.SIGKILL)
            process.wait()


def _address(told: Path) -> str:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(FileNotFoundError, ValueError):
            return str(json.loads(told.read_text())["address"])
        time.sleep(0.05)
    raise TimeoutError("the scheduler did not start: see the logs beside its file")
