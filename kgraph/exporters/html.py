"""``graph.html``: the picture of the graph in one file that needs nothing else.

The page is made in ``view/`` (TypeScript, bundled by Vite) and versioned in ``page/`` as one script
and one style sheet; the data stand beside them, packed (:mod:`~kgraph.exporters.columns`), in
elements that no browser runs. The file's own content security policy lets run only the script
whose digest it names: no text of a paper can become code, and no request leaves the page.
``pyvis`` draws small graphs in its way (:mod:`~kgraph.exporters.vis`).
"""

from __future__ import annotations

import base64
import hashlib
import html
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, Literal

from kgraph.errors import ExportError
from kgraph.exporters.colours import legend
from kgraph.exporters.columns import map_block, text_block
from kgraph.exporters.scene import Scene, compose
from kgraph.files import write_whole
from kgraph.ontology import Ontology, load_ontology

if TYPE_CHECKING:
    from kgraph.graph import Graph

__all__ = ["RENDERERS", "HtmlExporter", "Renderer", "page", "policy", "title"]

Renderer = Literal["canvas", "pyvis"]

RENDERERS: tuple[Renderer, ...] = ("canvas", "pyvis")
"""Who draws: our own page, or pyvis with vis-network, for small graphs."""

NODES = 60_000
"""How many nodes a page holds; of a larger graph the most named and the papers that link them best."""


@dataclass(frozen=True, slots=True)
class HtmlExporter:
    """Writes ``graph.html``, of a large graph with so many nodes; by default as many as the renderer can carry."""

    renderer: Renderer = "canvas"
    nodes: int | None = None
    name: str = "html"

    def export(self, graph: Graph, folder: Path) -> list[Path]:
        """Write the page into the folder; give its path."""
        return [write_whole(folder / "graph.html", page(graph, renderer=self.renderer, nodes=self.nodes))]


def page(graph: Graph, *, renderer: Renderer = "canvas", nodes: int | None = None) -> str:
    """The page of a graph, or of a part of one, as HTML that works from a file, a server and a frame's ``srcdoc``.

    The same graph gives the same text. A node is linked to by its id: ``graph.html#node=hardware/nvidia-a100``.

    >>> from kgraph.graph import assemble
    >>> from kgraph.vocabulary import Vocabulary
    >>> "No papers yet" in page(assemble([], ontology=load_ontology(), vocabulary=Vocabulary()))
    True
    """
    ontology = load_ontology()
    if renderer == "pyvis":
        from kgraph.exporters.vis import pyvis_page

        return pyvis_page(graph, ontology, **({} if nodes is None else {"nodes": nodes}))
    most = NODES if nodes is None else nodes
    scene = compose(graph, ontology=ontology, nodes=most, papers=most)
    head = {"title": html.escape(title(scene)), "style": _asset("view.css")}
    if not scene.drawn:
        return _filled("empty.html", policy=policy([], [head["style"]]), **head)
    about = _about(scene, ontology, graph.base_iri)
    map, texts = map_block(scene, about), text_block(scene, about)
    blocks = {"map": map.text, "map_size": map.size, "texts": texts.text, "texts_size": texts.size}
    script = _asset("view.js")
    return _filled("view.html", policy=policy([script], [head["style"]]), script=script, **head, **blocks)


def title(scene: Scene) -> str:
    """What a page is called.

    >>> from kgraph.exporters.layout import Layout
    >>> title(Scene((), 0, (), Layout((), ()), (), (), {"papers": 1, "nodes": 3}))
    'Knowledge graph of 1 paper'
    """
    papers = scene.totals["papers"]
    return f"Knowledge graph of {papers:,} paper{'' if papers == 1 else 's'}"


def policy(scripts: list[str], styles: list[str]) -> str:
    """The content security policy of a page: these scripts, these styles, and nothing from anywhere.

    A server may send it as a header too.
    """
    return "; ".join((
        "default-src 'none'",
        f"script-src {_digests(scripts)}",
        f"style-src {_digests(styles)}",
        "img-src data: blob:",
        "font-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ))  # fmt: skip


def _digests(texts: list[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"


def _about(scene: Scene, ontology: Ontology, base_iri: str) -> dict[str, Any]:
    """What the page must know beside the nodes: types, and what the properties are called."""
    ranked = dict.fromkeys((*ontology.roles, *ontology.predicates, *ontology.properties))
    return {
        "title": title(scene),
        "base": base_iri,
        "totals": scene.totals,
        "types": legend((node["type"] for node in scene.nodes), ontology),
        "terms": [*((name, ontology.properties[name].label) for name in ranked), ("broader", "belongs under")],
        "roles": ontology.roles,
    }


def _filled(template: str, **parts: object) -> str:
    return Template(_asset(template)).substitute(parts)


@cache
def _asset(name: str) -> str:
    try:
        return (files("kgraph.exporters") / "page" / name).read_text(encoding="utf-8")
    except OSError as error:
        raise ExportError(
            "graph.html", f"{name} is missing in this kgraph; install it anew, or run make view"
        ) from error
