"""The engine of one machine with several cores: processes, each with its own model."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Any, Generic, TypeVar

from kgraph.engines.workers import Lost, Worker, cores, heard
from kgraph.errors import EngineError

__all__ = ["ProcessesEngine"]

Item = TypeVar("Item")
Made = TypeVar("Made")

_AHEAD = 4  # items a worker that may be under way, or done before their turn


@dataclass(frozen=True, slots=True)
class ProcessesEngine:
    """Does the work in processes, by default one for each core this process may use.

    An item whose worker dies, or takes longer than ``timeout_seconds`` (a worker's first item may
    take ``start_seconds`` more), is tried ``tries`` times; nobody else loses anything by it, for
    each worker has a pipe of its own.
    """

    workers: int | None = None
    timeout_seconds: float = 900.0
    start_seconds: float = 120.0
    tries: int = 3
    name: str = "processes"

    def map(self, work: Callable[[Item], Made], items: Iterable[Item]) -> Iterator[Made]:
        """What the work makes of each item, in their order.

        Raises what the work raises, and :class:`~kgraph.errors.EngineError` for an item that no
        worker brought to an end. A script that comes here must be one that can be imported, its
        doings behind ``if __name__ == "__main__"``, as everywhere with processes in Python.
        """
        crew = _Crew(self, work)
        waiting = iter(items)
        made: dict[int, tuple[bool, Any]] = {}
        try:
            for turn in count():
                while turn not in made:
                    crew.employ(waiting, until=turn + _AHEAD * crew.size)
                    if not crew.busy:
                        return
                    made.update(crew.finished())
                well, answer = made.pop(turn)
                if not well:
                    raise answer
                yield answer
        finally:
            crew.dismiss()


@dataclass(frozen=True, slots=True)
class _Task(Generic[Item]):
    number: int
    item: Item
    tried: int = 1


class _Crew(Generic[Item, Made]):
    """The workers, who of them is at what, and what has to be done once more."""

    def __init__(self, engine: ProcessesEngine, work: Callable[[Item], Made]) -> None:
        self.engine = engine
        self.work = work
        self.size = engine.workers or cores()
        self.idle: list[Worker] = []
        self.busy: dict[Worker, _Task[Item]] = {}
        self.again: deque[_Task[Item]] = deque()
        self.given = 0

    def employ(self, waiting: Iterator[Item], *, until: int) -> None:
        """Give workers something to do, hired as needed: what was lost first, then items up to that number."""
        while self.idle or len(self.busy) < self.size:
            if self.again:
                task = self.again.popleft()
            elif self.given < until and (taken := list(islice(waiting, 1))):
                task = _Task(self.given, taken[0])
                self.given += 1
            else:
                return
            worker = self.idle.pop() if self.idle else self._worker()
            self.busy[worker] = task
            worker.give(task.item, self.engine.timeout_seconds)

    def finished(self) -> Iterator[tuple[int, tuple[bool, Any]]]:
        """What comes of the next items to be finished, by their number; what was lost is to be done again."""
        for worker in heard([*self.busy]):
            task = self.busy[worker]
            try:
                answer = worker.take()
            except Lost as lost:
                self._lose(worker, lost)
                continue
            self.idle.append(worker)
            del self.busy[worker]
            yield task.number, answer

    def dismiss(self) -> None:
        """Let all go; those at work are made to."""
        for worker in (*self.idle, *self.busy):
            worker.dismiss(at_once=worker in self.busy)
        for worker in (*self.idle, *self.busy):
            worker.join()

    def _lose(self, worker: Worker, lost: Lost) -> None:
        task = self.busy.pop(worker)
        worker.dismiss(at_once=True)
        worker.join()
        if task.tried >= self.engine.tries:
            raise EngineError(
                f"batch {task.number + 1} was given up: {task.tried} workers in turn were lost over it, "
                f"of whom the last {lost}; see to this machine's memory, or look with --engine local"
            )
        self.again.append(replace(task, tried=task.tried + 1))

    def _worker(self) -> Worker:
        threads = max(1, cores() // self.size)
        return Worker(self.work, threads=threads, start_seconds=self.engine.start_seconds)
