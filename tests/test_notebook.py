"""How a graph shows in a notebook: a small picture, and a part of it in a frame that can do no harm."""

import html
import re
from xml.etree import ElementTree

import networkx
import pytest

import kgraph
from kgraph.errors import KgraphError, QueryError
from kgraph.exporters.colours import legend
from kgraph.notebook import View, drawing, neighbourhood, part
from kgraph.ontology import load_ontology
from tests import small_graph
from tests.field import field_graph
from tests.samples import sample_graph
from tests.test_knowledge import folder  # noqa: F401 - a build, as a fixture


@pytest.fixture
def graph(folder):  # noqa: F811
    return kgraph.load(folder)


def circles(svg):
    return [title.text for title in ElementTree.fromstring(svg).iter("title")]


def test_the_picture_shows_what_most_papers_name_and_no_more_than_asked():
    svg = drawing(field_graph(80).nx, nodes=12)
    named = circles(svg)
    assert len(named) == 12
    assert all(re.fullmatch(r".+ \(\w+, 8 papers\)", name) for name in named)
    assert drawing(field_graph(80).nx, nodes=12) == svg


def test_the_picture_has_the_colours_of_the_others():
    network = field_graph(80).nx
    filled = set(re.findall(r'fill="(#\w+)"><title>[^<]* \((\w+), ', drawing(network)))
    known = {type["name"]: type["light"] for type in legend({type for _, type in filled}, load_ontology())}
    assert {type: colour for colour, type in filled} == known


def test_the_picture_of_nothing_is_nothing():
    assert drawing(networkx.MultiDiGraph()) == ""
    assert drawing(small_graph.graph(small_graph.ANNOTATIONS[:1]).nx) == ""


def test_names_in_the_picture_are_text():
    network = field_graph(40).nx
    for node in network:
        network.nodes[node]["label"] = '<script>alert("1")</script>'
    svg = drawing(network)
    assert "<script" not in svg
    ElementTree.fromstring(svg)


def test_around_a_thing_are_its_papers_and_what_several_of_them_name():
    network = small_graph.graph().nx
    around = neighbourhood(network, ["method/tileflow"])
    assert around[0] == "method/tileflow"
    assert {"paper/2401.00001", "paper/flowkit-toolkit", "hardware/nvidia-a100", "task/object-detection"} <= {*around}
    assert not [node for node in around if network.nodes[node]["kind"] == "result"]
    assert neighbourhood(network, ["method/tileflow"], most=3) == around[:3]
    assert neighbourhood(network, ["nowhere", "paper/2401.00001#result-1"]) == []


def test_a_part_is_a_graph_of_its_own():
    whole = small_graph.graph()
    nodes = {"paper/2401.00001", "method/tileflow", "hardware/nvidia-a100"}
    some = part(whole, nodes)
    assert {*some.nx} == nodes  # the result is also in terms of a metric, which is not there
    (annotation,) = some.annotations
    assert {entity.id for entity in annotation.entities} == nodes - {"paper/2401.00001"}
    assert [(relation.subject, relation.object) for relation in annotation.relations] == [("TileFlow", "A100")]
    everything = part(whole, [node for node, kind in whole.nx.nodes(data="kind") if kind != "result"])
    assert networkx.utils.graphs_equal(everything.nx, whole.nx)


@pytest.mark.parametrize(
    "what",
    [
        "FastConv",
        "method/fastconv",
        ["FastConv", "paper/2401.00001"],
        "SELECT ?method { ?paper kg:proposes ?method }",
        "# what papers propose\nPREFIX x: <urn:x>\nselect ?paper { ?paper a kg:Paper }",
    ],
)
def test_a_name_names_and_a_query_are_shown(graph, what):
    view = graph.show(what, height=300)
    assert isinstance(view, View)
    assert "Knowledge graph of" in view.page
    frame = view._repr_html_()
    assert frame.count("<iframe") == 1
    assert 'sandbox="allow-scripts allow-downloads allow-popups"' in frame  # saving and links out, never same-origin
    assert "height:300px" in frame
    assert html.unescape(re.search(r'srcdoc="([^"]*)"', frame)[1]) == view.page


def test_only_the_papers_shown_are_read(graph):
    graph.show("paper/2401.00001", most=1)
    assert "annotations" not in vars(graph)
    _ = graph.annotations
    assert graph.show("paper/2401.00001", most=1).page


def test_what_cannot_be_shown_is_told(graph):
    with pytest.raises(KgraphError, match="nothing in the graph is called 'FastConf': did you mean 'FastConv'"):
        graph.show("FastConf")
    with pytest.raises(KgraphError, match="nothing to show"):
        graph.show("SELECT ?x { ?x a kg:Quokka }")
    with pytest.raises(KgraphError, match="nothing to show"):
        graph.show([])
    with pytest.raises(QueryError):
        graph.show("SELECT ?x { nonsense")
    with pytest.raises(QueryError, match="only SELECT"):
        graph.show("ASK { ?x a kg:Paper }")


def test_a_graph_that_cannot_be_read_shows_its_counts(graph):
    (graph.path / "graph.json").write_text("{")
    shown = graph._repr_html_()
    assert "<td>papers</td><td>2</td>" in shown
    assert "<svg" not in shown


def test_the_sample_has_what_these_tests_rely_on():
    assert {"method/fastconv", "paper/2401.00001"} <= {*sample_graph().nx}
