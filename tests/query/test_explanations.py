"""What a query asks of the graph, without asking it."""

import pytest

from kgraph.errors import QueryError
from kgraph.query import load_store, read_store, select
from kgraph.query.explanations import Pattern, explain, standalone
from kgraph.questions import load_questions
from tests import small_graph


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return load_store(small_graph.write(tmp_path_factory.mktemp("build")))


def test_each_pattern_is_counted_by_itself_wherever_it_stands(store):
    query = """SELECT ?y { ?p kg:runsOn ?x OPTIONAL { ?p dcterms:issued ?y }
        FILTER NOT EXISTS { ?x skos:broader* hardware:gpu } { ?x a kg:Hardware } UNION { ?x a kg:Software } }"""
    assert set(explain(store, query).patterns) == {
        Pattern("?p kg:runsOn ?x", 5),
        Pattern("?p dcterms:issued ?y", 3),
        Pattern("?x skos:broader* hardware:gpu", 3),
        Pattern("?x rdf:type kg:Hardware", 5),
        Pattern("?x rdf:type kg:Software", 1),
    }


@pytest.mark.parametrize("name", load_questions())
def test_every_question_can_be_explained_and_its_text_stands_alone(store, name):
    explanation = explain(store, load_questions()[name].query)
    assert explanation.patterns
    assert store.rdf.query(explanation.query).variables


def test_blank_nodes_are_numbered_as_they_appear(store):
    query = "ASK { ?_1 kg:uses [ a kg:Method ; kg:runsOn [] ] . _:x kg:uses _:longx . _:longx a kg:Task }"
    texts = [pattern.text for pattern in explain(store, query).patterns]
    assert set(texts) == {
        "?_1 kg:uses ?_2", "?_2 rdf:type kg:Method", "?_2 kg:runsOn ?_3", "?_4 kg:uses ?_5", "?_5 rdf:type kg:Task"
    }  # fmt: skip
    assert [pattern.text for pattern in explain(store, query).patterns] == texts


def test_only_prefixes_that_are_used_are_declared():
    store = read_store("")
    assert standalone(store, "ASK { ?kg a skos:Concept }").startswith("PREFIX skos:")
    assert standalone(store, "PREFIX kg: <http://mine/> ASK { ?x a kg:A }").count("PREFIX") == 1
    assert standalone(store, "ASK { <paper/1> ?p 'x' }").startswith("BASE <https://w3id.org/kgraph/id/>")


def test_what_cannot_be_read_is_told_with_its_place(store):
    with pytest.raises(QueryError, match="line 1, column 23"):
        explain(store, "SELECT * { ?s kg:uses }")
    with pytest.raises(QueryError, match="SERVICE"):
        explain(store, "ASK { SERVICE <http://127.0.0.1/> {} }")


def test_nothing_is_asked_of_the_graph_but_counts(store):
    before = select(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    explain(store, "CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p ?o }")
    assert select(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before
