"""The arithmetic of evidence."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.extraction.scoring import as_score, log_odds, probability, total

weights = st.dictionaries(st.text(max_size=3), st.floats(-9, 9), max_size=8)


@given(weights, st.randoms(use_true_random=False))
def test_a_total_does_not_depend_on_the_order(table, random):
    observed = sorted(table)
    shuffled = random.sample(observed, len(observed))
    assert total(table, observed) == total(table, shuffled)


@given(weights, st.text(min_size=4, max_size=6))
def test_what_has_no_weight_adds_nothing(table, stranger):
    assert total(table, [*table, stranger]) == total(table, table)


@given(st.floats(0.001, 0.999))
def test_log_odds_and_probability_are_inverse(chance):
    assert math.isclose(probability(log_odds(chance)), chance, rel_tol=1e-9)


@pytest.mark.parametrize(("chance", "expected"), [(0.0, -math.inf), (1.0, math.inf), (-1.0, -math.inf), (2, math.inf)])
def test_a_threshold_of_none_or_all(chance, expected):
    assert log_odds(chance) == expected


@pytest.mark.parametrize("extreme", [-1e6, 1e6, -math.inf, math.inf])
def test_no_total_is_too_large(extreme):
    assert 0 <= probability(extreme) <= 1


@given(st.floats(0, 1))
def test_a_score_is_a_probability_that_is_never_0(chance):
    assert 0 < as_score(chance) <= 1
    assert as_score(chance) == pytest.approx(chance, abs=0.001)
