"""``graph.json``: the node-link form of networkx, for D3 and everyone else who takes JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.errors import GraphNotFound, ReadError
from kgraph.files import whole
from kgraph.graph import Graph

if TYPE_CHECKING:
    import networkx

__all__ = ["NodeLinkExporter", "generate_node_link", "read_node_link"]


@dataclass(frozen=True, slots=True)
class NodeLinkExporter:
    """Writes the graph as JSON, a node or an edge a line."""

    name: str = "node-link"

    def export(self, graph: Graph, folder: Path) -> list[Path]:
        """Write the file into the folder; give its path."""
        path = folder / "graph.json"
        with whole(path) as stream:
            stream.writelines(generate_node_link(graph.nx))
        return [path]


def generate_node_link(graph: networkx.MultiDiGraph) -> Iterator[bytes]:
    """The lines of what ``networkx.node_link_data(graph, edges="edges")`` would hold as JSON.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph([("paper/1", "hardware/fpga", "runsOn")])
    >>> print(b"".join(generate_node_link(graph)).decode(), end="")
    {"directed":true,"multigraph":true,"graph":{},"nodes":[
    {"id":"paper/1"},
    {"id":"hardware/fpga"}
    ],"edges":[
    {"source":"paper/1","target":"hardware/fpga","key":"runsOn"}
    ]}
    """
    import orjson

    yield b'{"directed":true,"multigraph":true,"graph":{},"nodes":['
    comma = b"\n"
    for node, about in graph.nodes(data=True):
        yield comma + orjson.dumps({**about, "id": node})
        comma = b",\n"
    yield b'\n],"edges":['
    comma = b"\n"
    for subject, object, key, data in graph.edges(keys=True, data=True):
        yield comma + orjson.dumps({**data, "source": subject, "target": object, "key": key})
        comma = b",\n"
    yield b"\n]}\n"


def read_node_link(path: Path) -> networkx.MultiDiGraph:
    """The graph in a file that :class:`NodeLinkExporter` wrote, equal to the one it wrote.

    Raises :class:`~kgraph.errors.GraphNotFound` where there is no file, and
    :class:`~kgraph.errors.ReadError` for one that is damaged.
    """
    import networkx
    import orjson

    try:
        return networkx.node_link_graph(orjson.loads(path.read_bytes()), edges="edges")
    except FileNotFoundError as error:
        raise GraphNotFound(str(path)) from error
    except (ValueError, TypeError, KeyError, AttributeError, networkx.NetworkXError, OSError) as error:
        raise ReadError(str(path), None, f"it is no node-link JSON or damaged: {error}") from error
