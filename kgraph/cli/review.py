"""``kgraph review``: the doubtful decisions, ready to be decided by people."""

from __future__ import annotations

from pathlib import Path

import click

from kgraph.cli.inputs import curated

__all__ = ["review"]


@click.command()
@click.argument("graph", default="exports", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default=Path("-"),
    help="The file to write; by default standard output.",
)
@click.option("--most", type=click.IntRange(min=1), default=100, show_default=True, help="How many to list.")
@curated
def review(graph: Path, output: Path, most: int, curation: Path | None) -> None:
    """List the doubtful decisions, the most consequential first.

    What comes out is in the form of curation.yaml, every entry behind a #: take the # away from
    those that you agree with. GRAPH is the folder of a build or a file of annotations, by default
    exports.

    \b
    kgraph review
    kgraph review field -o review.yaml
    """
    from kgraph.files import write_whole
    from kgraph.pipeline import resolver_of
    from kgraph.resolution.review import doubts, generate_review

    resolver, annotations = resolver_of(graph, curation=curation)
    found = doubts(resolver, annotations)[:most]
    text = "\n".join(generate_review(found)) + "\n"
    if str(output) == "-":
        click.echo(text, nl=False)
    else:
        write_whole(output, text)
        click.echo(f"{len(found)} doubtful decision{'' if len(found) == 1 else 's'} written to {output}", err=True)
