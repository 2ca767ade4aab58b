"""What the pipeline finds of what people marked, on annotated abstracts that no shipped model was trained on."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kgraph.evaluate import Score
from kgraph.files import write_whole
from kgraph.pipeline import evaluate
from kgraph.records import paper_of
from kgraph.training.split import is_development

__all__ = ["FIGURES", "keep", "kept_figures", "quality", "regressions"]

FIGURES = Path(__file__).with_name("quality.json")
"""F1 of every measure for each release, in the order of the releases."""

ALLOWED = 1.0
"""Points of F1 that a measure may lose against the release before."""

JUDGED = ("mention", "entity", "role", "relation", "result", "entity Hardware", "entity Dataset")
"""The measures that a release is judged by."""


def quality(gold: Path, config: Path | None = None) -> list[Score]:
    """Precision, recall and F1 of every measure, on the papers of the file that training keeps apart."""
    with tempfile.TemporaryDirectory() as folder:
        apart = write_whole(Path(folder) / gold.name, "".join(_kept_apart(gold)))
        return list(evaluate(apart, config=config).scores.values())


def _kept_apart(gold: Path) -> Iterator[str]:
    with gold.open(encoding="utf-8") as lines:
        yield from (line for line in lines if line.strip() and is_development(paper_of(json.loads(line)).id))


def kept_figures(path: Path = FIGURES) -> dict[str, dict[str, float]]:
    """F1 of every measure by release; nothing where no release was measured yet."""
    figures: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return figures


def keep(version: str, scores: Iterable[Score], path: Path = FIGURES) -> None:
    """Write the figures of a release beside those of the others."""
    figures = kept_figures(path) | {version: {score.name: score.f1 for score in scores}}
    write_whole(path, json.dumps(figures, indent=1) + "\n")


def regressions(before: Mapping[str, float], now: Mapping[str, float]) -> list[str]:
    """One line for each measure that lost more than a point, or that is not measured any more.

    >>> regressions({"mention": 75.0, "relation": 40.0}, {"mention": 74.5, "relation": 38.5})
    ['relation fell from 40.0 to 38.5']
    """
    return [
        f"{name} fell from {before[name]} to {now.get(name, 0.0)}"
        for name in JUDGED
        if name in before and now.get(name, 0.0) < before[name] - ALLOWED
    ]
