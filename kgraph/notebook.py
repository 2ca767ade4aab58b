"""How a graph shows in a notebook: a small picture of it, and a part of it to walk about in.

The interactive view is the page of :mod:`kgraph.exporters.html` in a frame of its own that may run
its scripts and nothing else: it reaches neither the notebook nor the network.
"""

from __future__ import annotations

import html
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgraph.exporters.colours import legend
from kgraph.graph import Graph
from kgraph.iri import paper_node
from kgraph.model import Annotation
from kgraph.ontology import load_ontology
from kgraph.text import shortened

if TYPE_CHECKING:
    import networkx

__all__ = ["View", "drawing", "neighbourhood", "part"]

_WIDTH, _HEIGHT, _MARGIN = 560, 260, 46
_LINKS = 2  # of each thing: its strongest
_LONGEST = 24  # letters of a label
_LETTER, _LINE = 5.4, 11  # how wide and high they are, in pixels


@dataclass(frozen=True, slots=True)
class View:
    """A page shown in a cell; ``page`` is its HTML, ``height`` in pixels."""

    page: str
    title: str
    height: int = 560

    def _repr_html_(self) -> str:
        style = f"width:100%;height:{self.height}px;box-sizing:border-box;border:1px solid #d5d9df;border-radius:4px"
        page, title = html.escape(self.page), html.escape(self.title)
        return (
            f'<iframe srcdoc="{page}" title="{title}" sandbox="allow-scripts allow-downloads allow-popups"'
            f' loading="lazy" style="{style}"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<View of {self.title}>"


def neighbourhood(graph: networkx.MultiDiGraph, nodes: Iterable[str], *, most: int = 120) -> list[str]:
    """The nodes, what they are linked with, and what is linked with several of these; no more than ``most``.

    Those nearest to most of the nodes come first, then what papers name most.

    >>> from kgraph.graph import multigraph
    >>> link = {"kind": "role", "papers": 1, "score": 1.0, "vocabulary": False}
    >>> entity = {"kind": "entity", "papers": 1}
    >>> names = [("paper/1", {"kind": "paper"}), ("method/a", entity), ("method/b", entity)]
    >>> graph = multigraph(names, {("paper/1", "method/a", "uses"): link, ("paper/1", "method/b", "uses"): link})
    >>> neighbourhood(graph, ["method/a"])
    ['method/a', 'paper/1']
    """
    chosen = dict.fromkeys(node for node in nodes if node in graph and graph.nodes[node]["kind"] != "result")
    for least in (1, 2):
        found: Counter[str] = Counter()
        for node in chosen:
            found.update({*graph.successors(node), *graph.predecessors(node)})
        near = [node for node, links in found.items() if links >= least and node not in chosen]
        near = [node for node in near if graph.nodes[node]["kind"] != "result"]
        near.sort(key=lambda node: (-found[node], -graph.nodes[node].get("papers", 0), node))
        chosen.update(dict.fromkeys(near[: max(0, most - len(chosen))]))
    return [*chosen][:most]


def part(graph: Graph, nodes: Iterable[str]) -> Graph:
    """The graph of some papers and entities alone: their links, their results, and what their papers say of them."""
    kept = {*nodes}
    network = graph.nx
    results = [
        node
        for node, about in network.nodes(data=True)
        if about["kind"] == "result" and kept.issuperset(network.successors(node))
    ]
    smaller = network.subgraph([*kept, *results]).copy()
    annotations = (
        _trimmed(annotation, kept) for annotation in graph.annotations if paper_node(annotation.paper.id) in kept
    )
    return replace(graph, nx=smaller, annotations=tuple(annotations))


def _trimmed(annotation: Annotation, kept: set[str]) -> Annotation:
    entities = tuple(entity for entity in annotation.entities if entity.id in kept)
    names = {entity.name for entity in entities}
    relations = (relation for relation in annotation.relations if {relation.subject, relation.object} <= names)
    return replace(annotation, entities=entities, relations=tuple(relations), results=())


def drawing(graph: networkx.MultiDiGraph, *, nodes: int = 36) -> str:
    """A small picture as SVG: what most papers name, each linked with the two that it is most typically named with.

    Empty where no two things are named together more often than chance has it. Larger discs: more
    papers; colours tell types, and so do titles.

    >>> from kgraph.analytics import example_graph
    >>> drawing(example_graph()).count("<circle")
    8
    """
    places, links = _arranged(graph, nodes)
    if not places:
        return ""
    types = {graph.nodes[node]["type"] for node in places}
    colours = {type["name"]: type["light"] for type in legend(types, load_ontology())}
    lines = (
        f'<line x1="{places[a][0]:.1f}" y1="{places[a][1]:.1f}" x2="{places[b][0]:.1f}" y2="{places[b][1]:.1f}"/>'
        for a, b in links
    )
    most = max(graph.nodes[node]["papers"] for node in places)
    discs, labels, taken = [], [], list[tuple[float, float, float]]()
    for node, (x, y) in places.items():
        about = graph.nodes[node]
        radius = 3 + 9 * math.sqrt(about["papers"] / most)
        told = html.escape(f"{about['label']} ({about['type']}, {about['papers']} papers)")
        colour = colours[about["type"]]
        discs.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}"><title>{told}</title></circle>'
        )
        name = shortened(about["label"], _LONGEST)
        half, top = len(name) * _LETTER / 2, y - radius - 3
        if all(abs(x - other) > half + width or abs(top - line) > _LINE for other, line, width in taken):
            taken.append((x, top, half))
            labels.append(f'<text x="{x:.1f}" y="{top:.1f}">{html.escape(name)}</text>')
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" role="img" '
        'aria-label="What most papers name, linked where named together" style="background:#fff">'
        f'<g stroke="#b9c0ca">{"".join(lines)}</g><g stroke="#fff">{"".join(discs)}</g>'
        '<g font-family="sans-serif" font-size="10" text-anchor="middle" fill="#1b1f27" stroke="#fff" '
        f'stroke-width="3" paint-order="stroke">{"".join(labels)}</g></svg>'
    )


def _arranged(graph: networkx.MultiDiGraph, nodes: int) -> tuple[dict[str, tuple[float, float]], list[tuple[str, str]]]:
    """Where each thing stands, what most papers name first, and the links to draw."""
    import networkx

    from kgraph.analytics import cooccurrence

    pairs = cooccurrence(graph)
    pairs = pairs[pairs.npmi > 0]
    ranked = sorted({*pairs.source, *pairs.target}, key=lambda node: (-graph.nodes[node]["papers"], node))[:nodes]
    near: dict[str, list[tuple[float, str]]] = {node: [] for node in ranked}
    for one, other, strength in zip(pairs.source, pairs.target, pairs.npmi, strict=True):
        if one in near and other in near:
            near[one].append((-strength, other))
            near[other].append((-strength, one))
    links = sorted({(min(node, o), max(node, o)) for node in ranked for _, o in sorted(near[node])[:_LINKS]})
    shown = networkx.Graph()
    shown.add_nodes_from(ranked)
    shown.add_edges_from(links)
    drawn = networkx.kamada_kawai_layout(shown) if ranked else {}
    return {
        node: (_MARGIN + (x + 1) / 2 * (_WIDTH - 2 * _MARGIN), 22 + (y + 1) / 2 * (_HEIGHT - 40))
        for node, (x, y) in drawn.items()
    }, links
