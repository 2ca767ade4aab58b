"""Which papers name which entities: the sparse matrix that most of the analytics begin with.

Rows are papers, columns entities, a cell is 1 where the paper names the entity, in whatever role.
Both are sorted by their nodes, so that one graph has one matrix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy

if TYPE_CHECKING:
    import networkx
    from scipy.sparse import csr_array

__all__ = ["Incidence", "ancestors", "idf", "incidence", "periods", "select"]

Names = numpy.ndarray[Any, numpy.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Incidence:
    """Papers × entities.

    ``papers`` and ``entities`` are nodes, ``names`` and ``types`` those of the entities, ``dates``
    ISO 8601 as exact as known and empty where not.
    """

    papers: Names
    dates: Names
    entities: Names
    names: Names
    types: Names
    matrix: csr_array

    def things(self, columns: Any) -> tuple[Names, Names, Names]:
        """Nodes, names and types of some entities, as the columns of a frame want them."""
        return self.entities[columns], self.names[columns], self.types[columns]


def incidence(
    graph: networkx.MultiDiGraph, types: str | Collection[str] | None = None, *, narrower: bool = False
) -> Incidence:
    """The incidence of a graph's papers and its entities of some types; of those that a paper names.

    With ``narrower`` a paper that names a thing names all that is above it too: an "NVIDIA A100"
    counts as a "GPU".

    >>> from kgraph.analytics.example import example_graph
    >>> found = incidence(example_graph(), "Hardware")
    >>> found.matrix.shape, list(found.names)
    ((6, 3), ['FPGA', 'GPU', 'NVIDIA A100'])
    """
    wanted = {types} if isinstance(types, str) else types
    papers = sorted(node for node, kind in graph.nodes(data="kind") if kind == "paper")
    rows = {paper: number for number, paper in enumerate(papers)}
    named = _named(graph, narrower=narrower)
    if wanted is not None:
        named = [(paper, entity) for paper, entity in named if graph.nodes[entity]["type"] in wanted]
    entities = sorted({entity for _, entity in named})
    columns = {entity: number for number, entity in enumerate(entities)}
    cells = [(rows[paper], columns[entity]) for paper, entity in named]
    return Incidence(
        _texts(papers),
        _texts(graph.nodes[paper].get("date", "") for paper in papers),
        _texts(entities),
        _texts(graph.nodes[entity]["label"] for entity in entities),
        _texts(graph.nodes[entity]["type"] for entity in entities),
        _matrix(cells, (len(papers), len(entities))),
    )


def select(found: Incidence, *, papers: Any = None, entities: Any = None) -> Incidence:
    """Some of the papers, some of the entities: by a mask or by their numbers."""
    rows = slice(None) if papers is None else papers
    columns = slice(None) if entities is None else entities
    matrix = found.matrix if papers is None else found.matrix[numpy.asarray(rows)]
    matrix = matrix if entities is None else matrix[:, numpy.asarray(columns)]
    return Incidence(
        found.papers[rows],
        found.dates[rows],
        found.entities[columns],
        found.names[columns],
        found.types[columns],
        matrix,
    )


def periods(found: Incidence, by: str) -> Names:
    """The year or month of each paper, empty where the date is not as exact as that.

    >>> from kgraph.analytics.example import example_graph
    >>> list(periods(incidence(example_graph()), "month"))[-2:]
    ['2025-02', '']
    """
    length = {"year": 4, "month": 7}.get(by)
    if length is None:
        raise ValueError(f"papers are counted by year or by month, not by {by!r}")
    return _texts(date[:length] if len(date) >= length else "" for date in found.dates)


def idf(matrix: csr_array) -> Any:
    """How much each column tells: the logarithm of rows over the rows that have it (Spärck Jones 1972)."""
    counts = numpy.asarray(matrix.sum(axis=0)).ravel()
    return numpy.log(max(matrix.shape[0], 1) / numpy.maximum(counts, 1))


def ancestors(graph: networkx.MultiDiGraph) -> dict[str, frozenset[str]]:
    """Whatever stands above each entity that has something above it, by ``broader``."""
    parents: dict[str, set[str]] = defaultdict(set)
    for entity, parent, key in graph.edges(keys=True):
        if key == "broader":
            parents[entity].add(parent)
    return {entity: frozenset(_closure(entity, parents)) for entity in list(parents)}


def _closure(entity: str, parents: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [entity]
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found - {entity}


def _named(graph: networkx.MultiDiGraph, *, narrower: bool) -> list[tuple[str, str]]:
    direct = {(paper, entity) for paper, entity, kind in graph.edges(data="kind") if kind == "role"}
    if not narrower:
        return sorted(direct)
    above = ancestors(graph)
    return sorted(direct | {(paper, parent) for paper, entity in direct for parent in above.get(entity, ())})


def _matrix(cells: Iterable[tuple[int, int]], shape: tuple[int, int]) -> csr_array:
    from scipy.sparse import csr_array

    listed = list(cells)
    rows, columns = zip(*listed, strict=True) if listed else ((), ())
    return csr_array((numpy.ones(len(listed)), (rows, columns)), shape=shape)


def _texts(values: Iterable[str] | Iterator[str]) -> Names:
    return numpy.array(list(values), dtype=object)
