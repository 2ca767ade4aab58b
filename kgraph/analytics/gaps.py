"""What has been tried with what, and what has not: the matrix of methods × data sets × hardware and its empty cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy

from kgraph.analytics.frames import Column, empty, frame, from_columns
from kgraph.analytics.incidence import Incidence, incidence, select
from kgraph.analytics.projections import company, profiles

if TYPE_CHECKING:
    import networkx
    import pandas

__all__ = ["AXES", "gaps", "matrix"]

AXES = ("Method", "Dataset", "Hardware")
"""The types whose matrix is asked for where no others are named."""

_NEIGHBOURS = 10
_DOUBT = 0.5  # likeness that speaks for nothing: one distant neighbour is no majority
_NAMED = 3  # neighbours that are told of

Cell = tuple[int, ...]


def matrix(
    graph: networkx.MultiDiGraph, axes: Sequence[str] = AXES, *, support: int = 2, narrower: bool = False
) -> pandas.DataFrame:
    """The cells that papers fill: combinations of an entity of each type that a paper names, the fullest first.

    Entities that fewer than ``support`` papers name are left out. The columns are those of the
    types in lower case, each with its ``_name``, then ``papers`` and their nodes ``in_papers``.

    >>> from kgraph.analytics.example import example_graph
    >>> found = matrix(example_graph())
    >>> found[["method_name", "dataset_name", "hardware_name", "papers"]].head(2)
      method_name  dataset_name hardware_name  papers
    0   attention      LongText   NVIDIA A100       2
    1    BoardNet  StreetScenes          FPGA       2
    """
    columns = _columns(axes, Column("papers", "int64", "how many papers name all of them"))
    columns += (Column("in_papers", "object", "nodes of these papers, sorted"),)
    found = _supported(graph, axes, support, narrower=narrower)
    filled = _filled(found, axes)
    ranked = sorted(filled, key=lambda cell: (-len(filled[cell]), [found.entities[place] for place in cell]))
    rows = ((*_told(found, cell), len(filled[cell]), tuple(found.papers[filled[cell]])) for cell in ranked)
    return frame(columns, rows)


def gaps(
    graph: networkx.MultiDiGraph,
    axes: Sequence[str] = AXES,
    *,
    support: int = 3,
    limit: int | None = 20,
    narrower: bool = False,
) -> pandas.DataFrame:
    """Empty cells of the matrix that their neighbours suggest, the likeliest first.

    A cell's neighbours along an axis are the cells of the ten things most like its own (by what is
    named beside them); its score there is the share of their likeness whose cell is filled, as in
    item-based collaborative filtering (Sarwar et al. 2001), shrunk where they are little alike; its
    score is the mean over the axes.
    A suggestion, no prophecy: what is unlikely to work is empty too. Deterministic; the cost grows
    with the filled cells times thirty.

    >>> from kgraph.analytics.example import example_graph
    >>> found = gaps(example_graph(), ("Method", "Hardware"), support=2)
    >>> found[["method_name", "hardware_name"]].head(1)
      method_name hardware_name
    0    BoardNet   NVIDIA A100
    """
    names = [axis.lower() for axis in axes]
    columns = (
        *_columns(axes, Column("score", "float64", "mean of what follows, 0 to 1")),
        *(Column(f"by_{name}", "float64", f"share of like {name} cells that are filled") for name in names),
        Column("because", "object", "the things most like these whose cells are filled"),
    )
    found = _supported(graph, axes, support, narrower=narrower)
    filled = _filled(found, axes)
    if not filled:
        return empty(columns)
    cells = numpy.array(sorted(filled))
    near = _neighbours(found)
    known = _keys(cells, len(found.entities))
    candidates, votes = _votes(cells, near, len(found.entities))
    new = ~numpy.isin(candidates, known)
    candidates, votes = candidates[new], votes[new]
    scores = votes.mean(axis=1).round(9)
    order = numpy.lexsort((candidates, -scores))[:limit]
    chosen = [_cell(key, len(axes), len(found.entities)) for key in candidates[order]]
    values: dict[str, Any] = {column.name: [] for column in columns}
    for cell in chosen:
        for name, told in zip(values, _told(found, cell), strict=False):
            values[name].append(told)
    values["score"] = scores[order]
    values |= {f"by_{name}": votes[order, axis] for axis, name in enumerate(names)}
    values["because"] = [_because(found, cell, filled, near) for cell in chosen]
    return from_columns(columns, values)


def _columns(axes: Sequence[str], last: Column) -> tuple[Column, ...]:
    named = (
        column
        for axis in axes
        for column in (
            Column(axis.lower(), "str", f"the {axis.lower()}: its node"),
            Column(f"{axis.lower()}_name", "str", "its label"),
        )
    )
    return (*named, last)


def _told(found: Incidence, cell: Cell) -> list[str]:
    return [text for place in cell for text in (found.entities[place], found.names[place])]


def _supported(graph: networkx.MultiDiGraph, axes: Sequence[str], support: int, *, narrower: bool) -> Incidence:
    found = incidence(graph, {*axes}, narrower=narrower)
    return select(found, entities=numpy.asarray(found.matrix.sum(axis=0)).ravel() >= support)


def _filled(found: Incidence, axes: Sequence[str]) -> dict[Cell, list[int]]:
    """The papers, by number, of each cell; a cell is an entity's number for each axis."""
    filled: dict[Cell, list[int]] = {}
    for paper in range(len(found.papers)):
        named = found.matrix.indices[found.matrix.indptr[paper] : found.matrix.indptr[paper + 1]]
        sides = [sorted(int(place) for place in named if found.types[place] == axis) for axis in axes]
        for cell in product(*sides):
            if len({*cell}) == len(cell):
                filled.setdefault(cell, []).append(paper)
    return filled


def _neighbours(found: Incidence) -> list[list[tuple[int, float]]]:
    """The things of its own type that are most like each, with their likeness."""
    rows = profiles(company(found.matrix.T @ found.matrix))
    near: list[list[tuple[int, float]]] = [[] for _ in found.entities]
    for type in sorted({*found.types}):
        own = numpy.flatnonzero(found.types == type)
        alike = (rows[own] @ rows[own].T).toarray().round(9)
        numpy.fill_diagonal(alike, 0)
        best = numpy.argsort(-alike, axis=1, kind="stable")[:, :_NEIGHBOURS]
        for place, row in enumerate(best):
            near[own[place]] = [(int(own[other]), float(alike[place, other])) for other in row if alike[place, other]]
    return near


def _votes(cells: Any, near: list[list[tuple[int, float]]], entities: int) -> tuple[Any, Any]:
    """Each cell that has a filled neighbour, as a key, and the share of likeness that speaks for it on each axis."""
    axes = cells.shape[1]
    reached: list[list[tuple[int, int, float]]] = [[] for _ in near]  # who has me as a neighbour, out of how much
    for thing, others in enumerate(near):
        total = _DOUBT + sum(likeness for _, likeness in others)
        for other, likeness in others:
            reached[other].append((thing, other, likeness / total))
    keys: list[Any] = []
    places: list[Any] = []
    weights: list[Any] = []
    for axis in range(axes):
        for cell in cells:
            if by := reached[cell[axis]]:
                moved = numpy.repeat(cell[None, :], len(by), axis=0)
                moved[:, axis] = [thing for thing, _, _ in by]
                keys.append(_keys(moved, entities))
                places.append(numpy.full(len(by), axis))
                weights.append(numpy.array([share for _, _, share in by]))
    if not keys:
        return numpy.zeros(0, dtype=numpy.int64), numpy.zeros((0, axes))
    candidates, inverse = numpy.unique(numpy.concatenate(keys), return_inverse=True)
    votes = numpy.zeros((len(candidates), axes))
    numpy.add.at(votes, (inverse, numpy.concatenate(places)), numpy.concatenate(weights))
    distinct = numpy.array([len({*_cell(key, axes, entities)}) == axes for key in candidates], dtype=bool)
    return candidates[distinct], votes[distinct]


def _keys(cells: Any, entities: int) -> Any:
    """A number for each cell: its places as digits."""
    keys = numpy.zeros(len(cells), dtype=numpy.int64)
    for axis in range(cells.shape[1]):
        keys = keys * entities + cells[:, axis]
    return keys


def _cell(key: int, axes: int, entities: int) -> Cell:
    places: list[int] = []
    for _ in range(axes):
        key, place = divmod(int(key), entities)
        places.append(place)
    return tuple(reversed(places))


def _because(
    found: Incidence, cell: Cell, filled: dict[Cell, list[int]], near: list[list[tuple[int, float]]]
) -> tuple[str, ...]:
    """The names of the likest neighbours whose cells are filled, over all axes."""
    reasons = [
        (-likeness, found.names[other])
        for axis, place in enumerate(cell)
        for other, likeness in near[place]
        if (*cell[:axis], other, *cell[axis + 1 :]) in filled
    ]
    return tuple(dict.fromkeys(name for _, name in sorted(reasons)))[:_NAMED]
