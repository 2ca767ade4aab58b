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
                                  ``dcterms:source`` :data:`~kgraph.rdf.VOCABULARY` and, with their
                                  licences, where this knows the subject from; ``kg:score``
``<paper#result-1>``              ``kg:score``, ``kg:start``, ``kg:end``
================================= ==============================================================

So one pattern over both files asks who says so, and how surely::

    ?statement rdf:subject hardware:nvidia-a100 ; rdf:predicate ?predicate ; rdf:object ?object ;
               kg:inPaper|dcterms:source ?who ; kg:score ?score .

What else ``graph.ttl`` says of an entity (other names, dates, sizes) comes from the vocabularies
alone and needs no statement; an entity that they know is ``skos:inScheme`` theirs and has its
``dcterms:source`` there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from pyoxigraph import Triple

from kgraph.graph import Fact, Graph, Stretch, in_memory, known, members, stated
from kgraph.iri import KG, fact_fragment
from kgraph.model import Annotation
from kgraph.rdf.notation import Notation, block, objects, triples_of
from kgraph.rdf.terms import VOCABULARY

__all__ = ["EVIDENCE", "evidence_triples"]

_Pairs = Iterable[tuple[str, str]]


def evidence_triples(graph: Graph) -> Iterator[Triple]:
    """The triples of ``evidence.ttl``: mentions, statements, places of results; each sorted by paper."""
    notation = Notation(graph.base_iri, relative=True)
    stretch = in_memory(graph)
    return triples_of(notation, chain.from_iterable(section(stretch, notation) for section in EVIDENCE))


def _mentions(stretch: Stretch, notation: Notation) -> Iterator[str]:
    """The mentions of each paper; where two entities share one, it is of both and as sure as the surer."""
    for paper, annotation in stretch.annotations.items():
        within = ("kg:inPaper", notation.node(paper))
        for (start, end, text), entities in sorted(_named_there(annotation).items()):
            yield block(
                notation.mention(paper, start, end),
                (
                    ("a", "kg:Mention"),
                    within,
                    ("kg:ofEntity", objects([notation.node(id) for id in sorted(entities)])),
                    ("kg:text", notation.text(text)),
                    *_place(notation, max(entities.values()), start, end),
                ),
            )


def _named_there(annotation: Annotation) -> dict[tuple[int, int, str], dict[str, float]]:
    """The entities that each stretch of text names, with the scores."""
    found: dict[tuple[int, int, str], dict[str, float]] = {}
    for entity in annotation.entities:
        for mention in entity.mentions:
            there = found.setdefault((mention.start, mention.end, mention.text), {})
            there[entity.id] = max(entity.score, there.get(entity.id, 0.0))
    return found


def _stated(stretch: Stretch, notation: Notation) -> Iterator[str]:
    return _statements(stated(stretch.nodes, stretch.annotations), notation)


def _known(stretch: Stretch, notation: Notation) -> Iterator[str]:
    for node in stretch.nodes:
        if node.about.get("vocabulary"):
            yield from _statements(known([node]), notation, members(node.about.get("sources", "")))


def _statements(facts: Iterable[Fact], notation: Notation, sources: Iterable[str] = ()) -> Iterator[str]:
    """The statements of facts; of a paper's, or else of the vocabularies', which know them from these sources."""
    known_from = [notation.property(VOCABULARY.removeprefix(KG)), *map(notation.text, sources)]
    for fact in facts:
        where = fact.paper or fact.subject
        ends = (fact.object,) if fact.kind == "role" or not fact.paper else (fact.subject, fact.object)
        pairs = [
            ("a", "rdf:Statement"),
            ("rdf:subject", notation.node(fact.subject)),
            ("rdf:predicate", notation.property(fact.predicate)),
            ("rdf:object", notation.node(fact.object)),
            ("kg:inPaper", notation.node(where)) if fact.paper else ("dcterms:source", objects(known_from)),
            *_place(notation, fact.score, fact.start, fact.end),
        ]
        if fact.mentions:
            supporting = objects([notation.mention(where, mention.start, mention.end) for mention in fact.mentions])
            pairs.append(("kg:supportedBy", supporting))
        yield block(notation.fragment(where, fact_fragment(fact.predicate, *ends)), pairs)


def _results(stretch: Stretch, notation: Notation) -> Iterator[str]:
    for id, about, _ in stretch.of_kind("result"):
        paper, _, fragment = id.partition("#")
        place = _place(notation, about["score"], about.get("start"), about.get("end"))
        yield block(notation.fragment(paper, fragment), place)


def _place(notation: Notation, score: float, start: int | None, end: int | None) -> _Pairs:
    if start is None or end is None:
        return (("kg:score", notation.decimal(score)),)
    return ("kg:start", str(start)), ("kg:end", str(end)), ("kg:score", notation.decimal(score))


EVIDENCE: tuple[Callable[[Stretch, Notation], Iterator[str]], ...] = (_mentions, _stated, _known, _results)
"""The sections of ``evidence.ttl``, one behind the other, each the blocks of a stretch of the graph."""
