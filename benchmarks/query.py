"""``python -m benchmarks.query``: what kgraph adds to bare pyoxigraph, and how far rdflib is from either.

On an invented field of a million triples (``--papers`` for another size, ``--build`` for a build of
your own): each named question against the same query asked of pyoxigraph without kgraph; a join of
two hops with a count against rdflib, which is given so many seconds; and the second start of
``kgraph query`` against the start of Python alone.
"""

from __future__ import annotations

import argparse
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph

from benchmarks.field import invented_field
from benchmarks.processes import Ratio, compare
from kgraph.exporters.turtle import TurtleExporter
from kgraph.ontology import load_ontology
from kgraph.query import Store, load_store, open_store, prefixes_of, select, write
from kgraph.questions import bind, load_questions
from kgraph.sparql import BEHIND

__all__ = ["arguments", "questions", "second_start"]

_ROUNDS = 5
_CONSTANT_SECONDS = 0.0005  # what a question costs beside its answer: reading it twice, a thread of its own
_JOIN = """SELECT ?name (COUNT(*) AS ?n) {
  ?paper kg:proposes ?one ; kg:mentions ?two . ?two skos:prefLabel ?name } GROUP BY ?name ORDER BY DESC(?n) LIMIT 10"""
_RDFLIB = """
import sys, time, rdflib
graph = rdflib.Graph()
for file in sys.argv[2:]:
    graph.parse(file)
begun = time.perf_counter()
list(graph.query(sys.argv[1]))
print(time.perf_counter() - begun)
"""


def arguments(store: Store) -> dict[str, str]:
    """For every parameter of the questions what most papers name, found in the graph."""
    named = {
        type: select(store, bind(store, load_questions()["top"], {"type": type}).query).rows
        for type in load_ontology().types
    }
    papers = [str(row[0]) for row in select(store, "SELECT ?p { ?p a kg:Paper } ORDER BY ?p LIMIT 2").rows]
    things = {type.lower(): str(rows[0][1]) for type, rows in named.items() if rows}
    method, task = things["method"], things["task"]
    return things | {"thing": things["hardware"], "place": things["hardware"], "subject": method, "object": task,
                     "paper": papers[0], "first": papers[0], "second": papers[1]}  # fmt: skip


def questions(store: Store) -> list[Ratio]:
    """Each named question: its answer as CSV by kgraph, and by pyoxigraph alone."""
    given = arguments(store)
    ratios = []
    for name, question in load_questions().items():
        needed = {p.name: given[p.name] for p in question.parameters if p.needed}
        query = bind(store, question, needed).query
        ours = _median(lambda query=query: write(store, query, "csv", io.BytesIO()))  # type: ignore[misc]
        bare = _median(lambda query=query: _bare(store, query))  # type: ignore[misc]
        ratios.append(Ratio(name, ours, bare, limit=1.2))
    return ratios


def _bare(store: Store, query: str) -> None:
    found = store.rdf.query(query + BEHIND, prefixes=prefixes_of(store), base_iri=store.base_iri)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    found.serialize(io.BytesIO(), format=pyoxigraph.QueryResultsFormat.CSV)


def _median(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def join(folder: Path, store: Store, seconds: float) -> str:
    """The join of two hops, by kgraph and by rdflib, which is given up after so many seconds."""
    ours = _median(lambda: select(store, _JOIN))
    prologue = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in prefixes_of(store).items())
    command = [sys.executable, "-c", _RDFLIB, prologue + _JOIN, str(folder / "graph.ttl")]
    try:
        ran = subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return f"join of two hops with a count: kgraph {ours:.3f} s, rdflib (facts alone) not done after {seconds:g} s"
    theirs = float(ran.stdout)
    return f"join of two hops with a count: kgraph {ours:.3f} s, rdflib {theirs:.1f} s: {theirs / ours:.0f} times"


def second_start(folder: Path) -> Ratio:
    """``kgraph query`` up to its last row, once the store on the disk is there, against Python's own start."""
    query = "SELECT ?paper { ?paper a kg:Paper } LIMIT 1"
    return compare(
        "second start of kgraph query / start of Python",
        ["-m", "kgraph", "query", str(folder), query, "--format", "csv"],
        ["-c", "pass"],
        limit=25.0,
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.query", description=__doc__)
    parser.add_argument("--build", type=Path, help="the folder of a build, instead of an invented field")
    parser.add_argument("--papers", type=int, default=3200, help="how many papers to invent")
    parser.add_argument("--seconds", type=float, default=120, help="how long rdflib may take")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.build or Path(temporary)
        if not chosen.build:
            TurtleExporter().export(invented_field(chosen.papers, 4 * chosen.papers), folder)
        begun = time.perf_counter()
        disk = open_store(folder)
        print(f"{len(disk.rdf):,} triples, store opened in {time.perf_counter() - begun:.2f} s")
        ratios = [*questions(load_store(folder)), second_start(folder)]
        above = [ratio for ratio in ratios if ratio.ours > ratio.limit * ratio.floor + _CONSTANT_SECONDS]
        for ratio in ratios:
            shown = f"{ratio.ours:8.4f} s {ratio.floor:8.4f} s {ratio.times:6.2f}"
            print(f"{ratio.what:48} {shown} {f'above {ratio.limit}' if ratio in above else ''}")
        print(join(folder, load_store(folder), chosen.seconds))
    return int(bool(above))


if __name__ == "__main__":
    sys.exit(main())
