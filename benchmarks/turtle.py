"""``python -m benchmarks.turtle``: how fast the graph becomes Turtle, beside rdflib's serializer and pyoxigraph's.

All three write one graph of a million triples, ``graph.ttl`` and ``evidence.ttl`` together, in one
process, in turn: kgraph from the networkx graph in memory, rdflib from its ``Graph``, pyoxigraph
from its store. Seconds are the processor's, the least of the rounds.
"""

from __future__ import annotations

import argparse
import gc
import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph

from benchmarks.growing import grown, originals
from benchmarks.scale import ABSTRACTS
from kgraph.graph import Graph, assemble, in_memory
from kgraph.ontology import load_ontology, load_vocabulary
from kgraph.rdf import EVIDENCE, Notation, evidence_triples, graph_blocks, graph_triples, to_rdflib

PAPERS = 3600
LEAST_TIMES_RDFLIB, MOST_TIMES_PYOXIGRAPH = 15, 2.5


def write(graph: Graph) -> int:
    """Both files into memory, as the exporter writes them; how many bytes they have."""
    stretch, stream = in_memory(graph), io.BytesIO()
    for relative, sections in ((False, (graph_blocks,)), (True, EVIDENCE)):
        notation = Notation(graph.base_iri, relative=relative)
        stream.write(notation.header.encode())
        for section in sections:
            stream.writelines(block.encode() for block in section(stretch, notation))
    return stream.tell()


def least(work: Callable[[], object], rounds: int) -> float:
    seconds = []
    for _ in range(rounds):
        gc.collect()
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return min(seconds)


def _pyoxigraph(triples: list[pyoxigraph.Triple]) -> float:
    store = pyoxigraph.Store()
    store.bulk_extend(pyoxigraph.Quad(*triple) for triple in triples)
    return least(lambda: store.dump(format=pyoxigraph.RdfFormat.TURTLE, from_graph=pyoxigraph.DefaultGraph()), 5)


def _rdflib(triples: list[pyoxigraph.Triple]) -> float:
    graph = to_rdflib(triples)
    return least(lambda: graph.serialize(format="turtle"), 1)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.turtle", description=__doc__)
    parser.add_argument("--papers", type=int, default=PAPERS)
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "kgraph-originals.jsonl")
    arguments = parser.parse_args()
    known = grown(originals(ABSTRACTS, arguments.kept), arguments.papers)
    graph = assemble(known, ontology=load_ontology(), vocabulary=load_vocabulary())
    triples = [*graph_triples(graph), *evidence_triples(graph)]
    ours = least(lambda: write(graph), 5)
    rust = _pyoxigraph(triples)
    theirs = _rdflib(triples)
    print(f"{len(triples):,} triples: kgraph {ours:.2f} s, pyoxigraph {rust:.2f} s, rdflib {theirs:.1f} s")
    print(f"rdflib takes {theirs / ours:.1f} times as long (at least {LEAST_TIMES_RDFLIB} wanted)")
    print(f"kgraph takes {ours / rust:.2f} times as long as pyoxigraph (at most {MOST_TIMES_PYOXIGRAPH} wanted)")
    return int(theirs / ours < LEAST_TIMES_RDFLIB or ours / rust > MOST_TIMES_PYOXIGRAPH)


if __name__ == "__main__":
    sys.exit(main())
