"""The application: which address is answered by what."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from kgraph.web import api, asking, curating, pages, problems, resources, things
from kgraph.web.guard import Guard
from kgraph.web.metrics import make_metrics
from kgraph.web.pool import Pool
from kgraph.web.protocol import sparql
from kgraph.web.rendering import make_templates
from kgraph.web.site import Library, Settings, Site, running

if TYPE_CHECKING:
    from starlette.types import ASGIApp

__all__ = ["make_application", "run"]

_ROUTES = (
    Route("/", pages.home),
    Route("/search", pages.search_page),
    Route("/browse/{type}", pages.browse),
    Route("/compare", pages.compare),
    Route("/graph", pages.graph),
    Route("/graph/picture", resources.picture),
    Route("/id/{id:path}", things.thing),
    Route("/ask", asking.ask),
    Route("/questions", asking.questions),
    Route("/questions/{name}", asking.question),
    Route("/query", asking.editor),
    Route("/sparql", sparql, methods=["GET", "POST"]),
    Route("/ontology", resources.ontology),
    Route("/api/openapi.json", api.openapi),
    Route("/api/search", api.search_),
    Route("/api/types", api.types),
    Route("/api/types/{type}", api.listed),
    Route("/api/things/{id:path}", api.thing),
    Route("/api/questions", api.questions),
    Route("/api/questions/{name}", api.question),
    Route("/api/ask", api.ask),
    Route("/health", resources.health),
    Route("/metrics", resources.metrics),
    Route("/static/{name}", resources.static),
)
_CURATION = (
    Route("/curation", curating.decisions),
    Route("/curation/enter", curating.enter),
    Route("/curation/decide", curating.decide, methods=["POST"]),
    Route("/curation/withdraw", curating.withdraw, methods=["POST"]),
)


def make_application(library: Library, settings: Settings) -> Starlette:
    """The application over a graph, with its limits; its processes run from its start to its end."""
    pool = Pool(str(library.path), number=settings.workers, megabytes=settings.megabytes, queue=settings.queue)
    site = Site(settings, library, pool, make_templates(), make_metrics())

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with running(site):
            yield

    middleware = [Middleware(Guard, site=site)]
    if settings.cors:
        allowed = Middleware(CORSMiddleware, allow_origins=list(settings.cors), allow_methods=["GET", "POST"])
        middleware.append(allowed)
    application = Starlette(
        routes=[*_ROUTES, *(_CURATION if settings.curation else ())],
        middleware=middleware,
        exception_handlers=problems.HANDLERS,
        lifespan=lifespan,
    )
    application.state.site = site
    return application


def run(application: ASGIApp, listening: socket.socket) -> None:
    """Answer requests on a socket until Ctrl-C."""
    import uvicorn

    from kgraph.web.timeouts import Connection

    config = uvicorn.Config(
        application,
        http=Connection,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=500,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=2,
    )
    uvicorn.Server(config).run([listening])
