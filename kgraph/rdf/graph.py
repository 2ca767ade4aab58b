"""What is so: papers, entities, results and their links (``graph.ttl``)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kgraph.graph import Attributes, Graph, members, vocabulary_facts
from kgraph.iri import KG
from kgraph.ontology import Ontology, load_ontology
from kgraph.rdf.terms import DCTERMS, SKOS, TYPE, VOCABULARY, decimal, integer, naming, property_iri, term

__all__ = ["graph_triples"]

_TITLE, _ABSTRACT, _ISSUED, _SOURCE = (NamedNode(DCTERMS + name) for name in ("title", "abstract", "issued", "source"))
_LABEL, _ALIAS, _SCHEME, _MATCH = (NamedNode(SKOS + n) for n in ("prefLabel", "altLabel", "inScheme", "exactMatch"))

_Described = Iterator[tuple[NamedNode, NamedNode | Literal]]


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
    ontology = load_ontology()
    node = naming(graph.base_iri)
    describe = {"paper": _paper, "entity": _entity, "result": _result}
    for id, about in graph.nx.nodes(data=True):
        subject = node(id)
        for predicate, object in describe[about["kind"]](about, ontology):
            yield Triple(subject, predicate, object)
        for name, other in _links(graph, id, ontology):
            yield Triple(subject, property_iri(name), node(other))


def _paper(about: Attributes, _ontology: Ontology) -> _Described:
    yield TYPE, NamedNode(KG + "Paper")
    yield _TITLE, Literal(about["label"])
    yield _ABSTRACT, Literal(about["abstract"])
    if "date" in about:
        yield _ISSUED, term(about["date"])
    if "authors" in about:
        yield property_iri("authorCount"), integer(about["authors"])
    if "organization" in about:
        yield property_iri("submittedAs"), Literal(about["organization"])
    for source in members(about["source"]):
        yield _SOURCE, Literal(source)


def _entity(about: Attributes, ontology: Ontology) -> _Described:
    yield TYPE, NamedNode(KG + about["type"])
    yield _LABEL, Literal(about["label"])
    for alias in members(about.get("aliases", "")):
        yield _ALIAS, Literal(alias)
    if about["vocabulary"]:
        yield _SCHEME, NamedNode(VOCABULARY)
    for name, value in vocabulary_facts(about):
        yield property_iri(name), term(value, ontology.properties.get(name))
    for link in members(about.get("links", "")):
        yield _MATCH, NamedNode(link)


def _result(about: Attributes, _ontology: Ontology) -> _Described:
    yield TYPE, NamedNode(KG + "Result")
    yield property_iri("value"), Literal(about["value"])
    if "numericValue" in about:
        yield property_iri("numericValue"), decimal(about["numericValue"])
    if "unit" in about:
        yield property_iri("unit"), Literal(about["unit"])


def _links(graph: Graph, id: str, ontology: Ontology) -> list[tuple[str, str]]:
    """The node's edges and what they imply, equal properties beside each other."""
    links: set[tuple[str, str]] = set()
    for _, other, key, kind in graph.nx.out_edges(id, keys=True, data="kind"):
        links.add((key, other))
        if parent := _implied(key, kind, ontology):
            links.add((parent, other))
    return sorted(links, key=lambda link: (link[0] == "mentions", link))


def _implied(key: str, kind: str, ontology: Ontology) -> str | None:
    if kind == "role":
        return "mentions"
    parent = ontology.properties[key].parent if kind == "relation" and key in ontology.properties else ""
    return parent if parent in ontology.predicates else None
