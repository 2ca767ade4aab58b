import re

import pytest

from kgraph.extraction.kinds import NOUNS, kind_of_name, kind_of_phrase
from kgraph.extraction.names import find_names
from kgraph.ontology import load_ontology
from kgraph.text import singular
from tests.extraction.reading import found_in


def names(text, title="on things"):
    return dict(found_in(find_names, text, title=title))


@pytest.mark.parametrize(
    "name",
    [
        "FlashFoo",
        "Foo-7B",
        "FOO",
        "FOOs",
        "Foo2.5-VL",
        "W4A8",
        "LLaFoo",
        "GPT-9",
        "vFoo",
        "Fast-FooNet",
        "FOO-BAR",
        "Qua2",
    ],
)
def test_a_coined_word_is_a_name(name):
    assert list(names(f"with {name} it works")) == [name]


@pytest.mark.parametrize(
    "text", ["a URL of 3 GB", "the word", "A word", "in 2024", "COVID-19", "5G and 3D", "it's 3.5x"]
)
def test_what_is_no_name(text):
    assert names(text) == {}


def test_an_acronym_of_a_measure_is_left_to_the_phrases():
    assert names("at 30 FPS") == {}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We release FooX, a large benchmark for vision.", "Dataset"),
        ("We release FooX, an open-source, modular toolkit for archives.", "Software"),
        ("FooX is a processor for graphs.", "Hardware"),
        ("FooX (a novel in-memory computing architecture) wins", "Method"),
        ("The FooX dataset is small.", "Dataset"),
        ("The FooX compiler is small.", "Software"),
        ("on the library FooX and others", "Software"),
        ("a dataset called FooX", "Dataset"),
        ("on BarY, FooX and BazZ benchmarks", "Dataset"),
        ("libraries such as FooX", "Software"),
        ("We test on FooX.", "Dataset"),
        ("It is based on FooX.", "Method"),
        ("Across datasets, FooX wins.", "Method"),
        ("with FooX", "Method"),
        ("with FooBench", "Dataset"),
        ("with FooNet", "Method"),
        ("with FooSim", "Software"),
        ("with FOO-PIM", "Hardware"),
        ("with T2V", "Task"),
    ],
)
def test_the_words_around_a_name_tell_its_kind(text, kind):
    assert next(kind for name, kind in names(text).items() if name not in {"BarY", "BazZ"}) == kind


def test_the_subtitle_tells_the_kind_of_all_places():
    assert names("Here FooX stands.", title="FooX: A Simulator for Things") == {"FooX": "Software"}


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("novel benchmark for code generation models", "Dataset"),
        ("accelerator simulator", "Software"),
        ("simulator-guided accelerator", "Hardware"),
        ("LLM serving system", "Software"),
        ("cognitive system", "Method"),
        ("systolic array design", "Hardware"),
        ("compiler-based approach", "Method"),
        ("in-memory computing architecture", "Hardware"),
        ("new thing entirely", None),
        ("", None),
    ],
)
def test_the_noun_of_a_phrase_tells_what_it_is(phrase, kind):
    assert kind_of_phrase(phrase) == kind


def test_more_evidence_outweighs_less():
    text = "FooX, a dataset. The FooX library and the FooX library."
    places = [match.span() for match in re.finditer("FooX", text)]
    assert kind_of_name("FooX", text, places, 0) == "Software"
    assert kind_of_name("FooX", text, places[:2], 0) == "Dataset"


def test_the_table_of_nouns():
    assert set(NOUNS.values()) <= set(load_ontology().types)
    assert {noun for noun in NOUNS if singular(noun) != noun} == set()
