"""How two things are connected: chains of entities, each step with the papers that make it."""

from __future__ import annotations

import math
from collections.abc import Collection
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, Literal

import numpy

from kgraph.analytics.frames import Column, empty, frame, thing
from kgraph.analytics.incidence import Incidence, incidence, select
from kgraph.analytics.naming import node_meant
from kgraph.graph import joined

if TYPE_CHECKING:
    import networkx
    import pandas

__all__ = ["paths"]

_COLUMNS = (
    Column("path", "int64", "the path's rank, from 1"),
    Column("step", "int64", "the step's number in it, from 1"),
    *thing("source", "where the step begins"),
    *thing("target", "where it ends"),
    Column("stated", "str", "relations that papers state between the two, joined by |"),
    Column("papers", "object", "nodes of the papers that name both, sorted"),
    Column(
        "bits", "float64", "how little the step tells: of the papers of either, the share in common is 2 to the -bits"
    ),
)


def paths(
    graph: networkx.MultiDiGraph,
    source: str,
    target: str,
    *,
    by: Literal["telling", "shortest"] = "telling",
    through: Collection[str] | None = None,
    limit: int = 3,
) -> pandas.DataFrame:
    """The best paths between two entities, by key or name; a row a step, with the papers that name both its ends.

    ``shortest`` counts steps. ``telling`` prefers steps whose ends share much of their papers: a
    step costs minus the binary logarithm of Dice's coefficient and one bit for being a step, so
    that a way through what every paper names is long, as in the degree-weighted paths of Himmelstein
    and Baranzini (2015). ``through`` are the types that may stand in between, by default any. Paths
    without loops, in order, by the algorithm of Yen (1971), which is networkx' own. A name that
    nothing has raises :class:`~kgraph.errors.KgraphError`.

    >>> from kgraph.analytics.example import example_graph
    >>> found = paths(example_graph(), "LongText", "FPGA", limit=1)
    >>> found[["source_name", "target_name", "papers"]]
        source_name   target_name              papers
    0      LongText     attention  (paper/1, paper/3)
    1     attention  quantization  (paper/5, paper/6)
    2  quantization          FPGA  (paper/2, paper/4)
    """
    import networkx

    ends = [node_meant(graph, name) for name in (source, target)]
    found = incidence(graph)
    if through is not None:
        found = select(
            found,
            entities=numpy.isin(found.types, [*through]) | numpy.isin(found.entities, [end or "" for end in ends]),
        )
    columns = {entity: number for number, entity in enumerate(found.entities)}
    places = [columns.get(end or "") for end in ends]
    if None in places or places[0] == places[1]:
        return empty(_COLUMNS)
    linked = _linked(found)
    try:
        weight = "bits" if by == "telling" else None
        chains = list(islice(networkx.shortest_simple_paths(linked, *places, weight=weight), limit))
    except networkx.NetworkXNoPath:
        return empty(_COLUMNS)
    ranked = sorted(chains, key=lambda chain: (_cost(linked, chain, by), [found.entities[place] for place in chain]))
    return frame(
        _COLUMNS,
        (
            (rank, step, *_end(found, here), *_end(found, there), *_told(graph, found, linked, here, there))
            for rank, chain in enumerate(ranked, 1)
            for step, (here, there) in enumerate(pairwise(chain), 1)
        ),
    )


def _linked(found: Incidence) -> networkx.Graph:
    """Entities, by number, linked where a paper names both."""
    import networkx

    both = (found.matrix.T @ found.matrix).tocoo()
    kept = both.row < both.col
    rows, columns, together = both.row[kept], both.col[kept], both.data[kept]
    counts = numpy.asarray(found.matrix.sum(axis=0)).ravel()
    bits = -numpy.log2(2 * together / (counts[rows] + counts[columns]))
    linked = networkx.Graph()
    linked.add_nodes_from(range(len(found.entities)))
    linked.add_weighted_edges_from(
        zip(rows.tolist(), columns.tolist(), (1 + bits).tolist(), strict=True), weight="bits"
    )
    return linked


def _cost(linked: networkx.Graph, chain: list[int], by: str) -> float:
    """What the chain costs; of chains with as few steps the more telling comes first."""
    bits = round(math.fsum(linked[here][there]["bits"] for here, there in pairwise(chain)), 9)
    return bits if by == "telling" else len(chain) + bits / (1 + bits)


def _end(found: Incidence, place: int) -> tuple[str, str, str]:
    return found.entities[place], found.names[place], found.types[place]


def _told(
    graph: networkx.MultiDiGraph, found: Incidence, linked: networkx.Graph, here: int, there: int
) -> tuple[str, tuple[Any, ...], float]:
    ends = found.entities[here], found.entities[there]
    stated = [
        key
        for subject, object in (ends, ends[::-1])
        for key, data in (graph.get_edge_data(subject, object) or {}).items()
        if data["kind"] == "relation" and data["papers"]
    ]
    named = found.matrix[:, [here, there]].sum(axis=1)
    return joined(stated), tuple(found.papers[numpy.asarray(named).ravel() == 2]), linked[here][there]["bits"] - 1
