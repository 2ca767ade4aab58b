"""What a graph holds, counted."""

from dataclasses import astuple

import networkx
import pandas
import pytest
from hypothesis import given

from kgraph.analytics import (
    Count,
    Linked,
    Measured,
    Ranked,
    Trend,
    Year,
    counts,
    most_linked,
    most_measured,
    papers_by_year,
    summary,
    top,
    trends,
)
from kgraph.graph import assemble
from kgraph.model import Annotation, Paper
from kgraph.ontology import load_ontology
from kgraph.vocabulary import Vocabulary
from tests import small_graph
from tests.strategies import annotations, few


@pytest.fixture(scope="module")
def graph():
    return small_graph.graph().nx


def test_nodes_and_edges_are_counted_by_kind_most_first(graph):
    found = counts(graph)
    nodes = [(row.name, row.count) for row in found if row.group == "node"]
    assert nodes == [
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
    assert Count("role", "evaluatesOn", 4) in found
    assert Count("relation", "usedFor", 3) in found
    assert Count("broader", "broader", 3) in found
    assert sum(row.count for row in found if row.group == "node") == len(graph)
    assert sum(row.count for row in found if row.group != "node") == graph.number_of_edges()


def test_the_top_of_a_type_is_what_most_papers_name(graph):
    assert top(graph, "Method") == [
        Ranked("method/plainattention", "PlainAttention", "Method", 2, 0),
        Ranked("method/tileflow", "TileFlow", "Method", 2, 1),
        Ranked("method/boardnet", "BoardNet", "Method", 1, 1),
    ]
    assert top(graph, "Hardware", limit=1) == [Ranked("hardware/gpu", "GPU", "Hardware", 2, 0)]
    assert {row.id for row in top(graph)}.isdisjoint({"hardware/fpga", "hardware/nvidia-gpu"})  # only a vocabulary's
    assert top(graph, "Quokka") == []


def test_years_are_in_order_and_papers_without_a_date_in_none(graph):
    assert papers_by_year(graph) == [Year(2023, 1), Year(2024, 1), Year(2025, 1)]


def test_trends_have_every_year_of_every_entity(graph):
    assert trends(graph, "Dataset", limit=1) == [
        Trend("dataset/longtext", "LongText", "Dataset", 2023, 1, 1.0),
        Trend("dataset/longtext", "LongText", "Dataset", 2024, 1, 1.0),
        Trend("dataset/longtext", "LongText", "Dataset", 2025, 0, 0.0),
    ]
    assert {(row.name, row.year) for row in trends(graph, "Organization") if row.papers} == {("AMD", 2025)}


def test_links_are_those_that_papers_state(graph):
    assert most_linked(graph)[0] == Linked("method/tileflow", "TileFlow", "Method", 5)
    linked = {row.name: row.entities for row in most_linked(graph)}
    assert linked["AMD"] == 1  # FlowKit, but not the board that a vocabulary says it makes
    assert "NVIDIA" not in linked


def test_metrics_are_ranked_by_their_results(graph):
    assert most_measured(graph) == [
        Measured("metric/speedup", "speedup", 2, 2),
        Measured("metric/frame-rate", "frame rate", 1, 1),
    ]


def test_rows_are_a_data_frame_as_they_are(graph):
    frame = pandas.DataFrame(top(graph, "Method"))
    assert list(frame.columns) == ["id", "name", "type", "papers", "proposed"]
    assert frame.papers.sum() == 5


def bare(*papers):
    annotated = [Annotation(paper) for paper in papers]
    return assemble(annotated, ontology=load_ontology(), vocabulary=Vocabulary()).nx


@pytest.mark.parametrize("empty", [networkx.MultiDiGraph(), bare()])
def test_an_empty_graph_gives_no_rows(empty):
    found = summary(empty)
    assert (found.counts, found.years, found.linked, found.measured) == ([], [], [], [])
    assert set(map(len, found.top.values())) == set(map(len, found.trends.values())) == {0}


def test_one_paper_without_anything_is_one_paper():
    found = summary(bare(Paper("1", "Title", "Text.")))
    assert found.counts == [Count("node", "paper", 1)]
    assert found.years == []


@few
@given(annotations())
def test_any_graph_is_counted_and_none_is_counted_twice(annotation):
    graph = assemble([annotation], ontology=load_ontology(), vocabulary=Vocabulary()).nx
    found = summary(graph, limit=1000)
    assert sum(row.count for row in found.counts if row.group == "node") == len(graph)
    assert all(astuple(row) for rows in found.top.values() for row in rows)
    assert all(0 <= row.share <= 1 for rows in found.trends.values() for row in rows)
