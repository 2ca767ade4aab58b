import pytest

from kgraph.extraction.capitals import find_capitals
from kgraph.extraction.introductions import find_introductions
from tests.extraction.reading import found_in


@pytest.mark.parametrize(
    ("title", "abstract", "names"),
    [
        ("Neon: swift signs", "Here Neon shines. See Neon.", ["Neon", "Neon", "Neon"]),
        ("Agent Ember: swift agents", "We run Agent Ember.", ["Agent Ember", "Agent Ember"]),
        ("Quantization: a survey", "We read much.", []),
        ("On things", "We present Sable, a method. Sable is new.", ["Sable", "Sable"]),
        ("On things", "This paper introduces Sable (a method).", ["Sable"]),
        ("On things", "a method called Sable runs", ["Sable"]),
        ("On things", "a network dubbed “Sable Two”", ["Sable Two"]),
        ("On things", r"we use \textbf{Sable} here", ["Sable"]),
        ("On things", r"we use \textbf{some words} here", []),
        ("On things", "We present Sable results of others.", []),
        ("On things", "We present a thing. Specifically, it runs.", []),
        ("On things", "a tool called Sable. Specifically, it runs.", ["Sable"]),
    ],
)  # fmt: skip
def test_names_that_a_paper_introduces(title, abstract, names):
    assert [name for name, _ in found_in(find_introductions, abstract, title=title)] == names


def test_an_introduced_name_is_what_the_text_says():
    assert found_in(find_introductions, "Neon is told.", title="Neon: A Compiler for Signs")[0] == ("Neon", "Software")
    assert found_in(find_introductions, "a thing called Neon")[0] == ("Neon", "Method")


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("We use Gated Spike Networks here.", [("Gated Spike Networks", "Method")]),
        ("Gated Spike Networks are old.", []),
        ("It ends. Gated Spike Networks are old.", []),
        ("on a Sparse Tensor Processor today", [("Sparse Tensor Processor", "Hardware")]),
        ("by Adaptive Image Generation today", [("Adaptive Image Generation", "Method")]),
        ("in New York City", []),
        ("a CPU-GPU system", []),
    ],
)
def test_capitalised_phrases_inside_a_sentence(abstract, expected):
    assert found_in(find_capitals, abstract) == expected


def test_capitals_of_a_title_say_nothing():
    assert found_in(find_capitals, "nothing here", title="We Use Gated Spike Networks") == []
