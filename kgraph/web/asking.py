"""Pages that ask: in plain words, by a named question, in SPARQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kgraph.asking import Understood, understand
from kgraph.errors import QueryError
from kgraph.iri import KG
from kgraph.query import Store, check, prefixes_of, unknown_names
from kgraph.questions import Bound, Question, bind, load_questions
from kgraph.sparql import shorten
from kgraph.web.catalogue import Node
from kgraph.web.pool import Reply
from kgraph.web.rendering import words
from kgraph.web.site import Library, Site, site_of

__all__ = [
    "Answered",
    "Cell",
    "answered",
    "ask",
    "bound_question",
    "editor",
    "question",
    "questions",
    "understood_question",
]

_SHOWN = 500
_FIRST = """\
SELECT ?method ?name (COUNT(DISTINCT ?paper) AS ?papers)
WHERE {
  ?paper kg:proposes|kg:uses ?method .
  ?method a kg:Method ; skos:prefLabel ?name .
}
GROUP BY ?method ?name
ORDER BY DESC(?papers)
LIMIT 20"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of an answer as a page shows it: its text, the thing that it is, or where it leads."""

    text: str
    node: Node | None = None
    link: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A query and what became of it, ready to be shown."""

    query: str
    reply: Reply
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    total: int = 0
    truth: bool | None = None


async def ask(request: Request) -> Response:
    """A question in plain words."""
    site = site_of(request)
    text = request.query_params.get("q", "").strip()
    context: dict[str, Any] = {"text": text, "understood": None, "answered": None, "problem": ""}
    if text:
        try:
            understood = await understood_question(site, text)
            context["understood"] = understood
            context["answered"] = await answered(request, understood.bound.query, understood.bound.notes)
        except QueryError as error:
            context["problem"] = str(error)
    return site.templates.TemplateResponse(request, "ask.html", context)


async def understood_question(site: Site, text: str) -> Understood:
    """The question that a text asks, away from the loop that answers others, in no more than a query's time."""
    return await run_in_threadpool(understand, site.library.store, text, timeout_seconds=site.settings.seconds)


def questions(request: Request) -> Response:
    """All named questions."""
    context = {"questions": load_questions().values()}
    return site_of(request).templates.TemplateResponse(request, "questions.html", context)


async def question(request: Request) -> Response:
    """A named question: its parameters, and its answer once the needed ones are given."""
    site = site_of(request)
    asked = load_questions().get(request.path_params["name"])
    if asked is None:
        raise HTTPException(404, "no question has this name: see the list of questions")
    given = {name: value for name, value in request.query_params.items() if value.strip() and name != "format"}
    context: dict[str, Any] = {"question": asked, "given": given, "answered": None, "problem": "", "bound": None}
    if given or not any(parameter.needed for parameter in asked.parameters):
        try:
            bound = await bound_question(site.library.store, asked, given)
            context["bound"] = bound
            context["answered"] = await answered(request, bound.query, bound.notes)
        except QueryError as error:
            context["problem"] = str(error)
    return site.templates.TemplateResponse(request, "question.html", context)


async def bound_question(store: Store, asked: Question, given: dict[str, str]) -> Bound:
    """The question with what it was given, away from the loop that answers others."""
    return await run_in_threadpool(bind, store, asked, given)


async def editor(request: Request) -> Response:
    """SPARQL to write, and its answer."""
    site = site_of(request)
    query = request.query_params.get("query", "")
    context: dict[str, Any] = {
        "query": query or _FIRST,
        "answered": None,
        "questions": load_questions().values(),
        "prefixes": prefixes_of(site.library.store),
    }
    if query.strip():
        notes = await run_in_threadpool(_notes, site.library.store, query)
        context["answered"] = await answered(request, query, notes)
    return site.templates.TemplateResponse(request, "query.html", context)


def _notes(store: Store, query: str) -> tuple[str, ...]:
    """What is odd about a query that can be read; of another its answer says what is wrong."""
    try:
        check(store, query)
    except QueryError:
        return ()
    return tuple(unknown_names(store, query))


async def answered(request: Request, query: str, notes: tuple[str, ...] = ()) -> Answered:
    """What becomes of a query, as a page shows it."""
    site = site_of(request)
    reply = await site.pool.ask(site.asked(query))
    site.metrics.queries.labels(reply.status).inc()
    if reply.status != "answered" or reply.kind == "triples":
        return Answered(query, reply, notes)
    return await run_in_threadpool(_table, site.library, query, reply, notes)


def _table(library: Library, query: str, reply: Reply, notes: tuple[str, ...]) -> Answered:
    found = orjson.loads(reply.content)
    if "boolean" in found:
        return Answered(query, reply, notes, truth=found["boolean"])
    columns = list(found["head"]["vars"])
    bindings = found["results"]["bindings"]
    prefixes = prefixes_of(library.store)
    rows = [[_cell(library, prefixes, binding.get(column)) for column in columns] for binding in bindings[:_SHOWN]]
    shown = [place for place in range(len(columns)) if not _is_told(rows, place)]
    return Answered(
        query,
        reply,
        notes,
        tuple(columns[place] for place in shown),
        tuple(tuple(row[place] for place in shown) for row in rows),
        len(bindings),
    )


def _is_told(rows: list[list[Cell]], place: int) -> bool:
    """Whether a column holds but the names of the things in the column before it, which are shown by their names."""
    return place > 0 and all(
        row[place - 1].node is not None and row[place].node is None and row[place].text == row[place - 1].text
        for row in rows
    )


def _cell(library: Library, prefixes: dict[str, str], bound: dict[str, str] | None) -> Cell:
    if bound is None:
        return Cell("")
    value = bound["value"]
    if bound["type"] != "uri":
        return Cell(value, number=bound.get("datatype", "").endswith(("#integer", "#decimal", "#double")))
    if value.startswith(KG):
        return Cell(words(value.removeprefix(KG)))
    base = library.store.base_iri
    node = library.catalogue.node(value.removeprefix(base)) if value.startswith(base) else None
    outside = value if value.startswith(("http://", "https://")) and not value.startswith(base) else ""
    return Cell(node.label if node else shorten(value, prefixes).strip("<>"), node, outside)
