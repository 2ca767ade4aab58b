"""What is so: papers, entities, results and their links (``graph.ttl``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from kgraph.graph import Attributes, Graph, Link, Stretch, in_memory, members, vocabulary_facts
from kgraph.iri import KG
from kgraph.ontology import Ontology, load_ontology
from kgraph.rdf.notation import Notation, block, grouped, triples_of
from kgraph.rdf.terms import VOCABULARY, term

__all__ = ["graph_blocks", "graph_triples"]

_Described = Iterator[tuple[str, str]]


def graph_triples(graph: Graph) -> Iterator[Triple]:
    """The triples of ``graph.ttl``, subjects in the order of their ids.

    A property that implies another is written with it, so that no reasoner is needed: a role with
    ``kg:mentions``, ``kg:manufacturer`` with ``kg:madeBy``.

    >>> from kgraph.graph import assemble
    >>> from kgraph.model import Annotation, Entity, Paper
    >>> from kgraph.vocabulary import Vocabulary
    >>> annotation = Annotation(Paper("2401.00001", "T", "A."), (Entity("FPGA", "Hardware", "runsOn", 0.9, ()),))
    >>> graph = assemble([annotation], ontology=load_ontology(), vocabulary=Vocabulary())
    >>> for triple in graph_triples(graph):
    ...     print(*(term.value.rpartition("/")[2] for term in triple))
    fpga 22-rdf-syntax-ns#type ontology#Hardware
    fpga core#prefLabel FPGA
    2401.00001 22-rdf-syntax-ns#type ontology#Paper
    2401.00001 title T
    2401.00001 abstract A.
    2401.00001 ontology#runsOn fpga
    2401.00001 ontology#mentions fpga
    """
    notation = Notation(graph.base_iri)
    return triples_of(notation, graph_blocks(in_memory(graph), notation))


def graph_blocks(stretch: Stretch, notation: Notation) -> Iterator[str]:
    """The blocks of ``graph.ttl`` for a stretch of the graph."""
    ontology = load_ontology()
    describe = {"paper": _paper, "entity": _entity, "result": _result}
    for id, about, links in stretch.nodes:
        pairs = [*describe[about["kind"]](about, notation, ontology)]
        pairs += [(notation.property(name), notation.node(other)) for name, other in _properties(links, ontology)]
        yield block(notation.node(id), grouped(pairs))


def _paper(about: Attributes, notation: Notation, _ontology: Ontology) -> _Described:
    yield "a", "kg:Paper"
    yield "dcterms:title", notation.text(about["label"])
    yield "dcterms:abstract", notation.text(about["abstract"])
    if "date" in about:
        yield "dcterms:issued", notation.term(term(about["date"]))
    if "authors" in about:
        yield "kg:authorCount", str(about["authors"])
    if "organization" in about:
        yield "kg:submittedAs", notation.text(about["organization"])
    for source in members(about["source"]):
        yield "dcterms:source", notation.text(source)


def _entity(about: Attributes, notation: Notation, ontology: Ontology) -> _Described:
    yield "a", notation.property(about["type"])
    yield "skos:prefLabel", notation.text(about["label"])
    for alias in members(about.get("aliases", "")):
        yield "skos:altLabel", notation.text(alias)
    if about["vocabulary"]:
        yield "skos:inScheme", notation.property(VOCABULARY.removeprefix(KG))
    for name, value in vocabulary_facts(about):
        yield notation.property(name), notation.term(term(value, ontology.properties.get(name)))
    for source in members(about.get("sources", "")):
        yield "dcterms:source", notation.text(source)
    for link in members(about.get("links", "")):
        yield "skos:exactMatch", notation.term(NamedNode(link))


def _result(about: Attributes, notation: Notation, _ontology: Ontology) -> _Described:
    yield "a", "kg:Result"
    yield "kg:value", notation.text(about["value"])
    if "numericValue" in about:
        yield "kg:numericValue", notation.decimal(about["numericValue"])
    if "unit" in about:
        yield "kg:unit", notation.text(about["unit"])


def _properties(links: Iterable[Link], ontology: Ontology) -> list[tuple[str, str]]:
    """A node's edges and what they imply, equal properties beside each other."""
    found: set[tuple[str, str]] = set()
    for other, key, data in links:
        found.add((key, other))
        if parent := _implied(key, data["kind"], ontology):
            found.add((parent, other))
    return sorted(found, key=lambda link: (link[0] == "mentions", link))


def _implied(key: str, kind: str, ontology: Ontology) -> str | None:
    if kind == "role":
        return "mentions"
    parent = ontology.properties[key].parent if kind == "relation" and key in ontology.properties else ""
    return parent if parent in ontology.predicates else None
