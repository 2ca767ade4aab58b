"""``python -m benchmarks.analytics``: how long each function takes on a build; what a back end of networkx brings."""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx

from kgraph import analytics
from kgraph.knowledge import load

NODES, EDGES = 100_000, 500_000
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "counts": analytics.counts,
    "top": analytics.top,
    "most_linked": analytics.most_linked,
    "most_measured": analytics.most_measured,
    "importance": analytics.importance,
    "communities": analytics.communities,
    "cooccurrence": analytics.cooccurrence,
    "projection: papers": lambda graph: analytics.projection(graph, "Paper"),
    "projection: methods × hardware": lambda graph: analytics.projection(graph, "Method", "Hardware"),
    "projection: methods via data sets": lambda graph: analytics.projection(graph, "Method", via="Dataset"),
    "similar: a method": lambda graph: analytics.similar(graph, analytics.top(graph, "Method").id[9]),
    "similar: a paper": lambda graph: analytics.similar(
        graph, next(node for node in graph if node.startswith("paper/"))
    ),
    "paths: telling": lambda graph: analytics.paths(graph, *_apart(graph)),
    "paths: shortest": lambda graph: analytics.paths(graph, *_apart(graph), by="shortest"),
    "adoption by month": lambda graph: analytics.adoption(graph, by="month"),
    "lifespans": analytics.lifespans,
    "newcomers": analytics.newcomers,
    "bursts": analytics.bursts,
    "matrix": analytics.matrix,
    "gaps": analytics.gaps,
    "predict": analytics.predict,
    "backtest": analytics.backtest,
    "claims": analytics.claims,
    "best": analytics.best,
    "speedups": analytics.speedups,
    "all of kgraph stats": analytics.summary,
}


def _apart(graph: Any) -> tuple[str, str]:
    """A method and a piece of hardware that many papers name, but few both."""
    return analytics.top(graph, "Hardware").id[3], analytics.top(graph, "Method").id[19]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processor time, which a busy machine does not change, and what came of it."""
    began = time.process_time()
    made = work()
    return time.process_time() - began, made


def functions(build: Path) -> list[str]:
    """A row a function: its seconds and the rows it gives; the graph is loaded before."""
    graph = load(build).nx
    rows = [f"{build.name}: {graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} edges\n"]
    rows += ["| function | seconds | rows |", "|---|---:|---:|"]
    for name, function in FUNCTIONS.items():
        seconds, table = timed(lambda function=function: function(graph))  # type: ignore[misc]
        rows.append(f"| {name} | {seconds:.2f} | {len(table):,} |")
    return rows


def back_ends() -> list[str]:
    """A row an algorithm and back end, on a random network: the first call, with the conversion, and the next."""
    graph = networkx.gnm_random_graph(NODES, EDGES, seed=1)
    algorithms: dict[str, Callable[..., Any]] = {
        "PageRank": networkx.pagerank,
        "betweenness, 2 sources": lambda graph, **options: networkx.betweenness_centrality(
            graph, k=2, seed=1, **options
        ),
        "Louvain": lambda graph, **options: networkx.community.louvain_communities(
            graph, seed=1, max_level=1, **options
        ),
    }
    rows = ["| algorithm | back end | first call | next |", "|---|---|---:|---:|"]
    for name, algorithm in algorithms.items():
        for back_end in ("networkx", *sorted(networkx.utils.backends.backends)):
            try:
                first, again = (timed(lambda: algorithm(graph, backend=back_end))[0] for _ in range(2))  # noqa: B023
                rows.append(f"| {name} | {back_end} | {first:.2f} s | {again:.2f} s |")
            except (NotImplementedError, ImportError, TypeError) as error:
                rows.append(f"| {name} | {back_end} | {type(error).__name__}: {str(error)[:60]} | |")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.analytics", description=__doc__)
    parser.add_argument("build", type=Path, nargs="*", default=[Path("exports")], help="folders of builds")
    parser.add_argument(
        "--back-ends", action="store_true", help="networkx' back ends instead, those that are installed"
    )
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore", "Note: conversions to backend graphs")  # that they are kept is what is measured
    if arguments.back_ends:
        print(f"{NODES:,} nodes and {EDGES:,} edges\n", *back_ends(), sep="\n")
        return
    for build in arguments.build:
        print(*functions(build), "", sep="\n")


if __name__ == "__main__":
    main()
