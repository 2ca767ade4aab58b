"""Who says what: the facts behind the edges of a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from kgraph.errors import ExtractionError
from kgraph.graph.attributes import Attributes, Edge, Node
from kgraph.iri import DATA, paper_node
from kgraph.model import Annotation, Mention, Relation

if TYPE_CHECKING:
    import networkx

__all__ = ["Fact", "Graph", "facts", "known", "node_named", "nodes", "relations", "results", "stated"]


@dataclass(frozen=True, slots=True)
class Graph:
    """The assembled graph and the annotations that it was made from, sorted by their papers' nodes."""

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


def nodes(graph: Graph) -> Iterator[Node]:
    """The nodes of a graph in memory, in the order of their ids."""
    for id, about in graph.nx.nodes(data=True):
        edges = graph.nx.out_edges(id, keys=True, data=True)
        yield Node(id, about, [(other, key, data) for _, other, key, data in edges])


def facts(graph: Graph) -> Iterator[Fact]:
    """Who says what: each role and relation as each paper states it, then what vocabularies say.

    Sorted by paper; the edges of kind ``role``, ``relation`` and ``broader`` are the joins of
    these over the papers. What is not known without annotations (mentions, who states a relation)
    is left out where the graph has none.
    """
    yield from stated(nodes(graph), {paper_node(annotation.paper.id): annotation for annotation in graph.annotations})
    yield from known(nodes(graph))


def stated(nodes: Iterable[Node], annotations: Mapping[str, Annotation]) -> Iterator[Fact]:
    """What the papers among these nodes state; annotations are known by the paper's node."""
    for node in nodes:
        if node.about["kind"] == "paper":
            annotation = annotations.get(node.id)
            yield from _roles(node, annotation)
            for edge, relation in sorted(relations(annotation).items()) if annotation else ():
                place = relation.start, relation.end
                yield Fact(edge[0], edge[2], edge[1], "relation", node.id, relation.score, *place)


def known(nodes: Iterable[Node]) -> Iterator[Fact]:
    """What the vocabularies say of these nodes."""
    for subject, _, links in nodes:
        for object, predicate, data in links:
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


def _roles(paper: Node, annotation: Annotation | None) -> Iterator[Fact]:
    """What the paper's edges to entities rest on: every mention of the entity there, in the order of the text."""
    mentions: dict[str, tuple[Mention, ...]] = {}
    for entity in annotation.entities if annotation else ():
        before = mentions.get(entity.id)
        mentions[entity.id] = tuple({*before, *entity.mentions}) if before else entity.mentions
    for id, predicate, data in paper.links:
        if data["kind"] == "role":
            found = tuple(sorted(mentions.get(id, ()), key=attrgetter("start", "end", "text")))
            yield Fact(paper.id, predicate, id, "role", paper.id, data["score"], mentions=found)
