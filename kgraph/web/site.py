"""What every page has at hand: the graph, its catalogue, the processes that answer queries, the settings."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.files import graph_files
from kgraph.query import Store, open_store
from kgraph.questions import is_named
from kgraph.web.catalogue import Catalogue, open_catalogue
from kgraph.web.metrics import Metrics
from kgraph.web.pool import Asked, Pool

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.templating import Jinja2Templates

__all__ = ["Library", "Settings", "Site", "open_library", "running", "site_of"]

_LOOK_EVERY_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be set.

    ``hosts`` are the names that the server answers to, all where there are none; ``curation`` is the
    file that people's decisions are written to, None where nobody may decide; ``token`` lets them in.
    """

    graph: Path
    hosts: tuple[str, ...] = ()
    cors: tuple[str, ...] = ()
    curation: Path | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    seconds: float = 10.0
    rows: int = 100_000
    bytes: int = 64 << 20
    workers: int = 2
    megabytes: int = 1024
    queue: int = 200


@dataclass(frozen=True, slots=True)
class Library:
    """A build as it was when it was opened."""

    path: Path
    store: Store
    catalogue: Catalogue
    state: tuple[tuple[str, int, int], ...]


@dataclass(slots=True)
class Site:
    """One served graph; ``library`` is replaced when the build changes."""

    settings: Settings
    library: Library
    pool: Pool
    templates: Jinja2Templates
    metrics: Metrics

    def asked(self, query: str, **forms: str | None) -> Asked:
        """A query with the limits that are set here."""
        limits = self.settings
        return Asked(query, rows=limits.rows, bytes=limits.bytes, seconds=limits.seconds, **forms)  # type: ignore[arg-type]


def site_of(request: Request) -> Site:
    """The site that a request is made to."""
    site: Site = request.app.state.site
    return site


def open_library(path: Path) -> Library:
    """Open a build, or a Turtle file; its names are looked through meanwhile, before a question needs them.

    Raises :class:`~kgraph.errors.GraphNotFound` where there is none and
    :class:`~kgraph.errors.ReadError` where it is damaged.
    """
    state = _state(path)
    store = open_store(path)
    threading.Thread(target=is_named, args=(store, ""), daemon=True).start()
    return Library(path, store, open_catalogue(path, store), state)


def _state(path: Path) -> tuple[tuple[str, int, int], ...]:
    states = [(file.name, file.stat()) for file in graph_files(path)]
    return tuple((name, found.st_size, found.st_mtime_ns) for name, found in states)


@contextlib.asynccontextmanager
async def running(site: Site) -> AsyncIterator[None]:
    """The site with its processes at work and an eye on the build."""
    await site.pool.start()
    watching = asyncio.create_task(_watch(site))
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.wait([watching])
        await site.pool.stop()


async def _watch(site: Site) -> None:
    """Serve the build's next state once it is whole; until then, and where it is damaged, the one before."""
    before = site.library.state
    while True:
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
        with contextlib.suppress(Exception):  # a build in the middle of its work, or a damaged one: the next look tells
            now = _state(site.library.path)
            if now == before != site.library.state:  # changed, and at rest since the last look
                library = await asyncio.to_thread(open_library, site.library.path)
                await site.pool.renew()
                site.library = library
            before = now
