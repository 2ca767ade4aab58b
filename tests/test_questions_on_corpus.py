"""Every named question and every shape, on the graph of 950 papers annotated by hand."""

import json
from pathlib import Path

import pytest

from kgraph.graph import assemble
from kgraph.ontology import load_ontology, load_vocabulary
from kgraph.query import load_store, select
from kgraph.questions import bind, load_questions
from kgraph.rdf import evidence_triples, graph_triples, write_turtle
from kgraph.records import from_record
from kgraph.resolution.resolver import VocabularyResolver
from kgraph.validation import validate

CORPUS = Path(__file__).parents[1] / "../shared/corpus/train.jsonl"
QUESTIONS = load_questions()

pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.exists(), reason="the annotated corpus is not beside the project"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    ontology, vocabulary = load_ontology(), load_vocabulary()
    with CORPUS.open(encoding="utf-8") as lines:
        annotations = [from_record(json.loads(line))[0] for line in lines]
    resolved = VocabularyResolver(vocabulary, ontology).resolve(annotations)
    graph = assemble(resolved, ontology=ontology, vocabulary=vocabulary)
    build = tmp_path_factory.mktemp("corpus")
    for name, triples in (("graph.ttl", graph_triples), ("evidence.ttl", evidence_triples)):
        with (build / name).open("wb") as stream:
            write_turtle(triples(graph), stream)
    return build


@pytest.fixture(scope="module")
def store(folder):
    return load_store(folder)


@pytest.fixture(scope="module")
def arguments(store):
    """For each type what most papers name; a fact and two papers that share a data set, found in the graph."""
    named = {
        type: select(store, bind(store, QUESTIONS["top"], {"type": type}).query).rows[0][1]
        for type in load_ontology().types
    }
    method, task = select(
        store, "SELECT ?m ?t { ?m kg:usedFor ?t . ?t a kg:Task . ?m a kg:Method } ORDER BY ?m ?t LIMIT 1"
    ).rows[0]
    first, second = select(
        store,
        "SELECT ?a ?b { ?a kg:evaluatesOn ?d . ?b kg:evaluatesOn ?d FILTER(STR(?a) < STR(?b)) } ORDER BY ?a ?b LIMIT 1",
    ).rows[0]
    paper = select(store, "SELECT ?p { ?p kg:proposes ?x } ORDER BY ?p LIMIT 1").rows[0][0]
    return {
        **{type.lower(): name for type, name in named.items()},
        "thing": named["Hardware"],
        "place": named["Hardware"],
        "subject": method,
        "object": task,
        "first": first,
        "second": second,
        "paper": paper,
    }


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_has_an_answer(name, store, arguments):
    question = QUESTIONS[name]
    needed = {p.name: arguments[p.name] for p in question.parameters if p.needed}
    assert select(store, bind(store, question, needed).query, timeout_seconds=30).rows


def test_the_shapes_find_only_what_annotators_linked_against_the_ontology(folder):
    findings = validate(folder)
    assert len(findings) <= 5
    assert {finding.message for finding in findings} <= {"what something is used for is a task"}
