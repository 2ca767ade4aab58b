"""The law: order, repetition and the bounds of batches never change the graph; RDF loses nothing of it."""

import io

import networkx
from hypothesis import given
from hypothesis import strategies as st

from kgraph.graph import Graph, assemble, facts, in_memory, results
from kgraph.iri import paper_node, result_fragment
from kgraph.papers import join, unite
from kgraph.rdf import (
    EVIDENCE,
    Notation,
    evidence_triples,
    graph_blocks,
    graph_from_rdf,
    graph_triples,
    to_rdflib,
    write_turtle,
)
from tests.strategies import ONTOLOGY, annotations, few, vocabularies

corpora = st.lists(annotations(), max_size=3)


def graph_of(corpus, vocabulary) -> Graph:
    return assemble(corpus, ontology=ONTOLOGY, vocabulary=vocabulary)


def in_order(graph: networkx.MultiDiGraph):
    """Nodes, edges and attributes with their types, in their order."""
    nodes = [(node, sorted(about.items())) for node, about in graph.nodes(data=True)]
    return repr(nodes), repr([(*edge, sorted(data.items())) for *edge, data in graph.edges(keys=True, data=True)])


@few
@given(corpora, vocabularies(), st.randoms())
def test_the_order_of_papers_does_not_matter(corpus, vocabulary, random):
    shuffled = random.sample(corpus, len(corpus))
    left, right = graph_of(corpus, vocabulary), graph_of(shuffled, vocabulary)
    assert in_order(left.nx) == in_order(right.nx)
    assert left.annotations == right.annotations


@few
@given(corpora, vocabularies())
def test_saying_it_twice_does_not_matter(corpus, vocabulary):
    once = graph_of(corpus, vocabulary)
    for again in (graph_of([*corpus, *corpus], vocabulary), graph_of(once.annotations, vocabulary)):
        assert again.annotations == once.annotations
        assert in_order(again.nx) == in_order(once.nx)


@few
@given(corpora, vocabularies())
def test_edges_are_the_joins_of_facts(corpus, vocabulary):
    graph = graph_of(corpus, vocabulary)
    joined = {}
    for fact in facts(graph):
        papers, surest, known = joined.get((fact.subject, fact.object, fact.predicate), (frozenset(), 0.0, False))
        papers, surest = (papers | {fact.paper}, max(surest, fact.score)) if fact.paper else (papers, surest)
        joined[fact.subject, fact.object, fact.predicate] = papers, surest, known or fact.paper is None
    edges = {
        edge: (data["papers"], data["score"] if data["papers"] else 0.0, data["vocabulary"])
        for *edge, data in graph.nx.edges(keys=True, data=True)
        for edge in [tuple(edge)]
        if data["kind"] in {"role", "relation", "broader"}
    }
    assert edges == {edge: (len(papers), surest, known) for edge, (papers, surest, known) in joined.items()}


@few
@given(corpora, vocabularies())
def test_every_result_leads_to_its_paper_entity_and_metric(corpus, vocabulary):
    graph = graph_of(corpus, vocabulary)
    found = list(results(graph))
    assert len(found) == sum(len(annotation.results) for annotation in graph.annotations)
    stated = {
        f"{paper_node(annotation.paper.id)}#{result_fragment(number)}": result
        for annotation in graph.annotations
        for number, result in enumerate(annotation.results, 1)
    }
    for node, about, ends in found:
        result = stated[node]
        assert (about["value"], about["score"]) == (result.value, result.score)
        assert (about.get("start"), about.get("end")) == (result.start, result.end)
        assert node.startswith(f"{ends['inPaper']}#result-")
        assert ends.keys() >= {"resultOf", "metric"}
        assert graph.nx.nodes[ends["metric"]]["type"] == "Metric"
        assert ("measuredOn" in ends, "versus" in ends) == (result.on is not None, result.versus is not None)


@few
@given(corpora, vocabularies())
def test_every_attribute_is_a_scalar_and_every_node_has_kind_and_label(corpus, vocabulary):
    graph = graph_of(corpus, vocabulary).nx
    for _, about in [*graph.nodes(data=True), *((edge, data) for *edge, data in graph.edges(data=True))]:
        assert {type(value) for value in about.values()} <= {str, int, float, bool}
    assert all({"kind", "label"} <= about.keys() for _, about in graph.nodes(data=True))


@few
@given(corpora, vocabularies())
def test_the_graph_comes_back_from_rdf_exactly(corpus, vocabulary):
    graph = graph_of(corpus, vocabulary)
    back = graph_from_rdf([*graph_triples(graph), *evidence_triples(graph)])
    assert in_order(back) == in_order(graph.nx)


@few
@given(corpora, vocabularies())
def test_turtle_reads_back_as_the_same_triples_in_both_libraries(corpus, vocabulary):
    import pyoxigraph
    import rdflib

    graph = graph_of(corpus, vocabulary)
    for triples, relative in ((list(graph_triples(graph)), False), (list(evidence_triples(graph)), True)):
        written = io.BytesIO()
        write_turtle(triples, written, relative=relative)
        parsed = [quad.triple for quad in pyoxigraph.parse(written.getvalue(), format=pyoxigraph.RdfFormat.TURTLE)]
        assert parsed == triples
        assert len(set(triples)) == len(triples)
        assert set(rdflib.Graph().parse(data=written.getvalue(), format="turtle")) == set(to_rdflib(triples))
        assert len(to_rdflib(triples)) == len(triples)


@few
@given(corpora, vocabularies(), st.sampled_from(("https://w3id.org/kgraph/id/", "urn:field:", "http://x.org/paper/")))
def test_turtle_is_written_as_the_serializer_would(corpus, vocabulary, base):
    graph = assemble(corpus, ontology=ONTOLOGY, vocabulary=vocabulary, base_iri=base)
    for triples, sections in ((graph_triples, [graph_blocks]), (evidence_triples, EVIDENCE)):
        relative = triples is evidence_triples
        notation = Notation(base, relative=relative)
        text = [notation.header, *(block for section in sections for block in section(in_memory(graph), notation))]
        written = io.BytesIO()
        write_turtle(triples(graph), written, base_iri=base, relative=relative)
        assert "".join(text).encode() == written.getvalue()


@few
@given(st.lists(annotations(), min_size=2, max_size=4))
def test_joining_papers_is_commutative_associative_and_idempotent(corpus):
    first, *others = [annotation.paper for annotation in corpus]
    assert join(first, first) == first
    for other in others:
        assert join(first, other) == join(other, first)
        assert join(join(first, other), others[0]) == join(first, join(other, others[0]))


@few
@given(st.lists(annotations() | annotations().map(lambda annotation: annotation.paper), max_size=5), st.randoms())
def test_uniting_takes_any_order_and_keeps_every_paper_once(found, random):
    papers, annotated = unite(found)
    assert unite(random.sample(found, len(found))) == (papers, annotated)
    ids = [paper.id for paper in papers] + [annotation.paper.id for annotation in annotated]
    assert len(set(ids)) == len(ids)
    assert unite([*papers, *annotated]) == (papers, annotated)
