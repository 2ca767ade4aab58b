"""Which things belong together: communities of entities, named by their members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.analytics.cooccurrence import cooccurrence
from kgraph.analytics.frames import Column, empty, frame, thing

if TYPE_CHECKING:
    import networkx
    import pandas

__all__ = ["communities", "community_sizes"]

_COLUMNS = (
    Column("community", "int64", "the community's number, the largest 1"),
    Column("community_name", "str", "the three members that tell most of it"),
    *thing(what="a member"),
    Column("papers", "int64", "how many papers name it"),
    Column("strength", "float64", "sum of its links' weights into the community, as normalised PMI"),
    Column("belonging", "float64", "those over its links' weights to anything, 0 to 1"),
)
_SIZES = (
    Column("community", "int64", "the community's number, the largest 1"),
    Column("name", "str", "the three members that tell most of it"),
    Column("entities", "int64", "how many members it has"),
    Column("strength", "float64", "sum of the weights of all links within it, as normalised PMI"),
    Column("members", "object", "their names, those that tell most of it first"),
)


def communities(
    graph: networkx.MultiDiGraph,
    *,
    support: int = 2,
    resolution: float = 1.0,
    smallest: int = 3,
    seed: int = 1,
) -> pandas.DataFrame:
    """The members of each community, those that tell most of it first.

    The network is that of entities which at least ``support`` papers name together, more often
    than chance, weighted by normalised PMI, so that what every paper names holds nothing
    together. Its communities are found by networkx' Louvain method (Blondel et al. 2008); a
    greater ``resolution`` gives smaller ones. What is in none of at least ``smallest`` members is
    left out. A name is made of the three members with the greatest strength × belonging.

    >>> from kgraph.analytics.example import example_graph
    >>> found = communities(example_graph())
    >>> list(found.groupby("community").community_name.first())
    ['NVIDIA A100, TileFlow, LongText', 'StreetScenes, FPGA, BoardNet']
    """
    import networkx

    pairs = cooccurrence(graph, support=support)
    pairs = pairs[pairs.npmi > 0]
    if pairs.empty:
        return empty(_COLUMNS)
    linked = networkx.Graph()
    linked.add_nodes_from(sorted({*pairs.source, *pairs.target}))
    linked.add_weighted_edges_from(sorted(zip(pairs.source, pairs.target, pairs.npmi.round(12), strict=True)))
    found = networkx.community.louvain_communities(linked, weight="weight", resolution=resolution, seed=seed)
    ranked = sorted((group for group in found if len(group) >= smallest), key=lambda group: (-len(group), min(group)))
    rows = []
    for number, group in enumerate(ranked, 1):
        members = _members(linked, group)
        name = ", ".join(graph.nodes[node]["label"] for node, _, _ in members[:3])
        for node, strength, belonging in members:
            about = graph.nodes[node]
            rows.append((number, name, node, about["label"], about["type"], about["papers"], strength, belonging))
    return frame(_COLUMNS, rows)


def community_sizes(members: pandas.DataFrame) -> pandas.DataFrame:
    """A row a community out of what :func:`communities` gives.

    >>> from kgraph.analytics.example import example_graph
    >>> community_sizes(communities(example_graph()))[["name", "entities"]]
                                  name  entities
    0  NVIDIA A100, TileFlow, LongText         4
    1     StreetScenes, FPGA, BoardNet         4
    """
    groups = members.groupby(["community", "community_name"], sort=True)
    return frame(
        _SIZES,
        (
            (number, name, len(group), float(group.strength.sum()) / 2, tuple(group.name))
            for (number, name), group in groups[["name", "strength"]]
        ),
    )


def _members(linked: networkx.Graph, group: set[str]) -> list[tuple[str, float, float]]:
    """Each member with its strength and belonging, the most telling first."""
    found = []
    for node in sorted(group):
        inside = sum(data["weight"] for other, data in linked[node].items() if other in group)
        found.append((node, inside, inside / linked.degree(node, weight="weight")))
    return sorted(found, key=lambda member: (-round(member[1] * member[2], 9), member[0]))
