"""``kgraph evaluate``: how good annotations are."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgraph.cli.inputs import progress
from kgraph.cli.tables import cell, show_table

if TYPE_CHECKING:
    from kgraph.evaluate import Evaluation, Score

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
    type=click.Path(exists=True, path_type=Path),
    help="What replaces the shipped pipeline: a spaCy configuration, or a folder that `kgraph train` made.",
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

    evaluation = pipeline.evaluate(gold, annotations, config=config, progress=progress)
    if form == "json":
        click.echo(json.dumps({name: asdict(score) for name, score in evaluation.scores.items()}, indent=2))
    elif form == "markdown":
        click.echo(_markdown(list(evaluation.scores.values())))
    else:
        _show(evaluation, errors)


def _markdown(scores: list[Score]) -> str:
    head = [f"| | {' | '.join(_MEASURES)} |", f"|---|{'---:|' * len(_MEASURES)}"]
    return "\n".join([*head, *(f"| {' | '.join(map(str, (s.name, *_values(s))))} |" for s in scores)])


def _show(evaluation: Evaluation, errors: int) -> None:
    click.echo(f"{evaluation.papers} gold papers, {evaluation.lacking} of them not predicted")
    show_table(("measure", *_MEASURES), [(s.name, *_values(s)) for s in evaluation.scores.values()], text=_shown)
    for kind in dict.fromkeys(mistake.kind for mistake in evaluation.mistakes) if errors else ():
        listed = [mistake for mistake in evaluation.mistakes if mistake.kind == kind]
        rows = [(mistake.count, mistake.pattern, "; ".join(mistake.examples)) for mistake in listed[:errors]]
        times = sum(mistake.count for mistake in listed)
        show_table(("times", "what", "for example"), rows, title=f"{kind}: {times} in all")


def _values(score: Score) -> tuple[float, ...]:
    return score.precision, score.recall, score.f1, score.gold, score.found


def _shown(value: object) -> str:
    """Percentages with their one digit, be it a zero; the rest as usual."""
    return f"{value:.1f}" if isinstance(value, float) else cell(value)
