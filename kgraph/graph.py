"""The graph: papers, entities and results as nodes of a networkx multigraph.

This is the only module that knows the keys of nodes, edges and attributes:

========== ===================================================================================
node       attributes beside ``kind`` and ``label``
========== ===================================================================================
paper      ``abstract``, ``source``; where known ``date``, ``year``, ``authors``, ``organization``
entity     ``type``, ``papers`` (how many name it), ``vocabulary`` (whether one knows it);
           where known ``aliases``, ``links`` and the vocabularies' facts (``releaseDate`` …)
result     ``value``, ``score``; where they can be told ``numericValue``, ``unit``
========== ===================================================================================

Edges are keyed by the property's name. ``kind`` is ``role`` (paper → entity), ``relation`` (entity
→ entity), ``broader`` (entity → entity), ``result`` (result → paper, entity) or ``paper`` (paper →
organization); ``papers`` counts those that state it, ``score`` is that of the surest,
``vocabulary`` tells whether a vocabulary says it too. Every attribute is a scalar, so that any
format can hold it; lists are joined by ``|``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kgraph.iri import DATA, entity_id, paper_node, result_fragment
from kgraph.model import Annotation, Entity, Result
from kgraph.ontology import Ontology
from kgraph.values import parse_value
from kgraph.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx

__all__ = ["BETWEEN", "Graph", "assemble", "entity_ids"]

BETWEEN = "|"
"""What joins the members of an attribute that is a list."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The assembled graph and the annotations that it was made from, sorted by paper."""

    nx: networkx.MultiDiGraph
    annotations: tuple[Annotation, ...]
    base_iri: str = DATA


def assemble(
    annotations: Iterable[Annotation], *, ontology: Ontology, vocabulary: Vocabulary, base_iri: str = DATA
) -> Graph:
    """The graph of all annotations; their order does not matter.

    Ancestors of every concept that a paper names come along, and what the vocabularies know of
    all of them, marked as theirs.
    """
    import networkx

    ordered = tuple(sorted(annotations, key=lambda annotation: annotation.paper.id))
    builder = _Builder(ontology, vocabulary)
    for annotation in ordered:
        builder.add(annotation)
    builder.add_vocabulary()
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(sorted(builder.nodes()))
    graph.add_edges_from((*edge, builder.edges[edge]) for edge in sorted(builder.edges))
    return Graph(graph, ordered, base_iri)


def entity_ids(annotation: Annotation, vocabulary: Vocabulary) -> dict[str, str]:
    """The node of every name that the annotation's relations and results use."""
    ids = {entity.name: entity.id or entity_id(entity.type, entity.name) for entity in annotation.entities}
    for result in annotation.results:
        if result.metric not in ids:
            ids[result.metric] = vocabulary.named("Metric", result.metric) or entity_id("Metric", result.metric)
    return ids


class _Builder:
    """Collects nodes and edges; every way of adding is a join, so the order is free."""

    def __init__(self, ontology: Ontology, vocabulary: Vocabulary) -> None:
        self.strength = {role: rank for rank, role in enumerate(ontology.roles)}
        self.types = {type.lower(): type for type in ontology.types}
        self.vocabulary = vocabulary
        self.fixed: dict[str, dict[str, Any]] = {}
        self.names: dict[str, Counter[str]] = defaultdict(Counter)
        self.papers: Counter[str] = Counter()
        self.edges: dict[tuple[str, str, str], dict[str, Any]] = {}

    def add(self, annotation: Annotation) -> None:
        node = self._add_paper(annotation)
        ids = entity_ids(annotation, self.vocabulary)
        strongest: dict[str, Entity] = {}
        for entity in annotation.entities:
            id = ids[entity.name]
            self.names[id].update({entity.name, *(mention.text for mention in entity.mentions)})
            self.names[id][entity.name] += 1  # a canonical name weighs more than a form of it
            best = strongest.get(id, entity)
            strongest[id] = min(best, entity, key=lambda e: (self.strength.get(e.role, 99), -e.score, e.role))
        self.papers.update(strongest.keys())
        for id, entity in strongest.items():
            self._state((node, id, entity.role), "role", entity.score)
        stated = {}
        for relation in annotation.relations:
            edge = (ids[relation.subject], ids[relation.object], relation.predicate)
            stated[edge] = max(stated.get(edge, 0.0), relation.score)
        for edge, score in stated.items():
            if edge[0] != edge[1]:
                self._state(edge, "relation", score)
        for number, result in enumerate(annotation.results, 1):
            self._add_result(node, number, result, ids)

    def _add_paper(self, annotation: Annotation) -> str:
        paper = annotation.paper
        node = paper_node(paper.id)
        about = {
            "kind": "paper",
            "label": paper.title,
            "abstract": paper.abstract,
            "date": paper.date,
            "year": int(paper.date[:4]) if paper.date else None,
            "authors": paper.authors,
            "organization": paper.organization,
            "source": BETWEEN.join(paper.sources),
        }
        self.fixed[node] = {name: value for name, value in about.items() if value is not None}
        if paper.organization:
            id = self.vocabulary.named("Organization", paper.organization)
            id = id or entity_id("Organization", paper.organization)
            self.names[id][paper.organization] += 1
            self._state((node, id, "submittedBy"), "paper", 1.0)
        return node

    def _add_result(self, paper: str, number: int, result: Result, ids: dict[str, str]) -> None:
        node = f"{paper}#{result_fragment(number)}"
        numeric, unit = parse_value(result.value)
        about = {"kind": "result", "label": result.value, "value": result.value, "score": result.score}
        about |= {name: found for name, found in (("numericValue", numeric), ("unit", unit)) if found is not None}
        self.fixed[node] = about
        self._state((node, paper, "inPaper"), "result", result.score)
        ends = {"resultOf": result.entity, "metric": result.metric, "measuredOn": result.on, "versus": result.versus}
        for predicate, name in ends.items():
            if name is not None:
                self._state((node, ids[name], predicate), "result", result.score)
        self.names[ids[result.metric]][result.metric] += 1

    def _state(self, edge: tuple[str, str, str], kind: str, score: float) -> None:
        known = self.edges.setdefault(edge, {"kind": kind, "papers": 0, "score": 0.0, "vocabulary": False})
        known["papers"] += 1
        known["score"] = max(known["score"], score)

    def add_vocabulary(self) -> None:
        """What the vocabularies know of every concept reached so far, up to the roots."""
        waiting = sorted(id for id in self.names if id in self.vocabulary.concepts)
        reached = set(waiting)
        while waiting:
            concept = self.vocabulary.concepts[waiting.pop()]
            links = [("broader", other) for other in concept.broader]
            links += [(name, str(other)) for name, other in concept.facts if other in self.vocabulary.concepts]
            for predicate, other in links:
                if other not in self.vocabulary.concepts or other == concept.id:
                    continue
                self._know((concept.id, other, predicate), "broader" if predicate == "broader" else "relation")
                if other not in reached:
                    reached.add(other)
                    self.names[other].update(())
                    waiting.append(other)

    def _know(self, edge: tuple[str, str, str], kind: str) -> None:
        known = self.edges.setdefault(edge, {"kind": kind, "papers": 0, "score": 1.0, "vocabulary": True})
        known["vocabulary"] = True

    def nodes(self) -> Iterator[tuple[str, dict[str, Any]]]:
        yield from self.fixed.items()
        for id, names in self.names.items():
            yield id, self._entity_node(id, names)

    def _entity_node(self, id: str, names: Counter[str]) -> dict[str, Any]:
        concept = self.vocabulary.concepts.get(id)
        folder = id.partition("/")[0]
        ranked = sorted(names, key=lambda name: (-names[name], name))
        label = concept.name if concept else ranked[0]
        aliases = sorted({*ranked, *(concept.aliases if concept else ())} - {label})
        about: dict[str, Any] = {
            "kind": "entity",
            "type": self.types.get(folder, folder.capitalize()),
            "label": label,
            "papers": self.papers[id],
            "vocabulary": concept is not None,
        }
        if aliases:
            about["aliases"] = BETWEEN.join(alias.replace(BETWEEN, " ") for alias in aliases)
        if concept:
            about |= {name: value for name, value in concept.facts if value not in self.vocabulary.concepts}
            if concept.links:
                about["links"] = BETWEEN.join(concept.links)
        return about
