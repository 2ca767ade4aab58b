"""How central things are: PageRank, degree and betweenness in the network of papers and what they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

from kgraph.analytics.frames import Column, empty, from_columns, thing

if TYPE_CHECKING:
    import networkx
    import pandas

__all__ = ["importance", "network"]

_COLUMNS = (
    *thing(),
    Column("papers", "int64", "how many papers name it"),
    Column("degree", "int64", "how many papers and entities it is linked with"),
    Column("pagerank", "float64", "its share of a random walk's visits; those of all nodes sum to 1"),
    Column("betweenness", "float64", "share of the shortest paths between others that pass through it, 0 to 1"),
    Column("betweenness_error", "float64", "standard error of that, 0 where no source was left out"),
)
_BATCHES = 8  # independent samples of sources, whose spread is the error


def network(graph: networkx.MultiDiGraph) -> networkx.Graph:
    """Papers and entities, each pair linked once that a paper links: by a role or by a relation.

    What only vocabularies say is left out, and so are entities that no paper names.

    >>> from kgraph.analytics.example import example_graph
    >>> found = network(example_graph())
    >>> sorted(found["hardware/fpga"])
    ['method/boardnet', 'method/edgenet', 'paper/2', 'paper/4']
    """
    import networkx

    simple = networkx.Graph()
    simple.add_nodes_from(node for node, kind in graph.nodes(data="kind") if kind == "paper")
    simple.add_edges_from(
        (subject, object)
        for subject, object, data in graph.edges(data=True)
        if data["kind"] == "role" or (data["kind"] == "relation" and data["papers"])
    )
    return simple


def importance(
    graph: networkx.MultiDiGraph,
    type: str | None = None,
    *,
    sources: int | None = 32,
    limit: int | None = None,
    seed: int = 1,
) -> pandas.DataFrame:
    """The entities of a type, or of all, the most central first (by PageRank).

    Betweenness is estimated from the shortest paths of ``sources`` nodes drawn at random (Brandes
    and Pich 2007), in a graph of no more nodes than that, or with None, from all; with 0 it is not
    computed. Its error is the standard error over eight samples. PageRank is that of Brin and
    Page (1998) with damping 0.85. All three are networkx' own, and run on whatever faster back end
    ``networkx.config.backend_priority`` names. Costs a second for each 200,000 links × sources.

    >>> from kgraph.analytics.example import example_graph
    >>> importance(example_graph(), "Hardware")[["name", "papers", "degree"]].head(1)
              name  papers  degree
    0  NVIDIA A100       3       6
    """
    import networkx

    simple = network(graph)
    nodes = sorted(node for node in simple if _is_a(graph, node, type))
    if not nodes:
        return empty(_COLUMNS)
    ranks = networkx.pagerank(simple)
    between, error = _betweenness(simple, sources, seed)
    order = sorted(nodes, key=lambda node: (-ranks[node], node))[:limit]
    about = [graph.nodes[node] for node in order]
    degree = dict(simple.degree(order))
    return from_columns(
        _COLUMNS,
        {
            "id": order,
            "name": [entity["label"] for entity in about],
            "type": [entity["type"] for entity in about],
            "papers": [entity["papers"] for entity in about],
            "degree": [degree[node] for node in order],
            "pagerank": [ranks[node] for node in order],
            "betweenness": [between.get(node, numpy.nan) for node in order],
            "betweenness_error": [error.get(node, numpy.nan) for node in order],
        },
    )


def _is_a(graph: networkx.MultiDiGraph, node: str, type: str | None) -> bool:
    about = graph.nodes[node]
    return about["kind"] == "entity" and type in {None, about["type"]}


def _betweenness(simple: networkx.Graph, sources: int | None, seed: int) -> tuple[dict[str, float], dict[str, float]]:
    """The estimate of each node and its standard error; nothing where no source is wanted."""
    import networkx

    if sources == 0:
        return {}, {}
    if sources is None or sources >= len(simple):
        return networkx.betweenness_centrality(simple), dict.fromkeys(simple, 0.0)
    each = max(1, sources // _BATCHES)
    samples = [networkx.betweenness_centrality(simple, k=each, seed=seed + batch) for batch in range(_BATCHES)]
    values = numpy.array([[sample[node] for node in simple] for sample in samples])
    errors = values.std(axis=0, ddof=1) / numpy.sqrt(_BATCHES)
    return dict(zip(simple, values.mean(axis=0), strict=True)), dict(zip(simple, errors, strict=True))
