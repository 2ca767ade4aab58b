"""What a picture shows of a graph and what its page can tell, apart from who draws it.

A picture of every node of a large graph says nothing, so three circles are drawn: the whole
graph, the part that the page can *tell* (search, panel, sentences), and the part that it *draws*.
Drawn are the entities that most papers name and the papers that link most of the rarer ones among
them; what nearly every paper names ("GPU") stands in the middle, its links only on request.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kgraph.exporters.layout import Layout, Region, arrange
from kgraph.graph import Attributes, Graph, facts, members, results, vocabulary_facts
from kgraph.rdf.terms import term
from kgraph.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from networkx import MultiDiGraph

    from kgraph.ontology import Ontology, Property

__all__ = ["PAPER", "Scene", "compose"]

PAPER = "Paper"
"""The type of the nodes that are papers, beside the ontology's types of entities."""

_SHARE_OF_ENTITIES = 0.6
_HUB_SHARE = 0.06  # named by more than this share of the papers, an entity hardly tells them apart
_HUB_LEAST = 5
_LINKS_DRAWN = 3  # a node: its strongest; the others show when it is chosen
_LINKS_WEIGHED = 8  # a node: its strongest, which is enough to tell where it belongs
_SPEAKS = {
    "Task": 2.0,
    "Method": 1.5,
    "Hardware": 1.2,
    "Dataset": 1.0,
    "Software": 1.0,
    "Metric": 0.4,
    "Organization": 0.3,
}
_LONGEST_NAME = 30

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing and all that can be told beside it; nodes are known by their number.

    ``nodes`` are JSON objects, of which the first ``drawn`` stand in the picture, with a place
    in ``layout`` and a radius in ``radii`` each. ``edges`` are drawn; they are not directed, since
    two nodes have one line however many facts it stands for. ``links`` are
    (subject, object, predicate, papers, score, vocabulary) between entities; the links of papers
    and of results stand in the papers' own objects. ``names`` are those of the regions, ``hubs``
    what nearly every paper names. ``totals`` counts the whole graph.
    """

    nodes: tuple[dict[str, Any], ...]
    drawn: int
    radii: tuple[float, ...]
    layout: Layout
    edges: tuple[Pair, ...]
    links: tuple[tuple[int, int, str, int, float, bool], ...]
    totals: dict[str, int]
    names: tuple[str, ...] = ()
    hubs: frozenset[int] = frozenset()


def compose(graph: Graph, *, ontology: Ontology, nodes: int = 700, papers: int = 1000, seed: int = 1) -> Scene:
    """The scene of a graph with at most that many nodes drawn and papers told.

    A smaller graph is drawn whole.

    >>> from kgraph.graph import assemble
    >>> from kgraph.model import Annotation, Entity, Mention, Paper
    >>> from kgraph.ontology import load_ontology
    >>> from kgraph.vocabulary import Vocabulary
    >>> entity = Entity("FPGA", "Hardware", "runsOn", 0.9, (Mention(0, 4, "FPGA"),))
    >>> annotation = Annotation(Paper("1", "FPGA it is", "Nothing else."), (entity,))
    >>> graph = assemble([annotation], ontology=load_ontology(), vocabulary=Vocabulary())
    >>> scene = compose(graph, ontology=load_ontology())
    >>> [node["name"] for node in scene.nodes], scene.drawn, scene.edges
    (['FPGA', 'FPGA it is'], 2, ((0, 1),))
    """
    network = graph.nx
    everything = list(_nodes(network))
    drawn = sorted(everything) if len(everything) <= nodes else _choose(network, everything, nodes, ontology)
    weights = _weights(network, drawn, ontology)
    count = sum(1 for node in everything if _is_paper(network, node))
    core = _hubs(network, drawn, papers=count)
    radii = _radii(network, drawn)
    numbers, told = _tell(graph, drawn, papers, ontology)
    layout = arrange(radii, _strongest(weights, frozenset(), _LINKS_WEIGHED), core=core, seed=seed)
    return Scene(
        nodes=told,
        drawn=len(drawn),
        radii=radii,
        layout=layout,
        edges=tuple(_strongest(weights, core, _LINKS_DRAWN)),
        links=tuple(_links(network, numbers)),
        totals={"papers": count, "nodes": len(everything)},
        names=tuple(_name(region, told, core) for region in layout.regions),
        hubs=core,
    )


def _nodes(network: MultiDiGraph) -> Iterator[str]:
    """Papers and entities; a result is told with its paper."""
    return (node for node, kind in network.nodes(data="kind") if kind != "result")


def _is_paper(network: MultiDiGraph, node: str) -> bool:
    return bool(network.nodes[node]["kind"] == "paper")


def _choose(network: MultiDiGraph, everything: list[str], limit: int, ontology: Ontology) -> list[str]:
    """The entities that most papers name and the papers that link most of the rarer ones; none without a link."""
    papers = [node for node in everything if _is_paper(network, node)]
    entities = sorted(
        (node for node in everything if not _is_paper(network, node)),
        key=lambda node: (-network.nodes[node]["papers"], -network.degree(node), node),
    )
    room = max(round(limit * _SHARE_OF_ENTITIES), limit - len(papers))
    chosen = {*entities[:room]}

    def links(paper: str) -> float:
        named = sorted(entity for entity in network[paper] if entity in chosen)
        return sum(1 / math.log2(2 + network.nodes[entity]["papers"]) for entity in named)

    best = sorted(papers, key=lambda paper: (-links(paper), paper))
    drawn = sorted(chosen) + sorted(best[: limit - len(chosen)])
    linked = {number for pair in _weights(network, drawn, ontology) for number in pair}
    return [node for number, node in enumerate(drawn) if number in linked]


def _weights(network: MultiDiGraph, drawn: list[str], ontology: Ontology) -> dict[Pair, float]:
    """How strongly drawn nodes belong together.

    A stronger role weighs more, and a link of a node with many weighs less: association
    strength (van Eck and Waltman 2009), tempered so that hubs stay in reach.
    """
    places = {node: number for number, node in enumerate(drawn)}
    rank = {role: number for number, role in enumerate(ontology.roles)}
    weights: dict[Pair, float] = defaultdict(float)
    for subject, object, predicate, edge in network.edges(keys=True, data=True):
        ends = [(subject, object)] if edge["kind"] != "result" else []
        if predicate == "resultOf":
            ends = [(object, metric) for _, metric, key in network.out_edges(subject, keys=True) if key == "metric"]
        for left, right in ends:
            if left in places and right in places and left != right:
                pair = (min(places[left], places[right]), max(places[left], places[right]))
                weights[pair] += 3 / (3 + rank.get(predicate, 2))
    degree: dict[int, int] = defaultdict(int)
    for left, right in weights:
        degree[left] += 1
        degree[right] += 1
    return {pair: weight / (degree[pair[0]] * degree[pair[1]]) ** 0.75 for pair, weight in sorted(weights.items())}


def _hubs(network: MultiDiGraph, drawn: list[str], *, papers: int) -> frozenset[int]:
    bound = max(_HUB_LEAST, math.sqrt(papers), papers * _HUB_SHARE)
    return frozenset(number for number, node in enumerate(drawn) if network.nodes[node].get("papers", 0) > bound)


def _radii(network: MultiDiGraph, drawn: list[str]) -> tuple[float, ...]:
    """By the root of the number of papers, so that areas compare."""
    most = max((network.nodes[node].get("papers", 0) for node in drawn), default=0)
    return tuple(
        5.0 if _is_paper(network, node) else round(6 + 16 * math.sqrt(network.nodes[node]["papers"] / max(most, 16)), 1)
        for node in drawn
    )


def _strongest(weights: dict[Pair, float], core: frozenset[int], most: int) -> dict[Pair, float]:
    """The few strongest links of each node; those of the core only among themselves."""
    best: dict[int, list[tuple[float, Pair]]] = defaultdict(list)
    for pair, weight in weights.items():
        if len(core & {*pair}) != 1:
            for node in pair:
                best[node].append((-weight, pair))
    kept = sorted({pair for ranked in best.values() for _, pair in sorted(ranked)[:most]})
    return {pair: weights[pair] for pair in kept}


def _name(region: Region, told: tuple[dict[str, Any], ...], core: frozenset[int]) -> str:
    """What a community is called: its one or two entities that say most and that most papers name."""
    if core and core <= {*region.members}:
        return "Named throughout"
    entities = [told[node] for node in region.members if told[node]["type"] != PAPER and told[node]["papers"]]
    weight = {node["id"]: math.log1p(node["papers"]) * _SPEAKS.get(node["type"], 0.3) for node in entities}
    best = sorted(entities, key=lambda node: (-weight[node["id"]], node["id"]))[:2]
    if len(best) == 2 and weight[best[1]["id"]] < weight[best[0]["id"]] / 2:
        best.pop()
    return " · ".join(shortened(" ".join(node["name"].split()), _LONGEST_NAME) for node in best)


def _tell(
    graph: Graph, drawn: list[str], papers: int, ontology: Ontology
) -> tuple[dict[str, int], tuple[dict[str, Any], ...]]:
    """The numbers of all nodes that can be told, the drawn ones first, and their objects."""
    network = graph.nx
    told = drawn + sorted(_reached(network, _told_papers(network, drawn, papers)) - {*drawn})
    numbers = {node: number for number, node in enumerate(told)}
    objects = {
        node: _paper(about, node) if about["kind"] == "paper" else _entity(about, node, ontology.properties)
        for node in told
        for about in [network.nodes[node]]
    }
    _tell_contents(graph, {node: about for node, about in objects.items() if about["type"] == PAPER}, numbers)
    return numbers, tuple(objects.values())


def _told_papers(network: MultiDiGraph, drawn: list[str], limit: int) -> list[str]:
    """The drawn papers and, while there is room, those with the most links."""
    own = [node for node in drawn if _is_paper(network, node)]
    others = sorted(
        {node for node in _nodes(network) if _is_paper(network, node)} - {*own}, key=lambda n: (-network.degree(n), n)
    )
    return own + others[: max(0, limit - len(own))]


def _reached(network: MultiDiGraph, papers: Iterable[str]) -> set[str]:
    """The papers, what they name, and what the vocabularies put above it."""
    reached = set(papers)
    results = (result for paper in papers for result, _, key in network.in_edges(paper, keys=True) if key == "inPaper")
    waiting = [node for source in (*papers, *results) for node in network[source]]
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += [other for _, other, known in network.out_edges(node, data="vocabulary") if known]
    return reached


def _links(network: MultiDiGraph, numbers: dict[str, int]) -> Iterator[tuple[int, int, str, int, float, bool]]:
    for subject, object, predicate, edge in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        if edge["kind"] in {"relation", "broader"} and subject in numbers and object in numbers:
            score = round(edge["score"], 2)
            yield numbers[subject], numbers[object], predicate, edge["papers"], score, edge["vocabulary"]


def _entity(about: Attributes, node: str, properties: dict[str, Property]) -> dict[str, Any]:
    """An entity as an object; each fact as its property, its value and that as Turtle writes it."""
    told = {"id": node, "type": about["type"], "name": about["label"], "papers": about["papers"]}
    if "aliases" in about:  # those that differ by more than their case
        spelled = {alias.casefold(): alias for alias in reversed(members(about["aliases"]))}
        told["aliases"] = sorted(spelled[key] for key in spelled.keys() - {about["label"].casefold()})
    if "links" in about:
        told["links"] = members(about["links"])
    facts = [
        (name, str(value).removesuffix(".0"), str(term(value, properties.get(name))))
        for name, value in vocabulary_facts(about)
    ]
    return told | ({"facts": facts} if facts else {})


def _paper(about: Attributes, node: str) -> dict[str, Any]:
    told = {"id": node, "type": PAPER, "name": about["label"], "abstract": about["abstract"]}
    told |= {name: about[name] for name in ("date", "authors", "organization") if name in about}
    return told | {"entities": [], "relations": [], "results": []}


def _tell_contents(graph: Graph, told: dict[str, dict[str, Any]], numbers: dict[str, int]) -> None:
    """Add to the objects of papers what each names, states and reports; places in the text by their offsets."""
    for fact in facts(graph):
        if fact.paper not in told:
            continue
        if fact.kind == "role":
            spans = [(mention.start, mention.end) for mention in fact.mentions]
            named = [numbers[fact.object], fact.predicate, round(fact.score, 2), spans]
            told[fact.paper]["entities"].append(named)
        else:
            stated = [numbers[fact.subject], fact.predicate, numbers[fact.object], round(fact.score, 2)]
            told[fact.paper]["relations"].append([*stated, fact.start, fact.end])
    for _, about, ends in results(graph):
        if ends["inPaper"] in told:
            found = {key: numbers[node] for key, node in ends.items() if key != "inPaper"}
            stated = [found["resultOf"], found["metric"], about["value"], found.get("measuredOn"), found.get("versus")]
            told[ends["inPaper"]]["results"].append(stated)
    for paper in told:
        for _, organization, key in graph.nx.out_edges(paper, keys=True):
            if key == "submittedBy":
                told[paper]["entities"].append([numbers[organization], key, 1.0, []])
