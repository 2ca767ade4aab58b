"""What is told of an entity: by its papers, which call it so, and by the vocabularies."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kgraph.graph.attributes import Attributes, Edge, joined
from kgraph.ontology import Ontology
from kgraph.vocabulary import Concept, Vocabulary

__all__ = ["described", "known_edges", "type_of"]


def type_of(id: str, ontology: Ontology) -> str:
    """The type that an entity's id tells.

    >>> from kgraph.ontology import load_ontology
    >>> type_of("hardware/nvidia-a100", load_ontology()), type_of("gene/tp53", load_ontology())
    ('Hardware', 'Gene')
    """
    folder = id.partition("/")[0]
    return next((type for type in ontology.types if type.lower() == folder), folder.capitalize())


def described(
    id: str, names: Mapping[str, int], papers: int, *, ontology: Ontology, vocabulary: Vocabulary
) -> Attributes:
    """The attributes of an entity that these papers name, so often by each of these names."""
    concept = vocabulary.concepts.get(id)
    label = concept.name if concept else min(names, key=lambda name: (-names[name], name))
    about: Attributes = {
        "kind": "entity",
        "type": type_of(id, ontology),
        "label": label,
        "papers": papers,
        "vocabulary": concept is not None,
    }
    if aliases := joined({*names, *(concept.aliases if concept else ())} - {label}):
        about["aliases"] = aliases
    if concept and concept.links:
        about["links"] = joined(concept.links)
    if concept and concept.sources:
        about["sources"] = joined(vocabulary.sources.get(name, name) for name in concept.sources)
    return about | (_literals(concept, ontology) if concept else {})


def known_edges(ids: Iterable[str], vocabulary: Vocabulary) -> Iterator[tuple[Edge, str]]:
    """What the vocabularies know between concepts, each edge with its kind, from these ids up to the roots."""
    concepts = vocabulary.concepts
    reached = set(ids)
    waiting = [id for id in reached if id in concepts]
    while waiting:
        concept = concepts[waiting.pop()]
        for predicate, other in _links(concept):
            if other not in concepts or other == concept.id:
                continue
            yield (concept.id, other, predicate), "broader" if predicate == "broader" else "relation"
            if other not in reached:
                reached.add(other)
                waiting.append(other)


def _literals(concept: Concept, ontology: Ontology) -> Attributes:
    """The vocabulary's literal facts: numbers as the ontology types them, texts and several values as lists."""
    values: dict[str, list[str | int | float]] = defaultdict(list)
    for name, value in concept.facts:
        property = ontology.properties.get(name)
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
