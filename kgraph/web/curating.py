"""Decisions of people, made in the browser: they are written to ``curation.yaml`` and honoured by the next build.

Who may decide has the token that the server printed, which becomes a cookie that no other site's
page can send. A decision counts only where it comes from a page of this very site
(``Origin``, ``Sec-Fetch-Site``) and carries the proof that was put into its form.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kgraph.errors import KgraphError
from kgraph.ontology import load_ontology
from kgraph.resolution.curation import Ruling
from kgraph.resolution.deciding import decide as write_decision
from kgraph.resolution.deciding import pending, read_or_empty
from kgraph.resolution.deciding import withdraw as take_back
from kgraph.web.protocol import body_of
from kgraph.web.site import Site, site_of

__all__ = ["decide", "decisions", "enter", "is_curator", "proof", "withdraw"]

_COOKIE = "kgraph-curator"
_LARGEST = 20_000
_ACTIONS = {"merge", "retype", "rename", "ignore", "split", "reject"}


def is_curator(request: Request) -> bool:
    """Whether whoever asks has shown the token."""
    site = site_of(request)
    shown = request.cookies.get(_COOKIE, "")
    return site.settings.curation is not None and hmac.compare_digest(shown.encode(), site.settings.token.encode())


def proof(request: Request) -> str:
    """What a form carries to prove that a page of this site showed it."""
    token = site_of(request).settings.token
    return hmac.new(token.encode(), b"a form of this site", hashlib.sha256).hexdigest()


def enter(request: Request) -> Response:
    """The door: the token of the address becomes a cookie."""
    token = site_of(request).settings.token
    if not hmac.compare_digest(request.query_params.get("token", "").encode(), token.encode()):
        raise HTTPException(403, "this is not the token that kgraph serve --edit printed")
    response = RedirectResponse("/curation", 303)
    response.set_cookie(_COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return response


def decisions(request: Request) -> Response:
    """All decisions, and which of them the next build will be the first to honour."""
    _let_in(request)
    site = site_of(request)
    path = _file(site)
    waiting = pending(path, _built_with(site), load_ontology())
    every = sorted(read_or_empty(path, load_ontology()).rulings, key=lambda ruling: ruling.line)
    context = {"path": path, "waiting": waiting, "done": [ruling for ruling in every if ruling not in waiting]}
    return site.templates.TemplateResponse(request, "curation.html", context)


async def decide(request: Request) -> Response:
    """Write a decision."""
    return await _changed(request, write_decision, "decided")


async def withdraw(request: Request) -> Response:
    """Take a decision back."""
    return await _changed(request, take_back, "withdrawn")


async def _changed(request: Request, change: Any, what: str) -> Response:
    _let_in(request)
    _same_origin(request)
    body = (await body_of(request, _LARGEST)).decode("utf-8", "replace")
    given = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=20))
    if not hmac.compare_digest(given.get("proof", "").encode(), proof(request).encode()):
        raise HTTPException(403, "this form was not shown by this server: open the page again")
    site = site_of(request)
    ruling = _ruling(site, given)
    if what == "decided":
        _there(site, ruling)
    await run_in_threadpool(change, _file(site), ruling, load_ontology())
    return RedirectResponse(f"/curation?{what}={ruling.action}", 303)


def _ruling(site: Site, given: Mapping[str, str]) -> Ruling:
    action, reason = given.get("action", ""), " ".join(given.get("reason", "").split())
    about = tuple(part for part in given.get("about", "").split() if part)
    if action not in _ACTIONS or not about:
        raise HTTPException(400, "a decision needs an action and what it is about")
    if not reason:
        raise KgraphError("a decision needs a reason: say in a few words why")
    papers = frozenset(part.removeprefix("paper/") for part in given.get("papers", "").replace(",", " ").split())
    names = frozenset(name for part in given.get("names", "").split(";") if (name := part.strip()))
    to = " ".join(given.get("to", "").split()).removeprefix(site.library.store.base_iri).removeprefix("/id/")
    return Ruling(action, about, reason, to, papers, names)  # type: ignore[arg-type]


def _there(site: Site, ruling: Ruling) -> None:
    """Refuse what names nothing of this graph, which the next build would refuse too."""
    named = [ruling.about[0], *(ruling.about[2:] if ruling.action == "reject" else ())]
    named += [ruling.to] if ruling.action == "merge" else []
    named += [f"paper/{paper}" for paper in sorted(ruling.papers)]
    for id in named:
        if site.library.catalogue.node(id) is None:
            raise KgraphError(f"there is no {id[:80]!r} in this graph: give an id such as method/transformer")


def _let_in(request: Request) -> None:
    if not is_curator(request):
        raise HTTPException(403, "who decides needs the address with the token that kgraph serve --edit printed")


def _same_origin(request: Request) -> None:
    origin = request.headers.get("origin")
    fetched = request.headers.get("sec-fetch-site", "same-origin")
    host = request.headers.get("host", "")
    if origin is None or urlsplit(origin).netloc != host or fetched != "same-origin":
        raise HTTPException(403, "decisions are taken from the pages of this site only")


def _file(site: Site) -> Path:
    path = site.settings.curation
    assert path is not None
    return path


def _built_with(site: Site) -> str:
    """The text of the curation that the build honours, as it noted it."""
    path = site.library.path
    try:
        noted = orjson.loads(((path.parent if path.is_file() else path) / "manifest.json").read_bytes())
        return str(noted["settings"]["curation"] or "")
    except (OSError, ValueError, KeyError, TypeError):
        return ""
