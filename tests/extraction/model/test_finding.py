"""Mentions from probabilities: thresholds, overlaps, one type a form, all its occurrences."""

from __future__ import annotations

import numpy as np

from kgraph.extraction.model.finding import chosen, span_probabilities, spread
from kgraph.extraction.model.grouping import Taken
from kgraph.extraction.model.wordpieces import Words


def words_of(text: str) -> Words:
    """The text cut at spaces, a piece a word."""
    starts, at = [], 0
    parts = text.split(" ")
    for part in parts:
        starts.append(at)
        at += len(part) + 1
    begins = np.array(starts, dtype=np.int32)
    places = np.arange(len(parts), dtype=np.int32)
    ends = begins + np.array([len(part) for part in parts], dtype=np.int32)
    return Words(begins, ends, places, places, places, places)


def test_the_surest_of_two_that_overlap_is_taken():
    probability = np.zeros((4, 2, 2))
    probability[0, 1, 1] = 0.5  # words 0 and 1
    probability[1, 1, 0] = 0.6  # words 1 and 2
    probability[3, 0, 0] = 0.9
    assert chosen(probability, 0.4) == [Taken(1, 3, 0, 0.6), Taken(3, 4, 0, 0.9)]


def test_a_form_has_the_type_with_most_probability_and_stands_wherever_it_occurs():
    text = "RISC-V cores , a RISC-V and XRISC-V RISC-V"
    found = [Taken(0, 1, 2, 0.6), Taken(4, 5, 1, 0.9)]
    made = spread(text, words_of(text), found)
    assert [(taken.start, taken.type) for taken in made] == [(0, 1), (4, 1), (7, 1)]
    assert made[-1].score < 0.9


def test_an_occurrence_inside_a_longer_mention_is_left_alone():
    text = "graph neural network and neural network"
    found = [Taken(0, 3, 0, 0.9), Taken(4, 6, 0, 0.9)]
    assert spread(text, words_of(text), found) == found


def test_probabilities_of_a_text_do_not_depend_on_those_beside_it():
    random = np.random.default_rng(3)
    short, long = random.normal(size=(3, 2, 3)), random.normal(size=(7, 2, 3))
    alone, together = span_probabilities([short]), span_probabilities([short, long])
    np.testing.assert_allclose(alone[0][0], together[0][0])
    np.testing.assert_allclose(alone[1][0], together[1][0])
    assert alone[0][0][2, 1].sum() == 0.0  # it would leave the text
