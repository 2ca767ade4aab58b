"""``graph.graphml``: for other programs that draw and count graphs (http://graphml.graphdrawing.org/specification.html).

Written here rather than by networkx, which takes ten times as long and holds all of it in memory;
read by networkx. It takes an edge's id for its key, so that is what stands there: Gephi and yEd,
to which an id names one edge of the whole graph, want ``GraphmlExporter(ids=False)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from kgraph.errors import GraphNotFound, ReadError
from kgraph.files import whole
from kgraph.graph import Attributes, Graph
from kgraph.text import clean

if TYPE_CHECKING:
    import networkx

__all__ = ["GraphmlExporter", "generate_graphml", "read_graphml"]

_TYPES = {str: "string", bool: "boolean", int: "long", float: "double"}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)

_Keys = dict[tuple[str, type], str]


@dataclass(frozen=True, slots=True)
class GraphmlExporter:
    """Writes the graph as GraphML, line by line; without ``ids``, an edge's key is an attribute of it."""

    ids: bool = True
    name: str = "graphml"

    def export(self, graph: Graph, folder: Path) -> list[Path]:
        """Write the file into the folder; give its path."""
        path = folder / "graph.graphml"
        with whole(path) as stream:
            stream.writelines(line.encode() for line in generate_graphml(graph.nx, ids=self.ids))
        return [path]


def generate_graphml(graph: networkx.MultiDiGraph, *, ids: bool = True) -> Iterator[str]:
    """The lines of a GraphML document; characters that XML cannot carry become spaces.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph()
    >>> graph.add_node("task/sorting", label="<sorting>", papers=2)
    >>> print(*list(generate_graphml(graph))[1:], sep="", end="")
    <key id="n0" for="node" attr.name="label" attr.type="string"/>
    <key id="n1" for="node" attr.name="papers" attr.type="long"/>
    <graph edgedefault="directed">
    <node id="task/sorting"><data key="n0">&lt;sorting&gt;</data><data key="n1">2</data></node>
    </graph>
    </graphml>
    """
    edges: Iterable[tuple[str, str, str, Attributes]] = graph.edges(keys=True, data=True)
    of_nodes = _keys("n", (about for _, about in graph.nodes(data=True)))
    of_edges = _keys("e", (data if ids else {"key": key} | data for *_, key, data in edges))
    yield _HEAD
    for domain, keys in (("node", of_nodes), ("edge", of_edges)):
        for (name, type), id in keys.items():
            yield f'<key id="{id}" for="{domain}" attr.name={quoteattr(name)} attr.type="{_TYPES[type]}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for node, about in graph.nodes(data=True):
        yield f"<node id={quoteattr(node)}>{_data(about, of_nodes)}</node>\n"
    for subject, object, key, data in edges:
        ends = f"source={quoteattr(subject)} target={quoteattr(object)}"
        if ids:
            yield f"<edge {ends} id={quoteattr(key)}>{_data(data, of_edges)}</edge>\n"
        else:
            yield f"<edge {ends}>{_data({'key': key} | data, of_edges)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def read_graphml(path: Path) -> networkx.MultiDiGraph:
    """The graph in a GraphML file that :class:`GraphmlExporter` wrote, equal to the one it wrote.

    Raises :class:`~kgraph.errors.GraphNotFound` where there is no file, and
    :class:`~kgraph.errors.ReadError` for one that is damaged.
    """
    import networkx

    try:
        graph = networkx.read_graphml(path, force_multigraph=True)
    except FileNotFoundError as error:
        raise GraphNotFound(str(path)) from error
    except (SyntaxError, networkx.NetworkXError, ValueError, KeyError, OSError) as error:
        raise ReadError(str(path), None, f"it is no GraphML or damaged: {error}") from error
    graph.graph.clear()  # of the defaults that the reader notes there
    for *_, data in graph.edges(data=True):
        data.pop("key", None)  # which the reader leaves there when it takes it for the key
    return graph


def _keys(prefix: str, attributes: Iterable[Attributes]) -> _Keys:
    """An id for every attribute name and type in use, in their order."""
    used = sorted(
        set(chain.from_iterable(((name, type(value)) for name, value in about.items()) for about in attributes)),
        key=lambda key: (key[0], key[1].__name__),
    )
    return {key: f"{prefix}{number}" for number, key in enumerate(used)}


def _data(attributes: Attributes, keys: _Keys) -> str:
    parts = []
    for name, value in attributes.items():
        kind = type(value)
        text = escape(clean(value)) if kind is str else str(value).lower() if kind is bool else repr(value)
        parts.append(f'<data key="{keys[name, kind]}">{text}</data>')
    return "".join(parts)
