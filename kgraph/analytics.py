"""What a graph holds: functions of a networkx graph that give frozen rows, most first.

The graph is that of :func:`kgraph.graph.assemble`. Rows become a data frame as they are:
``pandas.DataFrame(top(graph))``. A graph without papers, dates or entities gives no rows, never an
exception; equal counts are ordered by id, so that one graph has one answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kgraph.ontology import load_ontology

if TYPE_CHECKING:
    import networkx

__all__ = [
    "Count",
    "Linked",
    "Measured",
    "Ranked",
    "Summary",
    "Trend",
    "Year",
    "counts",
    "most_linked",
    "most_measured",
    "papers_by_year",
    "summary",
    "top",
    "trends",
]


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of a name: of a ``node``'s kind or type, or of an edge's key, by the kind of the edge."""

    group: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entity and how many papers name it; ``proposed`` is how many of these introduce it."""

    id: str
    name: str
    type: str
    papers: int
    proposed: int


@dataclass(frozen=True, slots=True)
class Year:
    """How many papers are of a year."""

    year: int
    papers: int


@dataclass(frozen=True, slots=True)
class Trend:
    """How many papers of a year name an entity, and which share of that year's papers (0 to 1) they are."""

    id: str
    name: str
    type: str
    year: int
    papers: int
    share: float


@dataclass(frozen=True, slots=True)
class Linked:
    """An entity and with how many others papers state a relation of it."""

    id: str
    name: str
    type: str
    entities: int


@dataclass(frozen=True, slots=True)
class Measured:
    """A metric: how many results are stated in its terms, and in how many papers."""

    id: str
    name: str
    results: int
    papers: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What ``kgraph stats`` shows: every table, rankings and trends by type."""

    counts: list[Count]
    top: dict[str, list[Ranked]]
    years: list[Year]
    trends: dict[str, list[Trend]]
    linked: list[Linked]
    measured: list[Measured]


def summary(graph: networkx.MultiDiGraph, *, limit: int = 10) -> Summary:
    """All that this module counts, rankings no longer than the limit; trends of the entities that are ranked."""
    ranked = {type: top(graph, type, limit=limit) for type in load_ontology().types}
    shown = {row.id for rows in ranked.values() for row in rows}
    return Summary(
        counts(graph),
        ranked,
        papers_by_year(graph),
        {type: [row for row in trends(graph, type) if row.id in shown] for type in ranked},
        most_linked(graph, limit=limit),
        most_measured(graph, limit=limit),
    )


_GROUPS = ("node", "role", "relation", "broader", "result", "paper")


def counts(graph: networkx.MultiDiGraph) -> list[Count]:
    """How many nodes there are of each kind and type, and how many edges of each kind and key.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph()
    >>> graph.add_node("hardware/fpga", kind="entity", type="Hardware", label="FPGA", papers=3)
    >>> counts(graph)
    [Count(group='node', name='Hardware', count=1)]
    """
    found = Counter(("node", str(about.get("type", about["kind"]))) for _, about in graph.nodes(data=True))
    found.update((str(data["kind"]), str(key)) for _, _, key, data in graph.edges(keys=True, data=True))
    ordered = sorted(_most(found), key=lambda item: _GROUPS.index(item[0][0]))
    return [Count(group, name, count) for (group, name), count in ordered]


def top(graph: networkx.MultiDiGraph, type: str | None = None, *, limit: int | None = None) -> list[Ranked]:
    """The entities that most papers name, of one type or of all; those that no paper names are left out.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph()
    >>> graph.add_node("hardware/fpga", kind="entity", type="Hardware", label="FPGA", papers=3)
    >>> top(graph, "Hardware")
    [Ranked(id='hardware/fpga', name='FPGA', type='Hardware', papers=3, proposed=0)]
    """
    proposed = Counter(entity for _, entity, key in graph.edges(keys=True) if key == "proposes")
    named = {id: int(about["papers"]) for id, about in _entities(graph, type) if about["papers"]}
    return [
        Ranked(id, graph.nodes[id]["label"], graph.nodes[id]["type"], papers, proposed[id])
        for id, papers in _most(Counter(named))[:limit]
    ]


def papers_by_year(graph: networkx.MultiDiGraph) -> list[Year]:
    """How many papers each year has, in order; papers without a date are in none."""
    years = Counter(about["year"] for _, about in graph.nodes(data=True) if "year" in about)
    return [Year(year, years[year]) for year in sorted(years)]


def trends(graph: networkx.MultiDiGraph, type: str, *, limit: int | None = None) -> list[Trend]:
    """For the entities of a type that most dated papers name: papers and their share in each year.

    Every year that has papers is there for each entity, be it with none. Shares of few papers say
    little: mind the counts.
    """
    years = {year.year: year.papers for year in papers_by_year(graph)}
    named: dict[str, Counter[int]] = defaultdict(Counter)
    for paper, entity, data in graph.edges(data=True):
        if data["kind"] == "role" and "year" in graph.nodes[paper] and graph.nodes[entity]["type"] == type:
            named[entity][graph.nodes[paper]["year"]] += 1
    totals = Counter({entity: found.total() for entity, found in named.items()})
    return [
        Trend(id, graph.nodes[id]["label"], type, year, named[id][year], named[id][year] / papers)
        for id, _ in _most(totals)[:limit]
        for year, papers in years.items()
    ]


def most_linked(graph: networkx.MultiDiGraph, *, limit: int | None = None) -> list[Linked]:
    """The entities of which papers state relations with most others; what only vocabularies say does not count."""
    others: dict[str, set[str]] = defaultdict(set)
    for subject, object, data in graph.edges(data=True):
        if data["kind"] == "relation" and (data["papers"] or not data["vocabulary"]):
            others[subject].add(object)
            others[object].add(subject)
    sizes = Counter({id: len(found) for id, found in others.items()})
    return [Linked(id, graph.nodes[id]["label"], graph.nodes[id]["type"], size) for id, size in _most(sizes)[:limit]]


def most_measured(graph: networkx.MultiDiGraph, *, limit: int | None = None) -> list[Measured]:
    """The metrics in whose terms most results are stated."""
    results: Counter[str] = Counter()
    papers: dict[str, set[str]] = defaultdict(set)
    for result, metric, key in graph.edges(keys=True):
        if key == "metric":
            results[metric] += 1
            papers[metric].update(paper for _, paper, link in graph.out_edges(result, keys=True) if link == "inPaper")
    return [Measured(id, graph.nodes[id]["label"], count, len(papers[id])) for id, count in _most(results)[:limit]]


def _entities(graph: networkx.MultiDiGraph, type: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    for id, about in graph.nodes(data=True):
        if about["kind"] == "entity" and type in {None, about["type"]}:
            yield id, about


def _most(counter: Counter[Any]) -> list[tuple[Any, int]]:
    """Names and counts, the greatest first, then by name."""
    items: Iterable[tuple[Any, int]] = counter.items()
    return sorted(items, key=lambda item: (-item[1], item[0]))
