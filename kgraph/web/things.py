"""Linked data: every address answers, with a page or with RDF, as whoever asks prefers."""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kgraph.iri import arxiv_id, paper_node
from kgraph.query import Form
from kgraph.web.catalogue import Catalogue, Node
from kgraph.web.downloads import bibtex, csv_response, description, text_response
from kgraph.web.negotiation import FORMS, GRAPHS, best
from kgraph.web.pages import number_of
from kgraph.web.protocol import STATUS, Refused
from kgraph.web.reading import read_paper, values_of
from kgraph.web.site import site_of

__all__ = ["found_at", "thing", "uri_of"]

_OFFERS: dict[str, str] = {"text/html": "html", "application/xhtml+xml": "html", **GRAPHS}
_PAPERS = 25


async def thing(request: Request) -> Response:
    """A paper or an entity: its page, Turtle, JSON-LD, N-Triples, RDF/XML; CSV and BibTeX of what the page lists."""
    from starlette.concurrency import run_in_threadpool

    site = site_of(request)
    node = await run_in_threadpool(found_at, site.library.catalogue, request)
    if node is None:
        raise HTTPException(404, "the graph has nothing at this address")
    form = request.query_params.get("format") or best(request.headers.get("accept"), _OFFERS)
    if form in {"html", "csv", "bib"}:
        make = _paper if node.type == "Paper" else _entity
        response = await run_in_threadpool(make, request, node, form)
    elif form in FORMS and form in GRAPHS.values():
        response = await _as_rdf(request, node, form)  # type: ignore[arg-type]
    else:
        raise HTTPException(406, f"this can be one of {', '.join(_OFFERS)}")
    response.headers["vary"] = "Accept"
    response.headers["link"] = f'<{uri_of(site.library.store.base_iri + node.id)}>; rel="canonical"'
    return response


def found_at(catalogue: Catalogue, request: Request) -> Node | None:
    """The node that an address means, however its letters are encoded."""
    raw = request.scope.get("raw_path", b"").decode("latin-1").partition("?")[0]
    path = raw.partition("/id/")[2] or raw.partition("/things/")[2]
    decoded = unquote(path)
    paper = decoded.removeprefix("paper/")
    known = arxiv_id(paper)
    return catalogue.node(path, decoded, *([paper_node(known or paper)] if decoded.startswith("paper/") else []))


def uri_of(iri: str) -> str:
    """The IRI in the characters that a header may hold (RFC 3987, 3.1): the others as their UTF-8, percent-encoded.

    >>> uri_of("https://w3id.org/kgraph/id/method/möbius%20net")
    'https://w3id.org/kgraph/id/method/m%C3%B6bius%20net'
    """
    return quote(iri, safe="%!#$&'()*+,/:;=?@[]~")


async def _as_rdf(request: Request, node: Node, form: Form) -> Response:
    site = site_of(request)
    reply = await site.pool.ask(site.asked(description(site.library.store.base_iri, node), graph=form))
    if reply.status != "answered":
        raise Refused(STATUS[reply.status], reply.message)
    return Response(reply.content, headers={"content-type": f"{FORMS[form]}; charset=utf-8"})


def _paper(request: Request, paper: Node, form: str) -> Response:
    site = site_of(request)
    library = site.library
    if form == "bib":
        return text_response(bibtex([paper]), "application/x-bibtex", f"{paper.id}.bib")
    roles = library.catalogue.roles_in(paper)
    if form == "csv":
        rows = ((role.role, role.node.type, role.node.id, role.node.label) for role in roles)
        return csv_response(("role", "type", "id", "name"), rows, paper.id)
    key = paper.id.removeprefix("paper/")
    context = {
        "paper": paper,
        "arxiv": arxiv_id(key),
        "reading": read_paper(library.store, library.catalogue, paper),
        "roles": roles,
        "values": values_of(library.store, library.catalogue, paper),
        "results": library.catalogue.results(paper),
        "similar": library.catalogue.similar(paper),
    }
    return site.templates.TemplateResponse(request, "paper.html", context)


def _entity(request: Request, entity: Node, form: str) -> Response:
    site = site_of(request)
    library = site.library
    role = request.query_params.get("role", "")
    start = number_of(request, "start")
    papers, total = library.catalogue.papers_of(entity, role, start, _PAPERS)
    if form == "bib":
        return text_response(bibtex(found.node for found in papers), "application/x-bibtex", f"{entity.id}.bib")
    if form == "csv":
        rows = ((found.role, found.node.id, found.node.label, found.node.date) for found in papers)
        return csv_response(("role", "paper", "title", "date"), rows, entity.id)
    context = {
        "entity": entity,
        "aliases": library.catalogue.aliases(entity),
        "values": values_of(library.store, library.catalogue, entity),
        "above": library.catalogue.above(entity),
        "below": library.catalogue.below(entity),
        "links": library.catalogue.links(entity),
        "years": library.catalogue.years(entity),
        "roles": library.catalogue.roles_of(entity),
        "results": library.catalogue.results(entity),
        "papers": papers,
        "total": total,
        "role": role,
        "start": start,
        "step": _PAPERS,
    }
    return site.templates.TemplateResponse(request, "entity.html", context)
