"""One id for one thing, by rules that do not depend on the order of anything."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.model import Annotation, Entity, Mention, Paper, Relation, Result
from kgraph.ontology import load_ontology
from kgraph.resolution.resolver import VocabularyResolver
from kgraph.stages import Resolver
from kgraph.vocabulary import Concept, Vocabulary

VOCABULARY = Vocabulary(
    {
        concept.id: concept
        for concept in (
            Concept("hardware/nvidia-a100", "Hardware", "NVIDIA A100", aliases=("A100", "Tesla A100")),
            Concept("hardware/nvidia-h100", "Hardware", "NVIDIA H100", aliases=("H100",)),
            Concept("method/large-language-model", "Method", "large language model", aliases=("LLM",)),
        )
    }
)
RESOLVER = VocabularyResolver(VOCABULARY, load_ontology())
PAPER = Paper("1", "A title", "An abstract of some length, for the offsets.")


def entity(
    name: str, type: str = "Method", role: str = "uses", *forms: str, score: float = 0.9, id: str = ""
) -> Entity:
    mentions = tuple(Mention(index, index + 1, form) for index, form in enumerate(forms or (name,)))
    return Entity(name, type, role, score, mentions, id)


def resolved(*entities: Entity, relations=(), results=()) -> Annotation:
    return RESOLVER.resolve([Annotation(PAPER, entities, tuple(relations), tuple(results))])[0]


def test_fits_the_seam():
    assert isinstance(RESOLVER, Resolver)


@pytest.mark.parametrize(
    ("found", "id"),
    [
        (entity("Tesla A100", "Hardware"), "hardware/nvidia-a100"),
        (entity("tesla-a100s", "Hardware"), "hardware/nvidia-a100"),
        (entity("Large Language Models"), "method/large-language-model"),
        (entity("Qwen2.5"), "method/qwen2.5"),
        (entity("A100", "Method"), "method/a100"),
        (entity("anything", "Hardware", id="hardware/nvidia-h100"), "hardware/nvidia-h100"),
        (entity("A100", "Hardware", id="hardware/no-concept"), "hardware/nvidia-a100"),
    ],
)
def test_a_name_or_a_form_leads_to_the_concept_of_its_type(found, id):
    assert [e.id for e in resolved(found).entities] == [id]


def test_forms_that_name_two_concepts_name_neither():
    assert resolved(entity("both cards", "Hardware", "uses", "A100", "H100")).entities[0].id == "hardware/both-card"


def test_entities_that_come_to_one_id_are_one_with_the_strongest_role():
    annotation = resolved(
        entity("A100", "Hardware", "mentions", score=0.5),
        entity("Tesla A100", "Hardware", "runsOn", "Tesla A100", "A100", score=0.8),
        entity("FastNet", role="proposes"),
        relations=[
            Relation("FastNet", "runsOn", "A100", 0.4),
            Relation("FastNet", "runsOn", "Tesla A100", 0.7),
            Relation("A100", "comparedWith", "Tesla A100", 0.9),
        ],
        results=[Result("FastNet", "speedup", "2x", on="A100")],
    )
    a100, fastnet = annotation.entities
    assert (a100.id, a100.name, a100.role, a100.score) == ("hardware/nvidia-a100", "Tesla A100", "runsOn", 0.8)
    assert annotation.relations == (Relation("FastNet", "runsOn", "Tesla A100", 0.7),)
    assert annotation.results[0].on == "Tesla A100"
    assert fastnet.id == "method/fastnet"


NAMES = (
    "A100", "Tesla A100", "H100", "LLM", "large language models", "FastNet", "fast-net", "Fast Net model", "ResNet-50",
    "MoE", "Mixture-of-Experts", "mixture of experts", "Mixtures of Experts", "LLM cache",
)  # fmt: skip


@st.composite
def annotations(draw):
    """A paper that names some things and perhaps defines a short form."""
    number = draw(st.integers(0, 99))
    found = []
    text = "About it: "
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=6, unique=True)):
        start = len(text)
        text += name
        mentions = [Mention(start, len(text), name)]
        if name != "MoE" and name[:1] in "Mm" and draw(st.booleans()):
            mentions.append(Mention(len(text) + 2, len(text) + 5, "MoE"))
            text += " (MoE)"
        text += ", "
        type, role = (
            draw(st.sampled_from(["Hardware", "Method"])),
            draw(st.sampled_from(["uses", "proposes", "mentions"])),
        )
        found.append(Entity(name, type, role, 0.9, tuple(mentions)))
    return Annotation(Paper(f"{number:02}", text[:9], text[10:]), tuple(found))


batches = st.lists(annotations(), max_size=6, unique_by=lambda annotation: annotation.paper.id)


@given(batches)
def test_the_law_of_a_stage(batch):
    resolver = RESOLVER.informed_by(batch)
    together = resolver.resolve(batch)
    assert together == [resolver.resolve([annotation])[0] for annotation in batch]
    assert resolver.resolve(together) == together
    assert RESOLVER.informed_by(together).resolve(together) == together
    for annotation in together:
        ids = [e.id for e in annotation.entities]
        assert len(ids) == len(set(ids))
        assert all(ids)


@given(batches)
def test_neither_the_order_of_papers_nor_reading_one_twice_matters(batch):
    ways = (batch, batch[::-1], [*batch, *batch[:2]])
    once, turned, twice = ({a.paper.id: a for a in RESOLVER.informed_by(way).resolve(way)} for way in ways)
    assert once == turned == twice


@given(annotations())
def test_the_order_of_entities_changes_no_entity(annotation):
    turned = replace(annotation, entities=annotation.entities[::-1])
    both = [{e.id: e for e in RESOLVER.informed_by([a]).resolve([a])[0].entities} for a in (annotation, turned)]
    assert {id: (e.role, e.score, e.name) for id, e in both[0].items()} == {
        id: (e.role, e.score, e.name) for id, e in both[1].items()
    }


def writing(id: str, text: str, *names: str) -> Annotation:
    """A paper that names these methods where its text first has them; ``=`` ties the forms of one."""
    paper, entities = Paper(id, "Rings", text), []
    for name in names:
        forms = name.split("=")
        starts = [len("Rings\n") + text.index(form) for form in forms]
        mentions = tuple(Mention(start, start + len(form), form) for start, form in zip(starts, forms, strict=True))
        entities.append(Entity(forms[0], "Method", "uses", 0.9, mentions))
    return Annotation(paper, tuple(entities))


RINGS = VocabularyResolver(
    Vocabulary(
        {
            concept.id: concept
            for concept in (
                Concept("method/rab", "Method", "RAB"),
                Concept("method/ring-attention-block", "Method", "ring attention block"),
                Concept("method/triton", "Method", "Triton"),
            )
        }
    ),
    load_ontology(),
)
DEFINING = [
    writing(id, "The ring attention block (RAB) is one of many.", "ring attention block=RAB") for id in ("1", "2")
]
NAMING = [
    writing("3", "A RAB stands beside ringformer.", "RAB", "ringformer"),
    writing("4", "Ring-Former beats RAB and Ring Former.", "RAB", "Ring-Former", "Ring Former"),
]


@pytest.mark.parametrize(
    "parts", [(DEFINING, NAMING), (NAMING, DEFINING), ([DEFINING[0], NAMING[0]], [NAMING[1], DEFINING[1]])]
)
def test_parts_resolved_apart_and_then_together_are_the_whole(parts):
    def resolve(papers):
        return RINGS.informed_by(papers).resolve(papers)

    def ids(annotations):
        return {a.paper.id: {(e.id, e.role, e.mentions) for e in a.entities} for a in annotations}

    whole = resolve([*DEFINING, *NAMING])
    assert {e.id for a in whole for e in a.entities} == {"method/ring-attention-block", "method/ring-former"}
    apart = [annotation for part in parts for annotation in resolve(part)]
    assert ids(resolve(apart)) == ids(whole)
    assert resolve(whole) == whole


def test_what_a_poorer_light_chose_was_another_thing():
    """Or the test above would show nothing."""
    [rab, _] = RINGS.informed_by(NAMING).resolve(NAMING)[0].entities
    assert rab.id == "method/rab"


def test_somebodys_word_stands_beside_what_all_papers_say():
    """An id that the rules would not come to from the paper alone was chosen by hand."""
    [paper] = [replace(a, entities=(replace(a.entities[0], id="method/triton"),)) for a in NAMING[:1]]
    informed = RINGS.informed_by([*DEFINING, paper])
    assert [(d.id, d.step) for d in informed.explain(paper)] == [("method/triton", "given")]
