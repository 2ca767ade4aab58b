"""What one paper adds to the graph; the graph is the join of these over the papers.

Joins add up counts and take the surest score, so the order of the papers is free and each can be
looked at by itself, in any process.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from kgraph.graph.attributes import Attributes, Edge, joined
from kgraph.graph.facts import node_named, relations
from kgraph.iri import entity_id, paper_node, result_fragment
from kgraph.model import Annotation, Entity, Result
from kgraph.ontology import Ontology
from kgraph.values import parse_value
from kgraph.vocabulary import Vocabulary

__all__ = ["Contribution", "contribution", "with_ids"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a paper adds: its own nodes, the edges that it states, and entities as it calls them.

    ``nodes`` are the paper and its results. ``edges`` have the kind and the score of each.
    ``names`` counts how an entity is called; ``named`` are the entities among them that the paper
    itself names, with a role.
    """

    nodes: dict[str, Attributes] = field(default_factory=dict)
    edges: dict[Edge, tuple[str, float]] = field(default_factory=dict)
    names: dict[str, Counter[str]] = field(default_factory=dict)
    named: dict[str, Entity] = field(default_factory=dict)


def contribution(annotation: Annotation, ontology: Ontology, vocabulary: Vocabulary) -> Contribution:
    """What a paper adds to the graph; every entity of it has an id.

    Raises :class:`~kgraph.errors.ExtractionError` where a relation or a result names something
    that is no entity of the paper.

    >>> from kgraph.model import Paper
    >>> from kgraph.ontology import load_ontology
    >>> entity = Entity("FPGA", "Hardware", "runsOn", 0.9, (), "hardware/fpga")
    >>> found = contribution(Annotation(Paper("1", "T", "A."), (entity,)), load_ontology(), Vocabulary())
    >>> found.edges, found.names
    ({('paper/1', 'hardware/fpga', 'runsOn'): ('role', 0.9)}, {'hardware/fpga': Counter({'FPGA': 2})})
    """
    found = Contribution()
    node = _add_paper(found, annotation, vocabulary)
    strength = {role: rank for rank, role in enumerate(ontology.roles)}
    for entity in annotation.entities:
        names = found.names.setdefault(entity.id, Counter())
        names.update({entity.name, *(mention.text for mention in entity.mentions)})
        names[entity.name] += 1  # a canonical name weighs more than a form of it
        best = found.named.get(entity.id, entity)
        found.named[entity.id] = min(best, entity, key=lambda e: (strength.get(e.role, 99), e.role, -e.score))
    for id, entity in found.named.items():
        found.edges[node, id, entity.role] = ("role", entity.score)
    for edge, relation in relations(annotation).items():
        found.edges[edge] = ("relation", relation.score)
    for number, result in enumerate(annotation.results, 1):
        _add_result(found, f"{node}#{result_fragment(number)}", result, annotation, vocabulary)
    return found


def with_ids(annotation: Annotation) -> Annotation:
    """The annotation in which entities without an id have one made from their name."""
    if all(entity.id for entity in annotation.entities):
        return annotation
    entities = (
        entity if entity.id else replace(entity, id=entity_id(entity.type, entity.name))
        for entity in annotation.entities
    )
    return replace(annotation, entities=tuple(entities))


def _add_paper(found: Contribution, annotation: Annotation, vocabulary: Vocabulary) -> str:
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
    found.nodes[node] = {name: value for name, value in about.items() if value is not None}
    if paper.organization:
        handle = _called(found, "Organization", paper.organization, vocabulary)
        found.edges[node, handle, "submittedBy"] = ("paper", 1.0)
    return node


def _called(found: Contribution, type: str, name: str, vocabulary: Vocabulary) -> str:
    """The node of a thing that is named outside the list of entities."""
    id = vocabulary.named(type, name) or entity_id(type, name)
    found.names.setdefault(id, Counter())[name] += 1
    return id


def _add_result(found: Contribution, node: str, result: Result, annotation: Annotation, vocabulary: Vocabulary) -> None:
    numeric, unit = parse_value(result.value)
    about: Attributes = {"kind": "result", "label": result.value, "value": result.value, "score": result.score}
    more = {"numericValue": numeric, "unit": unit, "start": result.start, "end": result.end}
    found.nodes[node] = about | {name: value for name, value in more.items() if value is not None}
    ids = {entity.name: entity.id for entity in annotation.entities}
    named = {"resultOf": result.entity, "measuredOn": result.on, "versus": result.versus}
    ends = {predicate: node_named(name, ids, annotation) for predicate, name in named.items() if name is not None}
    metrics = (entity.id for entity in annotation.entities if entity.name == result.metric and entity.type == "Metric")
    ends["metric"] = next(metrics, None) or _called(found, "Metric", result.metric, vocabulary)
    ends["inPaper"] = paper_node(annotation.paper.id)
    for predicate, other in ends.items():
        found.edges[node, other, predicate] = ("result", result.score)
