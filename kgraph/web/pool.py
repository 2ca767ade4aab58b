"""Processes that answer queries: each can be killed when its time is over, and another takes its place.

A thread cannot be stopped in the middle of a join, a process can. So a query that explodes costs
its own process a start, and nobody else anything but the wait for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from asyncio.subprocess import Process
from dataclasses import asdict, dataclass
from typing import Any, Literal

import orjson

from kgraph.errors import KgraphError
from kgraph.query import Form, Kind

__all__ = ["Asked", "Pool", "Reply"]

_START_SECONDS = 600.0  # the first may have to load the graph
_RETRY_SECONDS, _LONGEST_RETRY_SECONDS = 0.5, 30.0  # before one that did not start is tried again


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


class Pool:
    """So many processes over one graph, and a queue of limited length before them."""

    def __init__(self, graph: str, *, number: int, megabytes: int, queue: int) -> None:
        self.graph = graph
        self.number = number
        self.megabytes = megabytes
        self.queue = queue
        self.waiting = 0
        self.killed = 0
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        self._all: dict[Process, int] = {}
        self._generation = 0
        self._stopping = False
        self._replacing: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the processes.

        Raises :class:`~kgraph.errors.KgraphError` where one does not start; none is left behind then.
        """
        await self._take_over(await self._started_anew())

    async def stop(self) -> None:
        """End every process."""
        self._stopping = True
        for task in self._replacing:
            task.cancel()
        await asyncio.gather(*self._replacing, return_exceptions=True)
        for process in list(self._all):
            await self._end(process)

    async def renew(self) -> None:
        """Start others, which read the graph as it is now; those at work end when they have answered.

        The others take over when all of them are ready. Raises what :meth:`start` does, and then
        those that there are go on.
        """
        await self._take_over(await self._started_anew())

    @property
    def alive(self) -> int:
        """How many processes there are that know the present graph."""
        return sum(
            generation == self._generation and process.returncode is None for process, generation in self._all.items()
        )

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
            process = await asyncio.wait_for(self._next(), asked.seconds)
        except TimeoutError:
            return Reply("busy", message="every process is answering another query: try again in a moment")
        finally:
            self.waiting -= 1
        try:
            reply = await asyncio.wait_for(_exchange(process, asked), asked.seconds)
        except TimeoutError:
            self._replace(process)
            return Reply("too long", message=f"the query was stopped after {asked.seconds:g} s: ask for less")
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            self._replace(process)
            return Reply("too much memory", message="the query needed more memory than it may take: ask for less")
        except BaseException:
            self._replace(process)  # whoever asked is gone, in the middle of the answer
            raise
        if self._all.get(process) == self._generation:
            self._idle.put_nowait(process)
        else:
            await self._end(process)
        return reply

    async def _next(self) -> Process:
        """A process that waits for work and knows the present graph."""
        while True:
            process = await self._idle.get()
            if self._all.get(process) != self._generation:
                await self._end(process)
            elif process.returncode is not None:  # ended while it waited, by no wish of ours
                self._replace(process)
            else:
                return process

    async def _started_anew(self) -> list[Process]:
        """As many processes as there are to be; the first alone, since it may have to make the store of the others."""
        started: list[Process] = []
        try:
            for _ in range(self.number):
                started.append(await self._started())  # noqa: PERF401 - those there are, when one fails, have to end
        except BaseException:
            for process in started:
                await self._end(process)
            raise
        return started

    async def _started(self) -> Process:
        """A process that has said that it is ready; one that does not is ended."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "kgraph.web.query_process", self.graph, str(self.megabytes)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        try:
            ready = await asyncio.wait_for(process.stdout.readline(), _START_SECONDS)
        except TimeoutError:
            ready = b"too late"
        except BaseException:
            await self._end(process)
            raise
        if ready != b"ready\n":
            await self._end(process)
            why = f"in {_START_SECONDS:g} s" if ready == b"too late" else "at all: look above for its reason"
            raise KgraphError(f"a process that answers queries did not start {why}")
        return process

    async def _take_over(self, started: list[Process]) -> None:
        """Let these processes answer from now on; those before them that are idle end."""
        before = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
        self._generation += 1
        for process in started:
            self._all[process] = self._generation
            self._idle.put_nowait(process)
        for process in before:
            await self._end(process)

    def _replace(self, process: Process) -> None:
        """End a process, and start another in its place unless a newer state of the graph has its own."""
        self.killed += 1
        generation = self._all.get(process)

        async def replace() -> None:
            await self._end(process)
            pause = _RETRY_SECONDS
            while generation == self._generation and not self._stopping:
                try:
                    other = await self._started()
                except (KgraphError, OSError):  # it has said why; the others go on
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, _LONGEST_RETRY_SECONDS)
                    continue
                if generation != self._generation:  # it may know the graph as it was
                    await self._end(other)
                    return
                self._all[other] = self._generation
                self._idle.put_nowait(other)
                return

        task = asyncio.create_task(replace())
        self._replacing.add(task)
        task.add_done_callback(self._replacing.discard)

    async def _end(self, process: Process) -> None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        assert process.stdin is not None
        process.stdin.close()
        with contextlib.suppress(ConnectionError, ValueError):
            await process.communicate()  # to the end of its other pipe, which closes it
        self._all.pop(process, None)


async def _exchange(process: Process, asked: Asked) -> Reply:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(orjson.dumps(asdict(asked)) + b"\n")
    await process.stdin.drain()
    head: dict[str, Any] = orjson.loads(await process.stdout.readline())
    content = await process.stdout.readexactly(head.pop("length"))
    return Reply(content=content, **head)
