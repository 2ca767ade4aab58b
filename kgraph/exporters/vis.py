"""The page as pyvis draws it (``--renderer pyvis``): for small graphs, and for those who know vis-network.

The page around is our own (``page/pyvis/``), since pyvis' asks a content delivery network for its
styles and puts the data into a script. Here the data stand in elements that no browser runs, as
JSON in which no character means anything to HTML.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.errors import ExportError
from kgraph.exporters import html
from kgraph.exporters.colours import legend
from kgraph.exporters.scene import Scene, compose

if TYPE_CHECKING:
    from kgraph.graph import Graph
    from kgraph.ontology import Ontology

__all__ = ["pyvis_page"]

_SCRIPTS = ("elements.js", "scene.js", "picture.js", "panel.js", "controls.js")
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "dot", "borderWidth": 1, "chosen": False},
    "edges": {"smooth": False, "selectionWidth": 0, "hoverWidth": 0, "chosen": False},
    "interaction": {
        "hover": True,
        "tooltipDelay": 120,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "selectConnectedEdges": False,
        "multiselect": False,
    },
}


def pyvis_page(graph: Graph, ontology: Ontology, *, nodes: int = 700, papers: int = 1000) -> str:
    """The page of a graph with at most ``nodes`` nodes drawn and ``papers`` papers told of."""
    from pyvis.network import Network

    scene = compose(graph, ontology=ontology, nodes=nodes, papers=papers)
    network = Network()
    network.set_template_dir(str(files("kgraph.exporters") / "page" / "pyvis"), "page.html")
    network.set_options(json.dumps(_OPTIONS))
    # The lists themselves: add_node looks through all names at each call, and so is quadratic.
    network.nodes = [
        {"id": number, "x": x, "y": y, "size": radius, "group": scene.nodes[number]["type"]}
        for number, ((x, y), radius) in enumerate(zip(scene.layout.points, scene.radii, strict=True))
    ]
    network.edges = [{"from": left, "to": right} for left, right in scene.edges]
    environment = network.templateEnv
    environment.autoescape = True
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    scripts = [_vis_network(), "\n".join(map(_read, _SCRIPTS))] if scene.drawn else []
    style = _read("page.css")
    environment.globals.update(
        title=html.title(scene),
        policy=html.policy(scripts, [style]),
        scripts=scripts,
        style=style,
        totals=scene.totals,
        drawn=scene.drawn,
        told=len(scene.nodes),
        scene=_told(scene, ontology),
    )
    page: str = network.generate_html()
    return page


def _told(scene: Scene, ontology: Ontology) -> dict[str, Any]:
    regions = [{"x": r.x, "y": r.y, "radius": r.radius, "members": r.members} for r in scene.layout.regions]
    types = legend((node["type"] for node in scene.nodes), ontology)
    return {
        "nodes": [_plain(node) for node in scene.nodes],
        "drawn": scene.drawn,
        "links": scene.links,
        "regions": regions,
        "types": [{"name": t["name"], "label": t["label"], "colour": t["light"]} for t in types],
        "terms": _terms(ontology),
    }


def _plain(node: dict[str, Any]) -> dict[str, Any]:
    """The node with its facts by their names."""
    return node | ({"facts": {name: shown for name, shown, _ in node["facts"]}} if "facts" in node else {})


def _terms(ontology: Ontology) -> list[tuple[str, str]]:
    """What the properties are called, in the order in which the panel lists them."""
    ranked = dict.fromkeys((*ontology.roles, *ontology.predicates, *ontology.properties))
    own = [("broader", "belongs under"), ("result", "result in")]
    return [*((name, ontology.properties[name].label) for name in ranked), *own]


def _read(name: str) -> str:
    return (files("kgraph.exporters") / "page" / "pyvis" / name).read_text(encoding="utf-8")


def _vis_network() -> str:
    """The vis-network that pyvis ships, with its licence at the head."""
    found = sorted(Path(str(files("pyvis"))).glob("templates/lib/vis-*/vis-network.min.js"))
    if not found:
        raise ExportError("graph.html", "this pyvis ships no vis-network; install pyvis 0.3.2")
    return found[-1].read_text(encoding="utf-8")
