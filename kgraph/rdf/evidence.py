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
from itertools import chain

from pyoxigraph import Literal, NamedNode, Triple

from kgraph.graph import Graph, facts, results
from kgraph.iri import KG, fact_fragment, mention_fragment, paper_node
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
_Pairs = tuple[tuple[NamedNode, NamedNode | Literal], ...]
_Described = Iterator[tuple[NamedNode, _Pairs]]


def evidence_triples(graph: Graph) -> Iterator[Triple]:
    """The triples of ``evidence.ttl``: mentions, statements, places of results; each sorted by paper."""
    node = naming(graph.base_iri)
    for subject, pairs in chain(_mentions(graph, node), _statements(graph, node), _results(graph, node)):
        for predicate, object in pairs:
            yield Triple(subject, predicate, object)


def _mentions(graph: Graph, node: _Naming) -> _Described:
    """The mentions of each paper; where two entities share one, it is of both and as sure as the surer."""
    for annotation in graph.annotations:
        found: dict[tuple[int, int, str], dict[str, float]] = {}
        for entity in annotation.entities:
            for mention in entity.mentions:
                known = found.setdefault((mention.start, mention.end, mention.text), {})
                known[entity.id] = max(entity.score, known.get(entity.id, 0.0))
        paper = node(paper_node(annotation.paper.id))
        for (start, end, text), entities in sorted(found.items()):
            yield (
                NamedNode(f"{paper.value}#{mention_fragment(start, end)}"),
                (
                    (TYPE, _MENTION),
                    (_IN_PAPER, paper),
                    *((_OF_ENTITY, node(id)) for id in sorted(entities)),
                    (_TEXT, Literal(text)),
                    *_place(max(entities.values()), start, end),
                ),
            )


def _statements(graph: Graph, node: _Naming) -> _Described:
    for fact in facts(graph):
        where = node(fact.paper or fact.subject)
        ends = (fact.object,) if fact.kind == "role" or not fact.paper else (fact.subject, fact.object)
        yield (
            NamedNode(f"{where.value}#{fact_fragment(fact.predicate, *ends)}"),
            (
                (TYPE, _STATEMENT),
                (_SUBJECT, node(fact.subject)),
                (_PREDICATE, property_iri(fact.predicate)),
                (_OBJECT, node(fact.object)),
                (_IN_PAPER, where) if fact.paper else (_SOURCE, _VOCABULARY),
                *_place(fact.score, fact.start, fact.end),
                *(
                    (_SUPPORTED_BY, NamedNode(f"{where.value}#{mention_fragment(mention.start, mention.end)}"))
                    for mention in fact.mentions
                ),
            ),
        )


def _results(graph: Graph, node: _Naming) -> _Described:
    for id, about, _ in results(graph):
        yield node(id), _place(about["score"], about.get("start"), about.get("end"))


def _place(score: float, start: int | None, end: int | None) -> _Pairs:
    if start is None or end is None:
        return ((_SCORE, decimal(score)),)
    return (_START, integer(start)), (_END, integer(end)), (_SCORE, decimal(score))
