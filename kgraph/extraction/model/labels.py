"""What a model knows how to say, and from which probability it says so."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["PAPER", "Labels", "Thresholds", "calibrated"]

PAPER = "Paper"
"""The class whose instances have roles for entities."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The names in the order of the model's outputs; ``allowed`` are the (subject's type, predicate,
    object's type) that the ontology lets stand, a role's subject being :data:`PAPER`. Lengths are in
    words of :mod:`kgraph.extraction.model.wordpieces`.
    """

    types: tuple[str, ...]
    roles: tuple[str, ...]
    predicates: tuple[str, ...]
    allowed: frozenset[tuple[str, str, str]]
    longest_mention: int = 12
    longest_value: int = 12


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability something is taken, all set on development papers.

    ``slopes`` and ``shifts`` turn probabilities into calibrated scores (:func:`calibrated`).
    """

    mention: float = 0.45
    value: float = 0.4
    same: float = 0.5
    relations: Mapping[str, float] = field(default_factory=dict)
    result: float = 0.2
    slopes: Mapping[str, float] = field(default_factory=dict)
    shifts: Mapping[str, float] = field(default_factory=dict)


def calibrated(kind: str, probability: float, thresholds: Thresholds) -> float:
    """The share of facts of that kind with such a probability that are right, by Platt (1999): in (0, 1].

    >>> calibrated("entity", 0.5, Thresholds(slopes={"entity": 2.0}, shifts={"entity": 0.0}))
    0.5
    """
    inside = min(max(probability, 1e-4), 1 - 1e-4)
    odds = math.log(inside / (1 - inside))
    odds = thresholds.slopes.get(kind, 1.0) * odds + thresholds.shifts.get(kind, 0.0)
    return max(0.001, round(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), 3))
