"""``kgraph evaluate``: how good annotations are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgraph.cli.inputs import PipelinePath, progress
from kgraph.cli.tables import cell, show_table

if TYPE_CHECKING:
    from kgraph.evaluate import Mistake, Score

__all__ = ["evaluate"]

_MEASURES = ("P", "R", "F1", "gold", "found")


@click.command()
@click.argument("gold")
@click.argument("annotations", required=False)
@click.option("--format", "form", type=click.Choice(["table", "json", "markdown"]), default="table", show_default=True)
@click.option(
    "--errors",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="List the N most frequent mistakes of each kind.",
)
@click.option(
    "--config",
    "--model",
    "config",
    type=PipelinePath(),
    help="What replaces the shipped pipeline: a spaCy configuration, a folder that `kgraph train` made, or `patterns`: "
    "vocabularies and patterns alone, without the trained model.",
)
def evaluate(gold: str, annotations: str | None, form: str, errors: int, config: Path | None) -> None:
    """Compare annotations with hand-made ones: precision, recall and F1 in percent.

    Without ANNOTATIONS the papers of GOLD are read by the pipeline first. --errors tells what was wrong by kind:
    boundaries, types, mentions missed and made up, roles, relations, results.

    \b
    kgraph evaluate gold.jsonl annotations.jsonl
    kgraph evaluate gold.jsonl --errors 20
    """
    from kgraph import pipeline
    from kgraph.evaluate import by_kind

    evaluation = pipeline.evaluate(gold, annotations, config=config, progress=progress)
    mistakes = by_kind(evaluation.mistakes) if errors else {}
    listed = {kind: found[:errors] for kind, found in mistakes.items()}
    if form == "json":
        told: dict[str, object] = {name: asdict(score) for name, score in evaluation.scores.items()}
        told |= {"mistakes": [asdict(mistake) for found in listed.values() for mistake in found]} if errors else {}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    elif form == "markdown":
        click.echo(_markdown(evaluation.scores.values(), listed))
    else:
        click.echo(f"{evaluation.papers} gold papers, {evaluation.lacking} of them not predicted")
        rows = [(score.name, *_values(score)) for score in evaluation.scores.values()]
        show_table(("measure", *_MEASURES), rows, text=_shown)
        for kind, found in listed.items():
            times = sum(mistake.count for mistake in mistakes[kind])
            rows = [(mistake.count, mistake.pattern, "; ".join(mistake.examples)) for mistake in found]
            show_table(("times", "what", "for example"), rows, title=f"{kind}: {times} in all")


def _markdown(scores: Iterable[Score], listed: Mapping[str, Sequence[Mistake]]) -> str:
    tables = [_rows(("", *_MEASURES), [(score.name, *_values(score)) for score in scores])]
    for kind, mistakes in listed.items():
        rows = [(mistake.pattern, mistake.count, "; ".join(mistake.examples)) for mistake in mistakes]
        tables.append(_rows((kind, "times", "for example"), rows))
    return "\n\n".join(tables)


def _rows(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table of Markdown, the first column to the left; cells lose what would end them."""
    head, *lines = ((" ".join(str(cell).replace("|", " ").split()) for cell in row) for row in (columns, *rows))
    marks = f"|---|{'---:|' * (len(columns) - 1)}"
    return "\n".join(
        [f"| {' | '.join(head)} |".replace("|  |", "| |"), marks, *(f"| {' | '.join(line)} |" for line in lines)]
    )


def _values(score: Score) -> tuple[float, ...]:
    return score.precision, score.recall, score.f1, score.gold, score.found


def _shown(value: object) -> str:
    """Percentages with their one digit, be it a zero; the rest as usual."""
    return f"{value:.1f}" if isinstance(value, float) else cell(value)
