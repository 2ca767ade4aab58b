"""Problems, told as whoever asks can read them: a page, JSON under ``/api``, else a line of text."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kgraph.errors import KgraphError
from kgraph.web.negotiation import best
from kgraph.web.protocol import Refused
from kgraph.web.site import site_of

__all__ = ["HANDLERS", "told"]


def told(request: Request, status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    """The answer that tells of a problem."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message}, status, headers)
    if best(request.headers.get("accept"), {"text/plain": "text", "text/html": "html"}) != "html":
        return PlainTextResponse(f"{message}\n", status, headers)
    context = {"status": status, "phrase": HTTPStatus(status).phrase, "message": message}
    return site_of(request).templates.TemplateResponse(request, "problem.html", context, status, headers)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers) if error.headers else None
    message = "there is nothing at this address" if error.detail == "Not Found" else error.detail
    return told(request, error.status_code, message, headers)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return told(request, error.status, error.message)


def _problem(request: Request, error: Exception) -> Response:
    return told(request, 400, str(error))


def _bug(request: Request, _: Exception) -> Response:
    return told(request, 500, "something went wrong here, and that is a mistake of ours")


HANDLERS: dict[Any, Any] = {HTTPException: _http, Refused: _refused, KgraphError: _problem, 500: _bug}
"""What answers for each kind of problem."""
