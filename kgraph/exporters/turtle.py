"""``graph.ttl`` and ``evidence.ttl``: what is so, and who says so (:mod:`kgraph.rdf`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kgraph.files import whole
from kgraph.graph import Graph

__all__ = ["TurtleExporter"]


@dataclass(frozen=True, slots=True)
class TurtleExporter:
    """Writes both Turtle files, triple by triple: memory does not grow with the graph."""

    name: str = "turtle"

    def export(self, graph: Graph, folder: Path) -> list[Path]:
        """Write the files into the folder; give their paths."""
        from kgraph.rdf import evidence_triples, graph_triples, write_turtle

        graph_file, evidence_file = folder / "graph.ttl", folder / "evidence.ttl"
        with whole(graph_file) as stream:
            write_turtle(graph_triples(graph), stream, base_iri=graph.base_iri)
        with whole(evidence_file) as stream:
            write_turtle(evidence_triples(graph), stream, base_iri=graph.base_iri, relative=True)
        return [graph_file, evidence_file]
