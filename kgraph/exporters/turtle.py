"""``graph.ttl`` and ``evidence.ttl``: what is so, and who says so (:mod:`kgraph.rdf`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kgraph.files import whole
from kgraph.graph import Graph, in_memory

__all__ = ["TurtleExporter"]


@dataclass(frozen=True, slots=True)
class TurtleExporter:
    """Writes both Turtle files, block by block."""

    name: str = "turtle"

    def export(self, graph: Graph, folder: Path) -> list[Path]:
        """Write the files into the folder; give their paths."""
        from kgraph.rdf import EVIDENCE, Notation, graph_blocks

        stretch = in_memory(graph)
        paths = []
        for name, sections in (("graph.ttl", (graph_blocks,)), ("evidence.ttl", EVIDENCE)):
            notation = Notation(graph.base_iri, relative=name == "evidence.ttl")
            with whole(folder / name) as stream:
                stream.write(notation.header.encode())
                for section in sections:
                    stream.writelines(block.encode() for block in section(stretch, notation))
            paths.append(folder / name)
        return paths
