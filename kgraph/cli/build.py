"""``kgraph build``: the whole line."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgraph.cli.inputs import engine_of, progress, reads_papers, tell_skipped
from kgraph.iri import DATA

if TYPE_CHECKING:
    from kgraph.pipeline import Built

__all__ = ["DEFAULT", "build", "tell_built"]

DEFAULT = Path("exports")


@click.command()
@reads_papers
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT,
    show_default=True,
    help="The folder to write to.",
)
@click.option("--base-iri", default=DATA, show_default=True, help="What the IRIs of papers and entities begin with.")
@click.option("--fresh", is_flag=True, help="Extract everything again, and take back withdrawn papers.")
@click.option(
    "--on-disk/--in-memory",
    default=None,
    help="Assemble on the disk, without picture, GraphML and JSON; if not told, above 50,000 papers.",
)
def build(
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
    base_iri: str,
    fresh: bool,  # noqa: FBT001
    on_disk: bool | None,  # noqa: FBT001
) -> None:
    """Read papers and write the knowledge graph in every form.

    INPUT is a file, a folder, a glob in quotes or - for standard input: saved Daily Papers
    listings, or JSONL of papers or of annotations; packed with gzip or Zstandard where you like.
    What an earlier build into the same folder has extracted is not extracted again.

    \b
    kgraph build papers.txt                  writes exports/graph.ttl, graph.html, tables/ ...
    kgraph build listings/ more.jsonl.gz -o field
    zcat papers.jsonl.gz | kgraph build - -o field
    kgraph build papers.txt new.txt          one more file: only its papers are extracted
    """
    from kgraph import pipeline

    built = pipeline.build(
        inputs,
        output,
        listing_date=listing_date,
        strict=strict,
        config=config,
        curation=curation,
        base_iri=base_iri,
        store=store,
        engine=engine_of(engine, scheduler, workers),
        fresh=fresh,
        on_disk=on_disk,
        progress=progress,
    )
    tell_skipped(built.reading.skipped, f"see {output / 'report.md'}")
    tell_built(built, output)
    if built.graph is not None:
        click.echo(f"look at it with: kgraph view{'' if output == DEFAULT else f' {output}'}", err=True)


def tell_built(built: Built, output: Path) -> None:
    """What was written, and what there is to say of it on stderr."""
    for remark in built.remarks:
        click.echo(f"kgraph: {remark}", err=True)
    if built.findings:
        found = _count(len(built.findings), "finding")
        click.echo(f"kgraph: {found} on checking the graph against its shapes: see {output / 'report.md'}", err=True)
    click.echo(_summary(built))
    click.echo(f"written to {output}: {', '.join(sorted({path.relative_to(output).parts[0] for path in built.paths}))}")


def _summary(built: Built) -> str:
    """How much of what the papers name, in one line; what only vocabularies know beside it is not counted."""
    kinds, named = built.counted.nodes, built.counted.named
    types = ", ".join(
        f"{count:,} {type}" for type, count in sorted(named.items(), key=lambda item: (-item[1], item[0]))
    )
    return (
        f"{_count(kinds['paper'], 'paper')}, {_count(named.total(), 'entity', 'entities')}"
        f"{f' ({types})' if types else ''}, {_count(kinds['result'], 'result')}"
    )


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
