"""Which node someone means: by its key, its label or another name of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.errors import KgraphError
from kgraph.graph import members
from kgraph.sparql import nearest
from kgraph.text import normal_form

if TYPE_CHECKING:
    import networkx

__all__ = ["node_meant"]


def node_meant(graph: networkx.MultiDiGraph, name: str) -> str | None:
    """The paper or entity of that key, label or alias; of several the one that most papers name.

    Spelling matters no more than to :func:`kgraph.text.normal_form`. None in a graph without
    nodes; raises :class:`~kgraph.errors.KgraphError` where other nodes are there, with the nearest
    name.

    >>> from kgraph.analytics.example import example_graph
    >>> node_meant(example_graph(), "nvidia-a100"), node_meant(example_graph(), "paper/1")
    ('hardware/nvidia-a100', 'paper/1')
    >>> node_meant(example_graph(), "NVIDIA A10")
    Traceback (most recent call last):
    kgraph.errors.KgraphError: nothing in the graph is called 'NVIDIA A10': did you mean 'NVIDIA A100'?
    """
    if name in graph and graph.nodes[name]["kind"] != "result":
        return name
    wanted = normal_form(name)
    labels: dict[str, str] = {}
    found: list[tuple[bool, int, str]] = []
    for node, about in graph.nodes(data=True):
        if about["kind"] != "result":
            labels[about["label"]] = node
            exact = normal_form(about["label"]) == wanted
            if exact or wanted in map(normal_form, members(about.get("aliases", ""))):
                found.append((not exact, -about.get("papers", 0), node))
    if found or not labels:
        return min(found)[2] if found else None
    near = nearest(name, labels)
    hint = f"did you mean {near!r}?" if near else "look it up in the table of entities"
    raise KgraphError(f"nothing in the graph is called {name[:80]!r}: {hint}")
