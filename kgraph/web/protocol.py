"""The W3C SPARQL 1.1 Protocol at ``/sparql``: queries by GET and POST, and nothing but queries.

https://www.w3.org/TR/sparql11-protocol/. A query that cannot be read, asks for a data set or is an
update answers 400 (an update by its media type 403), one that takes too long 504, one whose answer
is too large 413, and where all processes are busy 503 says when to come again. ``format=csv`` does
for a link what ``Accept`` does for a program.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kgraph.web.negotiation import FORMS, GRAPHS, TABLES, best
from kgraph.web.pool import Reply
from kgraph.web.site import site_of

__all__ = ["STATUS", "Refused", "body_of", "sparql"]

_LARGEST = 1 << 20
_PATIENCE_SECONDS = 15.0
_DATA_SET = {"default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri"}
_TYPES = {form: type for form, type in FORMS.items() if form in {"csv", "tsv", "json", "xml", "ttl", "jsonld"}}
STATUS = {"answered": 200, "refused": 400, "too large": 413, "too long": 504, "too much memory": 507, "busy": 503}
"""The HTTP status for each thing that may become of a query."""

_DESCRIPTION = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .

[] a sd:Service ;
  sd:endpoint <{endpoint}> ;
  sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:EmptyGraphs ;
  sd:resultFormat formats:SPARQL_Results_JSON , formats:SPARQL_Results_XML , formats:SPARQL_Results_CSV ,
    formats:SPARQL_Results_TSV , formats:Turtle , formats:N-Triples , formats:RDF_XML , formats:JSON-LD ;
  sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .
"""


class Refused(Exception):
    """A request that gets no answer but a reason."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


async def sparql(request: Request) -> Response:
    """A SPARQL query's answer; without a query what the service can do."""
    try:
        query = await _query(request)
        if query is None or _reads_pages(request):
            return _described(request, query)
        return await _answered(request, query)
    except Refused as refusal:
        return PlainTextResponse(f"{refusal.message}\n", refusal.status)


async def _query(request: Request) -> str | None:
    """The query of a request, by any of the protocol's three ways; None where a GET has none."""
    parameters = parse_qsl(request.url.query, keep_blank_values=True)
    if request.method != "POST":
        return _only_query(parameters, needed=False)
    type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if type == "application/sparql-update":
        raise Refused(403, "this service only reads: it takes no updates")
    if type not in {"application/sparql-query", "application/x-www-form-urlencoded"}:
        raise Refused(415, "a query comes as application/sparql-query or application/x-www-form-urlencoded")
    try:
        text = (await body_of(request)).decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "the query is not UTF-8") from None
    if type == "application/sparql-query":
        _only_query(parameters, needed=False)
        return text
    return _only_query([*parameters, *parse_qsl(text, keep_blank_values=True)], needed=True)


def _only_query(parameters: list[tuple[str, str]], *, needed: bool) -> str | None:
    names = {name for name, _ in parameters}
    if "update" in names:
        raise Refused(400, "this service only reads: it takes no updates")
    if names & _DATA_SET:
        raise Refused(
            400, "there is one graph, which every query asks: leave default-graph-uri and named-graph-uri out"
        )
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) > 1:
        raise Refused(400, "more than one query: send one at a time")
    if needed and not queries:
        raise Refused(400, "no query: send it as the parameter query")
    return queries[0] if queries else None


async def body_of(request: Request, most: int = _LARGEST) -> bytes:
    """The body of a request, not larger than so many bytes and not slower than patience allows."""

    async def read() -> bytes:
        content = bytearray()
        async for chunk in request.stream():
            content += chunk
            if len(content) > most:
                raise Refused(413, f"the request has more than {most:,} bytes")
        return bytes(content)

    try:
        return await asyncio.wait_for(read(), _PATIENCE_SECONDS)
    except TimeoutError:
        raise Refused(408, "the request did not come to its end") from None
    except ClientDisconnect:
        raise Refused(400, "the request was broken off") from None


def _reads_pages(request: Request) -> bool:
    """Whether a browser asks, which is shown a page; a program that takes anything is given data."""
    offers: Mapping[str, str] = {**TABLES, **GRAPHS, "text/html": "html"}
    return (
        request.method != "POST"
        and "format" not in request.query_params
        and best(request.headers.get("accept"), offers) == "html"
    )


def _described(request: Request, query: str | None) -> Response:
    if _reads_pages(request):
        return RedirectResponse(f"/query?{urlencode({'query': query})}" if query else "/query", 303)
    if best(request.headers.get("accept"), {"text/turtle": "ttl"}) is None:
        raise Refused(406, "the description of this service is in text/turtle")
    endpoint = str(request.url.replace(query="", fragment=""))
    return Response(_DESCRIPTION.format(endpoint=endpoint), media_type="text/turtle; charset=utf-8")


async def _answered(request: Request, query: str) -> Response:
    site = site_of(request)
    accept = _TYPES.get(request.query_params.get("format", "")) or request.headers.get("accept")
    asked = site.asked(query, table=best(accept, TABLES), graph=best(accept, GRAPHS))
    reply = await site.pool.ask(asked)
    site.metrics.queries.labels(reply.status).inc()
    if reply.status != "answered":
        return _refused(reply)
    if reply.form is None:
        offers = GRAPHS if reply.kind == "triples" else TABLES
        raise Refused(406, f"the answer can be one of {', '.join(offers)}")
    type = FORMS[reply.form]
    charset = "; charset=utf-8" if type.startswith("text/") else ""
    return Response(reply.content, headers={"content-type": f"{type}{charset}", "vary": "Accept"})


def _refused(reply: Reply) -> Response:
    headers = {"retry-after": "2"} if reply.status == "busy" else {}
    return PlainTextResponse(f"{reply.message}\n", STATUS[reply.status], headers)
