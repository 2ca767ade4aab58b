"""Each step of the cascade: where it leads, and where it must not."""

import pytest

from kgraph.model import Annotation, Entity, Mention, Paper
from kgraph.resolution.cascade import decide
from kgraph.resolution.evidence import gather, usage
from kgraph.resolution.labels import labels_of
from kgraph.text import passage
from kgraph.vocabulary import Concept, Vocabulary

ACME = (("manufacturer", "organization/acme"),)
VOCABULARY = Vocabulary(
    {
        concept.id: concept
        for concept in (
            Concept("dataset/mini-set", "Dataset", "Mini-Set"),
            Concept("dataset/miniset", "Dataset", "MiniSet"),
            Concept("hardware/fpga", "Hardware", "FPGA", aliases=("field-programmable gate array",)),
            Concept("hardware/gpu", "Hardware", "GPU", aliases=("graphics processing unit",)),
            Concept("hardware/x9", "Hardware", "Acme X9", ("X9",), broader=("hardware/gpu",),
                    facts=(*ACME, ("memoryGigabytes", 24))),
            Concept("hardware/x9-big", "Hardware", "Acme X9 PCIe", broader=("hardware/x9",),
                    facts=(*ACME, ("memoryGigabytes", 48))),
            Concept("hardware/x90", "Hardware", "Acme X90", ("X90",), facts=ACME),
            Concept("method/bnn", "Method", "BNN", aliases=("Bayesian neural network",)),
            Concept("method/feed-forward-network", "Method", "feed-forward network"),
            Concept("method/gan", "Method", "GAN"),
            Concept("method/lora", "Method", "LoRA"),
            Concept("metric/tops", "Metric", "TOPS", ("TOP/s",)),
            Concept("organization/acme", "Organization", "Acme"),
            Concept("organization/cray", "Organization", "Cray", risky=("Craye",), context=("supercomputer",)),
            Concept("organization/swift", "Organization", "Swift", risky=("Swift",), context=("bank",)),
            Concept("software/go", "Software", "Go", ("Golang",)),
        )
    }
)  # fmt: skip


def decided(type: str, name: str, *forms: str, text: str = "A text.", id: str = "", among=()):
    """The decision for an entity of that name in a paper of that text, among other papers."""
    mentions = []
    for form in (name, *forms):
        start = passage("T", text).find(form)
        mentions.append(Mention(max(start, 0), max(start, 0) + len(form), form))
    annotation = Annotation(Paper("1", "T", text), (Entity(name, type, "uses", 0.9, tuple(mentions), id),))
    labels = labels_of(VOCABULARY)
    [decision] = decide(annotation, labels, usage(gather([annotation, *among]), labels.longs))
    return decision


@pytest.mark.parametrize(
    ("type", "name", "id", "step"),
    [
        ("Hardware", "Acme X9", "hardware/x9", "label"),
        ("Hardware", "acme-X9", "hardware/x9", "spelling"),
        ("Hardware", "X9 GPUs", "hardware/x9", "class noun"),
        ("Hardware", "X9 24GB", "hardware/x9", "class noun"),
        ("Hardware", "X9-48GB", "hardware/x9", "class noun"),
        ("Hardware", "X9 80GB", "hardware/x9-80gb", "name"),
        ("Hardware", "Acme's X90", "hardware/x90", "spelling"),
        ("Hardware", "FPGA core", "hardware/fpga-core", "name"),
        ("Hardware", "X9 Ti", "hardware/x9-ti", "name"),
        ("Software", "golang", "software/go", "spelling"),
        ("Task", "Go", "task/go", "name"),
        ("Method", "LoRa", "method/lora", "name"),
    ],
)
def test_from_a_name_to_a_concept_of_its_type(type, name, id, step):
    decision = decided(type, name)
    assert (decision.id, decision.step) == (id, step)
    assert name in decision.reason or step == "maker"


def test_a_maker_before_its_product():
    assert decided("Hardware", "Acme GPU").id == "hardware/acme-gpu"
    assert decided("Hardware", "Acme Acme X9").step == "maker"


def test_concepts_that_bear_one_name_are_one():
    assert decided("Dataset", "MiniSet").id == decided("Dataset", "Mini Set").id == "dataset/mini-set"


def test_the_papers_own_long_form_tells_what_a_short_one_means():
    text = "A binary neural network (BNN) is small."
    decision = decided("Method", "BNN", "binary neural network", text=text)
    assert (decision.id, decision.step) == ("method/binary-neural-network", "name")
    assert decision.candidates == ()  # the concept says that it is something else
    bayesian = decided("Method", "BNN", "Bayesian neural networks", text="Bayesian neural networks (BNN) vary.")
    assert (bayesian.id, bayesian.step) == ("method/bnn", "abbreviation")


def test_the_papers_own_short_form_leads_to_a_concept_without_a_long_one():
    text = "A generative adversarial network (GAN) learns."
    decision = decided("Method", "generative adversarial network", "GAN", text=text)
    assert (decision.id, decision.step) == ("method/gan", "abbreviation")
    assert "GAN for short" in decision.reason


def test_other_papers_tell_what_a_short_form_means():
    def defining(id: str) -> Annotation:
        text = "A feed-forward network (FFN) is simple."
        mentions = (Mention(4, 24, "feed-forward network"), Mention(26, 29, "FFN"))
        return Annotation(Paper(id, "T", text), (Entity("feed-forward network", "Method", "uses", 0.9, mentions),))

    assert decided("Method", "FFN").id == decided("Method", "FFN", among=[defining("2")]).id == "method/ffn"
    decision = decided("Method", "FFN", among=[defining("2"), defining("3")])
    assert (decision.id, decision.step) == ("method/feed-forward-network", "definition")
    assert decision.reason.startswith("2 papers write 'FFN' out as 'feed-forward network'")


def test_the_papers_long_form_outweighs_a_label_that_nobody_writes_out():
    def defining(id: str) -> Annotation:
        text = "A feed-forward network (GAN) is simple."
        mentions = (Mention(4, 24, "feed-forward network"), Mention(26, 29, "GAN"))
        return Annotation(Paper(id, "T", text), (Entity("feed-forward network", "Method", "uses", 0.9, mentions),))

    assert decided("Method", "GAN").id == "method/gan"
    assert decided("Method", "GAN", among=[defining("2"), defining("3")]).id == "method/gan"


def test_another_short_form_is_no_long_form():
    text = "It gives many tera operations per second (TOPS)."
    assert decided("Metric", "TOPS", "tera operations per second", text=text).step == "label"


def test_a_short_form_within_a_name_stands_for_one_though_its_paper_defines_the_plural():
    text = "Ring attention blocks (RABs) are many. RAB pruning is one."
    names = (("Ring attention blocks", 2), ("RABs", 25), ("RAB pruning", 41))
    told, other = (
        Annotation(
            Paper(id, "T", text),
            tuple(Entity(n, "Method", "uses", 0.9, (Mention(at, at + len(n), n),)) for n, at in found),
        )
        for id, text, found in (
            ("1", text, names),
            ("2", "Ring attention block pruning.", [("Ring attention block pruning", 2)]),
        )
    )
    known = usage(gather([told, other]))
    labels = labels_of(VOCABULARY)
    assert decide(told, labels, known)[2].id == decide(other, labels, known)[0].id


def test_quantum_is_no_quantized():
    vocabulary = Vocabulary({"method/q": Concept("method/q", "Method", "quantum neural network", ("QNN",))})
    text = "A quantized neural network (QNN) is small."
    mentions = (Mention(4, 28, "quantized neural network"), Mention(30, 33, "QNN"))
    paper = Annotation(Paper("1", "T", text), (Entity(mentions[0].text, "Method", "uses", 0.9, mentions),))
    [decision] = decide(paper, labels_of(vocabulary), usage(gather([paper])))
    assert decision.id == "method/quantized-neural-network"


def test_a_risky_label_needs_its_context():
    without = decided("Organization", "Craye", text="Craye lies in the hills.")
    assert (without.id, without.step) == ("organization/craye", "name")
    assert without.candidates == ("organization/cray",)
    near = decided("Organization", "Craye", text="We ran it on the supercomputer of Craye.")
    assert (near.id, near.step) == ("organization/cray", "label")
    assert "'supercomputer'" in near.reason
    assert decided("Organization", "CRAYE", text="The supercomputer CRAYE.").step == "name"


def test_the_very_name_of_a_concept_needs_none():
    assert decided("Organization", "Swift").step == "label"


def test_an_id_that_is_given_stands():
    decision = decided("Hardware", "the card", id="hardware/x9")
    assert (decision.id, decision.step) == ("hardware/x9", "given")
    assert decided("Hardware", "X90", id="hardware/x9").candidates == ("hardware/x90",)
    assert decided("Hardware", "Acme X9", id="hardware/x9").step == "label"
    assert decided("Software", "thing", id="hardware/x9").id == "software/thing"
