"""``kgraph extract``: up to the annotations."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from kgraph.cli.inputs import engine_of, progress, reads_papers, tell_skipped

__all__ = ["extract"]


@click.command()
@reads_papers
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default=Path("annotations.jsonl"),
    show_default=True,
    help="The file to write; - for standard output.",
)
def extract(
    inputs: tuple[str, ...],
    listing_date: datetime.date | None,
    strict: bool,  # noqa: FBT001 - click passes flags by keyword
    config: Path | None,
    curation: Path | None,
    store: str | None,
    engine: str | None,
    scheduler: str | None,
    workers: int | None,
    output: Path,
) -> None:
    """Read papers and write what was found in each, one JSON object a line.

    \b
    kgraph extract papers.txt
    kgraph extract papers.txt -o - | jq '.entities[].name'
    kgraph extract papers.txt --store kept   the next time, what is in kept/ is not extracted again
    """
    from kgraph import pipeline
    from kgraph.exporters.annotations import generate_annotations
    from kgraph.files import write_whole

    reading, annotations = pipeline.extract(
        inputs,
        listing_date=listing_date,
        strict=strict,
        config=config,
        curation=curation,
        store=store,
        engine=engine_of(engine, scheduler, workers),
        progress=progress,
    )
    lines = b"".join(generate_annotations(annotations))
    if str(output) == "-":
        sys.stdout.buffer.write(lines)
    else:
        write_whole(output, lines)
        click.echo(f"{len(annotations)} papers written to {output}", err=True)
    for note in reading.notes:
        if note.source == store:
            click.echo(f"kgraph: {note.message}", err=True)
    tell_skipped(reading.skipped, "run with --strict to stop at the first")
