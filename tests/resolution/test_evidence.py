"""What papers together say of names: short forms that are safe, spellings that ids are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.model import Annotation, Entity, Mention, Paper
from kgraph.resolution.evidence import Definition, Evidence, definitions, gather, join, usage
from kgraph.text import passage


def paper(id: str, abstract: str, *names: str, type: str = "Method") -> Annotation:
    """A paper with an entity for each name, mentioned wherever it stands."""
    text = passage("Title", abstract)
    entities = []
    for name in names:
        starts = [start for start in range(len(text)) if text.startswith(name, start)]
        entities.append(Entity(name, type, "uses", 0.9, tuple(Mention(s, s + len(name), name) for s in starts)))
    return Annotation(Paper(id, "Title", abstract), tuple(entities))


def defining(id: str, short: str, long: str, type: str = "Method") -> Annotation:
    return paper(id, f"We use {long} ({short}).", long, short, type=type)


def longs(*papers: Annotation) -> dict[str, str]:
    return {short: long for (_, short), long in usage(gather(papers)).longs.items()}


@pytest.mark.parametrize(
    ("abstract", "found"),
    [
        ("Graph neural networks (GNNs) help.", [("GNNs", "Graph neural networks")]),
        ("A GNN (graph neural network) helps.", []),
        ("Deep graph learning (GNNs) helps.", []),
        ("Graph neural networks, or GNNs, help.", []),
    ],
)
def test_a_definition_is_read_off_the_mentions(abstract, found):
    annotation = paper("1", abstract, "Graph neural networks", "GNNs", "Deep graph learning")
    assert [(d.short, d.long) for d in definitions(annotation).values()] == found


def test_a_short_form_before_its_long_one():
    annotation = paper("1", "A GNN (graph neural network) helps.", "graph neural network", "GNN")
    assert list(definitions(annotation).values()) == [Definition("Method", "GNN", "graph neural network")]


def test_mentions_of_two_types_define_nothing():
    task, method = paper("1", "Graph nets (GN).", "Graph nets", type="Task"), paper("1", "Graph nets (GN).", "GN")
    assert not definitions(Annotation(task.paper, task.entities + method.entities))


def test_the_shorter_a_form_the_more_papers_must_agree():
    assert longs(defining("1", "PEFT", "parameter-efficient fine-tuning")) == {
        "PEFT": "parameter-efficient fine-tuning"
    }
    assert longs(defining("1", "RAG", "retrieval-augmented generation")) == {}
    assert longs(*(defining(id, "RAG", "retrieval-augmented generation") for id in "12")) == {
        "RAG": "retrieval-augmented generation"
    }
    assert longs(*(defining(id, "RL", "reinforcement learning") for id in "12")) == {}


def test_papers_that_disagree_leave_a_short_form_open():
    bayesian = [defining(f"a{i}", "BNN", "Bayesian neural network") for i in range(4)]
    binary = [defining(f"b{i}", "BNN", "binary neural network") for i in range(3)]
    assert longs(*bayesian, *binary) == {}
    assert longs(*bayesian, binary[0]) == {"BNN": "Bayesian neural network"}


def test_long_forms_that_begin_alike_count_together_and_go_by_the_commonest():
    found = usage(
        gather(
            [
                defining("1", "CNN", "convolutional neural network"),
                defining("2", "CNN", "convolutional neural network"),
                defining("3", "CNN", "convolution neural network"),
            ]
        )
    )
    assert found.papers["Method", "CNN"] == 3
    assert found.long("Method", "convolution neural network") == "convolutional neural network"
    assert found.long("Method", "CNN") == "convolutional neural network"


def test_ids_are_made_of_a_name_that_a_paper_gives():
    found = usage(gather([paper("1", "EMOv2 and FlashFoo", "FlashFoo"), paper("2", "Flash Foo.", "Flash Foo")]))
    assert {found.preferred("Method", name) for name in ("FlashFoo", "Flash Foo")} == {"Flash Foo"}
    own = usage(gather([Annotation(Paper("1", "T", "A"), (named_short(),))]))
    assert own.preferred("Method", "tiny vision engine") == "tiny vision engine"


def named_short() -> Entity:
    """An entity that its paper calls by its short form and writes out once."""
    return Entity("TVE", "Method", "proposes", 0.9, (Mention(0, 3, "TVE"), Mention(5, 23, "tiny vision engine")))


def test_short_forms_within_names_are_written_out():
    papers = [defining(id, "LLM", "large language model") for id in "12"]
    papers += [paper("3", "LLM cache", "LLM cache"), paper("4", "L", "large language model cache")]
    evidence = gather(papers)
    found = usage(evidence)
    assert found.preferred("Method", "LLM cache") == found.preferred("Method", "large language model cache")
    assert usage(evidence, {"KV": "key-value"}).long("Task", "KV reuse") == "key-value reuse"


names = st.sampled_from(["GNN", "graph neural network", "Flash Foo", "FlashFoo"])
pairs = st.tuples(st.sampled_from(["Method", "Task"]), names)
told = st.tuples(st.builds(Definition, st.just("Method"), st.just("GNN"), names), st.sampled_from("123"))
evidences = st.builds(Evidence, st.frozensets(pairs), st.frozensets(pairs), st.frozensets(told))


@given(evidences, evidences, evidences)
def test_evidence_adds_up_in_any_order(one, two, three):
    assert join(one, two) == join(two, one)
    assert join(join(one, two), three) == join(one, join(two, three))
    assert join(one, one) == one == join(one, Evidence())


@given(evidences)
def test_what_counts_is_never_a_variant(evidence):
    found = usage(evidence)
    for (type, _), long in found.variants.items():
        assert found.long(type, long) == long or (type, long) in found.names
