"""What the pipeline finds of what people marked, on hand-annotated abstracts."""

from __future__ import annotations

from pathlib import Path

from kgraph.evaluate import Score
from kgraph.pipeline import evaluate

__all__ = ["quality"]


def quality(gold: Path, config: Path | None = None) -> list[Score]:
    """Precision, recall and F1 of every measure, the types and roles and predicates among them."""
    return list(evaluate(gold, config=config).scores.values())
