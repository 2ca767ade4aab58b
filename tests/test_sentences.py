"""Where sentences end, and where a full stop ends none."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.sentences import sentence_spans


def sentences(text, title_end=0):
    return [text[start:end] for start, end in sentence_spans(text, title_end)]


@pytest.mark.parametrize(
    "text",
    [
        "It takes 3.5 ms on average.",
        "We use caches, e.g. LRU, and queues.",
        "We use a cache (cf. Sect. 3) of Fig. 2.",
        "As Doe et al. Showed before, it holds.",
        "We follow J. Doe here.",
        "It is fast (3 ms vs. 5 ms).",
        "The toolkit of spaCy v3.8. is large.",
        "Trees, graphs, etc. are read.",
        "w.r.t. Accuracy it is better.",
    ],
)
def test_a_stop_that_ends_no_sentence(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("It runs over NVLink-C2C. We test it.", ["It runs over NVLink-C2C.", "We test it."]),
        ("It works (as we hoped.) We test it.", ["It works (as we hoped.)", "We test it."]),
        ('He said "stop." We went on.', ['He said "stop."', "We went on."]),
        ("So it goes... And on.", ["So it goes...", "And on."]),
        ("It costs 5. 3 of them fail.", ["It costs 5.", "3 of them fail."]),
        ("First line.\nSecond line.", ["First line.", "Second line."]),
        ("It is new.  \t Then it is old. ", ["It is new.", "Then it is old."]),
    ],
)
def test_a_stop_that_ends_a_sentence(text, expected):
    assert sentences(text) == expected


def test_the_title_is_a_sentence_whatever_it_ends_with():
    assert sentences("Is it fast? A study of 3.5 cases\nwe think so. We do.", 32) == [
        "Is it fast? A study of 3.5 cases",
        "we think so.",
        "We do.",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n", " \t\n "])
def test_nothing_has_no_sentences(text):
    assert sentences(text) == []


@given(st.text(alphabet=" .!?abcAB1()\"\n'", max_size=80) | st.text(max_size=40), st.integers(0, 90))
def test_every_character_but_white_space_belongs_to_one_sentence(text, title_end):
    spans = sentence_spans(text, title_end)
    assert list(spans) == sorted(spans)
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    between = set(range(len(text))).difference(*(range(start, end) for start, end in spans))
    assert all(text[at].isspace() for at in between)


@pytest.mark.parametrize("piece", [".", ". ", "a. ", "e.g. ", ".)", " ", "a", "A! ", ".'\" "])
def test_time_is_linear_in_the_text(piece):
    started = time.process_time()
    sentence_spans(piece * (100_000 // len(piece)), 3)
    assert time.process_time() - started < 5
