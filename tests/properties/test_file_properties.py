"""Written and read back it is the same; the same input gives the same bytes, in every file."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import networkx
import pyarrow.parquet
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.exporters.annotations import AnnotationsExporter, generate_annotations
from kgraph.exporters.graphml import GraphmlExporter, generate_graphml, read_graphml
from kgraph.exporters.node_link import NodeLinkExporter, generate_node_link, read_node_link
from kgraph.exporters.tables import TABLES, TablesExporter, arrow_table
from kgraph.exporters.turtle import TurtleExporter
from kgraph.graph import assemble
from kgraph.records import from_record
from tests.samples import VOCABULARY
from tests.strategies import ONTOLOGY, annotations, few, vocabularies

TESTS = Path(__file__).parents[1]
EXPORTERS = (TurtleExporter(), GraphmlExporter(), NodeLinkExporter(), AnnotationsExporter(), TablesExporter())
corpora = st.lists(annotations(), max_size=3)


def digests(graph) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [path for exporter in EXPORTERS for path in exporter.export(graph, Path(folder))]
        return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@settings(few, max_examples=10)
@given(corpora, vocabularies(), st.randoms())
def test_papers_in_any_order_give_the_same_bytes(corpus, vocabulary, random):
    shuffled = random.sample(corpus, len(corpus))
    left, right = (assemble(found, ontology=ONTOLOGY, vocabulary=vocabulary) for found in (corpus, shuffled))
    assert digests(left) == digests(right)


def test_the_order_of_sets_never_reaches_a_file():
    code = (
        "import json; from samples import sample_graph; from test_file_properties import digests;"
        "print(json.dumps(digests(sample_graph())))"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS / "properties")])}
    found = [
        json.loads(subprocess.check_output([sys.executable, "-c", code], env=environment | {"PYTHONHASHSEED": seed}))
        for seed in ("0", "1", "4242")
    ]
    assert len(found[0]) == 11
    assert found[0] == found[1] == found[2]


@few
@given(corpora, vocabularies())
def test_graphml_and_json_read_back_as_the_same_graph(corpus, vocabulary):
    graph = assemble(corpus, ontology=ONTOLOGY, vocabulary=vocabulary).nx
    with tempfile.TemporaryDirectory() as folder:
        graphml, json_file = Path(folder) / "graph.graphml", Path(folder) / "graph.json"
        graphml.write_text("".join(generate_graphml(graph)), encoding="utf-8")
        json_file.write_bytes(b"".join(generate_node_link(graph)))
        for back in (read_graphml(graphml), read_node_link(json_file)):
            assert networkx.utils.graphs_equal(back, graph)
            assert types(back) == types(graph)


def types(graph: networkx.MultiDiGraph) -> list[dict[str, type]]:
    described = [about for _, about in graph.nodes(data=True)] + [data for *_, data in graph.edges(data=True)]
    return [{name: type(value) for name, value in about.items()} for about in described]


@few
@given(corpora, vocabularies())
def test_annotations_read_back_equal(corpus, vocabulary):
    graph = assemble(corpus, ontology=ONTOLOGY, vocabulary=vocabulary)
    back = [from_record(json.loads(line)) for line in generate_annotations(graph.annotations)]
    assert tuple(annotation for annotation, _ in back) == graph.annotations
    assert [problems for _, problems in back if problems] == []


@few
@given(corpora, vocabularies())
def test_tables_hold_every_row_once_in_their_schema(corpus, vocabulary):
    graph = assemble(corpus, ontology=ONTOLOGY, vocabulary=vocabulary)
    tables = {name: arrow_table(graph, name) for name in TABLES}
    assert tables["papers"].num_rows == len(graph.annotations)
    kinds = [about["kind"] for _, about in graph.nx.nodes(data=True)]
    assert tables["entities"].num_rows == kinds.count("entity")
    assert tables["results"].num_rows == kinds.count("result")
    links = [data["kind"] for *_, data in graph.nx.edges(data=True)]
    assert tables["relations"].num_rows == links.count("relation") + links.count("broader")
    stated = tables["facts"].to_pylist()
    keys = [(row["subject"], row["predicate"], row["object"], row["value"], row["paper"]) for row in stated]
    assert len(set(keys)) == len(keys)
    for name, table in tables.items():
        assert table.schema.names == [column.name for column in TABLES[name].columns]


@settings(few, max_examples=10)
@given(corpora)
def test_parquet_reads_back_equal_with_its_descriptions(corpus):
    graph = assemble(corpus, ontology=ONTOLOGY, vocabulary=VOCABULARY)
    with tempfile.TemporaryDirectory() as folder:
        for path in TablesExporter().export(graph, Path(folder)):
            back = pyarrow.parquet.read_table(path)
            assert back.to_pylist() == arrow_table(graph, path.stem).to_pylist()
            described = {field.name: field.metadata[b"description"].decode() for field in back.schema}
            assert described == {column.name: column.description for column in TABLES[path.stem].columns}
