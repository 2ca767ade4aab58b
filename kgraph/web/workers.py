"""Processes that answer queries: each can be killed when its time is over, and another takes its place.

A thread cannot be stopped in the middle of a join, a process can. So a query that explodes costs
its own worker a start, and nobody else anything but the wait for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from dataclasses import asdict, dataclass
from typing import Any, Literal

import orjson

from kgraph.errors import KgraphError
from kgraph.query import Form, Kind

__all__ = ["Asked", "Reply", "Workers"]

_STOP_SECONDS = 5.0
_START_SECONDS = 600.0  # the first may have to load the graph


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, the forms its answer may have (a table, a graph), and how large it may be and how long it may take."""

    query: str
    table: Form | None = "json"
    graph: Form | None = "ttl"
    rows: int = 100_000
    bytes: int = 64 << 20
    seconds: float = 10.0


Status = Literal["answered", "refused", "too large", "too long", "too much memory", "busy"]
"""What became of a query."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a query: the answer, or a message."""

    status: Status
    content: bytes = b""
    kind: Kind | None = None
    form: Form | None = None
    message: str = ""
    line: int | None = None
    column: int | None = None


class Workers:
    """So many processes over one graph, and a queue of limited length before them."""

    def __init__(self, graph: str, *, number: int, megabytes: int, queue: int) -> None:
        self.graph = graph
        self.number = number
        self.megabytes = megabytes
        self.queue = queue
        self.waiting = 0
        self.killed = 0
        self._idle: asyncio.Queue[asyncio.subprocess.Process] = asyncio.Queue()
        self._all: dict[asyncio.subprocess.Process, int] = {}
        self._generation = 0
        self._stopping = False
        self._starting: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the processes; the first alone, since it may have to make the store that the others open."""
        await self._add()
        for _ in range(self.number - 1):
            await self._add()

    async def stop(self) -> None:
        """End every process."""
        self._stopping = True
        if self._starting:
            await asyncio.wait(self._starting, timeout=_STOP_SECONDS)
        for worker in list(self._all):
            await self._end(worker)

    async def renew(self) -> None:
        """Start others, which read the graph as it is now; those at work end when they have answered."""
        self._generation += 1
        for _ in range(self.number):
            await self._add()

    @property
    def busy(self) -> int:
        """How many processes are answering."""
        return len(self._all) - self._idle.qsize()

    async def ask(self, asked: Asked) -> Reply:
        """What becomes of a query: it waits for a process no longer than it may then take itself."""
        if self.waiting >= self.queue:
            return Reply("busy", message="too many queries are waiting: try again in a moment")
        self.waiting += 1
        try:
            worker = await asyncio.wait_for(self._next(), asked.seconds)
        except TimeoutError:
            return Reply("busy", message="every process is answering another query: try again in a moment")
        finally:
            self.waiting -= 1
        try:
            reply = await asyncio.wait_for(_exchange(worker, asked), asked.seconds)
        except TimeoutError:
            self._replace(worker)
            return Reply("too long", message=f"the query was stopped after {asked.seconds:g} s: ask for less")
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            self._replace(worker)
            return Reply("too much memory", message="the query needed more memory than it may take: ask for less")
        except BaseException:
            self._replace(worker)  # whoever asked is gone, in the middle of the answer
            raise
        if self._all.get(worker) == self._generation:
            self._idle.put_nowait(worker)
        else:
            await self._end(worker)
        return reply

    async def _next(self) -> asyncio.subprocess.Process:
        """A process that waits for work and knows the present graph."""
        while True:
            worker = await self._idle.get()
            if self._all.get(worker) == self._generation:
                return worker
            await self._end(worker)

    async def _add(self) -> None:
        worker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "kgraph.web.worker", self.graph, str(self.megabytes)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        self._all[worker] = self._generation
        assert worker.stdout is not None
        ready = await asyncio.wait_for(worker.stdout.readline(), _START_SECONDS)
        if ready != b"ready\n":
            await self._end(worker)
            raise KgraphError("a process that answers queries did not start: look above for its reason")
        self._idle.put_nowait(worker)

    def _replace(self, worker: asyncio.subprocess.Process) -> None:
        self.killed += 1

        async def replace() -> None:
            await self._end(worker)
            if self._stopping:
                return
            with contextlib.suppress(KgraphError, OSError, TimeoutError):  # it has said why; the others go on
                await self._add()

        task = asyncio.create_task(replace())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _end(self, worker: asyncio.subprocess.Process) -> None:
        self._all.pop(worker, None)
        with contextlib.suppress(ProcessLookupError):
            worker.kill()
        assert worker.stdin is not None
        worker.stdin.close()
        with contextlib.suppress(ConnectionError, ValueError):
            await worker.communicate()  # to the end of its other pipe, which closes it


async def _exchange(worker: asyncio.subprocess.Process, asked: Asked) -> Reply:
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(orjson.dumps(asdict(asked)) + b"\n")
    await worker.stdin.drain()
    head: dict[str, Any] = orjson.loads(await worker.stdout.readline())
    content = await worker.stdout.readexactly(head.pop("length"))
    return Reply(content=content, **head)
