"""``kgraph view``: the picture of the graph, in the browser or as a file."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgraph.errors import GraphNotFound, KgraphError

if TYPE_CHECKING:
    from kgraph.exporters.html import Renderer
    from kgraph.graph import Graph

__all__ = ["page_of", "show", "still", "view", "with_pyvis"]


def page_of(graph: Path) -> Path:
    """The page of a build's folder, or of the folder that a file of the build stands in.

    Raises :class:`~kgraph.errors.GraphNotFound` where there is none, and
    :class:`~kgraph.errors.KgraphError` where the graph has no picture.

    >>> page_of(Path("nowhere"))
    Traceback (most recent call last):
    kgraph.errors.GraphNotFound: no graph in nowhere: run `kgraph build INPUT -o nowhere` first
    """
    page = graph if graph.suffix == ".html" else (graph.parent if graph.is_file() else graph) / "graph.html"
    if page.with_name("graph.ttl").is_file() and not page.is_file():
        raise KgraphError(f"{graph} has no picture: take `kgraph serve {graph}`, or build it with --in-memory")
    if not page.is_file():
        raise GraphNotFound(str(graph))
    return page.resolve()


def show(page: Path) -> bool:
    """Open the page in the person's browser; False where there is none that could show a picture."""
    # Without a display, Linux would offer a browser of the terminal, which shows no picture and takes the shell away.
    windows = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in windows):
        return False
    try:
        return webbrowser.open(page.as_uri())
    except webbrowser.Error:
        return False


def with_pyvis(page: Path) -> Path:
    """The page of the same build as pyvis draws it, written beside it as ``graph.pyvis.html``; gives its path."""
    from kgraph.exporters.html import page as render
    from kgraph.files import write_whole

    return write_whole(page.with_name("graph.pyvis.html"), render(_graph_beside(page), renderer="pyvis"))


def still(page: Path, target: Path) -> Path:
    """The picture of a page as a PNG: taken by a Chromium where there is one, else drawn in a plainer way.

    Raises :class:`~kgraph.errors.ExportError` where it cannot be written, and
    :class:`~kgraph.errors.MissingExtra` where neither a Chromium nor matplotlib is there.
    """
    from kgraph.exporters import drawing

    chromium = drawing.browser()
    if chromium:
        return drawing.photograph(page, target, chromium=chromium)
    from kgraph.exporters.html import title
    from kgraph.exporters.scene import compose
    from kgraph.ontology import load_ontology

    ontology = load_ontology()
    scene = compose(_graph_beside(page), ontology=ontology, nodes=5000, papers=0)
    return drawing.draw(scene, ontology, target, title=title(scene))


def _graph_beside(page: Path) -> Graph:
    from kgraph.graph import Graph
    from kgraph.knowledge import load

    known = load(page.parent)
    return Graph(known.nx, known.annotations, known.store.base_iri)


@click.command()
@click.argument("graph", default="exports", type=click.Path(path_type=Path))
@click.option("--png", type=click.Path(dir_okay=False, path_type=Path), help="Write the picture to this file instead.")
@click.option(
    "--renderer",
    type=click.Choice(("canvas", "pyvis")),
    default="canvas",
    show_default=True,
    help="Who draws: the page of the build, or pyvis (small graphs).",
)
@click.option("--open/--no-open", "opens", default=True, help="Open it, or only say where it is.")
def view(graph: Path, png: Path | None, renderer: Renderer, opens: bool) -> None:  # noqa: FBT001 - click passes flags by keyword
    """Open the picture of the graph in the browser.

    GRAPH is a folder that `kgraph build` wrote, or a file in it.

    \b
    kgraph view
    kgraph view field --no-open
    kgraph view field --png field.png
    kgraph view field --renderer pyvis
    """
    page = page_of(graph)
    if renderer == "pyvis":
        page = with_pyvis(page)
    if png is not None:
        click.echo(f"written to {still(page, png)}")
        return
    click.echo(page.as_uri())
    if opens and not show(page):
        click.echo("no browser here: open that address in one, or copy the file to where one is", err=True)
