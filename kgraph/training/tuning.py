"""Thresholds and calibration, set on the development papers.

Thresholds are tried one after another, each where it makes its own measure best; scores are then
calibrated after Platt (1999): the log-odds of a probability are scaled and shifted so that among
facts with score 0.8 about 80 in 100 are right. :func:`reliability` shows how well that holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kgraph.evaluate import evaluate, verdicts
from kgraph.extraction.model.decoding import relate
from kgraph.extraction.model.heads import Weights
from kgraph.extraction.model.labels import Labels, Thresholds
from kgraph.model import Annotation
from kgraph.ontology import Ontology
from kgraph.training.prediction import Encoded, annotated, grouping_of

__all__ = ["MEASURES", "Bin", "calibrate", "expected_error", "reliability", "tune"]

KINDS = ("entity", "relation", "result")
MEASURES = ("mention", "entity", "role", "relation", "result")
"""What a model is judged by: the mean of their F1."""
_LEAST = 20
"""Judged facts of a predicate from which on it gets a threshold of its own."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Facts whose scores lie in one tenth: how many, their mean score, and the share that is right."""

    kind: str
    facts: int
    score: float
    right: float


def tune(papers: Sequence[Encoded], weights: Weights, labels: Labels, *, ontology: Ontology) -> Thresholds:
    """The thresholds that are best on these papers, each for what it decides."""
    gold = [paper.example.annotation for paper in papers]

    def measure(bars: Thresholds, *names: str) -> float:
        found = [annotated(paper, weights, labels, bars) for paper in papers]
        scores = evaluate(gold, found, ontology=ontology).scores
        return sum(scores[name].f1 for name in names)

    bars = Thresholds(relations=dict.fromkeys(labels.predicates, 0.3))
    bars = _best(bars, "mention", (0.35, 0.4, 0.45, 0.5), lambda bars: measure(bars, *MEASURES))
    bars = _best(bars, "same", (0.2, 0.3, 0.4, 0.5), lambda bars: measure(bars, "entity"))
    bars = _best(bars, "value", (0.3, 0.4, 0.5), lambda bars: measure(bars, "result"))
    bars = _best(bars, "result", (0.2, 0.3, 0.4), lambda bars: measure(bars, "result"))
    grouped = [grouping_of(paper, weights, labels, bars) for paper in papers]

    def measure_relations(bars: Thresholds) -> float:
        found = [
            Annotation(annotation.paper, grouping.entities, relate(reading, grouping, weights, labels, bars))
            if grouping
            else Annotation(annotation.paper)
            for annotation, (reading, grouping) in zip(gold, grouped, strict=True)
        ]
        return evaluate(gold, found, ontology=ontology).scores["relation"].f1

    levels = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4)
    choices = [replace(bars, relations=dict.fromkeys(labels.predicates, level)) for level in levels]
    bars = max(choices, key=measure_relations)
    frequent = [p for p in labels.predicates if sum(r.predicate == p for a in gold for r in a.relations) >= _LEAST]
    for predicate in frequent:
        choices = [replace(bars, relations={**bars.relations, predicate: level}) for level in levels]
        bars = max(choices, key=measure_relations)
    return bars


def _best(bars: Thresholds, name: str, values: Iterable[float], measure: Callable[[Thresholds], float]) -> Thresholds:
    return max((replace(bars, **{name: value}) for value in values), key=measure)  # type: ignore[arg-type]


def calibrate(gold: Sequence[Annotation], found: Sequence[Annotation], bars: Thresholds) -> Thresholds:
    """The thresholds with slopes and shifts that make the scores of ``found`` (uncalibrated) true shares."""
    slopes, shifts = {}, {}
    for kind, (scores, right) in _judged(gold, found).items():
        slopes[kind], shifts[kind] = _platt(scores, right) if len(scores) >= _LEAST else (1.0, 0.0)
    return replace(bars, slopes=slopes, shifts=shifts)


def reliability(gold: Sequence[Annotation], found: Sequence[Annotation], *, bins: int = 10) -> list[Bin]:
    """How often facts with a score are right, by tenths of the score."""
    made = []
    for kind, (scores, right) in _judged(gold, found).items():
        tenth = np.minimum((scores * bins).astype(int), bins - 1)
        for number in sorted(set(tenth.tolist())):
            inside = tenth == number
            made.append(Bin(kind, int(inside.sum()), float(scores[inside].mean()), float(right[inside].mean())))
    return made


def expected_error(bins: Sequence[Bin], kind: str) -> float:
    """The expected calibration error (Naeini et al. 2015): the mean distance of score and share, by facts.

    >>> expected_error([Bin("entity", 10, 0.8, 0.7), Bin("entity", 30, 0.4, 0.4)], "entity")
    0.025
    """
    own = [bin for bin in bins if bin.kind == kind]
    facts = sum(bin.facts for bin in own)
    return round(sum(bin.facts * abs(bin.score - bin.right) for bin in own) / facts, 4) if facts else 0.0


def _judged(
    gold: Sequence[Annotation], found: Sequence[Annotation]
) -> dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """The scores of all facts of each kind, and 1 for each that is right."""
    scores: dict[str, list[float]] = {kind: [] for kind in KINDS}
    right: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for wanted, given in zip(gold, found, strict=True):
        found_scores = (
            [entity.score for entity in given.entities],
            [relation.score for relation in given.relations],
            [result.score for result in given.results],
        )
        for kind, own, judged in zip(KINDS, found_scores, verdicts(wanted, given), strict=True):
            scores[kind] += own
            right[kind] += map(float, judged)
    return {kind: (np.array(scores[kind]), np.array(right[kind])) for kind in KINDS}


def _platt(scores: NDArray[np.float64], right: NDArray[np.float64], *, steps: int = 100) -> tuple[float, float]:
    """Slope and shift of the logistic regression of being right on the log-odds of the score.

    Newton's method with steps of bounded length, held a little to slope 1 and shift 0.
    """
    inside = np.clip(scores, 1e-3, 1 - 1e-3)
    inputs = np.stack([np.log(inside / (1 - inside)), np.ones_like(inside)], axis=1)
    neutral = np.array([1.0, 0.0])
    found = neutral.copy()
    for _ in range(steps):
        shares = 1 / (1 + np.exp(-np.clip(inputs @ found, -30, 30)))
        gradient = inputs.T @ (shares - right) + found - neutral
        curvature = (inputs * (shares * (1 - shares))[:, None]).T @ inputs + np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        found = found - step * min(1.0, 0.5 / max(float(np.abs(step).max()), 1e-9))
    return float(max(found[0], 0.05)), float(found[1])
