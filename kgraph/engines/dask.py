"""The engine of a cluster: Dask's scheduler and workers (https://distributed.dask.org), wherever they run.

Only items and what is made of them travel; workers write what is large where all can reach it.
"""

from __future__ import annotations

import contextlib
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from kgraph.errors import EngineError, MissingExtra, one_line

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["DaskEngine"]

Item = TypeVar("Item")
Made = TypeVar("Made")

_AHEAD = 4  # items a thread of the cluster that may be under way, or done before their turn
_ANSWER_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class DaskEngine:
    """Does the work on the cluster of a scheduler; its workers have kgraph installed.

    Dask itself gives an item to another worker when one dies. An item that takes longer than
    ``timeout_seconds`` is given to a second one as well, and whoever is first counts: work that
    is done twice does no more than once. So for ``tries`` workers.
    """

    scheduler: str
    timeout_seconds: float = 900.0
    tries: int = 3
    name: str = "dask"

    def map(self, work: Callable[[Item], Made], items: Iterable[Item]) -> Iterator[Made]:
        """What the work makes of each item, in their order.

        Raises what the work raises, :class:`~kgraph.errors.EngineError` where the scheduler is
        not there, or for an item that no worker brought to an end, and
        :class:`~kgraph.errors.MissingExtra` without Dask.
        """
        with _client(self.scheduler) as client, _reached(self.scheduler):
            waiting = iter(items)
            run = uuid.uuid4().hex
            under_way: deque[_Task] = deque()
            number = 0
            while True:
                ahead = _AHEAD * max(1, sum(client.nthreads().values()))
                for item in islice(waiting, max(0, ahead - len(under_way))):
                    task = _Task(client, work, item, f"kgraph-{run}-{number}")
                    task.submit(self.timeout_seconds)
                    under_way.append(task)
                    number += 1
                if not under_way:
                    return
                yield under_way[0].result(self)
                under_way.popleft()


@dataclass(slots=True)
class _Task:
    """An item and its futures: one, and one more for each worker that took too long."""

    client: Client
    work: Callable[[Any], Any]
    item: Any
    key: str
    futures: list[Future] = field(default_factory=list)
    deadline: float = 0.0

    def submit(self, timeout_seconds: float, *, elsewhere: Iterable[str] = ()) -> None:
        """Give it to the cluster, to one of these workers where there are any."""
        key = f"{self.key}-{len(self.futures)}"
        workers = [*elsewhere] or None
        self.futures.append(self.client.submit(self.work, self.item, key=key, pure=False, workers=workers))
        self.deadline = time.monotonic() + timeout_seconds

    def result(self, engine: DaskEngine) -> Any:
        """What the first worker to finish has made."""
        while not (done := [future for future in self.futures if future.done()]):
            if time.monotonic() < self.deadline:
                self._wait()
            elif len(self.futures) >= engine.tries:
                raise EngineError(
                    f"{self.key} was given up: {engine.tries} workers took more than {engine.timeout_seconds:.0f} s "
                    f"each; look at the dashboard of {engine.scheduler}"
                )
            else:
                self.submit(engine.timeout_seconds, elsewhere=self._others())
        made = self._taken(done[0], engine)
        for future in self.futures:
            future.release()
        return made

    def _wait(self) -> None:
        from distributed import wait

        patience = min(1.0, max(0.01, self.deadline - time.monotonic()))
        with self.client.as_current(), contextlib.suppress(TimeoutError):
            wait(self.futures, timeout=patience, return_when="FIRST_COMPLETED")

    def _others(self) -> list[str]:
        """Workers that do not have it now."""
        keys = {future.key for future in self.futures}
        at_work = self.client.processing()
        return sorted(worker for worker, tasks in at_work.items() if keys.isdisjoint(tasks))

    def _taken(self, future: Future, engine: DaskEngine) -> Any:
        from distributed import KilledWorker

        try:
            return future.result()
        except KilledWorker as error:
            raise EngineError(
                f"{self.key} was given up: worker after worker died over it; see to their memory "
                f"(the dashboard of {engine.scheduler} tells of it)"
            ) from error


@contextlib.contextmanager
def _reached(scheduler: str) -> Iterator[None]:
    """Whatever is done with a scheduler that is there."""
    from distributed import CancelledError
    from distributed.comm import CommClosedError

    try:
        yield
    except (CancelledError, CommClosedError) as error:
        raise EngineError(f"the scheduler {scheduler} was lost: what is done is kept, run it again") from error


@contextlib.contextmanager
def _client(scheduler: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError:
        raise MissingExtra("builds on a cluster", "dask") from None
    try:
        client = Client(scheduler, timeout=_ANSWER_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise EngineError(
            f"no scheduler answers at {scheduler}: start one with `dask scheduler` ({one_line(error, 120)})"
        ) from error
    with client:
        yield client
