"""The law once more on 950 annotated papers, where they are at hand."""

import json
from pathlib import Path

import networkx
import pytest

from kgraph.exporters.graphml import generate_graphml, read_graphml
from kgraph.exporters.node_link import generate_node_link, read_node_link
from kgraph.exporters.tables import TABLES, arrow_table
from kgraph.graph import Graph, assemble, facts
from kgraph.ontology import load_ontology, load_vocabulary
from kgraph.rdf import evidence_triples, graph_from_rdf, graph_triples, read_turtle, write_turtle
from kgraph.records import from_record
from kgraph.resolution.resolver import VocabularyResolver

CORPUS = Path(__file__).parents[2] / "../shared/corpus/train.jsonl"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.is_file(), reason="the annotated corpus is not beside the project"),
]


@pytest.fixture(scope="module")
def annotations():
    ontology, vocabulary = load_ontology(), load_vocabulary()
    with CORPUS.open(encoding="utf-8") as lines:
        read = [from_record(json.loads(line)) for line in lines]
    assert [problem for _, problems in read for problem in problems] == []
    return VocabularyResolver(vocabulary, ontology).resolve([annotation for annotation, _ in read])


@pytest.fixture(scope="module")
def graph(annotations) -> Graph:
    return assemble(annotations, ontology=load_ontology(), vocabulary=load_vocabulary())


def test_every_paper_and_every_result_is_in_the_graph(annotations, graph):
    kinds = [kind for _, kind in graph.nx.nodes(data="kind")]
    assert kinds.count("paper") == len(annotations) == 950
    assert kinds.count("result") == sum(len(annotation.results) for annotation in annotations)
    assert {data["kind"] for *_, data in graph.nx.edges(data=True)} == {"role", "relation", "broader", "result"}


def test_order_does_not_matter(annotations, graph):
    again = assemble(reversed(annotations), ontology=load_ontology(), vocabulary=load_vocabulary())
    assert list(again.nx.nodes(data=True)) == list(graph.nx.nodes(data=True))
    assert list(again.nx.edges(keys=True, data=True)) == list(graph.nx.edges(keys=True, data=True))


def test_turtle_reads_back_as_the_same_graph(graph, tmp_path):
    for name, triples in (("graph.ttl", graph_triples(graph)), ("evidence.ttl", evidence_triples(graph))):
        with (tmp_path / name).open("wb") as stream:
            write_turtle(triples, stream, relative=name == "evidence.ttl")
    read = [triple for name in ("graph.ttl", "evidence.ttl") for triple in read_turtle(tmp_path / name)]
    assert networkx.utils.graphs_equal(graph_from_rdf(read), graph.nx)


def test_graphml_and_json_read_back_as_the_same_graph(graph, tmp_path):
    (tmp_path / "graph.graphml").write_text("".join(generate_graphml(graph.nx)), encoding="utf-8")
    (tmp_path / "graph.json").write_bytes(b"".join(generate_node_link(graph.nx)))
    assert networkx.utils.graphs_equal(read_graphml(tmp_path / "graph.graphml"), graph.nx)
    assert networkx.utils.graphs_equal(read_node_link(tmp_path / "graph.json"), graph.nx)


def test_evidence_costs_the_same_for_every_mention(graph):
    mentions = arrow_table(graph, "mentions").num_rows
    stated = list(facts(graph))
    triples = sum(1 for _ in evidence_triples(graph))
    most = 8 * mentions + 8 * len(stated) + 3 * arrow_table(graph, "results").num_rows
    assert mentions > 20_000
    assert 0.8 * most < triples <= most


def test_tables_agree_with_the_graph(graph):
    counts = {name: arrow_table(graph, name).num_rows for name in TABLES}
    kinds = [kind for *_, kind in graph.nx.edges(data="kind")]
    assert counts["relations"] == kinds.count("relation") + kinds.count("broader")
    assert counts["papers"] == 950
    frame = arrow_table(graph, "facts").to_pylist()
    assert sum(row["kind"] == "role" for row in frame) == kinds.count("role")
