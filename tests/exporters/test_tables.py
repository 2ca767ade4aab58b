import subprocess
import sys
from pathlib import Path

import duckdb
import pandas
import pyarrow.parquet
import pytest

from kgraph.exporters.tables import TABLES, TablesExporter, arrow_table
from kgraph.graph import assemble
from kgraph.model import Annotation, Entity, Paper
from kgraph.ontology import load_ontology
from kgraph.vocabulary import Concept, Vocabulary
from tests.samples import FAST, SLOW, VOCABULARY, sample_graph


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports")
    TablesExporter().export(sample_graph(), folder)
    return folder / "tables"


def rows(name: str) -> list[dict]:
    return arrow_table(sample_graph(), name).to_pylist()


def only(name: str, **wanted) -> dict:
    """The one row with these values."""
    (found,) = [row for row in rows(name) if wanted.items() <= row.items()]
    return found


def test_papers():
    assert rows("papers")[0] == {
        "id": "paper/2401.00001",
        "title": FAST.paper.title,
        "abstract": FAST.paper.abstract,
        "date": "2024-01-02",
        "year": 2024,
        "authors": 3,
        "organization": "nvidia",
        "organization_id": "organization/nvidia",
        "sources": ["a.txt", "b.jsonl"],
        "entities": 4,
        "relations": 2,
        "results": 1,
    }
    assert rows("papers")[1] | {"title": "", "abstract": ""} == {
        "id": "paper/7b7d35f5a579f877",
        "title": "",
        "abstract": "",
        "date": "2023",
        "year": 2023,
        "authors": None,
        "organization": None,
        "organization_id": None,
        "sources": [],
        "entities": 3,
        "relations": 2,
        "results": 0,
    }


def test_entities():
    assert only("entities", id="hardware/nvidia-a100") == {
        "id": "hardware/nvidia-a100",
        "type": "Hardware",
        "name": "NVIDIA A100",
        "papers": 2,
        "vocabulary": True,
        "aliases": ["A100"],
        "broader": ["hardware/gpu"],
        "links": ["https://example.org/things/a100"],
    }
    assert only("entities", id="metric/speedup")["papers"] == 0


def test_mentions_stand_in_the_order_of_papers_and_entities():
    found = rows("mentions")
    assert len(found) == 9
    assert found[0] == {
        "paper": "paper/2401.00001",
        "entity": "dataset/miniset",
        "type": "Dataset",
        "start": 106,
        "end": 113,
        "text": "MiniSet",
        "score": 0.7,
    }
    assert found == sorted(found, key=lambda row: (row["paper"], row["entity"], row["start"]))


def test_facts_say_who_says_what():
    role = only("facts", kind="role", paper="paper/7b7d35f5a579f877", predicate="uses")
    first = len(SLOW.paper.title) + 1 + SLOW.paper.abstract.index("SlowConv")
    assert role == {
        "subject": "paper/7b7d35f5a579f877",
        "subject_name": SLOW.paper.title,
        "subject_type": "Paper",
        "predicate": "uses",
        "object": "method/slowconv",
        "object_name": "SlowConv",
        "object_type": "Method",
        "value": None,
        "number": None,
        "kind": "role",
        "paper": "paper/7b7d35f5a579f877",
        "score": 0.5,
        "start": 0,
        "end": 8,
        "mentions": 2,
    }
    assert first > 8
    relation = only("facts", kind="relation", predicate="comparedWith")
    assert (relation["subject"], relation["paper"], relation["start"], relation["end"], relation["mentions"]) == (
        "method/fastconv",
        "paper/2401.00001",
        44,
        114,
        0,
    )


def test_facts_of_vocabularies_have_no_paper():
    known = [row for row in rows("facts") if row["paper"] is None]
    assert {(row["subject"], row["predicate"], row["object"] or row["value"], row["number"]) for row in known} == {
        ("hardware/gpu", "broader", "hardware/accelerator", None),
        ("hardware/nvidia-a100", "broader", "hardware/gpu", None),
        ("hardware/nvidia-a100", "manufacturer", "organization/nvidia", None),
        ("hardware/nvidia-a100", "memoryGigabytes", "40.0", 40.0),
        ("hardware/nvidia-a100", "memoryType", "HBM2", None),
        ("hardware/nvidia-a100", "releaseDate", "2020-06", None),
        ("organization/nvidia", "country", "US", None),
    }


def test_a_truth_is_no_number():
    concept = Concept("metric/accuracy", "Metric", "accuracy", facts=(("higherIsBetter", True),))
    named = Annotation(Paper("2401.00001", "T", "A."), (Entity("accuracy", "Metric", "reports", 0.5, ()),))
    graph = assemble([named], ontology=load_ontology(), vocabulary=Vocabulary({concept.id: concept}))
    (known,) = [row for row in arrow_table(graph, "facts").to_pylist() if row["kind"] == "value"]
    assert (known["predicate"], known["value"], known["number"]) == ("higherIsBetter", "true", None)


def test_relations_are_joined_over_papers():
    assert only("relations", predicate="manufacturer") == {
        "subject": "hardware/nvidia-a100",
        "subject_name": "NVIDIA A100",
        "subject_type": "Hardware",
        "predicate": "manufacturer",
        "object": "organization/nvidia",
        "object_name": "NVIDIA",
        "object_type": "Organization",
        "papers": 0,
        "score": 1.0,
        "vocabulary": True,
    }
    assert only("relations", subject="method/slowconv")["score"] == 0.55


def test_results():
    assert rows("results") == [
        {
            "id": "paper/2401.00001#result-1",
            "paper": "paper/2401.00001",
            "entity": "method/fastconv",
            "entity_name": "FastConv",
            "metric": "metric/speedup",
            "metric_name": "speedup",
            "value": "3.5x",
            "numeric_value": 3.5,
            "unit": "x",
            "measured_on": "hardware/nvidia-a100",
            "measured_on_name": "NVIDIA A100",
            "versus": "method/slowconv",
            "versus_name": "SlowConv",
            "score": 0.6,
            "start": 77,
            "end": 81,
        }
    ]


def test_pandas_and_duckdb_read_the_files(folder):
    frame = pandas.read_parquet(folder / "facts.parquet")
    assert len(frame) == len(rows("facts"))
    joined = duckdb.sql(f"""
        SELECT e.name, count(*) FROM '{folder}/facts.parquet' f JOIN '{folder}/entities.parquet' e ON f.object = e.id
        WHERE f.kind = 'role' GROUP BY ALL ORDER BY ALL""").fetchall()
    assert joined == [("FastConv", 1), ("GPU", 1), ("MiniSet", 1), ("NVIDIA A100", 2), ("SlowConv", 2)]


def test_every_column_is_described_in_the_file(folder):
    for name, table in TABLES.items():
        schema = pyarrow.parquet.read_schema(folder / f"{name}.parquet")
        described = {field.name: field.metadata[b"description"].decode() for field in schema}
        assert described == {column.name: column.description for column in table.columns}
        assert all(described.values())


def test_many_rows_are_written_in_several_groups(tmp_path, monkeypatch):
    monkeypatch.setattr("kgraph.exporters.tables.ROWS_AT_ONCE", 4)
    paths = {path.stem: path for path in TablesExporter().export(sample_graph(), tmp_path)}
    assert pyarrow.parquet.ParquetFile(paths["mentions"]).num_row_groups == 3
    assert pyarrow.parquet.read_table(paths["mentions"]).to_pylist() == rows("mentions")


def test_pandas_is_not_needed_to_write(tmp_path):
    code = f"""
import pathlib, sys
from tests.samples import sample_graph
from kgraph.exporters.tables import TablesExporter
from kgraph.exporters.turtle import TurtleExporter
for exporter in (TablesExporter(), TurtleExporter()):
    exporter.export(sample_graph(), pathlib.Path({str(tmp_path)!r}))
print(*(name for name in ("pandas", "rdflib") if name in sys.modules))
"""
    tests = Path(__file__).parents[1]
    ran = subprocess.run([sys.executable, "-c", code], cwd=tests, capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("\n", "")


def test_the_vocabulary_of_the_samples_is_in_the_graph():
    assert {row["id"] for row in rows("entities") if row["vocabulary"]} == set(VOCABULARY.concepts)
