"""Each file of the graph reads back as what was written, here on samples; tests/properties does it on anything."""

import json
import re

import networkx
import pytest

from kgraph.errors import ExportError, GraphNotFound, ReadError
from kgraph.exporters.annotations import AnnotationsExporter
from kgraph.exporters.graphml import GraphmlExporter, generate_graphml, read_graphml
from kgraph.exporters.node_link import NodeLinkExporter, generate_node_link, read_node_link
from kgraph.exporters.tables import TablesExporter
from kgraph.exporters.turtle import TurtleExporter
from kgraph.records import from_record
from kgraph.stages import Exporter
from tests.samples import sample_graph

EXPORTERS = {
    TurtleExporter: ["graph.ttl", "evidence.ttl"],
    GraphmlExporter: ["graph.graphml"],
    NodeLinkExporter: ["graph.json"],
    AnnotationsExporter: ["annotations.jsonl"],
    TablesExporter: [
        f"tables/{name}.parquet" for name in ("papers", "entities", "mentions", "facts", "relations", "results")
    ],
}


@pytest.fixture(scope="module")
def graph():
    return sample_graph()


@pytest.mark.parametrize("make", EXPORTERS)
def test_an_exporter_writes_its_files_and_says_which(make, graph, tmp_path):
    exporter = make()
    assert isinstance(exporter, Exporter)
    paths = exporter.export(graph, tmp_path / "new folder")
    assert [str(path.relative_to(tmp_path / "new folder")) for path in paths] == EXPORTERS[make]
    written = [path for path in (tmp_path / "new folder").rglob("*") if path.is_file()]
    assert sorted(written) == sorted(paths)


@pytest.mark.parametrize("make", EXPORTERS)
def test_an_exporter_names_the_file_that_it_cannot_write(make, graph, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ExportError, match=r"^cannot write .*file/"):
        make().export(graph, tmp_path / "file")


@pytest.mark.parametrize("make", EXPORTERS)
def test_an_empty_graph_has_every_file_too(make, tmp_path):
    empty = networkx.MultiDiGraph()
    paths = make().export(type(sample_graph())(empty, ()), tmp_path)
    assert all(path.is_file() for path in paths)


def test_graphml_and_json_read_back_as_the_same_graph(graph, tmp_path):
    (graphml,) = GraphmlExporter().export(graph, tmp_path)
    (json_file,) = NodeLinkExporter().export(graph, tmp_path)
    for back in (read_graphml(graphml), read_node_link(json_file)):
        assert type(back) is networkx.MultiDiGraph
        assert networkx.utils.graphs_equal(back, graph.nx)
        assert list(back) == list(graph.nx)


def test_networkx_itself_reads_them_too(graph, tmp_path):
    (graphml,) = GraphmlExporter().export(graph, tmp_path)
    (json_file,) = NodeLinkExporter().export(graph, tmp_path)
    by_networkx = networkx.read_graphml(graphml, force_multigraph=True)
    assert (by_networkx.nodes, by_networkx.adj) == (graph.nx.nodes, graph.nx.adj)
    data = json.loads(json_file.read_text())
    assert data == networkx.node_link_data(graph.nx, edges="edges")
    assert networkx.utils.graphs_equal(networkx.node_link_graph(data, edges="edges"), graph.nx)


def test_graphml_for_gephi_has_no_ids_that_two_edges_share_and_reads_back_too(graph, tmp_path):
    shared = re.compile(r"<edge [^>]*\bid=")
    (path,) = GraphmlExporter().export(graph, tmp_path)
    assert shared.search(path.read_text(encoding="utf-8"))
    (path,) = GraphmlExporter(ids=False).export(graph, tmp_path)
    assert not shared.search(path.read_text(encoding="utf-8"))
    assert networkx.utils.graphs_equal(read_graphml(path), graph.nx)
    plain = networkx.read_graphml(path, force_multigraph=True)
    assert {(*edge, key) for *edge, key in plain.edges(data="key")} == set(graph.nx.edges(keys=True))


def test_graphml_declares_every_attribute_with_its_type():
    graph = networkx.MultiDiGraph()
    graph.add_node("a", label="A", papers=1, score=0.5, vocabulary=True)
    graph.add_node("b", label="B", papers="many")
    lines = list(generate_graphml(graph))
    declared = [line.split('attr.name="')[1].rstrip("/>\n") for line in lines if line.startswith("<key")]
    assert declared == [
        'label" attr.type="string"',
        'papers" attr.type="long"',
        'papers" attr.type="string"',
        'score" attr.type="double"',
        'vocabulary" attr.type="boolean"',
    ]
    assert '<data key="n4">true</data>' in "".join(lines)


def test_graphml_stays_well_formed_whatever_a_label_holds(tmp_path):
    graph = networkx.MultiDiGraph()
    graph.add_node("a", label='<b a="x">&amp;]]>\x00\x0b\r\ud800\ufffe "end"', empty="")
    path = tmp_path / "graph.graphml"
    path.write_text("".join(generate_graphml(graph)), encoding="utf-8")
    assert read_graphml(path).nodes["a"] == {"label": '<b a="x">&amp;]]>      "end"', "empty": ""}


def test_node_link_lines_are_one_json_document():
    graph = networkx.MultiDiGraph()
    assert json.loads(b"".join(generate_node_link(graph))) == networkx.node_link_data(graph, edges="edges")


@pytest.mark.parametrize("read", [read_graphml, read_node_link])
def test_a_missing_or_damaged_file_is_told_in_one_sentence(read, tmp_path):
    with pytest.raises(GraphNotFound):
        read(tmp_path / "none")
    for number, damaged in enumerate((b"", b"{}", b"[1]", b"<graphml/>", b'{"nodes": 3, "edges": [1]}', b"\xff\xfe")):
        path = tmp_path / str(number)
        path.write_bytes(damaged)
        with pytest.raises(ReadError, match=r"it is no .* or damaged: ") as found:
            read(path)
        assert "\n" not in str(found.value)
    with pytest.raises(ReadError):
        read(tmp_path)


def test_a_truncated_graph_is_told_too(graph, tmp_path):
    for make, read in ((GraphmlExporter, read_graphml), (NodeLinkExporter, read_node_link)):
        (path,) = make().export(graph, tmp_path)
        path.write_bytes(path.read_bytes()[:-20])
        with pytest.raises(ReadError):
            read(path)


def test_annotations_read_back_equal_and_sorted(graph, tmp_path):
    (path,) = AnnotationsExporter().export(graph, tmp_path)
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    back = [from_record(record) for record in records]
    assert tuple(annotation for annotation, _ in back) == graph.annotations
    assert [problems for _, problems in back] == [[], []]
    assert list(records[0]) == [
        "id", "title", "abstract", "date", "authors", "organization", "source", "entities", "relations", "results",
    ]  # fmt: skip
