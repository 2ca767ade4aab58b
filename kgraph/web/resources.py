"""What is no page: the picture of the graph, the ontology, files of the pages, health and metrics."""

from __future__ import annotations

import mimetypes

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from kgraph.web.metrics import exposition
from kgraph.web.rendering import asset_content
from kgraph.web.site import site_of

__all__ = ["health", "metrics", "ontology", "picture", "static"]

_PICTURE = (
    "sandbox allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox "
    "allow-top-navigation-by-user-activation; frame-ancestors 'self'"
)


def picture(request: Request) -> Response:
    """The picture that the build wrote, in a box of its own: it has no part in this site's origin."""
    path = site_of(request).library.path
    page = (path.parent if path.is_file() else path) / "graph.html"
    if not page.is_file():
        raise HTTPException(404, "this graph has no picture: kgraph build writes one")
    return FileResponse(page, media_type="text/html; charset=utf-8", headers={"content-security-policy": _PICTURE})


def ontology(_: Request) -> Response:
    """The ontology, as Turtle."""
    from kgraph.ontology import folder

    return FileResponse(folder() / "kgraph.ttl", media_type="text/turtle; charset=utf-8")


def static(request: Request) -> Response:
    """A file of the pages; with its digest in the address it may be kept for good."""
    name = request.path_params["name"]
    content = asset_content(name)
    if content is None:
        raise HTTPException(404, "there is no such file")
    kept = "public, max-age=31536000, immutable" if "v" in request.query_params else "no-cache"
    type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(content, headers={"content-type": f"{type}; charset=utf-8", "cache-control": kept})


def health(request: Request) -> Response:
    """Whether the server can answer, and how many of its processes can answer queries."""
    site = site_of(request)
    papers = site.library.catalogue.counts.get("Paper", 0)
    return JSONResponse({"status": "ok", "papers": papers, "processes": site.pool.alive})


def metrics(request: Request) -> Response:
    """The counters, for Prometheus."""
    site = site_of(request)
    site.metrics.busy.set(site.pool.busy)
    return Response(exposition(site.metrics), media_type="text/plain; version=0.0.4; charset=utf-8")
