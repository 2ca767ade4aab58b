"""``graph.html``: the picture of the graph in one file that needs nothing else.

Made with pyvis, whose vis-network draws it; the page around is our own (``page/``), since pyvis'
asks a content delivery network for its styles and puts the data into a script. Here the data
stand in elements that no browser runs, as JSON in which no character means anything to HTML, and
the file's own content security policy lets run only the scripts whose digests it names: no text of
a paper can become code, and no request leaves the page.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.errors import ExportError
from kgraph.exporters.scene import PAPER, Scene, compose
from kgraph.files import write_whole
from kgraph.ontology import Ontology, load_ontology

if TYPE_CHECKING:
    from kgraph.graph import Graph

__all__ = ["COLOURS", "HtmlExporter", "page"]

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#F0E442", "#56B4E9")
"""The palette of Okabe and Ito (2008), which people with any kind of colour vision can tell apart,
in the order of the ontology's types; papers are grey."""

_GREY = "#8b93a1"
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


@dataclass(frozen=True, slots=True)
class HtmlExporter:
    """Writes ``graph.html`` with at most ``nodes`` nodes drawn and ``papers`` papers told of."""

    nodes: int = 700
    papers: int = 1000
    name: str = "html"

    def export(self, graph: Graph, folder: Path) -> list[Path]:
        """Write the page into the folder; give its path."""
        ontology = load_ontology()
        scene = compose(graph, ontology=ontology, nodes=self.nodes, papers=self.papers)
        return [write_whole(folder / "graph.html", page(scene, ontology))]


def page(scene: Scene, ontology: Ontology) -> str:
    """The page of a scene.

    >>> from kgraph.exporters.layout import Layout
    >>> empty = Scene((), 0, (), Layout((), ()), (), (), {"papers": 0, "nodes": 0})
    >>> "No papers yet" in page(empty, load_ontology())
    True
    """
    from pyvis.network import Network

    network = Network()
    network.set_template_dir(str(files("kgraph.exporters") / "page"), "page.html")
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
    scripts = [_vis_network(), _own_script()] if scene.drawn else []
    style = _read("page.css")
    environment.globals.update(
        title=_title(scene),
        policy=_policy(scripts, [style]),
        scripts=scripts,
        style=style,
        totals=scene.totals,
        drawn=scene.drawn,
        told=len(scene.nodes),
        scene={
            "nodes": scene.nodes,
            "drawn": scene.drawn,
            "links": scene.links,
            "regions": [asdict(region) for region in scene.layout.regions],
            "types": _types(scene, ontology),
            "terms": _terms(ontology),
        },
    )  # fmt: skip
    html: str = network.generate_html()
    return html


def _title(scene: Scene) -> str:
    papers = scene.totals["papers"]
    return f"Knowledge graph of {papers:,} paper{'' if papers == 1 else 's'}"


def _types(scene: Scene, ontology: Ontology) -> list[dict[str, Any]]:
    """The types in the order of the legend, each with its colour; those unknown to the ontology last."""
    found = {node["type"] for node in scene.nodes}
    colours = dict(zip(ontology.types, COLOURS, strict=False)) | {PAPER: _GREY}
    order = [*ontology.types, *sorted(found - {*ontology.types, PAPER}), PAPER]
    labels = {type: ontology.labels.get(type, type) for type in order}
    return [{"name": t, "label": labels[t], "colour": colours.get(t, "#000000")} for t in order if t in found]


def _terms(ontology: Ontology) -> list[tuple[str, str]]:
    """What the properties are called, in the order in which the panel lists them."""
    ranked = dict.fromkeys((*ontology.roles, *ontology.predicates, *ontology.properties))
    own = [("broader", "belongs under"), ("result", "result in")]
    return [*((name, ontology.properties[name].label) for name in ranked), *own]


def _policy(scripts: list[str], styles: list[str]) -> str:
    """The content security policy: these scripts, these styles, and nothing from anywhere."""
    return "; ".join((
        "default-src 'none'",
        f"script-src {_digests(scripts)}",
        f"style-src {_digests(styles)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ))  # fmt: skip


def _digests(texts: list[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"


def _own_script() -> str:
    return "\n".join(_read(name) for name in _SCRIPTS)


def _read(name: str) -> str:
    return (files("kgraph.exporters") / "page" / name).read_text(encoding="utf-8")


def _vis_network() -> str:
    """The vis-network that pyvis ships, with its licence at the head."""
    found = sorted(Path(str(files("pyvis"))).glob("templates/lib/vis-*/vis-network.min.js"))
    if not found:
        raise ExportError("graph.html", "this pyvis ships no vis-network; install pyvis 0.3.2")
    return found[-1].read_text(encoding="utf-8")
