"""``kgraph train``: a model from one's own annotations."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["train"]


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write the model to.",
)
@click.option(
    "--development",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Papers to stop on and to set thresholds with; without it one in nine of GOLD, by the hash of its id.",
)
@click.option(
    "--base",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with another BERT encoder (config.json, model.safetensors, tokenizer.json) to start from.",
)
@click.option(
    "--start",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The checkpoint of another training to go on from, with the rates of a new one.",
)
@click.option(
    "--epochs", type=click.IntRange(1), default=9, show_default=True, help="How often to go over the papers at most."
)
@click.option(
    "--rate",
    type=click.FloatRange(0, min_open=True),
    default=3e-4,
    show_default=True,
    help="The encoder's highest rate.",
)
@click.option(
    "--renamed",
    type=click.FloatRange(0, 1),
    default=0.25,
    show_default=True,
    help="The share of entities that get another's name.",
)
@click.option(
    "--masked", type=click.FloatRange(0, 1), default=0.08, show_default=True, help="The share of words that are hidden."
)
@click.option(
    "--frozen",
    is_flag=True,
    help="Leave the encoder of --start as it is and train the heads alone: on papers that it has not seen, they learn "
    "how far to trust it and how far vocabularies, patterns and cues. No words are hidden then, nor names changed.",
)
@click.option(
    "--seed", type=int, default=0, show_default=True, help="The same seed, data and machine give the same model."
)
@click.option("--threads", type=click.IntRange(1), help="Cores to use; by default all.")
def train(
    gold: tuple[Path, ...],
    output: Path,
    development: tuple[Path, ...],
    base: Path | None,
    start: Path | None,
    epochs: int,
    rate: float,
    renamed: float,
    masked: float,
    frozen: bool,  # noqa: FBT001 - click passes flags by keyword
    seed: int,
    threads: int | None,
) -> None:
    """Train an extractor on annotated papers (the form that `kgraph extract` writes).

    Needs the extra kgraph[train]. An interrupted training goes on where it was.

    \b
    kgraph train annotations.jsonl -o my-model
    kgraph extract papers.txt --model my-model
    """
    from importlib.util import find_spec

    from kgraph.cli.inputs import progress
    from kgraph.errors import MissingExtra

    if any(find_spec(library) is None for library in ("torch", "onnx", "onnxruntime", "safetensors")):
        raise MissingExtra("the libraries for training", "train")
    import torch

    from kgraph.training.making import train as make
    from kgraph.training.trainer import Settings

    if threads is not None:
        torch.set_num_threads(threads)
    trained = make(
        gold,
        output,
        base=base,
        start=start,
        development=development,
        settings=Settings(
            epochs=epochs,
            seed=seed,
            encoder_rate=rate,
            heads_rate=5 * rate,
            renamed=0.0 if frozen else renamed,
            masked=0.0 if frozen else masked,
            frozen=frozen,
        ),
        report=lambda line: click.echo(line, err=True),
        progress=progress,
    )
    for reason, count in sorted(trained.skipped.items()):
        click.echo(f"not learned from: {reason}, {count} times", err=True)
    for score in trained.scores.values():
        if score.gold or score.found:
            click.echo(f"{score.name:24} P {score.precision:5.1f}  R {score.recall:5.1f}  F1 {score.f1:5.1f}")
    click.echo(f"model written to {output}", err=True)
