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

        files = {folder / "graph.ttl": graph_triples, folder / "evidence.ttl": evidence_triples}
        for path, triples in files.items():
            with whole(path) as stream:
                write_turtle(triples(graph), stream, base_iri=graph.base_iri)
        return list(files)
