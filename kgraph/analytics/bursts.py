"""Bursts: stretches of time in which papers suddenly name a thing more often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy

from kgraph.analytics.adoption import By, by_period, dated
from kgraph.analytics.frames import Column, frame, thing
from kgraph.analytics.incidence import select

if TYPE_CHECKING:
    import networkx
    import pandas

__all__ = ["bursts", "states"]

_COLUMNS = (
    *thing(),
    Column("start", "str", "the burst's first period"),
    Column("end", "str", "its last"),
    Column("weight", "float64", "how much better the burst explains the counts, in nats"),
    Column("papers", "int64", "how many papers name it within the burst"),
    Column("of", "int64", "how many papers the burst's periods have"),
    Column("usual", "float64", "the share of all dated papers that name it, 0 to 1"),
)
_CERTAIN = 0.9999  # a share that a state cannot exceed


def bursts(
    graph: networkx.MultiDiGraph,
    type: str | None = None,
    *,
    by: By = "month",
    scale: float = 2.0,
    gamma: float = 1.0,
    support: int = 3,
    limit: int | None = None,
    narrower: bool = False,
) -> pandas.DataFrame:
    """The bursts of the entities that at least ``support`` dated papers name, the weightiest first.

    The two-state automaton for batched arrivals of Kleinberg (2002, section 4): a paper of a
    period names the thing with its usual share, or with ``scale`` times that in a burst; entering
    a burst costs ``gamma`` × ln(number of periods). The likeliest sequence of states is found
    exactly.

    >>> from kgraph.analytics.example import example_graph
    >>> bursts(example_graph(), "Hardware", by="year", gamma=0.1)[["name", "start", "end", "papers", "of"]]
              name start   end  papers  of
    0  NVIDIA A100  2025  2025       1   1
    """
    found, dates = dated(graph, type, by, narrower=narrower)
    counts = numpy.asarray(found.matrix.sum(axis=0)).ravel()
    found = select(found, entities=counts >= support)
    named, of, known = by_period(found, dates)
    if not named.size:
        return frame(_COLUMNS, [])
    usual = named.sum(axis=1) / of.sum()
    bursting, gains = states(named, of, scale=scale, gamma=gamma)
    rows = []
    for entity, start, end in _stretches(bursting):
        weight = gains[entity, start : end + 1].sum()
        within = named[entity, start : end + 1].sum(), of[start : end + 1].sum()
        rows.append((*_thing(found, entity), known[start], known[end], weight, *within, usual[entity]))
    rows.sort(key=lambda row: (-round(row[5], 9), row[0], row[3]))
    return frame(_COLUMNS, rows[:limit])


def states(named: Any, of: Any, *, scale: float = 2.0, gamma: float = 1.0) -> tuple[Any, Any]:
    """Which periods are in a burst, for each row of counts; and by how much a burst explains each better, in nats.

    The states that minimise the negative log-likelihood of binomial counts plus what entering a
    burst costs (Viterbi 1967); at equal cost the usual state.

    >>> found, _ = states(numpy.array([[1, 1, 9, 8, 1]]), numpy.array([20, 20, 20, 20, 20]))
    >>> found.tolist()
    [[False, False, True, True, False]]
    """
    usual = numpy.clip(named.sum(axis=1, keepdims=True) / max(of.sum(), 1), 1e-12, _CERTAIN)
    raised = numpy.minimum(usual * scale, _CERTAIN)

    def cost(share: Any) -> Any:  # the binomial coefficient is the same in both states
        return -(named * numpy.log(share) + (of - named) * numpy.log1p(-share))

    costs = numpy.stack([cost(usual), cost(raised)])
    entering = gamma * numpy.log(max(len(of), 1))
    rows, length = named.shape
    best = numpy.zeros((2, rows))
    best[1] += entering  # an automaton begins in its usual state
    before = numpy.zeros((length, 2, rows), dtype=bool)
    for period in range(length):
        if period:
            came = best[0] + entering < best[1]  # into the burst: from the usual state?
            fell = best[1] < best[0]  # into the usual state: from the burst?
            best = numpy.stack([numpy.minimum(best[0], best[1]), numpy.minimum(best[0] + entering, best[1])])
            before[period, 0], before[period, 1] = fell, ~came
        best += costs[:, :, period]
    state = best[1] < best[0]
    found = numpy.zeros((rows, length), dtype=bool)
    for period in reversed(range(length)):
        found[:, period] = state
        state = numpy.where(state, before[period, 1], before[period, 0])
    return found, costs[0] - costs[1]


def _stretches(bursting: Any) -> list[tuple[int, int, int]]:
    """Row, first and last column of each run of True."""
    edges = numpy.diff(numpy.pad(bursting.astype(int), ((0, 0), (1, 1))), axis=1)
    starts, ends = numpy.argwhere(edges == 1), numpy.argwhere(edges == -1)
    return [(int(row), int(start), int(end) - 1) for (row, start), (_, end) in zip(starts, ends, strict=True)]


def _thing(found: Any, entity: int) -> tuple[Any, ...]:
    return tuple(values[entity] for values in (found.entities, found.names, found.types))
