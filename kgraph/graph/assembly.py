"""From annotations to the graph: a join over the papers, and what the vocabularies know beside it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kgraph.graph.attributes import Attributes, Edge, joined, multigraph
from kgraph.graph.facts import Graph, node_named, relations
from kgraph.iri import DATA, data_base, entity_id, paper_node, result_fragment
from kgraph.model import Annotation, Entity, Result
from kgraph.ontology import Ontology
from kgraph.papers import unite
from kgraph.values import parse_value
from kgraph.vocabulary import Concept, Vocabulary

__all__ = ["assemble"]


def assemble(
    annotations: Iterable[Annotation], *, ontology: Ontology, vocabulary: Vocabulary, base_iri: str = DATA
) -> Graph:
    """The graph of all annotations; neither their order nor saying one twice matters.

    Ancestors of every concept that a paper names come along, and what the vocabularies know of
    all of them, marked as theirs. Entities without an id get one from their name. Raises
    :class:`~kgraph.errors.ExtractionError` where a relation or a result names something that is
    no entity of its paper, and :class:`~kgraph.errors.KgraphError` for a base that is no IRI.

    >>> from kgraph.model import Mention, Paper
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


def _with_ids(annotation: Annotation) -> Annotation:
    if all(entity.id for entity in annotation.entities):
        return annotation
    entities = (
        entity if entity.id else replace(entity, id=entity_id(entity.type, entity.name))
        for entity in annotation.entities
    )
    return replace(annotation, entities=tuple(entities))


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
        self.edges: dict[Edge, Attributes] = {}

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
        for edge, relation in relations(annotation).items():
            self._state(edge, "relation", relation.score)
        for number, result in enumerate(annotation.results, 1):
            self._add_result(f"{node}#{result_fragment(number)}", result, annotation)

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
        more = {"numericValue": numeric, "unit": unit, "start": result.start, "end": result.end}
        about |= {name: found for name, found in more.items() if found is not None}
        self.fixed[node] = about
        ids = {entity.name: entity.id for entity in annotation.entities}
        ends = {"resultOf": result.entity, "measuredOn": result.on, "versus": result.versus}
        found = {predicate: node_named(name, ids, annotation) for predicate, name in ends.items() if name is not None}
        found |= {"inPaper": paper_node(annotation.paper.id), "metric": self._metric(result.metric, annotation)}
        for predicate, other in found.items():
            self._state((node, other, predicate), "result", result.score)

    def _metric(self, name: str, annotation: Annotation) -> str:
        named = (entity.id for entity in annotation.entities if entity.name == name and entity.type == "Metric")
        return next(named, None) or self._named("Metric", name)

    def _state(self, edge: Edge, kind: str, score: float) -> None:
        data = self.edges.setdefault(edge, {"kind": kind, "papers": 0, "score": 0.0, "vocabulary": False})
        data["papers"] += 1
        data["score"] = max(data["score"], score)

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
