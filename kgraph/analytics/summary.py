"""The tables that ``kgraph stats`` shows, by name: one call for each, or for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.analytics.adoption import adoption, newcomers
from kgraph.analytics.bursts import bursts
from kgraph.analytics.claims import best, speedups
from kgraph.analytics.communities import communities, community_sizes
from kgraph.analytics.cooccurrence import cooccurrence
from kgraph.analytics.counts import counts, most_linked, most_measured, papers_by_year, top
from kgraph.analytics.gaps import gaps
from kgraph.analytics.importance import importance
from kgraph.analytics.prediction import backtest, predict
from kgraph.ontology import load_ontology

if TYPE_CHECKING:
    import networkx
    import pandas

__all__ = ["SECTIONS", "Section", "summary"]


@dataclass(frozen=True, slots=True)
class Section:
    """A table: what it shows, and what makes it of a graph, for a type (None: all), with so many rows.

    Some tables have no type of their own: they are the same for any.

    ``overview`` tells whether it is among those shown when none is named.
    """

    title: str
    make: Callable[[networkx.MultiDiGraph, str | None, int], pandas.DataFrame]
    overview: bool = True


def summary(
    graph: networkx.MultiDiGraph, sections: Iterable[str] = (), *, type: str | None = None, limit: int = 10
) -> dict[str, pandas.DataFrame]:
    """The sections named, or those of the overview, rankings no longer than the limit.

    >>> from kgraph.analytics.example import example_graph
    >>> found = summary(example_graph(), ["top", "newcomers"], type="Hardware")
    >>> found["top"].name.tolist(), len(found["newcomers"])
    (['NVIDIA A100', 'FPGA', 'GPU'], 0)
    """
    chosen = [*sections] or [name for name, section in SECTIONS.items() if section.overview]
    return {name: SECTIONS[name].make(graph, type, limit) for name in chosen}


def _top(graph: networkx.MultiDiGraph, type: str | None, limit: int) -> pandas.DataFrame:
    """The top of each type, in the ontology's order."""
    ranks = {name: rank for rank, name in enumerate(load_ontology().types)}
    found = top(graph, type).groupby("type", sort=False).head(limit)
    return found.sort_values("type", key=lambda types: types.map(ranks), kind="stable", ignore_index=True)


def _trends(graph: networkx.MultiDiGraph, type: str | None, limit: int) -> pandas.DataFrame:
    """The yearly shares of what is at the top of each type."""
    return adoption(graph, type, names=_top(graph, type, limit).id)


def _gaps(graph: networkx.MultiDiGraph, type: str | None, limit: int) -> pandas.DataFrame:
    """Methods × hardware, kinds of it too: of three axes few cells are filled in a small corpus."""
    other = type if type not in {None, "Method"} else "Hardware"
    return gaps(graph, ("Method", str(other)), limit=limit, narrower=True)


def _predictions(graph: networkx.MultiDiGraph, type: str | None, limit: int) -> pandas.DataFrame:
    return predict(graph, "Method", type or "Dataset", limit=limit)


SECTIONS = {
    "counts": Section("How much there is", lambda graph, *_: counts(graph)),
    "top": Section("Named by most papers", _top),
    "trends": Section("By which share of each year's papers", _trends),
    "years": Section("Papers by year", lambda graph, *_: papers_by_year(graph)),
    "linked": Section("In relation with most", lambda graph, _, limit: most_linked(graph, limit=limit)),
    "measured": Section("Metrics of results", lambda graph, _, limit: most_measured(graph, limit=limit)),
    "communities": Section(
        "What belongs together", lambda graph, _, limit: community_sizes(communities(graph)).head(limit)
    ),
    "cooccurrence": Section(
        "Named together more often than chance has it",
        lambda graph, type, limit: cooccurrence(graph, type, limit=limit),
    ),
    "bursts": Section("Suddenly named more often", lambda graph, type, limit: bursts(graph, type, limit=limit)),
    "newcomers": Section("New in the last year", lambda graph, type, limit: newcomers(graph, type).head(limit)),
    "gaps": Section("Not tried together yet, though their like are", _gaps),
    "speedups": Section("Speed-ups by hardware, times", lambda graph, _, limit: speedups(graph).head(limit)),
    "best": Section("The best claim of each kind", lambda graph, _, limit: best(graph, limit=limit)),
    "importance": Section(
        "Most central", lambda graph, type, limit: importance(graph, type, limit=limit), overview=False
    ),
    "predictions": Section("Likely to be named together next", _predictions, overview=False),
    "backtest": Section(
        "How well that would have been told from earlier papers",
        lambda graph, type, _: backtest(graph, "Method", type or "Dataset"),
        overview=False,
    ),
}
"""Every section by its name, in the order in which they are shown."""
