"""The graph of the golden corpus, in every form, to the byte; see golden.py."""

import json

import networkx
import pytest

from kgraph.exporters.graphml import read_graphml
from kgraph.exporters.node_link import read_node_link
from kgraph.ontology import load_ontology
from kgraph.rdf import graph_from_rdf, read_turtle
from tests.golden.golden import EXPECTED, HERE, generated, golden_graph

QUESTIONS = sorted((HERE / "questions").glob("*.rq"))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return dict(generated())


def test_the_corpus_is_six_papers_that_use_everything_the_ontology_has():
    graph, ontology = golden_graph(), load_ontology()
    assert len(graph.annotations) == 6
    found = [entity for annotation in graph.annotations for entity in annotation.entities]
    assert {entity.role for entity in found} == set(ontology.roles)
    assert {entity.type for entity in found} == set(ontology.types)
    stated = {relation.predicate for annotation in graph.annotations for relation in annotation.relations}
    assert stated == set(ontology.predicates)
    assert {len(about.get("date", "")) for _, about in graph.nx.nodes(data=True) if about["kind"] == "paper"} == {
        0,
        4,
        7,
        10,
    }


def test_as_many_files_as_expected(files):
    expected = {path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*") if path.is_file()}
    assert set(files) == expected
    assert len(QUESTIONS) == 7
    assert len(expected) == 4 + 6 + 1 + len(QUESTIONS)


@pytest.mark.parametrize("name", sorted(path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*.*")))
def test_each_file_is_to_the_byte_as_expected(name, files):
    found, expected = files[name].decode().splitlines(), (EXPECTED / name).read_text(encoding="utf-8").splitlines()
    assert found == expected, "if this change is meant, run: make golden"
    assert files[name] == (EXPECTED / name).read_bytes()


def test_every_form_expected_is_the_same_graph():
    graph = golden_graph().nx
    triples = [triple for name in ("graph.ttl", "evidence.ttl") for triple in read_turtle(EXPECTED / name)]
    for back in (
        graph_from_rdf(triples),
        read_graphml(EXPECTED / "graph.graphml"),
        read_node_link(EXPECTED / "graph.json"),
    ):
        assert networkx.utils.graphs_equal(back, graph)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_every_question_has_an_answer_and_says_what_it_asks(question):
    assert question.read_text(encoding="utf-8").splitlines()[0].startswith("# ")
    assert len((EXPECTED / "answers" / f"{question.stem}.csv").read_text(encoding="utf-8").splitlines()) > 3


def test_the_annotations_say_what_their_texts_say():
    for line in (HERE / "annotations.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = f"{record['title']}\n{record['abstract']}"
        mentions = [mention for entity in record["entities"] for mention in entity["mentions"]]
        assert len(mentions) >= 4
        assert all(text[mention["start"] : mention["end"]] == mention["text"] for mention in mentions)
        assert all(text[result["start"] : result["end"]] == result["value"] for result in record["results"])
