import json

import networkx
import pandas
import pyarrow.parquet
import pytest
import rdflib

import kgraph
from kgraph.errors import GraphNotFound, QueryError, ReadError
from kgraph.exporters.annotations import AnnotationsExporter
from kgraph.exporters.manifest import write_manifest
from kgraph.exporters.node_link import NodeLinkExporter
from kgraph.exporters.report import counts
from kgraph.exporters.tables import TABLES, TablesExporter
from kgraph.exporters.turtle import TurtleExporter
from kgraph.graph import in_memory, tally
from kgraph.knowledge import KnowledgeGraph
from tests.samples import FAST, SLOW, sample_graph

FRAMES = tuple(TABLES)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """What a build leaves of the sample papers, but for the page and the report."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    graph, folder = sample_graph(), tmp_path / "exports"
    for exporter in (TurtleExporter(), NodeLinkExporter(), AnnotationsExporter(), TablesExporter()):
        exporter.export(graph, folder)
    write_manifest(folder, files=[], inputs=[], settings={}, counts=counts(tally(in_memory(graph))))
    return folder


def test_kgraph_load_gives_every_form(folder):
    graph = kgraph.load(folder)
    assert isinstance(graph, kgraph.KnowledgeGraph)
    assert networkx.utils.graphs_equal(graph.nx, sample_graph().nx)
    assert graph.annotations == (FAST, SLOW)
    assert isinstance(graph.rdf, rdflib.Graph)
    for name in FRAMES:
        frame = getattr(graph, name)
        assert isinstance(frame, pandas.DataFrame)
        assert list(frame.columns) == [column.name for column in TABLES[name].columns]
        assert len(frame) == pyarrow.parquet.read_metadata(folder / "tables" / f"{name}.parquet").num_rows > 0


def test_each_form_is_read_once(folder):
    graph = kgraph.load(folder)
    first = [getattr(graph, name) for name in ("nx", "rdf", "store", "annotations", *FRAMES)]
    for file in [*folder.rglob("*.*")]:
        file.unlink()
    assert all(
        getattr(graph, name) is known
        for name, known in zip(("nx", "rdf", "store", "annotations", *FRAMES), first, strict=True)
    )


def test_the_rdflib_graph_is_what_rdflib_reads_in_both_files(folder):
    by_rdflib = rdflib.Graph().parse(folder / "graph.ttl").parse(folder / "evidence.ttl")
    graph = kgraph.load(folder).rdf
    assert set(graph) == set(by_rdflib)
    assert graph.qname(rdflib.URIRef("https://w3id.org/kgraph/id/hardware/nvidia-a100")) == "hardware:nvidia-a100"


def test_offsets_in_the_frames_cut_the_text(folder):
    graph = kgraph.load(folder)
    texts = {row.id: f"{row.title}\n{row.abstract}" for row in graph.papers.itertuples()}
    for mention in graph.mentions.itertuples():
        assert texts[mention.paper][mention.start : mention.end] == mention.text
    stated = graph.facts[graph.facts.start.notna()]
    assert {texts[row.paper][row.start : row.end] for row in stated.itertuples() if row.kind == "role"} == {
        "FastConv",
        "A100",
        "SlowConv",
        "MiniSet",
        "GPU",
    }


def test_a_query_gives_rows_with_names_that_become_a_frame(folder):
    rows = kgraph.load(folder).query(
        "SELECT ?name ?score WHERE { ?statement rdf:predicate kg:runsOn ; kg:score ?score ; rdf:subject ?subject ."
        " ?subject skos:prefLabel ?name } ORDER BY ?name"
    )
    assert rows == [("FastConv", 0.85), ("SlowConv", 0.55)]
    assert (rows[0].name, rows[0]._asdict()) == ("FastConv", {"name": "FastConv", "score": 0.85})
    assert list(pandas.DataFrame(rows).columns) == ["name", "score"]


def test_odd_names_of_variables_do_no_harm(folder):
    assert kgraph.load(folder).query("SELECT (1 AS ?class) (2 AS ?_x) (3 AS ?y) {}") == [(1, 2, 3)]


def test_a_query_that_is_none_is_told(folder):
    with pytest.raises(QueryError):
        kgraph.load(folder).query("SELECT nothing")
    with pytest.raises(QueryError, match="only SELECT"):
        kgraph.load(folder).query("ASK {}")


def test_one_turtle_file_is_a_graph_too(folder):
    graph = kgraph.load(folder / "graph.ttl")
    assert list(graph.nx.edges(keys=True)) == list(sample_graph().nx.edges(keys=True))
    assert list(graph.papers.title) == [FAST.paper.title, SLOW.paper.title]
    assert set(graph.entities.id) == {node for node in graph.nx if "paper" not in node}
    assert set(graph.facts[graph.facts.kind == "role"].object) >= {"hardware/nvidia-a100", "method/fastconv"}
    assert "runsOn" in set(graph.relations.predicate)
    assert list(graph.results.value) == ["3.5x"]
    assert (len(graph.mentions), graph.annotations) == (0, ())
    assert len(graph.rdf) == len(rdflib.Graph().parse(folder / "graph.ttl"))
    assert len(graph.query("SELECT ?paper { ?paper a kg:Paper }")) == 2


def test_turtle_makes_up_for_files_that_are_not_there(folder):
    whole = kgraph.load(folder)
    known = {name: getattr(whole, name) for name in ("nx", "entities", "relations", "results")}
    for name in ("graph.json", "annotations.jsonl", "manifest.json", *(f"tables/{name}.parquet" for name in FRAMES)):
        (folder / name).unlink()
    poorer = kgraph.load(folder)
    assert networkx.utils.graphs_equal(poorer.nx, known["nx"])
    for name in ("entities", "relations", "results"):
        pandas.testing.assert_frame_equal(getattr(poorer, name), known[name])


def test_a_graph_tells_what_it_holds(folder):
    graph = kgraph.load(folder)
    assert repr(graph) == (
        f"<KnowledgeGraph {str(folder)!r}: 2 papers, 8 entities, 4 entities that a vocabulary knows, 9 mentions, "
        "7 links from papers to entities, 7 links between entities, 1 results>"
    )
    assert "nx" not in vars(graph)  # nothing is read for it but the manifest
    assert "<td>papers</td><td>2</td>" in graph._repr_html_()
    (folder / "manifest.json").write_text("{}")
    assert repr(kgraph.load(folder)) == repr(graph)


def test_the_html_of_a_graph_holds_nothing_but_text(folder):
    evil = folder.rename(folder.with_name('<img src=x onerror="alert(1)">'))
    (evil / "manifest.json").write_text(json.dumps({"counts": {"<script>": 3, "papers": "<b>"}}))
    html = kgraph.load(evil)._repr_html_()
    assert "<img" not in html
    assert "<script>" not in html
    assert (
        "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;</caption><tr><td>&lt;script&gt;</td><td>3</td></tr></table>"
        in html
    )


@pytest.mark.parametrize("missing", ["nowhere", "empty", "empty/graph.ttl"])
def test_where_there_is_no_graph_it_is_said_at_once(missing, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(GraphNotFound, match=r"^no graph in .*: run `kgraph build"):
        kgraph.load(tmp_path / missing)


@pytest.mark.parametrize(
    ("file", "forms"),
    [
        ("graph.ttl", ("rdf", "store")),
        ("evidence.ttl", ("rdf", "store")),
        ("graph.json", ("nx",)),
        ("annotations.jsonl", ("annotations",)),
        *((f"tables/{name}.parquet", (name,)) for name in FRAMES),
    ],
)
def test_a_damaged_file_costs_only_what_stands_in_it(file, forms, folder):
    path = folder / file
    path.write_bytes(path.read_bytes()[:-30])
    graph = kgraph.load(folder)
    for form in forms:
        with pytest.raises(ReadError, match="damaged") as found:
            getattr(graph, form)
        assert str(path) in str(found.value)
        assert "\n" not in str(found.value)
    others = {"nx", "rdf", "annotations", *FRAMES} - {*forms}
    assert all(getattr(graph, form) is not None for form in others)


def test_an_annotation_that_says_what_its_text_does_not_is_told(folder):
    path = folder / "annotations.jsonl"
    path.write_text(path.read_text().replace('"start":0', '"start":1', 1))
    with pytest.raises(ReadError, match=r"annotations\.jsonl:1: entity 1 \('FastConv'\): its mention"):
        _ = KnowledgeGraph(folder).annotations


def test_unknown_names_are_refused_as_python_does():
    with pytest.raises(AttributeError, match="module 'kgraph' has no attribute 'lod'"):
        _ = kgraph.lod
