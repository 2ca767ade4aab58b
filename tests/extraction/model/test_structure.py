"""How mentions stand to each other, and how forms compare."""

from __future__ import annotations

import numpy as np
import pytest

from kgraph.extraction.model.structure import between, form_features, forms_of, places

EQUAL, INITIALS, LETTERS, SUFFIX, PREFIX, INSIDE, JOINT, DIGITS, DEFINED, HINTED_ONE, HINTED_TWO = range(11)


def test_words_between_and_distance():
    sentences = np.array([0, 0, 0, 0, 0, 1, 1, 2])
    spans = np.array([0, 3, 5, 7]), np.array([2, 4, 6, 8])
    low, high, distance = between(spans, spans, sentences)
    assert (low[0, 1], high[0, 1]) == (2, 3)
    assert (low[1, 0], high[1, 0]) == (2, 3)
    assert distance[0, 1] == 0
    assert distance[1, 0] == 4
    assert (low[0, 2], high[0, 2], distance[0, 2], distance[2, 0]) == (0, 0, 8, 9)
    assert (distance[0, 3], distance[3, 0]) == (10, 11)


@pytest.mark.parametrize(
    ("one", "other", "feature"),
    [
        ("KV-cache", "KV cache", EQUAL),
        ("MoE", "Mixture of Experts", INITIALS),
        ("LoRA", "low-rank adaptation", LETTERS),
        ("segmentation", "semantic segmentation", SUFFIX),
        ("RISC-V", "RISC-V core", PREFIX),
        ("A100", "NVIDIA A100 GPUs", INSIDE),
        ("Foo-7B", "Foo-13B", DIGITS),
        ("Fast Tree Search", "FTS", DEFINED),
    ],
)
def test_letters_that_tell_of_one_name(one, other, feature):
    features = form_features("We use Fast Tree Search (FTS).", [one, other], {})
    assert features[0, 1, feature] == 1.0
    np.testing.assert_array_equal(features, features.transpose(1, 0, 2))


def test_hints_tell_of_one_name_or_of_two():
    forms = ["FTS", "Fast Tree Search", "FPGA", "GPU"]
    features = form_features("", forms, {"FTS": 0, "Fast Tree Search": 0, "FPGA": 1})
    assert [features[0, other, HINTED_ONE] for other in (1, 2, 3)] == [1.0, 0.0, 0.0]
    assert [features[0, other, HINTED_TWO] for other in (1, 2, 3)] == [0.0, 1.0, 0.0]


def test_forms_join_case_hyphen_and_plural_within_a_type():
    spelled, numbers = forms_of(["GPUs", "GPU", "GPU", "fpga"], [0, 0, 1, 0])
    assert spelled == ["GPUs", "GPU", "fpga"]
    assert numbers.tolist() == [0, 0, 1, 2]


def test_places():
    members = np.array([[True, True, False], [False, False, True]])
    found = places(members, np.array([0, 8, 4]), np.array([0, 0, 1, 1, 1, 1, 1, 2, 2, 2]))
    assert found[0, 0] == 1.0
    assert found[1, 0] == 0.0
    assert found[0, 2:4].tolist() == pytest.approx([0.0, 0.8])
    assert found[0, 4] == pytest.approx(0.4)
