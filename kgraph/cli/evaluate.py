"""``kgraph evaluate``: how good annotations are."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgraph.cli.inputs import progress

if TYPE_CHECKING:
    from kgraph.evaluate import Evaluation, Score

__all__ = ["evaluate"]


@click.command()
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("annotations", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "json", "markdown"]), default="table", show_default=True)
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="List the N most frequent misses.")
@click.option(
    "--config",
    "--model",
    "config",
    type=click.Path(exists=True, path_type=Path),
    help="What replaces the shipped pipeline: a spaCy configuration, or a folder that `kgraph train` made.",
)
def evaluate(gold: Path, annotations: Path | None, form: str, errors: int, config: Path | None) -> None:
    """Compare annotations with hand-made ones: precision, recall and F1 in percent.

    Without ANNOTATIONS the papers of GOLD are read by the pipeline first.

    \b
    kgraph evaluate gold.jsonl annotations.jsonl
    kgraph evaluate gold.jsonl --errors 20
    """
    from kgraph import pipeline

    evaluation = pipeline.evaluate(gold, annotations, config=config, progress=progress)
    if form == "json":
        click.echo(json.dumps({name: asdict(score) for name, score in evaluation.scores.items()}, indent=2))
    elif form == "markdown":
        click.echo(_markdown(list(evaluation.scores.values())))
    else:
        _show(evaluation, errors)


def _markdown(scores: list[Score]) -> str:
    rows = [f"| {s.name} | {s.precision} | {s.recall} | {s.f1} | {s.gold} | {s.found} |" for s in scores]
    return "\n".join(["| | P | R | F1 | gold | found |", "|---|---:|---:|---:|---:|---:|", *rows])


def _show(evaluation: Evaluation, errors: int) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{evaluation.papers} gold papers, {evaluation.lacking} of them not predicted")
    table.add_column("measure")
    for column in ("P", "R", "F1", "gold", "found"):
        table.add_column(column, justify="right")
    for s in evaluation.scores.values():
        table.add_row(s.name, f"{s.precision:.1f}", f"{s.recall:.1f}", f"{s.f1:.1f}", str(s.gold), str(s.found))
    console = Console()
    console.print(table)
    for what in ("missed", "wrong") if errors else ():
        table = Table("times", "type", "name", title=what)
        for miss in [miss for miss in evaluation.misses if miss.what == what][:errors]:
            table.add_row(str(miss.count), miss.type, miss.name)
        console.print(table)
