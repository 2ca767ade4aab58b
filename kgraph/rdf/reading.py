"""From RDF to the networkx graph: the inverse of :mod:`kgraph.rdf.graph` and :mod:`kgraph.rdf.evidence`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kgraph.graph import Attributes, Edge, joined, multigraph
from kgraph.iri import KG
from kgraph.ontology import load_ontology
from kgraph.rdf.terms import DCTERMS, RDF, SKOS, TYPE, VOCABULARY, value

if TYPE_CHECKING:
    import networkx

__all__ = ["graph_from_rdf"]

_About = Mapping[str, list[NamedNode | Literal]]
_STATEMENT = RDF + "Statement"


@dataclass(slots=True)
class _Said:
    """What the statements say of one edge."""

    papers: set[str] = field(default_factory=set)
    score: float = 0.0
    vocabulary: bool = False


def graph_from_rdf(triples: Iterable[Triple]) -> networkx.MultiDiGraph:
    """The networkx graph that the triples of ``graph.ttl`` and ``evidence.ttl`` were written from.

    Exact: nodes, edges, their order, attributes and the types of these are as
    :func:`kgraph.graph.assemble` made them. Of ``graph.ttl`` alone it is not known who states a
    relation: it then counts no papers, and every score is 1. Foreign triples are passed over.
    """
    subjects: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object in triples:
        if isinstance(subject, NamedNode) and isinstance(object, NamedNode | Literal):
            subjects[subject.value][predicate.value].append(object)
    classes = dict(_classes(subjects))
    base = _base(classes)
    nodes = {iri: iri.removeprefix(base) for iri in classes}
    said = _said(subjects, nodes)
    edges: dict[Edge, Attributes] = {}
    for iri, type in classes.items():
        score = _number(subjects[iri], KG + "score", 1.0)
        for edge in _links(nodes[iri], subjects[iri], nodes, said):
            edges[edge] = _edge_attributes(edge, type, said.get(edge), score)
    naming: dict[str, int] = defaultdict(int)
    for _, other, _ in (edge for edge in edges if edges[edge]["kind"] == "role"):
        naming[other] += 1
    described = {node: _node_attributes(classes[iri], subjects[iri], naming[node]) for iri, node in nodes.items()}
    for node, data in described.items():
        data.setdefault("label", node)
    return multigraph(described.items(), edges)


def _classes(subjects: Mapping[str, _About]) -> Iterator[tuple[str, str]]:
    """The nodes among the subjects, with their class: ``Paper``, ``Result`` or an entity's type."""
    for iri, about in subjects.items():
        for type in about.get(TYPE.value, ()):
            if type.value.startswith(KG) and type.value != KG + "Mention":
                yield iri, type.value.removeprefix(KG)


def _base(classes: Mapping[str, str]) -> str:
    """What the IRIs begin with, told from the first whose end says where its relative id begins."""
    for iri, type in classes.items():
        for separator in "/:":
            before, found, _ = iri.rpartition(f"{separator}{type.lower()}/")
            if found:
                return before + separator
    return ""


def _said(subjects: Mapping[str, _About], nodes: Mapping[str, str]) -> dict[Edge, _Said]:
    found: dict[Edge, _Said] = defaultdict(_Said)
    for about in subjects.values():
        if not any(type.value == _STATEMENT for type in about.get(TYPE.value, ())):
            continue
        subject, predicate, object = (_text(about, RDF + part) for part in ("subject", "predicate", "object"))
        if subject in nodes and object in nodes:
            said = found[nodes[subject], nodes[object], _key(predicate)]
            papers = {paper.value for paper in about.get(KG + "inPaper", ())}
            said.papers |= papers
            said.score = max(said.score, _number(about, KG + "score", 1.0)) if papers else said.score
            said.vocabulary |= any(source.value == VOCABULARY for source in about.get(DCTERMS + "source", ()))
    return found


def _links(node: str, about: _About, nodes: Mapping[str, str], said: Mapping[Edge, _Said]) -> Iterator[Edge]:
    """The edges that go out from a node; not what others of them imply, unless a statement says it too."""
    properties = load_ontology().properties
    links = {
        (node, nodes[object.value], _key(predicate))
        for predicate, objects in about.items()
        if predicate.startswith(KG) or predicate == SKOS + "broader"
        for object in objects
        if isinstance(object, NamedNode) and object.value in nodes
    }
    implied = {(start, end, properties[key].parent) for start, end, key in links if key in properties}
    yield from (link for link in links if link in said or link not in implied)


def _edge_attributes(edge: Edge, type: str, said: _Said | None, result_score: float) -> Attributes:
    key = edge[2]
    if type == "Result":
        return {"kind": "result", "papers": 1, "score": result_score, "vocabulary": False}
    if type == "Paper":
        kind = "paper" if key == "submittedBy" else "role"
        return {"kind": kind, "papers": 1, "score": said.score if said else 1.0, "vocabulary": False}
    said = said or _Said()
    return {
        "kind": "broader" if key == "broader" else "relation",
        "papers": len(said.papers),
        "score": said.score if said.papers else 1.0,
        "vocabulary": said.vocabulary,
    }


def _node_attributes(type: str, about: _About, papers: int) -> Attributes:
    if type == "Paper":
        return _paper(about)
    if type == "Result":
        return _result(about)
    described: Attributes = {
        "kind": "entity",
        "type": type,
        "label": _text(about, SKOS + "prefLabel"),
        "papers": papers,
        "vocabulary": any(scheme.value == VOCABULARY for scheme in about.get(SKOS + "inScheme", ())),
        "aliases": joined(alias.value for alias in about.get(SKOS + "altLabel", ())),
        "links": joined(link.value for link in about.get(SKOS + "exactMatch", ())),
        "sources": joined(source.value for source in about.get(DCTERMS + "source", ())),
    }
    for predicate, objects in about.items():
        values = [value(object) for object in objects if isinstance(object, Literal)]
        if predicate.startswith(KG) and values:
            described[_key(predicate)] = values[0] if len(values) == 1 else joined(map(str, values))
    return {name: known for name, known in described.items() if known != ""}


def _paper(about: _About) -> Attributes:
    date = _text(about, DCTERMS + "issued")
    authors = _text(about, KG + "authorCount")
    known = {
        "date": date,
        "year": int(date[:4]) if date[:4].isdecimal() else "",
        "authors": int(authors) if authors.isdecimal() else "",
        "organization": _text(about, KG + "submittedAs"),
    }
    return {
        "kind": "paper",
        "label": _text(about, DCTERMS + "title"),
        "abstract": _text(about, DCTERMS + "abstract"),
        "source": joined(source.value for source in about.get(DCTERMS + "source", ())),
    } | {name: found for name, found in known.items() if found != ""}


def _result(about: _About) -> Attributes:
    printed = _text(about, KG + "value")
    described: Attributes = {"kind": "result", "label": printed, "value": printed}
    described["score"] = _number(about, KG + "score", 1.0)
    for predicate in ("numericValue", "unit", "start", "end"):
        for object in about.get(KG + predicate, ()):
            described[predicate] = value(object) if isinstance(object, Literal) else object.value
    return described


def _key(predicate: str) -> str:
    return predicate.removeprefix(KG).removeprefix(SKOS)


def _text(about: _About, predicate: str) -> str:
    return min((object.value for object in about.get(predicate, ())), default="")


def _number(about: _About, predicate: str, default: float) -> float:
    try:
        return max((float(object.value) for object in about.get(predicate, ())), default=default)
    except ValueError:
        return default
