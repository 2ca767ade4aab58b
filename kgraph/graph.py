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

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kgraph.errors import ExtractionError
from kgraph.iri import DATA, data_base, entity_id, paper_node, result_fragment
from kgraph.model import Annotation, Entity, Mention, Relation, Result
from kgraph.ontology import Ontology
from kgraph.papers import unite
from kgraph.values import parse_value
from kgraph.vocabulary import Concept, Vocabulary

if TYPE_CHECKING:
    import networkx

__all__ = [
    "BETWEEN",
    "Attributes",
    "Fact",
    "Graph",
    "assemble",
    "facts",
    "joined",
    "members",
    "multigraph",
    "results",
    "vocabulary_facts",
]

BETWEEN = "|"
"""What joins the members of an attribute that is a list."""

Attributes = dict[str, Any]
"""The attributes of a node or an edge."""

_Edge = tuple[str, str, str]
_OF_AN_ENTITY = frozenset({"kind", "label", "type", "papers", "vocabulary", "aliases", "links"})


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


def assemble(
    annotations: Iterable[Annotation], *, ontology: Ontology, vocabulary: Vocabulary, base_iri: str = DATA
) -> Graph:
    """The graph of all annotations; neither their order nor saying one twice matters.

    Ancestors of every concept that a paper names come along, and what the vocabularies know of
    all of them, marked as theirs. Entities without an id get one from their name. Raises
    :class:`~kgraph.errors.ExtractionError` where a relation or a result names something that is
    no entity of its paper, and :class:`~kgraph.errors.KgraphError` for a base that is no IRI.

    >>> from kgraph.model import Paper
    >>> from kgraph.ontology import load_ontology
    >>> entity = Entity("FPGA", "Hardware", "runsOn", 0.9, (Mention(5, 9, "FPGA"),))
    >>> annotation = Annotation(Paper("2401.00001", "Fast FPGA", "Text."), (entity,))
    >>> graph = assemble([annotation], ontology=load_ontology(), vocabulary=Vocabulary())
    >>> list(graph.nx.edges(keys=True))
    [('paper/2401.00001', 'hardware/fpga', 'runsOn')]
    """
    base = data_base(base_iri)
    ordered = tuple(_with_ids(annotation) for annotation in unite(annotations)[1])
    builder = _Builder(ontology, vocabulary)
    for annotation in ordered:
        builder.add(annotation)
    builder.add_vocabulary()
    return Graph(multigraph(builder.nodes(), builder.edges), ordered, base)


def multigraph(nodes: Iterable[tuple[str, Attributes]], edges: Mapping[_Edge, Attributes]) -> networkx.MultiDiGraph:
    """The networkx graph of nodes and edges, both sorted, so that whoever walks it meets one order."""
    import networkx

    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(sorted(nodes, key=lambda node: node[0]))
    graph.add_edges_from((*edge, edges[edge]) for edge in sorted(edges))
    return graph


def facts(graph: Graph) -> Iterator[Fact]:
    """Who says what: each role and relation as each paper states it, then what vocabularies say.

    Sorted by paper; the edges of kind ``role``, ``relation`` and ``broader`` are the joins of
    these over the papers.
    """
    for annotation in graph.annotations:
        yield from _roles(graph, annotation)
        for edge, relation in sorted(_relations(annotation).items()):
            score, start, end = relation.score, relation.start, relation.end
            yield Fact(*_spo(edge), "relation", paper_node(annotation.paper.id), score, start, end)
    for subject, object, predicate, data in graph.nx.edges(keys=True, data=True):
        if data["vocabulary"]:
            yield Fact(subject, predicate, object, data["kind"], None, 1.0)


def results(graph: Graph) -> Iterator[tuple[str, Result, Attributes, dict[str, str]]]:
    """Each result's node, the result, the node's attributes, and what its edges lead to by their keys."""
    for annotation in graph.annotations:
        for number, result in enumerate(annotation.results, 1):
            node = _result_node(annotation, number)
            ends = {predicate: other for _, other, predicate in graph.nx.out_edges(node, keys=True)}
            yield node, result, graph.nx.nodes[node], ends


def joined(values: Iterable[str]) -> str:
    """A list of texts as one attribute: sorted, each once.

    >>> joined(["TPU v4", "TPUv4", "", "a|b"])
    'TPU v4|TPUv4|a b'
    """
    return BETWEEN.join(sorted({value.replace(BETWEEN, " ") for value in values if value}))


def members(attribute: str) -> list[str]:
    """The members of an attribute that is a list.

    >>> members("TPU v4|TPUv4"), members("")
    (['TPU v4', 'TPUv4'], [])
    """
    return attribute.split(BETWEEN) if attribute else []


def vocabulary_facts(entity: Attributes) -> Iterator[tuple[str, str | int | float]]:
    """The literals that vocabularies know of an entity: property and value, sorted by property.

    >>> list(vocabulary_facts({"kind": "entity", "label": "X", "memoryType": "HBM2|HBM2e", "powerWatts": 300.0}))
    [('memoryType', 'HBM2'), ('memoryType', 'HBM2e'), ('powerWatts', 300.0)]
    """
    for name in sorted(entity.keys() - _OF_AN_ENTITY):
        value = entity[name]
        yield from ((name, member) for member in (members(value) if isinstance(value, str) else [value]))


def _with_ids(annotation: Annotation) -> Annotation:
    if all(entity.id for entity in annotation.entities):
        return annotation
    entities = (
        entity if entity.id else replace(entity, id=entity_id(entity.type, entity.name))
        for entity in annotation.entities
    )
    return replace(annotation, entities=tuple(entities))


def _spo(edge: _Edge) -> tuple[str, str, str]:
    return edge[0], edge[2], edge[1]


def _result_node(annotation: Annotation, number: int) -> str:
    return f"{paper_node(annotation.paper.id)}#{result_fragment(number)}"


def _roles(graph: Graph, annotation: Annotation) -> Iterator[Fact]:
    """What the paper's edges to entities rest on: every mention of the entity there."""
    paper = paper_node(annotation.paper.id)
    mentions: dict[str, set[Mention]] = defaultdict(set)
    for entity in annotation.entities:
        mentions[entity.id].update(entity.mentions)
    for id in sorted(mentions):
        for predicate, data in graph.nx.get_edge_data(paper, id).items():
            if data["kind"] == "role":
                yield Fact(paper, predicate, id, "role", paper, data["score"], mentions=tuple(sorted(mentions[id])))


def _relations(annotation: Annotation) -> dict[_Edge, Relation]:
    """The surest statement of each relation; none from a thing to itself, which two names may come to."""
    ids = {entity.name: entity.id for entity in annotation.entities}
    surest: dict[_Edge, Relation] = {}
    for relation in annotation.relations:
        edge = (_known(ids, relation.subject, annotation), _known(ids, relation.object, annotation), relation.predicate)
        if edge[0] != edge[1]:
            surest[edge] = min(surest.get(edge, relation), relation, key=_unsureness)
    return surest


def _unsureness(relation: Relation) -> tuple[float, int, int]:
    return -relation.score, relation.start or 0, relation.end or 0


def _known(ids: Mapping[str, str], name: str, annotation: Annotation) -> str:
    try:
        return ids[name]
    except KeyError:
        paper = annotation.paper.id
        raise ExtractionError(f"paper {paper}: {name[:60]!r} is used but is no entity: name it among them") from None


class _Builder:
    """Collects nodes and edges; every way of adding is a join, so the order is free."""

    def __init__(self, ontology: Ontology, vocabulary: Vocabulary) -> None:
        self.ontology = ontology
        self.vocabulary = vocabulary
        self.strength = {role: rank for rank, role in enumerate(ontology.roles)}
        self.types = {type.lower(): type for type in ontology.types}
        self.fixed: dict[str, Attributes] = {}
        self.names: dict[str, Counter[str]] = defaultdict(Counter)
        self.papers: Counter[str] = Counter()
        self.edges: dict[_Edge, Attributes] = {}

    def add(self, annotation: Annotation) -> None:
        node = self._add_paper(annotation)
        strongest: dict[str, Entity] = {}
        for entity in annotation.entities:
            names = self.names[entity.id]
            names.update({entity.name, *(mention.text for mention in entity.mentions)})
            names[entity.name] += 1  # a canonical name weighs more than a form of it
            best = strongest.get(entity.id, entity)
            strongest[entity.id] = min(best, entity, key=lambda e: (self.strength.get(e.role, 99), e.role, -e.score))
        self.papers.update(strongest.keys())
        for id, entity in strongest.items():
            self._state((node, id, entity.role), "role", entity.score)
        for edge, relation in _relations(annotation).items():
            self._state(edge, "relation", relation.score)
        for number, result in enumerate(annotation.results, 1):
            self._add_result(_result_node(annotation, number), result, annotation)

    def _add_paper(self, annotation: Annotation) -> str:
        paper = annotation.paper
        node = paper_node(paper.id)
        about = {
            "kind": "paper",
            "label": paper.title,
            "abstract": paper.abstract,
            "date": paper.date,
            "year": int(paper.date[:4]) if paper.date and paper.date[:4].isdecimal() else None,
            "authors": paper.authors,
            "organization": paper.organization,
            "source": joined(paper.sources),
        }
        self.fixed[node] = {name: value for name, value in about.items() if value is not None}
        if paper.organization:
            self._state((node, self._named("Organization", paper.organization), "submittedBy"), "paper", 1.0)
        return node

    def _named(self, type: str, name: str) -> str:
        """The node of a thing that is named outside the list of entities."""
        id = self.vocabulary.named(type, name) or entity_id(type, name)
        self.names[id][name] += 1
        return id

    def _add_result(self, node: str, result: Result, annotation: Annotation) -> None:
        numeric, unit = parse_value(result.value)
        about: Attributes = {"kind": "result", "label": result.value, "value": result.value, "score": result.score}
        about |= {name: found for name, found in (("numericValue", numeric), ("unit", unit)) if found is not None}
        self.fixed[node] = about
        ids = {entity.name: entity.id for entity in annotation.entities}
        ends = {"resultOf": result.entity, "measuredOn": result.on, "versus": result.versus}
        found = {predicate: _known(ids, name, annotation) for predicate, name in ends.items() if name is not None}
        found |= {"inPaper": paper_node(annotation.paper.id), "metric": self._metric(result.metric, annotation)}
        for predicate, other in found.items():
            self._state((node, other, predicate), "result", result.score)

    def _metric(self, name: str, annotation: Annotation) -> str:
        named = (entity.id for entity in annotation.entities if entity.name == name and entity.type == "Metric")
        return next(named, None) or self._named("Metric", name)

    def _state(self, edge: _Edge, kind: str, score: float) -> None:
        known = self.edges.setdefault(edge, {"kind": kind, "papers": 0, "score": 0.0, "vocabulary": False})
        known["papers"] += 1
        known["score"] = max(known["score"], score)

    def add_vocabulary(self) -> None:
        """What the vocabularies know of every concept reached so far, up to the roots."""
        concepts = self.vocabulary.concepts
        waiting = [id for id in self.names if id in concepts]
        while waiting:
            concept = concepts[waiting.pop()]
            for predicate, other in _links(concept):
                if other not in concepts or other == concept.id:
                    continue
                kind = "broader" if predicate == "broader" else "relation"
                edge = (concept.id, other, predicate)
                self.edges.setdefault(edge, {"kind": kind, "papers": 0, "score": 1.0})["vocabulary"] = True
                if other not in self.names:
                    self.names[other] = Counter()
                    waiting.append(other)

    def nodes(self) -> Iterator[tuple[str, Attributes]]:
        yield from self.fixed.items()
        for id, names in self.names.items():
            yield id, self._entity(id, names)

    def _entity(self, id: str, names: Counter[str]) -> Attributes:
        concept = self.vocabulary.concepts.get(id)
        folder = id.partition("/")[0]
        label = concept.name if concept else min(names, key=lambda name: (-names[name], name))
        about: Attributes = {
            "kind": "entity",
            "type": self.types.get(folder, folder.capitalize()),
            "label": label,
            "papers": self.papers[id],
            "vocabulary": concept is not None,
        }
        if aliases := joined({*names, *(concept.aliases if concept else ())} - {label}):
            about["aliases"] = aliases
        if concept and concept.links:
            about["links"] = joined(concept.links)
        return about | (self._literals(concept) if concept else {})

    def _literals(self, concept: Concept) -> Attributes:
        """The vocabulary's literal facts: numbers as the ontology types them, texts and several values as lists."""
        values: dict[str, list[str | int | float]] = defaultdict(list)
        for name, value in concept.facts:
            property = self.ontology.properties.get(name)
            if property is None or property.literal:
                decimal = property is not None and property.datatype.endswith("#decimal")
                values[name].append(_number(value) if decimal else value)
        return {
            name: joined(map(str, found)) if len(found) > 1 or isinstance(found[0], str) else found[0]
            for name, found in sorted(values.items())
            if found != [""]
        }


def _links(concept: Concept) -> Iterator[tuple[str, str]]:
    yield from (("broader", other) for other in concept.broader)
    yield from ((name, other) for name, other in concept.facts if isinstance(other, str))


def _number(value: str | float) -> str | float:
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return value
    return number if math.isfinite(number) else value
