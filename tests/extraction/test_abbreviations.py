import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.extraction.abbreviations import find_definitions, set_forms
from kgraph.extraction.marks import Found, add
from tests.extraction.reading import doc_of, spans_of
from tests.strategies import texts


def forms(text):
    return {text[found[0] : found[1]]: text[found[2] : found[3]] for found in find_definitions(text)}


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("We use graph neural networks (GNNs) here.", "GNNs", "graph neural networks"),
        ("The Mixture-of-Experts (MoE) layer", "MoE", "Mixture-of-Experts"),
        ("DEtection TRansformer (DETR) models", "DETR", "DEtection TRansformer"),
        ("RAG (retrieval-augmented generation) helps", "RAG", "retrieval-augmented generation"),
        ("time to first byte (TTFB; in ms)", "TTFB", "time to first byte"),
        ("Low-Rank Adaptation (LoRA, for short)", "LoRA", "Low-Rank Adaptation"),
        ("the large language models~(LLMs) of", "LLMs", "large language models"),
        ("Guidance, Navigation, and Control (GNC)", "GNC", "Guidance, Navigation, and Control"),
        ("key-value (KV) cache", "KV", "key-value"),
    ],
)
def test_a_definition(text, short, long):
    assert forms(text) == {short: long}


@pytest.mark.parametrize(
    "text",
    [
        "a GPU (see above)", "a model (2024)", "words (and others)", "It ends. Models (LLM) begin",
        "(A) first (B) second",
        "we win (up to 3x)", "the speed (FPS)", "A (A)", "()", "(", "a word (Foo)",
    ],
)  # fmt: skip
def test_what_is_no_definition(text):
    assert forms(text) == {}


def test_a_long_form_never_reaches_into_another_bracket():
    assert forms("convolutional (deep) networks (CDN)") == {}


def test_both_forms_are_mentions_of_the_type_of_the_head():
    doc = set_forms(doc_of("We use graph neural networks (GNNs) here."))
    assert spans_of(doc) == [("graph neural networks", "Method", ""), ("GNNs", "Method", "")]
    assert doc._.kgraph_forms == {"GNNs": "graph neural networks"}


def test_a_head_that_tells_nothing_leaves_the_type_to_others():
    doc = doc_of("We use zorp folds (ZF) here.")
    start = doc.text.index("zorp")
    add(doc, [Found(start, start + len("zorp folds"), "Task", 0.9)])
    assert spans_of(set_forms(doc))[1:] == [("zorp folds", "Task", ""), ("ZF", "Task", "")]
    assert spans_of(set_forms(doc_of("We use zorp folds (ZF) here.")))[0] == ("zorp folds", "Method", "")


def test_what_a_paper_introduces_under_a_name_is_a_method():
    assert spans_of(set_forms(doc_of("We propose Deep Image Retrieval (DIR).")))[0][1] == "Method"
    assert spans_of(set_forms(doc_of("It is about Deep Image Retrieval (DIR).")))[0][1] == "Task"


def test_short_forms_that_name_nothing_are_left_out():
    assert spans_of(set_forms(doc_of("the state-of-the-art (SOTA)"))) == []


@given(
    st.lists(st.sampled_from(["(", ")", "A", "BC", "as", " ", "big cat", "-", ".", "É"]) | texts, max_size=30).map(
        "".join
    )
)
def test_definitions_lie_within_the_text_and_apart(text):
    for found in find_definitions(text):
        assert 0 <= found.long_start < found.long_end <= len(text)
        assert 0 <= found.short_start < found.short_end <= len(text)
        assert found.long_end <= found.short_start or found.short_end <= found.long_start
