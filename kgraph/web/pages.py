"""Pages over many things: the first one, the search, lists by type, comparisons, the picture."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kgraph.ontology import load_ontology
from kgraph.web.catalogue import Catalogue, Node
from kgraph.web.downloads import bibtex, csv_response, text_response
from kgraph.web.reading import values_of
from kgraph.web.search import search
from kgraph.web.site import site_of

__all__ = ["browse", "compare", "graph", "home", "listing", "number_of", "search_page"]

_ON_HOME = 6
_ON_A_PAGE = 50
_FOUND = 20
_MOST_COMPARED = 3
_COLUMNS = ("id", "type", "name", "papers", "date")


def home(request: Request) -> Response:
    """What there is, and where to begin."""
    site = site_of(request)
    catalogue = site.library.catalogue
    types = [type for type in load_ontology().types if catalogue.counts.get(type)]
    context = {
        "counts": catalogue.counts,
        "tops": [(type, catalogue.listed(type, most=_ON_HOME).members) for type in types],
        "newest": catalogue.listed("Paper", most=_ON_HOME).members,
    }
    return site.templates.TemplateResponse(request, "home.html", context)


def search_page(request: Request) -> Response:
    """What is called so or speaks of it."""
    site = site_of(request)
    text = request.query_params.get("q", "")[:200]
    type = _type(request.query_params.get("type", ""))
    start = number_of(request, "start")
    found = search(site.library.catalogue, text, type, start=start, most=_FOUND)
    if file := listing(request, found.members, f"search {text}"):
        return file
    context = {"text": text, "type": type, "found": found, "step": _FOUND}
    return site.templates.TemplateResponse(request, "search.html", context)


def browse(request: Request) -> Response:
    """The things of a type, those first that most papers name."""
    site = site_of(request)
    type = _type(request.path_params["type"])
    if not type:
        raise HTTPException(404, "there is no such type: see the first page for those there are")
    found = site.library.catalogue.listed(type, number_of(request, "start"), _ON_A_PAGE)
    if file := listing(request, found.members, type):
        return file
    return site.templates.TemplateResponse(request, "browse.html", {"type": type, "found": found, "step": _ON_A_PAGE})


def compare(request: Request) -> Response:
    """Two or three things side by side."""
    site = site_of(request)
    library = site.library
    wanted = [text for text in request.query_params.getlist("thing") if text.strip()][:_MOST_COMPARED]
    chosen = [_named(library.catalogue, text) for text in wanted]
    nodes = list(dict.fromkeys(node for node in chosen if node is not None))
    sides = [_side(request, node) for node in nodes]
    properties = dict.fromkeys(value.property for side in sides for value in side["values"])
    links = dict.fromkeys((group.predicate, group.outwards) for side in sides for group in side["links"])
    years = [year for side in sides for year, _ in side["years"]]
    context = {
        "wanted": [*wanted, "", "", ""][:_MOST_COMPARED],
        "missing": [text for text, node in zip(wanted, chosen, strict=True) if node is None],
        "sides": sides,
        "properties": list(properties),
        "links": list(links),
        "years": list(range(min(years), max(years) + 1))[-40:] if years else [],
        "shared": library.catalogue.shared(nodes) if len(nodes) > 1 else ([], 0),
    }
    return site.templates.TemplateResponse(request, "compare.html", context)


def _side(request: Request, node: Node) -> dict[str, Any]:
    library = site_of(request).library
    return {
        "node": node,
        "values": values_of(library.store, library.catalogue, node),
        "links": library.catalogue.links(node),
        "above": library.catalogue.above(node),
        "years": library.catalogue.years(node),
        "roles": library.catalogue.roles_of(node),
    }


def _named(catalogue: Catalogue, text: str) -> Node | None:
    """The thing of that id, else the one that the search finds first."""
    exact = catalogue.node(text.strip())
    if exact is not None:
        return exact
    found = [node for node in search(catalogue, text[:200]).members if node.type != "Paper"]
    return found[0] if found else None


def graph(request: Request) -> Response:
    """The picture of the graph; ``node`` is what it shows first."""
    site = site_of(request)
    node = site.library.catalogue.node(request.query_params.get("node", ""))
    return site.templates.TemplateResponse(request, "graph.html", {"node": node})


def listing(request: Request, nodes: tuple[Node, ...] | list[Node], name: str) -> Response | None:
    """The list as the file that ``format`` asks for; None where it asks for none."""
    form = request.query_params.get("format")
    if form == "csv":
        rows = ((node.id, node.type, node.label, node.papers, node.date) for node in nodes)
        return csv_response(_COLUMNS, rows, name)
    if form == "bib":
        papers = bibtex(node for node in nodes if node.type == "Paper")
        return text_response(papers, "application/x-bibtex", f"{name}.bib")
    return None


def number_of(request: Request, name: str) -> int:
    """A parameter that counts; 0 where it is none."""
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _type(name: str) -> str:
    known = {type.lower(): type for type in (*load_ontology().types, "Paper")}
    return known.get(name.lower(), "")
