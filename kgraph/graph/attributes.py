"""Attributes of nodes and edges: scalars, with lists as text; and the multigraph that carries them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import networkx

__all__ = [
    "BETWEEN",
    "Attributes",
    "Edge",
    "Link",
    "Node",
    "joined",
    "members",
    "multigraph",
    "vocabulary_facts",
]

BETWEEN = "|"
"""What joins the members of an attribute that is a list."""

Attributes = dict[str, Any]
"""The attributes of a node or an edge."""

Edge = tuple[str, str, str]
"""Where an edge leads from and to, and its key: the name of a property."""

Link = tuple[str, str, Attributes]
"""An edge as its start sees it: where it leads, its key, its attributes."""


class Node(NamedTuple):
    """A node, its attributes, and the edges that go out from it, sorted."""

    id: str
    about: Attributes
    links: Sequence[Link]


_OF_AN_ENTITY = frozenset({"kind", "label", "type", "papers", "vocabulary", "aliases", "links", "sources"})


def multigraph(nodes: Iterable[tuple[str, Attributes]], edges: Mapping[Edge, Attributes]) -> networkx.MultiDiGraph:
    """The networkx graph of nodes and edges, both sorted, so that whoever walks it meets one order."""
    import networkx

    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(sorted(nodes, key=lambda node: node[0]))
    graph.add_edges_from((*edge, edges[edge]) for edge in sorted(edges))
    return graph


def joined(values: Iterable[str]) -> str:
    """A list of texts as one attribute: sorted, each once.

    >>> joined(["TPU v4", "TPUv4", "", "a|b"])
    'TPU v4|TPUv4|a b'
    """
    return BETWEEN.join(sorted({value.replace(BETWEEN, " ") for value in values if value}))


def members(attribute: str) -> list[str]:
    """The members of an attribute that is a list.

    >>> members("TPU v4|TPUv4"), members("")
    (['TPU v4', 'TPUv4'], [])
    """
    return attribute.split(BETWEEN) if attribute else []


def vocabulary_facts(entity: Attributes) -> Iterator[tuple[str, str | int | float]]:
    """The literals that vocabularies know of an entity: property and value, sorted by property.

    >>> list(vocabulary_facts({"kind": "entity", "label": "X", "memoryType": "HBM2|HBM2e", "powerWatts": 300.0}))
    [('memoryType', 'HBM2'), ('memoryType', 'HBM2e'), ('powerWatts', 300.0)]
    """
    for name in sorted(entity.keys() - _OF_AN_ENTITY):
        value = entity[name]
        yield from ((name, member) for member in (members(value) if isinstance(value, str) else [value]))
