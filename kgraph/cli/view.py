"""``kgraph view``: the picture of the graph, in the browser."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path

import click

from kgraph.errors import GraphNotFound

__all__ = ["page_of", "show", "view"]


def page_of(graph: Path) -> Path:
    """The page of a build's folder, or of the folder that a file of the build stands in.

    Raises :class:`~kgraph.errors.GraphNotFound` where there is none.

    >>> page_of(Path("nowhere"))
    Traceback (most recent call last):
    kgraph.errors.GraphNotFound: no graph in nowhere: run `kgraph build INPUT -o nowhere` first
    """
    page = graph if graph.suffix == ".html" else (graph.parent if graph.is_file() else graph) / "graph.html"
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


@click.command()
@click.argument("graph", default="exports", type=click.Path(path_type=Path))
@click.option("--open/--no-open", "opens", default=True, help="Open it, or only say where it is.")
def view(graph: Path, opens: bool) -> None:  # noqa: FBT001 - click passes flags by keyword
    """Open the picture of the graph in the browser.

    GRAPH is a folder that `kgraph build` wrote, or a file in it.

    \b
    kgraph view
    kgraph view field --no-open
    """
    page = page_of(graph)
    click.echo(page.as_uri())
    if opens and not show(page):
        click.echo("no browser here: open that address in one, or copy the file to where one is", err=True)
