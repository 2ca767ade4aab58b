"""Who says what: the facts behind the edges of a graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from kgraph.errors import ExtractionError
from kgraph.graph.attributes import Attributes, Edge
from kgraph.iri import DATA, paper_node
from kgraph.model import Annotation, Mention, Relation

if TYPE_CHECKING:
    import networkx

__all__ = ["Fact", "Graph", "facts", "node_named", "relations", "results"]


@dataclass(frozen=True, slots=True)
class Graph:
    """The assembled graph and the annotations that it was made from, sorted by paper."""

    nx: networkx.MultiDiGraph
    annotations: tuple[Annotation, ...]
    base_iri: str = DATA


@dataclass(frozen=True, slots=True)
class Fact:
    """An edge of the graph as one paper states it, or as the vocabularies do (``paper`` is None).

    ``subject``, ``object`` and ``paper`` are nodes; ``kind`` is the edge's. A relation has the
    offsets of its sentence where the extraction knows it, a role the mentions that it rests on.
    """

    subject: str
    predicate: str
    object: str
    kind: str
    paper: str | None
    score: float
    start: int | None = None
    end: int | None = None
    mentions: tuple[Mention, ...] = ()


def facts(graph: Graph) -> Iterator[Fact]:
    """Who says what: each role and relation as each paper states it, then what vocabularies say.

    Sorted by paper; the edges of kind ``role``, ``relation`` and ``broader`` are the joins of
    these over the papers. What is not known without annotations (mentions, who states a relation)
    is left out where the graph has none.
    """
    annotations = {paper_node(annotation.paper.id): annotation for annotation in graph.annotations}
    for paper, kind in graph.nx.nodes(data="kind"):
        if kind == "paper":
            annotation = annotations.get(paper)
            yield from _roles(graph, paper, annotation)
            for edge, relation in sorted(relations(annotation).items()) if annotation else ():
                yield Fact(edge[0], edge[2], edge[1], "relation", paper, relation.score, relation.start, relation.end)
    for subject, object, predicate, data in graph.nx.edges(keys=True, data=True):
        if data["vocabulary"]:
            yield Fact(subject, predicate, object, data["kind"], None, 1.0)


def results(graph: Graph) -> Iterator[tuple[str, Attributes, dict[str, str]]]:
    """Each result's node, its attributes, and what its edges lead to by their keys."""
    for node, about in graph.nx.nodes(data=True):
        if about["kind"] == "result":
            yield node, about, {key: other for _, other, key in graph.nx.out_edges(node, keys=True)}


def relations(annotation: Annotation) -> dict[Edge, Relation]:
    """The surest statement of each relation; none from a thing to itself, which two names may come to."""
    ids = {entity.name: entity.id for entity in annotation.entities}
    surest: dict[Edge, Relation] = {}
    for relation in annotation.relations:
        subject, object = (node_named(name, ids, annotation) for name in (relation.subject, relation.object))
        edge = (subject, object, relation.predicate)
        if subject != object:
            surest[edge] = min(surest.get(edge, relation), relation, key=_unsureness)
    return surest


def _unsureness(relation: Relation) -> tuple[float, int, int]:
    return -relation.score, relation.start or 0, relation.end or 0


def node_named(name: str, ids: Mapping[str, str], annotation: Annotation) -> str:
    """The node of an entity by its name in the paper; :class:`~kgraph.errors.ExtractionError` where there is none."""
    try:
        return ids[name]
    except KeyError:
        paper = annotation.paper.id
        raise ExtractionError(f"paper {paper}: {name[:60]!r} is used but is no entity: name it among them") from None


def _roles(graph: Graph, paper: str, annotation: Annotation | None) -> Iterator[Fact]:
    """What the paper's edges to entities rest on: every mention of the entity there, in the order of the text."""
    mentions: dict[str, tuple[Mention, ...]] = {}
    for entity in annotation.entities if annotation else ():
        known = mentions.get(entity.id)
        mentions[entity.id] = tuple({*known, *entity.mentions}) if known else entity.mentions
    for _, id, predicate, data in graph.nx.out_edges(paper, keys=True, data=True):
        if data["kind"] == "role":
            found = tuple(sorted(mentions.get(id, ()), key=attrgetter("start", "end", "text")))
            yield Fact(paper, predicate, id, "role", paper, data["score"], mentions=found)
