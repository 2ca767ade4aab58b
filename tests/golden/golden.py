"""The golden corpus: six abstracts annotated by hand, and every form that their graph takes.

``annotations.jsonl`` and ``vocabulary.ttl`` go in; the files in ``expected/`` come out, to the
byte. When a change is meant, ``python -m tests.golden.golden`` writes them anew, and the diff says
what it changed.
"""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from kgraph.exporters.graphml import generate_graphml
from kgraph.exporters.node_link import generate_node_link
from kgraph.exporters.report import generate_report
from kgraph.exporters.tables import TABLES, arrow_table
from kgraph.graph import Graph, assemble, in_memory, tally
from kgraph.ontology import load_ontology, load_vocabulary
from kgraph.query import read_store, write
from kgraph.rdf import evidence_triples, graph_triples, write_turtle
from kgraph.records import from_record
from kgraph.stages import Note, Skipped

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"


def golden_graph() -> Graph:
    lines = (HERE / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    read = [from_record(json.loads(line)) for line in lines]
    assert not any(problems for _, problems in read)
    vocabulary = load_vocabulary(HERE / "vocabulary.ttl")
    return assemble([annotation for annotation, _ in read], ontology=load_ontology(), vocabulary=vocabulary)


def generated() -> Iterator[tuple[str, bytes]]:
    """Every file that is expected: its path in ``expected/``, its bytes."""
    graph = golden_graph()
    turtle = {
        "graph.ttl": _turtle(graph_triples(graph)),
        "evidence.ttl": _turtle(evidence_triples(graph), relative=True),
    }
    yield from turtle.items()
    yield "graph.graphml", "".join(generate_graphml(graph.nx)).encode()
    yield "graph.json", b"".join(generate_node_link(graph.nx))
    for name in TABLES:
        yield f"tables/{name}.csv", _table(graph, name)
    skipped = [Skipped("june.txt", 12, "the abstract is missing", "A title | alone")]
    notes = [Note("june.txt", "the year 2024 is inferred from 2 dates")]
    inputs = [("june.txt", "Daily Papers listing", 4), ("may.txt", "Daily Papers listing", 2)]
    report = generate_report(tally(in_memory(graph)), inputs=inputs, skipped=skipped, notes=notes)
    yield "report.md", "".join(f"{line}\n" for line in report).encode()
    store = read_store((turtle["graph.ttl"] + turtle["evidence.ttl"]).decode())
    for question in sorted((HERE / "questions").glob("*.rq")):
        answer = io.BytesIO()
        write(store, question.read_text(encoding="utf-8"), "csv", answer)
        yield f"answers/{question.stem}.csv", answer.getvalue().replace(b"\r\n", b"\n")


def _turtle(triples, *, relative: bool = False) -> bytes:
    written = io.BytesIO()
    write_turtle(triples, written, relative=relative)
    return written.getvalue()


def _table(graph: Graph, name: str) -> bytes:
    """The table as text, so that a change shows in a diff; lists as JSON."""
    table = arrow_table(graph, name)
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(f"{field.name}: {field.type}" for field in table.schema)
    for row in table.to_pylist():
        rows.writerow(
            json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value for value in row.values()
        )
    return written.getvalue().encode()


def renew() -> None:
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for name, content in generated():
        path = EXPECTED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    renew()
