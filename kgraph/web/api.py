"""The JSON API: what the pages show, for programs. ``/api/openapi.json`` describes it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kgraph.ontology import load_ontology
from kgraph.questions import Question, load_questions
from kgraph.web.asking import bound_question, understood_question
from kgraph.web.catalogue import Node, Result
from kgraph.web.openapi import document
from kgraph.web.protocol import STATUS, Refused
from kgraph.web.reading import read_paper, values_of
from kgraph.web.search import search
from kgraph.web.site import site_of
from kgraph.web.things import found_at

__all__ = ["ask", "listed", "openapi", "question", "questions", "search_", "thing", "types"]

_MOST = 100
_LARGEST_START = 1_000_000


def _json(content: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(content, option=orjson.OPT_SORT_KEYS), status, media_type="application/json")


def _node(request: Request, node: Node | None) -> dict[str, Any] | None:
    if node is None:
        return None
    known = {"id": node.id, "iri": site_of(request).library.store.base_iri + node.id, "type": node.type}
    dated = {"date": node.date or None} if node.type == "Paper" else {"papers": node.papers}
    return known | {"name": node.label} | dated


def _bounded(request: Request, name: str, otherwise: int, most: int, least: int = 0) -> int:
    text = request.query_params.get(name)
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most):
        raise HTTPException(400, f"{name} is a whole number from {least} to {most:,}")
    return int(text)


def openapi(_: Request) -> Response:
    """The description of this API (OpenAPI 3.1)."""
    return _json(document())


def search_(request: Request) -> Response:
    """What is called so or speaks of it."""
    text = request.query_params.get("q", "").strip()
    if not 0 < len(text) <= 200:
        raise HTTPException(400, "q, the words to search for, has 1 to 200 characters")
    type = request.query_params.get("type", "")
    if type:
        _of_type(type)
    start, most = _bounded(request, "start", 0, _LARGEST_START), _bounded(request, "most", 20, _MOST, 1)
    found = search(site_of(request).library.catalogue, text, type, start=start, most=most)
    things = [_node(request, node) for node in found.members]
    return _json({"total": found.total, "instead": found.instead or None, "things": things})


def types(request: Request) -> Response:
    """The types of things, and how many there are of each."""
    counts = site_of(request).library.catalogue.counts
    return _json([{"type": type, "things": counts.get(type, 0)} for type in ("Paper", *load_ontology().types)])


def listed(request: Request) -> Response:
    """The things of a type, those first that most papers name; papers by date."""
    type = request.path_params["type"]
    _of_type(type, 404)
    start, most = _bounded(request, "start", 0, _LARGEST_START), _bounded(request, "most", 50, _MOST, 1)
    found = site_of(request).library.catalogue.listed(type, start, most)
    return _json({"total": found.total, "things": [_node(request, node) for node in found.members]})


def _of_type(type: str, status: int = 400) -> None:
    known = ("Paper", *load_ontology().types)
    if type not in known:
        raise HTTPException(status, f"there is no such type: take one of {', '.join(known)}")


def thing(request: Request) -> Response:
    """A paper or an entity with all that its page shows."""
    library = site_of(request).library
    node = found_at(library.catalogue, request)
    if node is None:
        raise HTTPException(404, "the graph has nothing of this id")
    values = values_of(library.store, library.catalogue, node)
    results, total = library.catalogue.results(node)
    about: dict[str, Any] = (_node(request, node) or {}) | {
        "values": [{"property": v.property, "value": v.node.id if v.node else v.text} for v in values],
        "results": [_result(result) for result in results],
        "resultsTotal": total,
    }
    return _json(about | (_paper(request, node) if node.type == "Paper" else _entity(request, node)))


def _result(result: Result) -> dict[str, Any]:
    parts = {"entity": result.entity, "metric": result.metric, "on": result.place, "versus": result.versus}
    named = {name: part.id if part else None for name, part in parts.items()}
    return {"value": result.value, "paper": result.paper.id, **named}


def _paper(request: Request, node: Node) -> dict[str, Any]:
    library = site_of(request).library
    facts = read_paper(library.store, library.catalogue, node).facts
    return {
        "abstract": library.catalogue.abstract(node),
        "entities": [
            {"role": role.role, **(_node(request, role.node) or {})} for role in library.catalogue.roles_in(node)
        ],
        "facts": [
            {
                "subject": fact.subject.id,
                "predicate": fact.predicate,
                "object": fact.object.id,
                "score": fact.score,
                "sentence": fact.sentence or None,
            }
            for fact in facts
        ],
        "similar": [_node(request, other) for other, _ in library.catalogue.similar(node)],
    }


def _entity(request: Request, node: Node) -> dict[str, Any]:
    catalogue = site_of(request).library.catalogue
    papers, _ = catalogue.papers_of(node, "", _bounded(request, "start", 0, _LARGEST_START), 25)
    return {
        "aliases": catalogue.aliases(node),
        "above": [other.id for other in catalogue.above(node)],
        "below": [other.id for other in catalogue.below(node)],
        "years": [{"year": year, "papers": papers} for year, papers in catalogue.years(node)],
        "links": [
            {
                "predicate": group.predicate,
                "outwards": group.outwards,
                "total": group.total,
                "things": [{"papers": papers, "id": other.id, "name": other.label} for other, papers in group.members],
            }
            for group in catalogue.links(node)
        ],
        "namedIn": [{"role": role.role, **(_node(request, role.node) or {})} for role in papers],
    }


def questions(_: Request) -> Response:
    """The named questions and their parameters."""
    return _json([_described(question) for question in load_questions().values()])


def _described(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "question": question.text,
        "parameters": [asdict(parameter) for parameter in question.parameters],
        "sparql": question.query,
    }


async def question(request: Request) -> Response:
    """The answer to a named question, in the W3C's JSON format of results."""
    asked = load_questions().get(request.path_params["name"])
    if asked is None:
        raise HTTPException(404, "no question has this name: see /api/questions")
    bound = await bound_question(site_of(request).library.store, asked, dict(request.query_params))
    return _json({"sparql": bound.query, "notes": list(bound.notes), "answer": await _answer(request, bound.query)})


async def ask(request: Request) -> Response:
    """A question in plain words: the named question that it is, its SPARQL, and the answer."""
    text = request.query_params.get("q", "")
    understood = await understood_question(site_of(request), text)
    return _json(
        {
            "question": understood.question.name,
            "arguments": understood.arguments,
            "sparql": understood.bound.query,
            "notes": list(understood.bound.notes),
            "answer": await _answer(request, understood.bound.query),
        }
    )


async def _answer(request: Request, query: str) -> Any:
    site = site_of(request)
    reply = await site.pool.ask(site.asked(query))
    site.metrics.queries.labels(reply.status).inc()
    if reply.status != "answered":
        raise Refused(STATUS[reply.status], reply.message)
    return orjson.loads(reply.content)
