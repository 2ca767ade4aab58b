import pytest
from hypothesis import given

from kgraph.extraction.heads import ALONE, HEADS, head_type
from kgraph.extraction.phrases import find_phrases
from kgraph.ontology import load_ontology
from kgraph.text import singular
from tests.extraction.reading import found_in
from tests.strategies import texts


def phrases(text):
    return found_in(find_phrases, text, title="Zorp")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it uses 4-bit weight quantization here", [("4-bit weight quantization", "Method")]),
        ("a study of speech recognition", [("speech recognition", "Task")]),
        ("the energy consumption falls", [("energy consumption", "Metric")]),
        ("with graph contrastive learning", [("graph contrastive learning", "Method")]),
        ("Quantization helps", [("Quantization", "Method")]),
        ("3D object detection on roads", [("3D object detection", "Task")]),
        ("low-rank decompositions", [("low-rank decompositions", "Method")]),
    ],
)
def test_a_phrase_is_what_its_head_is(text, expected):
    assert phrases(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a novel and efficient object detection", [("object detection", "Task")]),
        ("reduces latency", [("latency", "Metric")]),
        ("improving speech recognition", [("speech recognition", "Task")]),
        ("transformer-based speech recognition", [("speech recognition", "Task")]),
        ("real-time speech recognition", [("speech recognition", "Task")]),
        ("various systems need scheduling", []),
        ("highly parallel decoding", [("parallel decoding", "Method")]),
        ("3 ms latency", [("latency", "Metric")]),
    ],
)
def test_a_phrase_begins_behind_what_is_no_part_of_a_name(text, expected):
    assert phrases(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("long video generation", [("long video generation", "Task")]),
        ("novel view estimation", [("novel view estimation", "Task")]),
        ("a long detection", []),
        ("next-token prediction", [("next-token prediction", "Task")]),
    ],
)
def test_an_adjective_that_belongs_to_the_next_word_stays(text, expected):
    assert phrases(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("human accuracy", [("accuracy", "Metric")]),
        ("inference latency", [("inference latency", "Metric")]),
        ("FooNet accuracy", [("accuracy", "Metric")]),
        ("peak memory footprint", [("memory footprint", "Metric")]),
        ("at inference time", []),
        ("a real-time system", []),
        ("test-time compute", []),
        ("the response time", [("response time", "Metric")]),
        ("model rate", []),
    ],
)
def test_a_measure_has_few_modifiers(text, expected):
    assert phrases(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("adversarial training", [("adversarial training", "Method")]),
        ("distributed training", []),
        ("speculative inference", [("speculative inference", "Method")]),
        ("achieved via token selection and token reordering", [("token reordering", "Method")]),
        ("via iterative image generation", [("iterative image generation", "Method")]),
    ],
)
def test_what_a_task_is_done_by_is_a_method(text, expected):
    assert phrases(text) == expected


def test_a_head_inside_a_compound_is_none():
    assert phrases("attention-guided and latency-aware designs") == []
    assert phrases("with high-throughput links") == []


def test_a_capitalised_head_before_a_capitalised_word_is_none():
    assert phrases("We use Tensor Processing Units") == []


def test_attention_that_people_pay_is_no_method():
    assert phrases("has received significant attention") == []
    assert phrases("computes attention") == [("attention", "Method")]


def test_punctuation_parts_phrases():
    assert phrases("graph (neural) learning, image, classification") == []


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("spiking neural networks", "Method"),
        ("neural processing units", "Hardware"),
        ("gated linear units", "Method"),
        ("long short-term memory", "Method"),
        ("high-bandwidth memory", "Hardware"),
        ("analysis of variance", "Task"),
        ("corpus of spoken words", "Dataset"),
        ("time to first byte", "Metric"),
        ("", None),
        ("–", None),
    ],
)
def test_the_type_of_a_long_form(phrase, kind):
    assert head_type(phrase) == kind


def test_the_tables_of_heads_agree_with_each_other_and_the_ontology():
    assert len(HEADS) > 150
    assert set(HEADS.values()) <= set(load_ontology().types)
    assert ALONE.issubset(HEADS)
    assert {word: singular(word) for word in HEADS if "-" not in word and singular(word) != word} == {}


@given(texts)
def test_any_text_gives_phrases_that_lie_within_it(text):
    assert all(written.strip() for written, _ in phrases(text))
