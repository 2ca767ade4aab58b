"""From SKOS to concepts: what the triples of a vocabulary mean (https://www.w3.org/TR/skos-reference/).

=================================== ==========================================================
in Turtle                           in :class:`~kgraph.vocabulary.Concept`
=================================== ==========================================================
``a kg:Hardware``                   ``type``
``skos:prefLabel``                  ``name``
``skos:altLabel``, ``hiddenLabel``  ``aliases``
``kg:riskyLabel``                   ``risky``
``kg:contextWord``                  ``context``
``skos:broader``                    ``broader``
``skos:exactMatch``                 ``links``
``dcterms:source``                  ``sources``
any other property of the ontology  ``facts``
=================================== ==========================================================
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kgraph.errors import OntologyError
from kgraph.iri import DATA, KG, entity_id
from kgraph.vocabulary import Concept

if TYPE_CHECKING:
    from kgraph.ontology import Ontology

__all__ = ["read_concepts", "read_sources"]

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DCTERMS = "http://purl.org/dc/terms/"
_SOURCE = "https://w3id.org/kgraph/vocabulary/source#"
_XSD = "http://www.w3.org/2001/XMLSchema#"

_About = Mapping[str, list[str]]


def read_concepts(triples: Iterable[tuple[str, str, str]], ontology: Ontology) -> dict[str, Concept]:
    """The concepts that the triples describe, by id and in the order of their ids.

    A subject is a concept when its class is one of the ontology's entity types; all else (concept
    schemes, sources) is passed over. Statements about one concept add up, whichever file they
    stand in; of several preferred labels the last is the name and the others are aliases. An IRI
    of another namespace gets an id of ours, made from its label, and is kept as a link. Raises
    :class:`~kgraph.errors.OntologyError` for a concept that has no preferred label.
    """
    about: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object in triples:
        about[subject][predicate].append(object)
    types = {KG + type: type for type in ontology.types}
    ids: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for iri, properties in about.items():
        kind = next((types[value] for value in properties.get(_RDF_TYPE, ()) if value in types), None)
        if kind is not None:
            kinds[iri] = kind
            ids[iri] = _id(iri, kind, properties)
    found: dict[str, Concept] = {}
    for iri in sorted(ids, key=lambda iri: (ids[iri], iri)):
        concept = _concept(ids[iri], kinds[iri], about[iri], ids, ontology)
        outside = () if iri.startswith(DATA) else (iri,)
        found[concept.id] = _joined(found.get(concept.id), concept, outside)
    return found


def read_sources(triples: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """What sources are called and under which licence they stand, by the names that concepts have for them.

    A source is what anything has for its ``dcterms:source``; it has a ``dcterms:title``, perhaps a
    ``dcterms:license``.

    >>> gpus, terms = "https://w3id.org/kgraph/vocabulary/source#gpus", "http://purl.org/dc/terms/"
    >>> said = [(gpus, terms + "title", "List of GPUs"), (gpus, terms + "license", "https://example.org/mit")]
    >>> read_sources([*said, ("https://example.org/a100", terms + "source", gpus)])
    {'gpus': 'List of GPUs (https://example.org/mit)'}
    """
    told: dict[str, dict[str, str]] = {name: {} for name in ("source", "title", "license")}
    for subject, predicate, object in triples:
        if predicate == _DCTERMS + "source":
            told["source"][object] = object
        elif predicate.startswith(_DCTERMS):
            told.setdefault(predicate.removeprefix(_DCTERMS), {})[subject] = object
    return {
        iri.removeprefix(_SOURCE): f"{title} ({told['license'][iri]})" if iri in told["license"] else title
        for iri, title in sorted(told["title"].items())
        if iri in told["source"]
    }


def _id(iri: str, kind: str, properties: _About) -> str:
    labels = properties.get(_SKOS + "prefLabel")
    if not labels or not labels[-1].strip():
        raise OntologyError(f"the concept {iri} has no skos:prefLabel: give it one")
    return iri.removeprefix(DATA) if iri.startswith(f"{DATA}{kind.lower()}/") else entity_id(kind, labels[-1])


def _concept(id: str, kind: str, properties: _About, ids: Mapping[str, str], ontology: Ontology) -> Concept:
    *other_names, name = properties[_SKOS + "prefLabel"]
    risky = _unique(properties.get(KG + "riskyLabel", ()))
    labels = (*other_names, *properties.get(_SKOS + "altLabel", ()), *properties.get(_SKOS + "hiddenLabel", ()))
    return Concept(
        id=id,
        type=kind,
        name=name,
        aliases=_unique(label for label in labels if label != name and label not in risky),
        risky=risky,
        context=_unique(word.lower() for word in properties.get(KG + "contextWord", ())),
        broader=_unique(ids.get(iri, iri.removeprefix(DATA)) for iri in properties.get(_SKOS + "broader", ())),
        facts=tuple(_facts(properties, ids, ontology)),
        links=_unique(properties.get(_SKOS + "exactMatch", ())),
        sources=_unique(iri.removeprefix(_SOURCE) for iri in properties.get(_DCTERMS + "source", ())),
    )


def _facts(properties: _About, ids: Mapping[str, str], ontology: Ontology) -> Iterable[tuple[str, str | int | float]]:
    for iri in sorted(properties):
        property = ontology.properties.get(iri.removeprefix(KG)) if iri.startswith(KG) else None
        if property is None:
            continue
        for value in sorted(set(properties[iri])):
            if property.literal:
                yield property.name, _literal(value, property.datatype)
            else:
                yield property.name, ids.get(value, value.removeprefix(DATA))


def _literal(value: str, datatype: str) -> str | int | float:
    """The value as its property's range has it; as it stands where it is not of that range.

    >>> _literal("80.0", _XSD + "decimal"), _literal("2.5", _XSD + "decimal"), _literal("soon", _XSD + "decimal")
    (80, 2.5, 'soon')
    >>> _literal("true", _XSD + "boolean")
    True
    """
    if datatype == _XSD + "boolean" and value in {"true", "false", "1", "0"}:
        return value in {"true", "1"}
    if datatype in {_XSD + "decimal", _XSD + "integer"}:
        try:
            number = float(value)
            return int(number) if number.is_integer() else number
        except (ValueError, OverflowError):
            return value
    return value


def _joined(known: Concept | None, concept: Concept, outside: tuple[str, ...]) -> Concept:
    """Two descriptions of one concept as one; the later name stands."""
    names = () if known is None or known.name == concept.name else (known.name,)
    if known is None and not outside:
        return concept
    before = known or Concept(concept.id, concept.type, concept.name)
    risky = _unique((*before.risky, *concept.risky))
    labels = (*names, *before.aliases, *concept.aliases)
    return Concept(
        id=concept.id,
        type=concept.type,
        name=concept.name,
        aliases=_unique(label for label in labels if label != concept.name and label not in risky),
        risky=risky,
        context=_unique((*before.context, *concept.context)),
        broader=_unique((*before.broader, *concept.broader)),
        facts=tuple(dict.fromkeys((*before.facts, *concept.facts))),
        links=_unique((*before.links, *concept.links, *outside)),
        sources=_unique((*before.sources, *concept.sources)),
    )


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))
