"""What a graph holds, counted: nodes and edges, what most papers name, years and trends.

The graph is that of :func:`kgraph.graph.assemble`. Equal counts are ordered by id, so that one
graph has one answer; a graph without papers, dates or entities gives tables without rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kgraph.analytics.frames import Column, frame, thing

if TYPE_CHECKING:
    import networkx
    import pandas

__all__ = ["counts", "most_linked", "most_measured", "papers_by_year", "top"]

_COUNTS = (
    Column("group", "str", "node, or the kind of an edge"),
    Column("name", "str", "the type or kind of a node, or the key of an edge"),
    Column("count", "int64", "how many there are"),
)
_TOP = (
    *thing(),
    Column("papers", "int64", "how many papers name it"),
    Column("proposed", "int64", "how many of these introduce it"),
)
_YEARS = (Column("year", "int64", "the year"), Column("papers", "int64", "how many papers are of it"))
_LINKED = (*thing(), Column("entities", "int64", "with how many others papers state a relation of it"))
_MEASURED = (
    *thing(what="the metric")[:2],
    Column("results", "int64", "how many results are stated in its terms"),
    Column("papers", "int64", "in how many papers"),
)

_GROUPS = ("node", "role", "relation", "broader", "result", "paper")


def counts(graph: networkx.MultiDiGraph) -> pandas.DataFrame:
    """How many nodes there are of each kind and type, and how many edges of each kind and key.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph()
    >>> graph.add_node("hardware/fpga", kind="entity", type="Hardware", label="FPGA", papers=3)
    >>> counts(graph)
      group      name  count
    0  node  Hardware      1
    """
    found = Counter(("node", str(about.get("type", about["kind"]))) for _, about in graph.nodes(data=True))
    found.update((str(data["kind"]), str(key)) for _, _, key, data in graph.edges(keys=True, data=True))
    ordered = sorted(_most(found), key=lambda item: _GROUPS.index(item[0][0]))
    return frame(_COUNTS, ((group, name, count) for (group, name), count in ordered))


def top(graph: networkx.MultiDiGraph, type: str | None = None, *, limit: int | None = None) -> pandas.DataFrame:
    """The entities that most papers name, of one type or of all; those that no paper names are left out.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph()
    >>> graph.add_node("hardware/fpga", kind="entity", type="Hardware", label="FPGA", papers=3)
    >>> top(graph, "Hardware")
                  id  name      type  papers  proposed
    0  hardware/fpga  FPGA  Hardware       3         0
    """
    proposed = Counter(entity for _, entity, key in graph.edges(keys=True) if key == "proposes")
    named = {id: int(about["papers"]) for id, about in _entities(graph, type) if about["papers"]}
    ranked = _most(Counter(named))[:limit]
    return frame(_TOP, ((*_thing(graph, id), papers, proposed[id]) for id, papers in ranked))


def papers_by_year(graph: networkx.MultiDiGraph) -> pandas.DataFrame:
    """How many papers each year has, in order; papers without a date are in none.

    >>> from kgraph.analytics.example import example_graph
    >>> papers_by_year(example_graph())
       year  papers
    0  2023       2
    1  2024       2
    2  2025       1
    """
    years = Counter(about["year"] for _, about in graph.nodes(data=True) if "year" in about)
    return frame(_YEARS, sorted(years.items()))


def most_linked(graph: networkx.MultiDiGraph, *, limit: int | None = None) -> pandas.DataFrame:
    """The entities of which papers state relations with most others; what only vocabularies say does not count.

    >>> from kgraph.analytics.example import example_graph
    >>> most_linked(example_graph(), limit=2)[["name", "entities"]]
              name  entities
    0  NVIDIA A100         3
    1     TileFlow         3
    """
    others: dict[str, set[str]] = defaultdict(set)
    for subject, object, data in graph.edges(data=True):
        if data["kind"] == "relation" and (data["papers"] or not data["vocabulary"]):
            others[subject].add(object)
            others[object].add(subject)
    sizes = Counter({id: len(found) for id, found in others.items()})
    return frame(_LINKED, ((*_thing(graph, id), size) for id, size in _most(sizes)[:limit]))


def most_measured(graph: networkx.MultiDiGraph, *, limit: int | None = None) -> pandas.DataFrame:
    """The metrics in whose terms most results are stated.

    >>> from kgraph.analytics.example import example_graph
    >>> most_measured(example_graph(), limit=1)[["name", "results", "papers"]]
          name  results  papers
    0  speedup        3       3
    """
    results: Counter[str] = Counter()
    papers: dict[str, set[str]] = defaultdict(set)
    for result, metric, key in graph.edges(keys=True):
        if key == "metric":
            results[metric] += 1
            papers[metric].update(paper for _, paper, link in graph.out_edges(result, keys=True) if link == "inPaper")
    return frame(
        _MEASURED,
        ((id, graph.nodes[id]["label"], count, len(papers[id])) for id, count in _most(results)[:limit]),
    )


def _entities(graph: networkx.MultiDiGraph, type: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    for id, about in graph.nodes(data=True):
        if about["kind"] == "entity" and type in {None, about["type"]}:
            yield id, about


def _thing(graph: networkx.MultiDiGraph, id: str) -> tuple[str, str, str]:
    about = graph.nodes[id]
    return id, about["label"], about["type"]


def _most(counter: Counter[Any]) -> list[tuple[Any, int]]:
    """Names and counts, the greatest first, then by name."""
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))
