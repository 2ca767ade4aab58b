"""Grouping by likeness, and calibration."""

from __future__ import annotations

import numpy as np
import pytest

from kgraph.extraction.model.grouping import _linked
from kgraph.extraction.model.labels import Thresholds, calibrated


def symmetric(likely):
    array = np.array(likely, dtype=float)
    return np.maximum(array, array.T)


def test_average_linkage_joins_what_is_likely_on_the_whole():
    likely = symmetric([[1, 0.9, 0.7, 0], [0, 1, 0.2, 0], [0, 0, 1, 0.1], [0, 0, 0, 1]])
    assert _linked(likely, 0.5) == [[0, 1], [2], [3]]  # 2 is like 0 but not like 1: 0.45 on average
    assert _linked(likely, 0.4) == [[0, 1, 2], [3]]
    assert _linked(likely, 0.95) == [[0], [1], [2], [3]]


def test_one_form_is_one_entity():
    assert _linked(np.ones((1, 1)), 0.5) == [[0]]


@pytest.mark.parametrize("probability", [0.0, 1e-9, 0.3, 0.5, 0.9, 1.0])
def test_calibrated_scores_are_shares_and_rise(probability):
    bars = Thresholds(slopes={"entity": 0.7}, shifts={"entity": 0.2})
    score = calibrated("entity", probability, bars)
    assert 0 < score <= 1
    assert score <= calibrated("entity", min(1.0, probability + 0.1), bars)
