"""The sums over segmentations, against listing every segmentation."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, log

import numpy as np
import pytest

from kgraph.extraction.model.segments import marginals


def segmentations(words: int, longest: int, begin: int = 0) -> Iterator[list[tuple[int, int]]]:
    """Every set of stretches (first word, length) that do not overlap."""
    if begin == words:
        yield []
        return
    yield from segmentations(words, longest, begin + 1)
    for length in range(1, min(longest, words - begin) + 1):
        for rest in segmentations(words, longest, begin + length):
            yield [(begin, length), *rest]


@pytest.mark.parametrize(("words", "longest"), [(1, 1), (3, 5), (6, 3), (7, 2)])
def test_sums_and_marginals_are_those_of_all_segmentations(words, longest):
    scores = np.random.default_rng(words).normal(0, 2, (2, words, longest))
    ends = np.arange(words)[:, None] + np.arange(1, longest + 1)
    scores[:, ends > words] = -1e4
    totals, probabilities = marginals(scores)
    for text in range(2):
        total, shares = 0.0, np.zeros((words, longest))
        for segments in segmentations(words, longest):
            weight = exp(sum(scores[text, first, length - 1] for first, length in segments))
            total += weight
            for first, length in segments:
                shares[first, length - 1] += weight
        assert totals[text] == pytest.approx(log(total))
        assert probabilities[text] == pytest.approx(shares / total)


def test_a_longer_text_beside_it_changes_nothing():
    short = np.random.default_rng(1).normal(size=(1, 4, 2))
    short[0, 3, 1] = -1e4
    padded = np.full((2, 9, 2), -1e4)
    padded[0, :4] = short[0]
    padded[1] = 3.0
    alone, together = marginals(short), marginals(padded)
    assert together[0][0] == pytest.approx(alone[0][0])
    assert together[1][0, :4] == pytest.approx(alone[1][0])


def test_extreme_scores_stay_finite():
    scores = np.full((1, 500, 12), 50.0)
    totals, probabilities = marginals(scores)
    assert np.isfinite(totals).all()
    assert np.isfinite(probabilities).all()
    assert (probabilities <= 1.0).all()
