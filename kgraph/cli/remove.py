"""``kgraph remove``: withdraw papers from a build."""

from __future__ import annotations

from pathlib import Path

import click

from kgraph.cli.build import DEFAULT, tell_built
from kgraph.cli.inputs import progress

__all__ = ["remove"]


@click.command()
@click.argument("papers", metavar="PAPER...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT,
    show_default=True,
    help="The folder of the build.",
)
@click.option("--undo", is_flag=True, help="Bring withdrawn papers back.")
def remove(papers: tuple[str, ...], output: Path, undo: bool) -> None:  # noqa: FBT001 - click passes flags by keyword
    """Withdraw papers, and every fact that only they support, from a build.

    PAPER is an id, a node or an IRI of the graph. Nothing is extracted and no input is read: the
    graph is put together again from what the build has kept. Later builds into the folder leave
    the paper out even where an input lists it, until it is brought back or all is built --fresh.

    \b
    kgraph remove 2401.00001
    kgraph remove 2401.00001 7b7d35f5a579f877 -o field
    kgraph remove --undo 2401.00001
    """
    from kgraph import pipeline

    tell_built(pipeline.remove(papers, output, undo=undo, progress=progress), output)
