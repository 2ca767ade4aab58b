"""A graph in stretches: what writers walk, be it in memory or larger than that.

A stretch is some nodes in a row with all that is needed to write them. A graph in memory is one;
a graph that is assembled on disk (:mod:`kgraph.streaming`) is many, one behind the other. What
writes a graph is a function of a stretch, or several, for a file of several sections: so both
give the same bytes, and stretches can be written side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kgraph.graph.attributes import Node
from kgraph.graph.facts import Graph, nodes
from kgraph.iri import paper_node
from kgraph.model import Annotation

__all__ = ["Stretch", "in_memory"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Nodes in the order of their ids; ``annotations`` by the paper's node, in the same order, where they are known.

    ``named`` gives the label and the type of a node that is one of these, or that one of their
    edges leads to.
    """

    nodes: Sequence[Node]
    annotations: Mapping[str, Annotation]
    named: Callable[[str], tuple[str, str]]

    def of_kind(self, kind: str) -> list[Node]:
        """The nodes of one kind: ``paper``, ``entity`` or ``result``."""
        return [node for node in self.nodes if node.about["kind"] == kind]


def in_memory(graph: Graph) -> Stretch:
    """All of a graph in memory as one stretch.

    >>> import networkx
    >>> network = networkx.MultiDiGraph()
    >>> network.add_node("task/sorting", kind="entity", label="sorting", type="Task")
    >>> in_memory(Graph(network, ())).named("task/sorting")
    ('sorting', 'Task')
    """
    known = graph.nx.nodes

    def named(id: str) -> tuple[str, str]:
        return known[id]["label"], known[id].get("type", "Paper")

    annotations = {paper_node(annotation.paper.id): annotation for annotation in graph.annotations}
    return Stretch(list(nodes(graph)), annotations, named)
