"""Six invented papers as a graph, small enough that every answer can be checked by eye."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kgraph.graph import multigraph
from kgraph.iri import entity_id

if TYPE_CHECKING:
    import networkx

__all__ = ["example_graph"]

_PAPERS = (
    ("2023-05", "TileFlow", ("runsOn NVIDIA A100", "evaluatesOn LongText", "uses attention")),
    ("2023-09", "BoardNet", ("runsOn FPGA", "evaluatesOn StreetScenes", "uses quantization")),
    (
        "2024-01",
        "TileFlow-2",
        ("runsOn NVIDIA A100", "evaluatesOn LongText", "uses attention", "comparesWith TileFlow"),
    ),
    ("2024-06", "EdgeNet", ("runsOn FPGA", "evaluatesOn StreetScenes", "uses quantization", "comparesWith BoardNet")),
    ("2025-02", "QuantFlow", ("runsOn NVIDIA A100", "uses quantization", "uses attention", "comparesWith TileFlow")),
    ("", "A survey", ("uses attention", "uses quantization", "mentions GPU")),
)
_TYPES = {"runsOn": "Hardware", "evaluatesOn": "Dataset", "mentions": "Hardware"}
_RESULTS = (
    (0, "TileFlow", "speedup", "2x", "NVIDIA A100", ""),
    (2, "TileFlow-2", "speedup", "up to 3.5x", "NVIDIA A100", "TileFlow"),
    (3, "EdgeNet", "latency", "8 ms", "FPGA", "BoardNet"),
    (4, "QuantFlow", "speedup", "3x", "NVIDIA A100", "TileFlow"),
)
_DIRECTIONS = {"speedup": "true", "latency": "false"}


def example_graph() -> networkx.MultiDiGraph:
    """The graph of six papers, of which five propose a method and one has no date.

    Attributes and keys are those of :mod:`kgraph.graph`.

    >>> graph = example_graph()
    >>> graph.nodes["paper/1"]["label"], sorted(graph["paper/1"])[0]
    ('TileFlow: our method', 'dataset/longtext')
    """
    nodes: dict[str, dict[str, Any]] = {}
    edges: dict[tuple[str, str, str], dict[str, Any]] = {}
    named: Counter[str] = Counter()

    def entity(type: str, label: str, **facts: str) -> str:
        id = entity_id(type, label)
        known = {"kind": "entity", "type": type, "label": label, "papers": 0, "vocabulary": False}
        nodes.setdefault(id, known | facts)
        return id

    def link(subject: str, object: str, key: str, kind: str) -> None:
        edges[subject, object, key] = {"kind": kind, "papers": 1, "score": 1.0, "vocabulary": False}

    for number, (date, method, contents) in enumerate(_PAPERS, 1):
        paper = f"paper/{number}"
        proposed = [] if method == "A survey" else [f"proposes {method}"]
        nodes[paper] = {"kind": "paper", "label": f"{method}: our method", "abstract": _abstract(number), "source": ""}
        nodes[paper] |= {"date": date, "year": int(date[:4])} if date else {}
        for role, label in (content.split(" ", 1) for content in (*proposed, *contents)):
            id = entity(_TYPES.get(role, "Method"), label)
            named[id] += 1
            link(paper, id, role, "role")
            if role in {"runsOn", "comparesWith"} and proposed:
                link(entity("Method", method), id, role.replace("compares", "compared"), "relation")
    link(entity("Hardware", "NVIDIA A100"), entity("Hardware", "GPU"), "broader", "broader")
    for number, (place, method, metric, value, on, versus) in enumerate(_RESULTS):
        node, number_in = f"paper/{place + 1}#result-1", float(value.split()[-1].rstrip("x")) if "x" in value else 8.0
        start = len(nodes[f"paper/{place + 1}"]["label"]) + 1 + _abstract(place + 1).index(value)
        about = {"kind": "result", "label": value, "value": value, "score": 0.9 - number / 10}
        about |= {"numericValue": number_in, "unit": "x" if "x" in value else "ms"}
        nodes[node] = about | {"start": start, "end": start + len(value)}
        link(node, f"paper/{place + 1}", "inPaper", "result")
        link(node, entity("Metric", metric, higherIsBetter=_DIRECTIONS[metric]), "metric", "result")
        link(node, entity("Method", method), "resultOf", "result")
        link(node, entity("Hardware", on), "measuredOn", "result")
        if versus:
            link(node, entity("Method", versus), "versus", "result")
    for id, papers in named.items():
        nodes[id]["papers"] = papers
    return multigraph(nodes.items(), edges)


def _abstract(number: int) -> str:
    said = {place + 1: f" Tests on {on} give a {metric} of {value}." for place, _, metric, value, on, _ in _RESULTS}
    return f"This is paper {number}.{said.get(number, '')} Code is there."
