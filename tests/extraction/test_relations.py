"""What links two entities: one short text for each way of saying it, and what holds of any text."""

import dataclasses
import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given

from kgraph.extraction.relations import find_relations, permitted_predicates
from kgraph.model import Entity, Mention
from kgraph.ontology import load_ontology
from kgraph.text import passage
from tests.extraction.marked import marked
from tests.strategies import annotations

CORPUS = Path(__file__).parents[2] / "../shared/corpus/train.jsonl"
ONTOLOGY = load_ontology()
PERMITTED = permitted_predicates(ONTOLOGY)


def relations(source, threshold=0.3):
    sample = marked(source)
    found = find_relations(sample.text, sample.title_end, sample.entities, PERMITTED, threshold=threshold)
    return {(relation.subject, relation.predicate, relation.object) for relation in found}


@pytest.mark.parametrize(
    ("source", "relation"),
    [
        (
            "{Zip:Method:proposes}: nets | We propose {Zip} for {object sorting:Task:addresses}.",
            ("Zip", "usedFor", "object sorting"),
        ),
        (
            "{Zip:Method:proposes}: nets | {Zip} wins. Experiments on {MiniSet:Dataset:evaluatesOn} show it.",
            ("Zip", "evaluatedOn", "MiniSet"),
        ),
        (
            "{Zip:Method:proposes}: nets | We run {Zip} on an {FooChip:Hardware:runsOn}.",
            ("Zip", "runsOn", "FooChip"),
        ),
        (
            "{Zip:Method:proposes}: nets | {Zip} achieves gains over {Zap:Method:comparesWith}.",
            ("Zip", "comparedWith", "Zap"),
        ),
        (
            "{Zip:Method:proposes}: nets | {Zip} consists of {a hashing stage:Method:proposes}.",
            ("a hashing stage", "partOf", "Zip"),
        ),
        (
            "Nets | We use {sparse voting:Method:uses} and {voting:Method:uses}.",
            ("sparse voting", "subclassOf", "voting"),
        ),
        (
            "Nets | We prune {voters:Method:uses} such as {Zap:Method:uses}.",
            ("Zap", "subclassOf", "voters"),
        ),
        (
            "Nets with {voting:Method:uses} | We propose a {voting}-based {Zip:Method:proposes}.",
            ("Zip", "basedOn", "voting"),
        ),
        (
            "Nets | It runs on {FooLab:Organization} {BarChip:Hardware:runsOn}.",
            ("BarChip", "madeBy", "FooLab"),
        ),
        (
            "Nets | {Zap:Method:uses} is trained on {MaxiSet:Dataset:trainsOn}.",
            ("Zap", "trainedOn", "MaxiSet"),
        ),
    ],
)
def test_a_way_of_saying_it(source, relation):
    assert relation in relations(source)


def test_entities_that_are_only_mentioned_apart_have_no_relation():
    assert relations("Nets | {Zap} is old. {sorting:Task} is hard. {FooChip:Hardware} is slow.") == set()


def test_a_proposal_is_linked_to_what_another_sentence_names_and_told_from_there():
    sample = marked("{Zip:Method:proposes}: nets | {Zip} wins. On {MiniSet:Dataset:evaluatesOn} it gains. Good.")
    [relation] = find_relations(sample.text, sample.title_end, sample.entities, PERMITTED)
    assert sample.text[relation.start : relation.end] == "On MiniSet it gains."


def test_the_sentence_that_says_it_best_is_told():
    sample = marked(
        "Nets | {Zip:Method:proposes} and {Zap:Method:comparesWith} differ. {Zip} achieves gains over {Zap}. So {Zap} "
        "or {Zip}?"
    )
    [relation] = find_relations(sample.text, sample.title_end, sample.entities, PERMITTED)
    assert sample.text[relation.start : relation.end] == "Zip achieves gains over Zap."


def test_what_holds_both_ways_is_said_once():
    both = {("Hardware", "Hardware"): ("comparedWith",)}
    sample = marked("Nets | {A1:Hardware:runsOn} is faster than {B2:Hardware:runsOn} than {A1}.")
    found = find_relations(sample.text, sample.title_end, sample.entities, both, threshold=0)
    assert [(relation.subject, relation.object) for relation in found] == [("A1", "B2")]


def test_a_relation_is_no_surer_than_its_entities():
    sample = marked("{Zip:Method:proposes}: nets | We propose {Zip} for {object sorting:Task:addresses}.")
    zip, sorting = sample.entities
    unsure = [zip, dataclasses.replace(sorting, score=0.5)]
    [sure] = find_relations(sample.text, sample.title_end, sample.entities, PERMITTED)
    [half] = find_relations(sample.text, sample.title_end, unsure, PERMITTED)
    assert half.score == pytest.approx(sure.score / 2, abs=0.001)


def test_a_higher_threshold_keeps_fewer():
    source = (
        "{Zip:Method:proposes}: nets | We propose {Zip} for {sorting:Task:addresses} with {hashing:Method:uses}. "
        "{Zip} runs on {FooChip:Hardware:runsOn} and outperforms {Zap:Method:comparesWith}."
    )
    found = [relations(source, threshold) for threshold in (0.0, 0.1, 0.3, 0.5, 0.9, 1.0)]
    assert all(fewer < more for more, fewer in pairwise(found) if more)
    assert found[-1] == set()


def test_a_predicate_that_the_weights_do_not_know_is_never_found():
    sample = marked("Nets | {Zip:Method:proposes} is like {Zap}.")
    strange = {("Method", "Method"): ("likes",)}
    assert find_relations(sample.text, sample.title_end, sample.entities, strange, threshold=0) == ()


@given(annotations())
def test_every_relation_links_entities_as_the_ontology_allows(annotation):
    paper, entities = annotation.paper, annotation.entities
    text = passage(paper.title, paper.abstract)
    types = {entity.name: entity.type for entity in entities}
    found = find_relations(text, len(paper.title), entities, PERMITTED, threshold=0.01)
    for relation in found:
        assert ONTOLOGY.allows(types[relation.subject], relation.predicate, types[relation.object])
        assert relation.subject != relation.object
        assert 0 < relation.score <= 1
        assert 0 <= relation.start < relation.end <= len(text)
    assert len({(relation.subject, relation.predicate, relation.object) for relation in found}) == len(found)
    assert found == find_relations(text, len(paper.title), entities, PERMITTED, threshold=0.01)


@pytest.mark.parametrize("piece", ["Zip ", "we propose Zip. ", "Zip of "])
def test_time_is_linear_in_the_text(piece):
    text = piece * (40_000 // len(piece))
    places = [place for place in range(len(text)) if text.startswith("Zip", place)]
    entities = [
        Entity(f"Zip {n}", "Method", "proposes", 1.0, (Mention(p, p + 3, "Zip"),)) for n, p in enumerate(places)
    ]
    started = time.process_time()
    find_relations(text, 0, entities, {("Method", "Method"): ("partOf",)})
    assert time.process_time() - started < 20


def test_a_name_of_many_words_costs_little():
    name = "a " * 50_000 + "b"
    entities = [Entity(name, "Method", "uses", 1.0, (Mention(0, 1, "Z"),)), Entity("b", "Method", "uses", 1.0, ())]
    started = time.process_time()
    find_relations("Z", 0, entities, PERMITTED)
    assert time.process_time() - started < 5


def test_the_component_sets_the_relations():
    nlp = spacy.blank("en")
    nlp.add_pipe("kgraph_relation_cues", config={"threshold": 0.2})
    sample = marked("{Zip:Method:proposes}: nets | We propose {Zip} for {sorting:Task:addresses}.")
    doc = nlp.make_doc(sample.text)
    doc._.kgraph_abstract, doc._.kgraph_entities = sample.title_end + 1, sample.entities
    [relation] = nlp.get_pipe("kgraph_relation_cues")(doc)._.kgraph_relations
    assert (relation.subject, relation.predicate, relation.object) == ("Zip", "usedFor", "sorting")


@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.exists(), reason="the annotated corpus is not beside the project")
def test_more_than_half_of_the_relations_are_those_of_the_annotators():
    right = found = 0
    for line in CORPUS.read_text(encoding="utf-8").splitlines()[::3]:
        paper = json.loads(line)
        entities = [
            Entity(e["name"], e["type"], e["role"], 1.0, tuple(Mention(**mention) for mention in e["mentions"]))
            for e in paper["entities"]
        ]
        text = passage(paper["title"], paper["abstract"])
        gold = {(r["subject"], r["predicate"], r["object"]) for r in paper["relations"]}
        stated = find_relations(text, len(paper["title"]), entities, PERMITTED)
        right += sum((relation.subject, relation.predicate, relation.object) in gold for relation in stated)
        found += len(stated)
    assert found > 300
    assert right / found > 0.5
