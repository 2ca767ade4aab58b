"""PageRank, degree and betweenness, beside networkx on the same network."""

import networkx
import numpy
import pytest

from kgraph.analytics import example_graph, importance, network
from tests.field import field_graph


def test_measures_are_those_of_the_network_of_papers_and_what_they_name():
    graph = example_graph()
    simple = network(graph)
    table = importance(graph, sources=None).set_index("id")
    assert table.pagerank.to_dict() == {node: networkx.pagerank(simple)[node] for node in table.index}
    assert table.betweenness.to_dict() == {node: networkx.betweenness_centrality(simple)[node] for node in table.index}
    assert (table.betweenness_error == 0).all()
    assert table.degree["hardware/nvidia-a100"] == 6  # three papers, and the three methods that they say run on it
    assert "metric/speedup" not in table.index  # no paper names it in a role


def test_what_only_vocabularies_say_makes_nothing_central():
    graph = example_graph()
    stated = {"kind": "relation", "papers": 0, "score": 1.0, "vocabulary": True}
    graph.add_edge("hardware/fpga", "hardware/gpu", "partOf", **stated)
    assert not network(graph).has_edge("hardware/fpga", "hardware/gpu")


def test_sampled_betweenness_is_near_the_exact_one_and_says_how_near():
    graph = field_graph(120).nx
    exact = importance(graph, sources=None).set_index("id").betweenness
    sampled = importance(graph, sources=64).set_index("id")
    largest = exact.nlargest(5).index
    error = sampled.betweenness_error[largest]
    assert (error > 0).all()
    assert (numpy.abs(sampled.betweenness[largest] - exact[largest]) < 4 * error + 1e-3).all()


def test_the_seed_decides_which_sources_are_drawn():
    graph = field_graph(120).nx
    once, again, other = (importance(graph, sources=16, seed=seed).betweenness for seed in (1, 1, 2))
    assert once.equals(again)
    assert not once.equals(other)


def test_no_sources_no_betweenness():
    table = importance(example_graph(), sources=0)
    assert table.betweenness.isna().all()
    assert table.pagerank.is_monotonic_decreasing


@pytest.mark.parametrize("type", ["Hardware", "Dataset"])
def test_a_type_alone_is_ranked(type):
    assert {*importance(example_graph(), type).type} == {type}
