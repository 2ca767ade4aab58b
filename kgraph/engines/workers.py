"""A process that works for this one, and the pipe between them."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import time
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

from kgraph.errors import KgraphError

__all__ = ["Lost", "Worker", "cores", "heard"]

_GRACE_SECONDS = 5.0


class Lost(Exception):
    """A worker is gone, or does not answer; says which."""


class Worker:
    """A process of its own that does one piece of work after another.

    It is started afresh rather than forked, since the libraries beneath have threads; the work is
    sent to it once, so what the work loads and keeps stays there. It ends when its pipe does,
    hence with its parent however that ends. ``threads`` is how many cores it shall count on;
    ``start_seconds`` are granted to its first item, for which it starts and loads what it needs.
    """

    def __init__(self, work: Callable[[Any], Any], *, threads: int, start_seconds: float) -> None:
        context = multiprocessing.get_context("spawn")
        self.deadline = 0.0
        self._granted = start_seconds
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, work, threads), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def pid(self) -> int | None:
        """The process's id."""
        return self._process.pid

    @property
    def pipe(self) -> Connection:
        """What is ready when the worker has answered or is gone."""
        return self._pipe

    def give(self, item: Any, timeout_seconds: float) -> None:
        """Send it an item; that a worker is gone by then is heard when its answer is taken."""
        self.deadline = time.monotonic() + timeout_seconds + self._granted
        self._granted = 0.0
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._pipe.send(item)

    def take(self) -> tuple[bool, Any]:
        """Whether all went well, and what it has made, or else what the work raised.

        Raises :class:`Lost` where nothing comes any more.
        """
        if not self._pipe.poll():
            raise Lost("did not answer in time")
        try:
            answer: tuple[bool, Any] = self._pipe.recv()
        except (EOFError, OSError):
            self._process.join(_GRACE_SECONDS)
            raise Lost(f"died, {_ending(self._process.exitcode)}") from None
        return answer

    def dismiss(self, *, at_once: bool) -> None:
        """Tell it to end, when it is idle or else ``at_once``."""
        self._pipe.close()
        if at_once:
            self._process.kill()

    def join(self) -> None:
        """Wait until it has ended, and see to it that it does."""
        self._process.join(_GRACE_SECONDS)
        self._process.kill()
        self._process.join()
        self._process.close()


def heard(workers: Sequence[Worker]) -> list[Worker]:
    """Those of the workers that answered, are gone, or are past their time; waits for the first."""
    patience = min(worker.deadline for worker in workers) - time.monotonic()
    ready = wait([worker.pipe for worker in workers], max(0.0, patience))
    now = time.monotonic()
    return [worker for worker in workers if worker.pipe in ready or now >= worker.deadline]


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _serve(pipe: Connection, work: Callable[[Any], Any], threads: int) -> None:
    """What a worker does all its life: take an item, send what the work makes of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # which is for the parent to hear
    os.environ["OMP_NUM_THREADS"] = str(threads)
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(_answer(work, pipe.recv()))


def _answer(work: Callable[[Any], Any], item: Any) -> tuple[bool, Any]:
    try:
        made = work(item)
        pickle.dumps(made)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is for the parent to raise
        return False, _portable(error)
    return True, made


def _portable(error: Exception) -> Exception:
    """An error of the input as it is, a bug with its traceback as a note; where that cannot travel, one that tells."""
    if isinstance(error, KgraphError):
        return error
    told = "".join(traceback.format_exception(error))
    error.add_note(f"in a worker:\n{told}")
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever a stranger's error raises while it is made again
        return RuntimeError(told)
    return error


def _ending(code: int | None) -> str:
    """How a process ended, in words.

    >>> _ending(-9), _ending(1)
    ('killed by SIGKILL', 'with exit code 1')
    """
    if code is not None and code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"with exit code {code}"
