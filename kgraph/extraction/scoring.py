"""How sure a set of observations makes: the arithmetic that roles, relations and results share.

Each observation has a weight in log-odds and weights add up, as in a logistic regression. The
sums are rounded, so that the order in which floats are added (that of a set) never shows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import repeat

__all__ = ["as_score", "log_odds", "probability", "total"]

_NOTHING = repeat(0.0)
_DIGITS = 6
_LEAST_SCORE = 0.001
_FARTHEST = 700.0  # beyond it exp() overflows


def total(weights: Mapping[str, float], observed: Iterable[str]) -> float:
    """The sum of the weights of what was observed, in log-odds; what has no weight adds nothing.

    >>> total({"near": 1.5, "far": -2.0}, {"near", "loud"})
    1.5
    """
    return round(sum(map(weights.get, observed, _NOTHING)), _DIGITS)


def probability(log_odds: float) -> float:
    """The probability of which these are the log-odds.

    >>> probability(0.0), round(probability(2.2), 2)
    (0.5, 0.9)
    """
    return 1 / (1 + math.exp(min(-log_odds, _FARTHEST)))


def log_odds(probability: float) -> float:
    """The log-odds of a probability: minus infinity for 0, infinity for 1.

    >>> log_odds(0.5)
    0.0
    """
    if probability <= 0 or probability >= 1:
        return math.copysign(math.inf, probability - 0.5)
    return math.log(probability / (1 - probability))


def as_score(probability: float) -> float:
    """A probability as annotations give it: three digits, and never 0.

    >>> as_score(0.87654), as_score(1e-9)
    (0.877, 0.001)
    """
    return max(round(probability, 3), _LEAST_SCORE)
