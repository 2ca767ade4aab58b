"""From any kind of thing to any kind: which are alike by what they share.

Papers are described by the entities they name, entities by the papers that name them or by what
these name beside. Each of these counts the more the fewer have it (inverse document frequency), so
that what everything shares makes nothing alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy

from kgraph.analytics.frames import Column, empty, from_columns, thing
from kgraph.analytics.incidence import Incidence, idf, incidence, select
from kgraph.analytics.naming import node_meant

if TYPE_CHECKING:
    import networkx
    import pandas

__all__ = ["PAPER", "company", "profiles", "projection", "similar"]

PAPER = "Paper"
"""What papers are called where a type is asked for."""

_COLUMNS = (
    *thing("source", "one of two that are alike"),
    *thing("target", "the other"),
    Column("shared", "int64", "how many papers, or things, both have"),
    Column("similarity", "float64", "cosine of what describes the two: 0 nothing shared, 1 the same"),
)
_SIMILAR = (
    *thing(what="what is alike"),
    Column("similarity", "float64", "cosine of what describes the two: 0 nothing shared, 1 the same"),
    Column("shared", "int64", "how many papers, or things, both have"),
    Column("by", "object", "the names of what makes them alike, that which weighs most first"),
)
_NAMED = 5  # of what makes two alike
_AT_ONCE = 512  # rows of a product held at a time


def projection(
    graph: networkx.MultiDiGraph,
    source: str,
    target: str | None = None,
    *,
    via: str | None = None,
    most: int = 10,
    support: int = 2,
    narrower: bool = False,
) -> pandas.DataFrame:
    """For each thing of a type the ``most`` things of another type (or its own) that it shares most with.

    Entities that fewer than ``support`` papers name are left out.

    Types are those of the ontology, or ``Paper``. ``via`` is what they share: ``Paper``, or a type
    of entity (methods *via* data sets: those that are named with the same data sets). By default
    it is papers between entities, and entities where papers are concerned. The weight is the
    cosine of idf-weighted vectors (Salton and Buckley 1988), never a raw count. As a network:
    ``networkx.from_pandas_edgelist(found, edge_attr="similarity")``.

    >>> from kgraph.analytics.example import example_graph
    >>> found = projection(example_graph(), "Method", "Hardware", most=1)
    >>> found[["source_name", "target_name", "shared"]].head(2)
      source_name  target_name  shared
    0    BoardNet         FPGA       2
    1    TileFlow  NVIDIA A100       3
    """
    found = _supported(graph, support, narrower=narrower)
    via = via or (PAPER if PAPER not in {source, target} else None)
    left, right = _described(graph, found, source, via), _described(graph, found, target or source, via)
    if not left.rows.shape[0] or not right.rows.shape[0]:
        return empty(_COLUMNS)
    rows, columns, weights = _best(left.rows, right.rows, most, same=target in {None, source})
    shared = _shared(left.rows, right.rows, rows, columns)
    order = numpy.lexsort((right.ids[columns], left.ids[rows], -shared, -weights))
    rows, columns = rows[order], columns[order]
    values = {
        "source": left.ids[rows],
        "source_name": left.names[rows],
        "source_type": left.types[rows],
        "target": right.ids[columns],
        "target_name": right.names[columns],
        "target_type": right.types[columns],
        "shared": shared[order],
        "similarity": weights[order],
    }
    return from_columns(_COLUMNS, values)


def similar(
    graph: networkx.MultiDiGraph,
    name: str,
    type: str | None = None,
    *,
    limit: int = 10,
    via: str | None = None,
    support: int = 2,
) -> pandas.DataFrame:
    """What is most like a paper or an entity, named by its key or label, of its own type or another.

    Papers are alike by the entities they name; entities by what is named beside them (``via`` a
    type of it, or ``Paper``). Of two entities that do the same, papers often name one: they are
    alike though they never meet. Others that fewer than ``support`` papers name are left out. An
    unknown name raises :class:`~kgraph.errors.KgraphError`.

    >>> from kgraph.analytics.example import example_graph
    >>> found = similar(example_graph(), "paper/1", limit=1)
    >>> found.name[0], found.by[0]
    ('TileFlow-2: our method', ('LongText', 'NVIDIA A100', 'TileFlow', 'attention'))
    """
    node = node_meant(graph, name)
    if node is None:
        return empty(_SIMILAR)
    own = graph.nodes[node].get("type", PAPER)
    found = _supported(graph, support, node=node)
    there = _described(graph, found, type or own, via)
    here = there if type in {None, own} else _described(graph, found, own, via)
    place = numpy.flatnonzero(here.ids == node)
    if not len(place):
        return empty(_SIMILAR)
    row = here.rows[place]
    weights = (there.rows @ row.T).toarray().ravel()
    weights[there.ids == node] = 0
    best = numpy.lexsort((there.ids, -weights.round(9)))[:limit]
    best = best[weights[best] > 0]
    reasons = [_reasons(row, there.rows[[number]], here.features) for number in best]
    values = {"id": there.ids[best], "name": there.names[best], "type": there.types[best], "similarity": weights[best]}
    more = {"shared": [len(names) for names in reasons], "by": [names[:_NAMED] for names in reasons]}
    return from_columns(_SIMILAR, values | more)


@dataclass(frozen=True, slots=True)
class _Described:
    """Things of one type, each with a row of unit length over the features that describe it."""

    ids: Any
    names: Any
    types: Any
    rows: Any
    features: Any


def _described(graph: networkx.MultiDiGraph, found: Incidence, type: str, via: str | None) -> _Described:
    from scipy.sparse import eye_array

    titles = numpy.array([graph.nodes[paper]["label"] for paper in found.papers], dtype=object)
    through = numpy.flatnonzero((found.types == via) | (via in {None, PAPER}))
    if type == PAPER:
        rows = eye_array(len(found.papers), format="csr") if via == PAPER else found.matrix[:, through]
        ids, names, types = found.papers, titles, numpy.full(len(titles), PAPER, dtype=object)
    else:
        own = numpy.flatnonzero(found.types == type)
        ids, names, types = found.things(own)
        rows = found.matrix[:, own].T.tocsr()
        rows = rows if via == PAPER else company(rows @ found.matrix[:, through], own, through)
    return _Described(ids, names, types, profiles(rows), titles if via == PAPER else found.names[through])


def _supported(graph: networkx.MultiDiGraph, support: int, *, narrower: bool = False, node: str = "") -> Incidence:
    """What fewer papers name has no company of its own to be known by."""
    found = incidence(graph, narrower=narrower)
    counts = numpy.asarray(found.matrix.sum(axis=0)).ravel()
    return select(found, entities=(counts >= support) | (found.entities == node))


def profiles(rows: Any) -> Any:
    """Rows of counts as unit vectors: the logarithm of each count, weighted by how few rows have the column.

    >>> from scipy.sparse import csr_array
    >>> profiles(csr_array([[1.0, 1.0], [0.0, 1.0]])).toarray()
    array([[1., 0.],
           [0., 0.]])
    """
    from scipy.sparse import diags_array

    matrix = rows.tocsr(copy=True)
    matrix.eliminate_zeros()
    present = matrix.sign()
    matrix.data = 1 + numpy.log(matrix.data)
    matrix = (matrix @ diags_array(idf(present))).tocsr()
    matrix.eliminate_zeros()
    lengths = numpy.sqrt(numpy.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (diags_array(1 / numpy.where(lengths > 0, lengths, 1)) @ matrix).tocsr()


def company(counts: Any, own: Any = None, through: Any = None) -> Any:
    """How often each thing is named beside others, without itself; ``own`` and ``through`` number rows and columns.

    >>> from scipy.sparse import csr_array
    >>> company(csr_array([[3.0, 1.0], [1.0, 2.0]])).toarray()
    array([[0., 1.],
           [1., 0.]])
    """
    from scipy.sparse import csr_array

    cells = counts.tocoo()
    rows = cells.row if own is None else own[cells.row]
    kept = rows != (cells.col if through is None else through[cells.col])
    return csr_array((cells.data[kept], (cells.row[kept], cells.col[kept])), shape=counts.shape)


def _best(left: Any, right: Any, most: int, *, same: bool) -> tuple[Any, Any, Any]:
    """For each row of the left the columns of the right with the greatest cosines, some rows at a time."""
    found: list[tuple[Any, Any, Any]] = []
    for start in range(0, left.shape[0], _AT_ONCE):
        block = (left[start : start + _AT_ONCE] @ right.T).toarray().round(9)
        if same:
            block[numpy.arange(len(block)), numpy.arange(start, start + len(block))] = 0
        least = numpy.partition(block, -min(most, block.shape[1]), axis=1)[:, -min(most, block.shape[1])]
        rows, columns = numpy.nonzero((block >= least[:, None]) & (block > 0))
        weights = block[rows, columns]
        rows += start
        order = numpy.lexsort((columns, -weights, rows))
        rows, columns, weights = rows[order], columns[order], weights[order]
        first = numpy.searchsorted(rows, rows, side="left")
        near = numpy.arange(len(rows)) - first < most
        found.append((rows[near], columns[near], weights[near]))
    rows, columns, weights = (numpy.concatenate(parts) for parts in zip(*found, strict=True))
    if same:  # either may have the other among its nearest: the pair stands once
        low, high = numpy.minimum(rows, columns), numpy.maximum(rows, columns)
        _, once = numpy.unique(low * right.shape[0] + high, return_index=True)
        rows, columns, weights = low[once], high[once], weights[once]
    return rows, columns, weights


def _shared(left: Any, right: Any, rows: Any, columns: Any) -> Any:
    both = left.sign()[rows].multiply(right.sign()[columns])
    return numpy.asarray(both.sum(axis=1)).ravel().astype(int)


def _reasons(row: Any, other: Any, features: Any) -> tuple[str, ...]:
    both = row.multiply(other).tocoo()
    order = numpy.lexsort((features[both.col], -both.data.round(9)))
    return tuple(features[both.col[order]])
