"""Who says so: mentions, statements, and where results stand (``evidence.ttl``).

A constant number of triples for a mention, no blank nodes. With relative ids behind the graph's
base, and a fact written as :func:`kgraph.iri.fact_fragment` does:

================================= ==============================================================
``<paper#char=512,523>``          ``a kg:Mention``; ``kg:inPaper``, ``kg:ofEntity``, ``kg:text``,
                                  ``kg:start``, ``kg:end``, ``kg:score``
``<paper#runsOn(entity)>``        ``a rdf:Statement``: the part that an entity plays in a paper;
                                  ``kg:inPaper``, ``kg:score``, ``kg:supportedBy`` its mentions
``<paper#madeBy(entity,entity)>`` ``a rdf:Statement``: a relation as a paper states it;
                                  ``kg:inPaper``, ``kg:score``, ``kg:start`` and ``kg:end`` of the
                                  sentence where known
``<entity#madeBy(entity)>``       ``a rdf:Statement``: a relation that the vocabularies know;
                                  ``dcterms:source`` :data:`~kgraph.rdf.VOCABULARY`, ``kg:score``
``<paper#result-1>``              ``kg:score``, ``kg:start``, ``kg:end``
================================= ==============================================================

So one pattern over both files asks who says so, and how surely::

    ?statement rdf:subject hardware:nvidia-a100 ; rdf:predicate ?predicate ; rdf:object ?object ;
               kg:inPaper|dcterms:source ?who ; kg:score ?score .

What else ``graph.ttl`` says of an entity (other names, dates, sizes) comes from the vocabularies
alone and needs no statement; an entity that they know is ``skos:inScheme`` theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kgraph.graph import Fact, Graph, facts, results
from kgraph.iri import KG, fact_fragment, mention_fragment, paper_node
from kgraph.model import Annotation
from kgraph.rdf.terms import DCTERMS, RDF, TYPE, VOCABULARY, decimal, integer, naming, property_iri

__all__ = ["evidence_triples"]

_MENTION, _IN_PAPER, _OF_ENTITY, _TEXT, _START, _END, _SCORE, _SUPPORTED_BY = (
    NamedNode(KG + name)
    for name in ("Mention", "inPaper", "ofEntity", "text", "start", "end", "score", "supportedBy")
)  # fmt: skip
_STATEMENT, _SUBJECT, _PREDICATE, _OBJECT = (
    NamedNode(RDF + name) for name in ("Statement", "subject", "predicate", "object")
)
_SOURCE, _VOCABULARY = NamedNode(DCTERMS + "source"), NamedNode(VOCABULARY)

_Naming = Callable[[str], NamedNode]


def evidence_triples(graph: Graph) -> Iterator[Triple]:
    """The triples of ``evidence.ttl``: mentions, statements, places of results; each sorted by paper."""
    node = naming(graph.base_iri)
    for annotation in graph.annotations:
        yield from _mentions(annotation, node)
    for fact in facts(graph):
        yield from _statement(fact, node)
    for id, result, *_ in results(graph):
        yield from _place(node(id), result.score, result.start, result.end)


def _mentions(annotation: Annotation, node: _Naming) -> Iterator[Triple]:
    """The mentions of a paper; where two entities share one, it is of both and as sure as the surer."""
    found: dict[tuple[int, int, str], dict[str, float]] = {}
    for entity in annotation.entities:
        for mention in entity.mentions:
            known = found.setdefault((mention.start, mention.end, mention.text), {})
            known[entity.id] = max(entity.score, known.get(entity.id, 0.0))
    paper = paper_node(annotation.paper.id)
    for (start, end, text), entities in sorted(found.items()):
        subject = NamedNode(f"{node(paper).value}#{mention_fragment(start, end)}")
        yield Triple(subject, TYPE, _MENTION)
        yield Triple(subject, _IN_PAPER, node(paper))
        for id in sorted(entities):
            yield Triple(subject, _OF_ENTITY, node(id))
        yield Triple(subject, _TEXT, Literal(text))
        yield from _place(subject, max(entities.values()), start, end)


def _statement(fact: Fact, node: _Naming) -> Iterator[Triple]:
    where = fact.paper or fact.subject
    ends = (fact.object,) if where == fact.subject else (fact.subject, fact.object)
    place = f"{node(where).value}#"
    statement = NamedNode(place + fact_fragment(fact.predicate, *ends))
    yield Triple(statement, TYPE, _STATEMENT)
    yield Triple(statement, _SUBJECT, node(fact.subject))
    yield Triple(statement, _PREDICATE, property_iri(fact.predicate))
    yield Triple(statement, _OBJECT, node(fact.object))
    yield Triple(statement, _IN_PAPER, node(fact.paper)) if fact.paper else Triple(statement, _SOURCE, _VOCABULARY)
    yield from _place(statement, fact.score, fact.start, fact.end)
    for mention in fact.mentions:
        yield Triple(statement, _SUPPORTED_BY, NamedNode(place + mention_fragment(mention.start, mention.end)))


def _place(subject: NamedNode, score: float, start: int | None, end: int | None) -> Iterator[Triple]:
    if start is not None and end is not None:
        yield Triple(subject, _START, integer(start))
        yield Triple(subject, _END, integer(end))
    yield Triple(subject, _SCORE, decimal(score))
