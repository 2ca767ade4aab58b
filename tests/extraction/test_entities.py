from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.extraction.entities import EntityGrouper
from kgraph.extraction.marks import Found, add, longest, occurrences
from kgraph.extraction.naming import canonical_name, singular_name
from kgraph.vocabulary import Concept, Vocabulary
from tests.extraction.reading import doc_of, spans_of

CONCEPTS = (
    Concept("hardware/nvidia-a100", "Hardware", "NVIDIA A100", aliases=("A100",)),
    Concept("method/large-language-model", "Method", "large language model", aliases=("LLM",)),
)
GROUPER = EntityGrouper(Vocabulary({concept.id: concept for concept in CONCEPTS}))


def grouped(abstract, *marks, forms=None):
    """The entities of an abstract in which the marks (form, type, score, id) were found, each at its last place."""
    doc = doc_of(abstract)
    found = []
    for form, type, *rest in marks:
        start = doc.text.rindex(form)
        found.append(Found(start, start + len(form), type, *(rest or [0.5])))
    add(doc, found)
    doc._.kgraph_forms = forms or {}
    return GROUPER(doc)


def summary(doc):
    return {
        entity.name: (entity.type, [mention.text for mention in entity.mentions]) for entity in doc._.kgraph_entities
    }


def test_every_place_of_a_form_is_a_mention():
    doc = grouped("Foo here, Foo there, Fool nowhere, (Foo).", ("Foo", "Method"))
    assert summary(doc) == {"Foo": ("Method", ["Foo", "Foo", "Foo"])}
    assert [span.text for span in doc.spans["kgraph"]] == ["Foo"] * 3


def test_spellings_and_plurals_are_one_entity():
    doc = grouped("A tree-search, Tree Searches.", ("tree-search", "Method"), ("Tree Searches", "Method"))
    assert summary(doc) == {"tree-search": ("Method", ["tree-search", "Tree Searches"])}


def test_a_short_form_and_its_long_form_are_one_entity():
    doc = grouped(
        "Gated folding nets (GFNs). Two GFNs.",
        ("Gated folding nets", "Method"),
        ("GFNs", "Method"),
        forms={"GFNs": "Gated folding nets"},
    )
    assert summary(doc) == {"gated folding net": ("Method", ["Gated folding nets", "GFNs", "GFNs"])}


def test_forms_of_one_concept_are_one_entity_under_its_preferred_name():
    id = "method/large-language-model"
    doc = grouped(
        "An LLM is a large language model.", ("LLM", "Method", 0.9, id), ("large language model", "Method", 0.9, id)
    )
    assert summary(doc) == {"large language model": ("Method", ["LLM", "large language model"])}
    assert {link for _, _, link in spans_of(doc)} == {id}


def test_a_product_with_and_without_vendor_is_one_entity():
    doc = grouped("On NVIDIA X900 GPUs; an X900 is fast.", ("NVIDIA X900 GPUs", "Hardware"), ("X900", "Hardware"))
    assert summary(doc) == {"NVIDIA X900": ("Hardware", ["NVIDIA X900 GPUs", "X900"])}


def test_a_vendors_kind_and_the_kind_are_two():
    doc = grouped("Intel CPUs and other CPUs.", ("Intel CPUs", "Hardware"), ("CPUs", "Hardware"))
    assert summary(doc) == {"Intel CPU": ("Hardware", ["Intel CPUs"]), "CPU": ("Hardware", ["CPUs"])}


def test_one_form_has_one_type_the_one_with_most_evidence():
    doc = grouped("Foo and Foo.", ("Foo", "Software", 0.6), ("Foo", "Method", 0.5), ("Foo", "Dataset", 0.55))
    assert summary(doc) == {"Foo": ("Software", ["Foo", "Foo"])}


def test_several_witnesses_are_surer_than_one():
    [alone] = grouped("Foo.", ("Foo", "Method", 0.5))._.kgraph_entities
    [both] = grouped("Foo.", ("Foo", "Method", 0.5), ("Foo", "Method", 0.5, "method/foo"))._.kgraph_entities
    assert (alone.score, both.score) == (0.5, 0.75)


def test_the_longest_mention_wins():
    doc = grouped("sparse matrix folding", ("matrix folding", "Method", 0.9), ("sparse matrix folding", "Task", 0.4))
    assert summary(doc) == {"sparse matrix folding": ("Task", ["sparse matrix folding"])}


def test_names_are_unique_in_a_paper():
    doc = grouped("C++ and c.", ("C++", "Software"), ("c", "Metric"))
    names = [entity.name for entity in doc._.kgraph_entities]
    assert len(set(names)) == 2


def test_nothing_found_gives_no_entities():
    assert grouped("Nothing.")._.kgraph_entities == ()


def test_occurrences_are_whole_words():
    text = "A10, A100, xA10, A10s, (A10)"
    assert list(occurrences(["A10"], text)) == [("A10", 0), ("A10", 24)]
    assert list(occurrences([], text)) == []


found = st.builds(
    lambda start, length, type, score: Found(start, start + length, type, score),
    st.integers(0, 30), st.integers(1, 10), st.sampled_from(["Method", "Task"]), st.floats(0.1, 1),
)  # fmt: skip


@given(st.lists(found, max_size=12))
def test_the_longest_keep_clear_of_each_other_whatever_the_order(items):
    chosen = longest(items)
    assert all(left.end <= right.start for left, right in pairwise(chosen))
    assert chosen == longest(reversed(items))
    covered = {place for item in chosen for place in range(item.start, item.end)}
    assert all(not covered.isdisjoint(range(item.start, item.end)) for item in items)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("LLMs", "LLM"), ("LLM", "LLM"), ("Graph Neural Networks", "Graph Neural Network"), ("memories", "memory"),
        ("analyses of data", "analyses of data"), ("DeepSpeed", "DeepSpeed"), ("vLLM", "vLLM"), ("loss", "loss"),
        ("GPUs", "GPU"), ("Kubernetes", "Kubernetes"), ("C++", "C++"), ("FPS", "FPS"), ("", ""),
    ],
)  # fmt: skip
def test_the_singular_of_a_name(name, expected):
    assert singular_name(name) == expected


@pytest.mark.parametrize(
    ("forms", "type", "expanded", "text", "expected"),
    [
        (["GFN", "gated folding net"], "Method", {"gated folding net"}, "GFN GFN", "gated folding net"),
        (["Tree Search", "tree search"], "Method", (), "Tree Search Tree Search tree search", "tree search"),
        (["Sparse folding"], "Task", (), "Sparse folding", "sparse folding"),
        (["FooNet", "FOONET"], "Method", (), "FooNet FooNet FOONET", "FooNet"),
        (["X900", "NVIDIA X900 GPUs"], "Hardware", (), "", "NVIDIA X900"),
    ],
)
def test_the_canonical_name(forms, type, expanded, text, expected):
    assert canonical_name(forms, type, expanded=expanded, text=text) == expected
