from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.extraction.gazetteer import Gazetteer
from kgraph.vocabulary import Concept, Vocabulary
from tests.extraction.reading import doc_of, spans_of
from tests.strategies import texts

CONCEPTS = (
    Concept("dataset/imagenet", "Dataset", "ImageNet"),
    Concept("hardware/cpu", "Hardware", "CPU"),
    Concept("hardware/nvidia-a10", "Hardware", "NVIDIA A10", aliases=("A10",)),
    Concept("hardware/nvidia-a100", "Hardware", "NVIDIA A100", aliases=("A100",)),
    Concept("hardware/nvidia-geforce-rtx-4090", "Hardware", "NVIDIA GeForce RTX 4090", aliases=("RTX 4090",)),
    Concept("hardware/random-access-memory", "Hardware", "random-access memory"),
    Concept("method/gpt-4", "Method", "GPT-4"),
    Concept("hardware/arm-neoverse", "Hardware", "Neoverse"),
    Concept("method/flamingo", "Method", "FLAMINGO"),
    Concept("method/momentum", "Method", "momentum"),
    Concept("organization/scale-ai", "Organization", "Scale AI"),
    Concept("task/topology-optimization", "Task", "TO design"),
    Concept("method/neural-network", "Method", "neural network"),
    Concept("method/graph-neural-network", "Method", "graph neural network"),
    Concept("method/sam", "Method", "SAM"),
    Concept("method/complex", "Method", "ComplEx"),
    Concept("method/stable-diffusion", "Method", "Stable Diffusion"),
    Concept("metric/average", "Metric", "Average"),
    Concept("metric/map", "Metric", "mAP"),
    Concept("software/c-plus-plus", "Software", "C++"),
    Concept("software/go", "Software", "Go", risky=("Go",), context=("language", "compiler")),
    Concept("software/never", "Software", "Never", risky=("Never",)),
    Concept("software/accelerate", "Software", "accelerate", risky=("accelerate",), context=("library",)),
    Concept("task/object-detection", "Task", "Object Detection"),
)
GAZETTEER = Gazetteer(Vocabulary({concept.id: concept for concept in CONCEPTS}))


def links(text):
    return {written: id for written, _, id in spans_of(GAZETTEER(doc_of(text)))}


@pytest.mark.parametrize(
    ("text", "written", "id"),
    [
        ("We train Graph-Neural Networks.", "Graph-Neural Networks", "method/graph-neural-network"),
        ("Random access memories are slow.", "Random access memories", "hardware/random-access-memory"),
        ("It is written in C++.", "C++", "software/c-plus-plus"),
        ("OBJECT DETECTION is hard.", "OBJECT DETECTION", "task/object-detection"),
        ("On Imagenet it wins.", "Imagenet", "dataset/imagenet"),
        ("Two SAMs are better.", "SAMs", "method/sam"),
        ("The mAP rises.", "mAP", "metric/map"),
        ("A FLAMINGO model.", "FLAMINGO", "method/flamingo"),
        ("Data from Scale AI.", "Scale AI", "organization/scale-ai"),
        ("SGD with momentum.", "momentum", "method/momentum"),
    ],
)
def test_spellings_of_a_label(text, written, id):
    assert links(text) == {written: id}


@pytest.mark.parametrize(
    "text",
    [
        "It is sam who runs.",  # a short name keeps its capitals
        "A complex thing.",
        "On average it wins.",
        "The map of stable diffusion.",
        "See https://example.org/ImageNet or a@ImageNet.org.",
        "MyImageNet and ImageNet2 are others.",
        "GPT-4.1 and GPT-4o are others.",
        "A Flamingo stood there.",  # capitals alone stay capitals
        "Flamingos stood there.",
        "SAMS is another acronym.",  # no plural in capitals
        "NeoVerse is another name.",  # a name with one capital stands to the letter
        "How to design a large-scale AI.",
        "It is gaining momentum.",
    ],
)
def test_what_only_looks_like_a_label(text):
    assert links(text) == {}


def test_the_longest_label_wins():
    assert links("a graph neural network") == {"graph neural network": "method/graph-neural-network"}


def test_a_product_is_no_other_product():
    assert links("an A100 and an A10") == {"A100": "hardware/nvidia-a100", "A10": "hardware/nvidia-a10"}
    assert links("an A1000") == {}
    assert links("an RTX 4090 GPU") == {"RTX 4090 GPU": "hardware/nvidia-geforce-rtx-4090"}
    assert links("an RTX 4090 Laptop GPU") == {"RTX 4090 Laptop GPU": ""}


def test_hardware_takes_vendor_and_class_noun():
    assert links("on 8 NVIDIA A100 80GB GPUs") == {"NVIDIA A100 80GB GPUs": "hardware/nvidia-a100"}


def test_a_vendors_kind_is_not_the_kind():
    assert links("on CPUs and Intel CPUs") == {"CPUs": "hardware/cpu", "Intel CPUs": ""}


def test_a_risky_label_needs_its_context_near():
    assert links("Go is a language.") == {"Go": "software/go"}
    assert links("Go home.") == {}
    assert links("Go" + " far" * 60 + " to a language.") == {}
    assert links("go to a language") == {}


def test_a_risky_label_in_lower_case_needs_it_beside():
    assert links("with the accelerate library") == {"accelerate": "software/accelerate"}
    assert links("we accelerate the slow and very old library") == {}


def test_a_risky_label_without_context_never_counts():
    assert links("Never say never.") == {}


def test_signs_around_a_label_that_fold_to_spaces_are_no_part_of_it():
    gazetteer = Gazetteer(Vocabulary({"task/zorp": Concept("task/zorp", "Task", "-zorp-")}))
    assert spans_of(gazetteer(doc_of("to zorp things"))) == [("zorp", "Task", "task/zorp")]


def test_another_vocabulary_from_now_on():
    gazetteer = Gazetteer()
    gazetteer.set_vocabulary(Vocabulary({"task/zorp": Concept("task/zorp", "Task", "zorp")}))
    assert spans_of(gazetteer(doc_of("to zorp"))) == [("zorp", "Task", "task/zorp")]
    gazetteer.set_vocabulary(Vocabulary())
    assert spans_of(gazetteer(doc_of("to zorp"))) == []


def test_what_the_configuration_chose_stays():
    gazetteer = Gazetteer(Vocabulary({"task/zorp": Concept("task/zorp", "Task", "zorp")}))
    gazetteer.set_vocabulary(Vocabulary())
    assert spans_of(gazetteer(doc_of("to zorp"))) == [("zorp", "Task", "task/zorp")]


@given(st.lists(st.sampled_from([concept.name for concept in CONCEPTS]) | texts, max_size=8).map(" ".join))
def test_mentions_never_overlap_and_bear_their_text(text):
    doc = GAZETTEER(doc_of(text))
    spans = sorted((span.start_char, span.end_char) for span in doc.spans["kgraph"])
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
