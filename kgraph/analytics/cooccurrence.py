"""What is named together more often than chance has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy

from kgraph.analytics.frames import Column, empty, from_columns, thing
from kgraph.analytics.incidence import Incidence, incidence, select

if TYPE_CHECKING:
    import networkx
    import pandas

__all__ = ["cooccurrence"]

_COLUMNS = (
    *thing("source", "one entity"),
    *thing("target", "the other"),
    Column("papers", "int64", "how many papers name both: the support"),
    Column("expected", "float64", "how many would if the two had nothing to do with each other"),
    Column("lift", "float64", "papers over expected: 1 is chance"),
    Column("pmi", "float64", "the binary logarithm of the lift, in bits"),
    Column("npmi", "float64", "that, normalised: -1 never together, 0 chance, 1 never apart"),
    Column("surprise", "float64", "log-likelihood ratio of the pair (chi square, 1 degree); negative below chance"),
)


def cooccurrence(
    graph: networkx.MultiDiGraph,
    source: str | None = None,
    target: str | None = None,
    *,
    support: int = 2,
    limit: int | None = None,
    narrower: bool = False,
) -> pandas.DataFrame:
    """Pairs of entities that at least ``support`` papers name both, the most surprising first.

    ``source`` and ``target`` are types, None any; a pair of one type stands once. Raw counts rank
    what is frequent anyway and lift what is rare, so pairs are sorted by the log-likelihood ratio
    of Dunning (1993), which weighs both; the lift and the pointwise mutual information (Church
    and Hanks 1990; normalised: Bouma 2009) stand beside it.

    >>> from kgraph.analytics.example import example_graph
    >>> found = cooccurrence(example_graph(), "Hardware", "Dataset")
    >>> found[["source_name", "target_name", "papers", "lift"]]
       source_name   target_name  papers  lift
    0         FPGA  StreetScenes       2   3.0
    1  NVIDIA A100      LongText       2   2.0
    """
    types = None if source is None or target is None else {source, target}
    found = incidence(graph, types, narrower=narrower)
    counts = numpy.asarray(found.matrix.sum(axis=0)).ravel()
    found = select(found, entities=counts >= support)
    rows, columns, together = _pairs(found, source, target, support)
    if not len(rows):
        return empty(_COLUMNS)
    measures = association(together, counts[counts >= support], rows, columns, len(found.papers))
    order = numpy.lexsort((found.entities[columns], found.entities[rows], -measures["surprise"]))[:limit]
    ends = zip(("source", "target"), (found.things(rows[order]), found.things(columns[order])), strict=True)
    named = {
        name: values
        for end, (ids, names, kinds) in ends
        for name, values in ((end, ids), (f"{end}_name", names), (f"{end}_type", kinds))
    }
    return from_columns(
        _COLUMNS, named | {"papers": together[order]} | {name: value[order] for name, value in measures.items()}
    )


def association(together: Any, counts: Any, rows: Any, columns: Any, papers: int) -> dict[str, Any]:
    """The measures of pairs from how often both and each are named, among so many papers."""
    left, right = counts[rows], counts[columns]
    expected = left * right / papers
    lift = together / expected
    pmi = numpy.log2(lift)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        npmi = numpy.where(together == papers, 1.0, pmi / -numpy.log2(together / papers))
    return {
        "expected": expected,
        "lift": lift,
        "pmi": pmi,
        "npmi": npmi,
        "surprise": _log_likelihood_ratio(together, left, right, papers),
    }


def _log_likelihood_ratio(together: Any, left: Any, right: Any, papers: int) -> Any:
    """Dunning's G², with the sign of the association."""
    from scipy.special import xlogy

    cells = [
        (together, left * right),
        (left - together, left * (papers - right)),
        (right - together, (papers - left) * right),
        (papers - left - right + together, (papers - left) * (papers - right)),
    ]
    total = sum(xlogy(seen, seen * papers / numpy.maximum(product, 1)) for seen, product in cells)
    return numpy.sign(together * papers - left * right) * 2 * numpy.maximum(total, 0)


def _pairs(found: Incidence, source: str | None, target: str | None, support: int) -> tuple[Any, Any, Any]:
    """The pairs of columns with that support, and their papers: a pair of one type once, the lesser node first."""
    both = (found.matrix.T @ found.matrix).tocoo()
    rows, columns, together = both.row, both.col, both.data
    fits = _fits(found.types[rows], source) & _fits(found.types[columns], target)
    if source == target:
        fits &= rows < columns
    else:  # of a pair that fits both ways round one stands
        fits &= (rows != columns) & ~(
            (rows > columns) & _fits(found.types[rows], target) & _fits(found.types[columns], source)
        )
    kept = fits & (together >= support)
    return rows[kept], columns[kept], together[kept]


def _fits(types: Any, type: str | None) -> Any:
    return numpy.ones(len(types), dtype=bool) if type is None else types == type
