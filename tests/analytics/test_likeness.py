"""Projections, what is similar, and paths; beside dense arithmetic and what can be told by eye."""

import networkx
import numpy
import pytest

from kgraph.analytics import example_graph, incidence, paths, projection, similar
from kgraph.errors import KgraphError
from tests.field import TOPICS, field_graph


def unit(rows):
    """Rows of idf-weighted counts of length one, in plain arithmetic."""
    counts = (rows > 0).sum(axis=0)
    weighted = numpy.where(rows > 0, 1 + numpy.log(numpy.maximum(rows, 1)), 0) * numpy.log(
        len(rows) / numpy.maximum(counts, 1)
    )
    lengths = numpy.linalg.norm(weighted, axis=1, keepdims=True)
    return weighted / numpy.where(lengths > 0, lengths, 1)


def test_papers_are_alike_by_the_cosine_of_what_they_name():
    graph = field_graph(30).nx
    found = incidence(graph)
    kept = found.matrix.toarray()[:, numpy.asarray(found.matrix.sum(axis=0)).ravel() >= 2]
    known = unit(kept) @ unit(kept).T
    places = {paper: place for place, paper in enumerate(found.papers)}
    table = projection(graph, "Paper", most=30)
    assert len(table) == 30
    for row in table.itertuples():
        assert row.similarity == pytest.approx(known[places[row.source], places[row.target]], abs=1e-8)


def test_methods_meet_hardware_over_the_papers_that_name_both():
    graph = example_graph()
    table = projection(graph, "Method", "Hardware").set_index(["source_name", "target_name"])
    assert table.shared[("TileFlow", "NVIDIA A100")] == 3
    assert ("TileFlow", "FPGA") not in table.index
    assert table.similarity.max() <= 1


def test_methods_meet_methods_over_data_sets():
    table = projection(example_graph(), "Method", via="Dataset")
    pairs = {frozenset(pair) for pair in table[["source_name", "target_name"]].to_numpy()}
    assert frozenset({"TileFlow", "attention"}) in pairs
    assert frozenset({"TileFlow", "BoardNet"}) not in pairs


def test_what_all_papers_name_makes_no_two_alike():
    table = projection(field_graph(40).nx, "Paper", most=40)
    topics = [
        frozenset(word for word in TOPICS if word in f"{row.source_name} {row.target_name}".lower())
        for row in table.itertuples()
    ]
    assert all(len(topic) == 1 for topic in topics)  # they share the Common Engine with all others


def test_each_has_no_more_than_so_many_neighbours_of_its_own():
    table = projection(field_graph(60).nx, "Method", "Hardware", most=1, support=1)
    assert table.source.is_unique


def test_a_projection_is_a_network_in_one_line():
    table = projection(example_graph(), "Paper")
    linked = networkx.from_pandas_edgelist(table, edge_attr="similarity")
    assert linked.has_edge("paper/1", "paper/3")


def test_similar_papers_share_what_is_rare():
    table = similar(example_graph(), "BoardNet: our method")
    assert table.name[0] == "EdgeNet: our method"
    assert {"FPGA", "StreetScenes", "BoardNet"} <= {*table.by[0]}


def test_similar_things_may_be_of_another_type_and_never_meet():
    assert similar(example_graph(), "FPGA", "Dataset").name[0] == "StreetScenes"
    table = similar(field_graph(60).nx, "tide board")
    assert "tide board" not in {*table.name}


@pytest.mark.parametrize("name", ["nvidia-a100", "NVIDIA A100", "hardware/nvidia-a100", "nvidia a100"])
def test_things_are_named_as_people_write_them(name):
    assert similar(example_graph(), name, "Dataset").name.tolist() == ["LongText"]


def test_an_unknown_name_is_told_with_the_nearest():
    with pytest.raises(KgraphError, match="nothing in the graph is called 'Tileflo': did you mean 'TileFlow'"):
        similar(example_graph(), "Tileflo")
    with pytest.raises(KgraphError, match="look it up in the table of entities"):
        paths(example_graph(), "xyzzy", "FPGA")


def test_the_shortest_path_has_the_fewest_steps_and_the_papers_of_each():
    table = paths(example_graph(), "LongText", "StreetScenes", by="shortest", limit=5)
    lengths = table.groupby("path").step.max()
    assert lengths.is_monotonic_increasing
    assert lengths.iloc[0] == 3
    for row in table.itertuples():
        assert row.papers
        assert row.papers == tuple(sorted(row.papers))


def test_the_most_telling_path_avoids_what_every_paper_names():
    graph = field_graph(60).nx
    first = paths(graph, "tide mapping", "TideSet-0", limit=1)
    assert "Common Engine" not in {*first.target_name}
    through = paths(graph, "tide mapping", "reef mapping", limit=1)
    assert "Common Engine" in {*through.target_name}  # the only way


def test_bits_are_minus_the_logarithm_of_dice():
    row = paths(example_graph(), "LongText", "NVIDIA A100", limit=1).iloc[0]
    assert 2**-row.bits == pytest.approx(2 * 2 / (2 + 3))  # two papers in common, of two and of three


def test_relations_that_papers_state_stand_on_the_step():
    row = paths(example_graph(), "TileFlow-2", "NVIDIA A100", limit=1).iloc[0]
    assert (row.stated, row.papers) == ("runsOn", ("paper/3",))


def test_between_may_stand_only_the_types_asked_for():
    table = paths(example_graph(), "LongText", "StreetScenes", through=["Method"], limit=3)
    assert {*table.target_type, *table.source_type} == {"Method", "Dataset"}


def test_what_is_not_connected_has_no_path():
    graph = example_graph()
    graph.add_node("method/alone", kind="entity", type="Method", label="alone", papers=0, vocabulary=False)
    assert paths(graph, "alone", "FPGA").empty
    assert paths(graph, "FPGA", "FPGA").empty
