"""Which part an entity plays: one short text for each way of saying it, and what holds of any text."""

import dataclasses
import json
import time
from pathlib import Path

import pytest
import spacy
from hypothesis import given

from kgraph.extraction.cues import LEXICON, read
from kgraph.extraction.marks import MENTIONS
from kgraph.extraction.roles import (
    WEIGHTS,
    assign_roles,
    main_proposal,
    named_first,
    observations,
    permitted_roles,
)
from kgraph.model import Entity, Mention
from kgraph.ontology import load_ontology
from kgraph.text import passage
from tests.extraction.marked import marked
from tests.strategies import annotations

CORPUS = Path(__file__).parents[2] / "../shared/corpus/train.jsonl"
PERMITTED = permitted_roles(load_ontology())


def roles(source):
    sample = marked(source)
    assigned = assign_roles(sample.text, sample.title_end, sample.entities, PERMITTED)
    return {entity.name: entity.role for entity in assigned}


@pytest.mark.parametrize(
    ("source", "name", "role"),
    [
        ("A fast net | Nets are slow. We propose {Zip}, a small net.", "Zip", "proposes"),
        ("{Zip}: a small net | Nets are slow. In this paper we shrink them.", "Zip", "proposes"),
        ("A fast net | Nets are slow. We develop a net, called {ZipNet}, that learns.", "ZipNet", "proposes"),
        ("A new corpus | We introduce {ZipBench:Dataset}, a benchmark for nets.", "ZipBench", "proposes"),
        ("A chip | We present {ZipChip:Hardware}, an accelerator that sorts.", "ZipChip", "proposes"),
        ("A fast net | We propose {Zip}. It outperforms {Zap} by 3%.", "Zap", "comparesWith"),
        ("A fast net | We propose {Zip}. It is 2x faster than {Zap}.", "Zap", "comparesWith"),
        ("A fast net | We propose {Zip}. It gains 3% compared to the standard {Zap}.", "Zap", "comparesWith"),
        ("Nets | We propose {Zip}. Experiments on {MiniSet:Dataset} show gains.", "MiniSet", "evaluatesOn"),
        ("Nets | We propose {Zip}. It is trained on {MaxiSet:Dataset}.", "MaxiSet", "trainsOn"),
        ("Nets | We propose {Zip}. It runs on a single {FooChip X1:Hardware}.", "FooChip X1", "runsOn"),
        ("{object sorting:Task} with nets | We propose {Zip} for {object sorting}.", "object sorting", "addresses"),
        ("Nets | We propose {Zip}. It achieves an {accuracy:Metric} of 91.5%.", "accuracy", "reports"),
        ("Nets | {Latency:Metric} is a challenge. We propose {Zip}.", "Latency", "mentions"),
        ("Nets | We propose {Zip}, built by combining {hashing} with {sorting}.", "hashing", "uses"),
        ("Nets | {Zap} has recently emerged. It is often slow. We propose {Zip}.", "Zap", "mentions"),
        ("Nets | We propose {Zip}, supported by {FooLab:Organization}.", "FooLab", "mentions"),
    ],
)
def test_a_way_of_saying_it(source, name, role):
    assert roles(source)[name] == role


def test_a_score_is_that_of_the_entity_times_that_of_the_role():
    sample = marked("Nets | We propose {Zip}, a small net.")
    [sure] = assign_roles(sample.text, sample.title_end, sample.entities, PERMITTED)
    [unsure] = assign_roles(
        sample.text, sample.title_end, [dataclasses.replace(sample.entities[0], score=0.5)], PERMITTED
    )
    assert 0.5 < sure.score < 1
    assert unsure.score == pytest.approx(sure.score / 2, abs=0.001)


def test_what_a_vocabulary_knows_is_less_likely_proposed():
    sample = marked("Nets | Nets grow. It combines {Zip} with {hashing} to a new method.")
    alone = assign_roles(sample.text, sample.title_end, sample.entities, {"Method": ("proposes", "uses")})
    known = assign_roles(
        sample.text, sample.title_end, sample.entities, {"Method": ("proposes", "uses")}, known={"Zip"}
    )
    assert alone[0].role == known[0].role == "uses"
    assert known[0].score > alone[0].score
    assert known[1] == alone[1]


def test_a_type_without_roles_stays_as_it_is():
    sample = marked("Nets | We propose {Zip:Molecule:uses}.")
    assert assign_roles(sample.text, sample.title_end, sample.entities, PERMITTED) == sample.entities


def test_an_ontology_may_allow_fewer_roles():
    sample = marked("Nets | We propose {Zip}.")
    [entity] = assign_roles(sample.text, sample.title_end, sample.entities, {"Method": ("uses", "mentions")})
    assert entity.role in {"uses", "mentions"}


def test_of_roles_as_likely_the_weakest_is_taken():
    sample = marked("Nets | We propose {Zip}.")
    [entity] = assign_roles(sample.text, sample.title_end, sample.entities, {"Method": ("owns", "sells", "names")})
    assert entity.role == "names"
    assert entity.score == pytest.approx(1 / 3, abs=0.001)


def test_what_the_paper_names_as_its_own():
    sample = marked("{Zip}: nets | We propose {Zap} with {hashing}. This paper also presents {ZipSet:Dataset}.")
    reading = read(sample.text, sample.title_end, sample.entities)
    assert [sample.entities[index].name for index in named_first(reading)] == ["Zip", "Zap", "ZipSet"]


def test_the_main_proposal_is_the_plainest():
    sample = marked(
        "Nets | We propose {Zap:Method:proposes}. {Zip:Method:proposes} is its part. {Zop:Method:uses} is not."
    )
    reading = read(sample.text, sample.title_end, sample.entities)
    assert main_proposal(reading, sample.entities) == 0
    assert main_proposal(reading, sample.entities[2:]) is None


def test_the_weights_speak_of_what_can_be_observed():
    ontology = load_ontology()
    assert set(WEIGHTS) <= set(ontology.roles)
    sides = {"left", "left 2", "right", "next", "sentence"}
    known = {f"{side} {cue}" for side in sides for cue in (*LEXICON, "number")} | set(ontology.types)
    known |= {f"in {place}" for place in ("title", "background", "proposal", "rest")}
    known |= {"once", "coined", "opens", "named first", "number near", "after comparison", "hyphen after"} | {"known"}
    assert {observation for weights in WEIGHTS.values() for observation in weights} <= known


@given(annotations())
def test_only_role_and_score_change_and_as_the_ontology_allows(annotation):
    paper, before = annotation.paper, annotation.entities
    after = assign_roles(passage(paper.title, paper.abstract), len(paper.title), before, PERMITTED)
    assert [
        dataclasses.replace(new, role=old.role, score=old.score) for new, old in zip(after, before, strict=True)
    ] == [*before]
    assert all(entity.role in PERMITTED[entity.type] for entity in after)
    assert all(0 < new.score <= max(old.score, 0.001) for new, old in zip(after, before, strict=True))


@given(annotations())
def test_the_order_of_the_entities_does_not_matter_to_what_is_seen(annotation):
    paper, entities = annotation.paper, annotation.entities
    text, end = passage(paper.title, paper.abstract), len(paper.title)
    apart = {(m.start, m.end) for entity in entities for m in entity.mentions}
    if len(apart) == sum(len(entity.mentions) for entity in entities):
        there = observations(read(text, end, entities), entities)
        back = observations(read(text, end, entities[::-1]), entities[::-1])
        assert there == back[::-1]


@pytest.mark.parametrize("piece", ["Zip ", "Zip, compared to ", "we propose Zip. ", "Zip-"])
def test_time_is_linear_in_the_text(piece):
    text = piece * (100_000 // len(piece))
    places = [place for place in range(len(text)) if text.startswith("Zip", place)]
    entities = [
        Entity(f"Zip {n}", "Method", "mentions", 1.0, (Mention(p, p + 3, "Zip"),)) for n, p in enumerate(places)
    ]
    started = time.process_time()
    assigned = assign_roles(text, 0, entities, PERMITTED)
    assert time.process_time() - started < 20
    assert len(assigned) == len(places)


def test_the_component_sets_the_roles():
    nlp = spacy.blank("en")
    nlp.add_pipe("kgraph_role_cues")
    sample = marked("Nets | We propose {Zip}, a small net.")
    doc = nlp.make_doc(sample.text)
    doc._.kgraph_abstract, doc._.kgraph_entities = sample.title_end + 1, sample.entities
    role_cues = nlp.get_pipe("kgraph_role_cues")
    [entity] = role_cues(doc)._.kgraph_entities
    assert entity.role == "proposes"
    [mention] = sample.entities[0].mentions
    doc.spans[MENTIONS] = [doc.char_span(mention.start, mention.end, label="Method", span_id="method/zip")]
    doc._.kgraph_entities = sample.entities
    [known] = role_cues(doc)._.kgraph_entities
    assert known.score < entity.score


@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.exists(), reason="the annotated corpus is not beside the project")
def test_three_of_four_roles_are_those_of_the_annotators():
    right = count = 0
    for line in CORPUS.read_text(encoding="utf-8").splitlines()[::3]:
        paper = json.loads(line)
        entities = [
            Entity(e["name"], e["type"], "mentions", 1.0, tuple(Mention(**mention) for mention in e["mentions"]))
            for e in paper["entities"]
        ]
        text = passage(paper["title"], paper["abstract"])
        assigned = assign_roles(text, len(paper["title"]), entities, PERMITTED)
        right += sum(e.role == gold["role"] for e, gold in zip(assigned, paper["entities"], strict=True))
        count += len(entities)
    assert count > 1000
    assert right / count > 0.75
