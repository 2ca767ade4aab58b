"""A side is the same whichever form of a build it is read from, as far as the form goes."""

import json
from pathlib import Path

import pytest
from pyarrow.parquet import read_table, write_table

from kgraph.diff import Side, compare, is_empty, side_of
from kgraph.errors import GraphNotFound, KgraphError, ReadError
from kgraph.exporters.annotations import AnnotationsExporter
from kgraph.exporters.tables import TablesExporter
from kgraph.exporters.turtle import TurtleExporter
from kgraph.store import commit, locked, staged
from tests.samples import FAST, SLOW, sample_graph


def write(folder: Path, *annotations) -> Path:
    graph = sample_graph(*annotations)
    for exporter in (TurtleExporter(), TablesExporter(), AnnotationsExporter()):
        exporter.export(graph, folder)
    return folder


@pytest.fixture
def folder(tmp_path) -> Path:
    return write(tmp_path / "exports")


def test_a_folder_says_what_its_papers_say(folder):
    side = side_of(folder)
    assert side.papers == {"paper/2401.00001", "paper/7b7d35f5a579f877"}
    assert side.names["hardware/nvidia-a100"] == "NVIDIA A100"
    assert side.facts["paper/2401.00001", "proposes", "method/fastconv"] == 0.95
    assert side.facts["method/fastconv", "runsOn", "hardware/nvidia-a100"] == 0.85
    assert side.mentions["paper/2401.00001", 0, 8, "FastConv"] == "method/fastconv"
    [result] = side.results
    assert result[:4] == ("paper/2401.00001", "method/fastconv", "metric/speedup", "3.5x")


def test_a_folder_is_no_different_from_its_files(folder):
    side = side_of(folder)
    assert is_empty(compare(side, side_of(folder / "graph.ttl")))
    annotated = side_of(folder / "annotations.jsonl")
    assert (annotated.facts, annotated.mentions) == (side.facts, side.mentions)


def test_versions_are_named_by_their_number(tmp_path):
    exports = tmp_path / "exports"
    for annotations in ((FAST,), (FAST, SLOW), (SLOW,)):
        with locked(exports), staged(exports) as place:
            write(place, *annotations)
            told = {"papers": [annotation.paper.id for annotation in annotations]}
            (place / "manifest.json").write_text(json.dumps(told))
            commit(exports, {})
    numbers = [len(side_of(f"{exports}@{number}").papers) for number in (1, 2, 3, -1, -2)]
    assert numbers == [1, 2, 1, 2, 1]
    with pytest.raises(KgraphError, match="exports has no version 7: it keeps 1, 2, 3"):
        side_of(f"{exports}@7")
    with pytest.raises(KgraphError, match="exports has no version before its first: it keeps 1, 2, 3"):
        side_of(f"{exports}@-3")


@pytest.mark.parametrize("name", ["exports", "exports@1", "@1", "exports@x", "a.ttl"])
def test_what_is_not_there_is_told(tmp_path, name):
    with pytest.raises(GraphNotFound, match="no graph in"):
        side_of(tmp_path / name)


def test_a_folder_without_tables_is_no_build(tmp_path):
    with pytest.raises(GraphNotFound):
        side_of(tmp_path)


def test_a_damaged_table_and_a_file_without_annotations_are_told(folder):
    (folder / "tables" / "facts.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(ReadError, match=r"facts\.parquet: it is no Parquet or damaged"):
        side_of(folder)
    (folder / "papers.jsonl").write_text('{"title": "T", "abstract": "A."}')
    with pytest.raises(ReadError, match="holds no annotations"):
        side_of(folder / "papers.jsonl")


def test_a_table_of_another_kgraph_is_told_by_what_it_lacks(folder):
    path = folder / "tables" / "facts.parquet"
    write_table(read_table(path).drop_columns(["score", "kind"]), path)
    with pytest.raises(ReadError, match=r"facts\.parquet: it has no kind, score: run `kgraph build` again$"):
        side_of(folder)


def test_an_empty_side():
    assert is_empty(compare(Side(), Side()))
