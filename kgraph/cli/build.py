"""``kgraph build``: the whole line."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from kgraph.cli.inputs import progress, reads_papers, tell_skipped
from kgraph.iri import DATA

__all__ = ["build"]


@click.command()
@reads_papers
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("exports"),
    show_default=True,
    help="The folder to write to.",
)
@click.option("--base-iri", default=DATA, show_default=True, help="What the IRIs of papers and entities begin with.")
def build(
    inputs: tuple[str, ...],
    listing_date: datetime.date | None,
    strict: bool,  # noqa: FBT001 - click passes flags by keyword
    config: Path | None,
    output: Path,
    base_iri: str,
) -> None:
    """Read papers and write the knowledge graph in every form.

    INPUT is a file, a folder, a glob in quotes or - for standard input: saved Daily Papers
    listings, or JSONL of papers or of annotations; packed with gzip or Zstandard where you like.

    \b
    kgraph build papers.txt                  writes exports/graph.ttl, graph.html, tables/ ...
    kgraph build listings/ more.jsonl.gz -o field
    zcat papers.jsonl.gz | kgraph build - -o field
    """
    from kgraph import pipeline

    built = pipeline.build(
        inputs,
        output,
        listing_date=listing_date,
        strict=strict,
        config=config,
        base_iri=base_iri,
        progress=progress,
    )
    tell_skipped(built.reading.skipped, f"see {output / 'report.md'}")
    click.echo(_summary(built))
    click.echo(f"written to {output}{'' if str(output).endswith('/') else '/'}: "
               + ", ".join(str(path.relative_to(output)) for path in built.paths))
    click.echo(f"look at it: kgraph view {output}", err=True)


def _summary(built: object) -> str:
    """How much of what the graph holds, in one line."""
    return ""
