"""What a graph holds, counted."""

import pytest
from hypothesis import given

from kgraph.analytics import counts, most_linked, most_measured, papers_by_year, top
from kgraph.graph import assemble
from kgraph.ontology import load_ontology
from kgraph.vocabulary import Vocabulary
from tests import small_graph
from tests.strategies import annotations, few


@pytest.fixture(scope="module")
def graph():
    return small_graph.graph().nx


def rows(table):
    return [tuple(row) for row in table.itertuples(index=False)]


def test_nodes_and_edges_are_counted_by_kind_most_first(graph):
    found = counts(graph)
    assert rows(found[found.group == "node"][["name", "count"]]) == [
        ("Hardware", 5),
        ("paper", 4),
        ("Method", 3),
        ("result", 3),
        ("Dataset", 2),
        ("Metric", 2),
        ("Organization", 2),
        ("Task", 2),
        ("Software", 1),
    ]
    assert {("role", "evaluatesOn", 4), ("relation", "usedFor", 3), ("broader", "broader", 3)} <= {*rows(found)}
    assert found[found.group == "node"]["count"].sum() == len(graph)
    assert found[found.group != "node"]["count"].sum() == graph.number_of_edges()


def test_the_top_of_a_type_is_what_most_papers_name(graph):
    assert rows(top(graph, "Method")) == [
        ("method/plainattention", "PlainAttention", "Method", 2, 0),
        ("method/tileflow", "TileFlow", "Method", 2, 1),
        ("method/boardnet", "BoardNet", "Method", 1, 1),
    ]
    assert rows(top(graph, "Hardware", limit=1)) == [("hardware/gpu", "GPU", "Hardware", 2, 0)]
    assert {*top(graph).id}.isdisjoint({"hardware/fpga", "hardware/nvidia-gpu"})  # only a vocabulary's
    assert top(graph, "Quokka").empty


def test_years_are_in_order_and_papers_without_a_date_in_none(graph):
    assert rows(papers_by_year(graph)) == [(2023, 1), (2024, 1), (2025, 1)]


def test_links_are_those_that_papers_state(graph):
    assert rows(most_linked(graph, limit=1)) == [("method/tileflow", "TileFlow", "Method", 5)]
    linked = most_linked(graph).set_index("name").entities
    assert linked["AMD"] == 1  # FlowKit, but not the board that a vocabulary says it makes
    assert "NVIDIA" not in linked


def test_metrics_are_ranked_by_their_results(graph):
    assert rows(most_measured(graph)) == [
        ("metric/speedup", "speedup", 2, 2),
        ("metric/frame-rate", "frame rate", 1, 1),
    ]


@few
@given(annotations())
def test_any_graph_is_counted_and_none_is_counted_twice(annotation):
    graph = assemble([annotation], ontology=load_ontology(), vocabulary=Vocabulary()).nx
    found = counts(graph)
    assert found[found.group == "node"]["count"].sum() == len(graph)
    assert top(graph).papers.sum() == sum(1 for *_, kind in graph.edges(data="kind") if kind == "role")
