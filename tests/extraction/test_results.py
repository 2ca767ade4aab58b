"""What a finding speaks of: what achieved it, of what, on what, against what."""

import dataclasses
import json
import time
from pathlib import Path

import pytest
import spacy
from hypothesis import given

from kgraph.extraction.results import find_results
from kgraph.model import Entity, Mention
from kgraph.text import passage
from tests.extraction.marked import marked
from tests.strategies import annotations

CORPUS = Path(__file__).parents[2] / "../shared/corpus/train.jsonl"
OPENING = "{Zip:Method:proposes}: nets | We propose {Zip}. "


def results(source):
    sample = marked(source)
    return find_results(sample.text, sample.title_end, sample.entities)


def triples(source):
    return [(result.entity, result.metric, result.value) for result in results(source)]


@pytest.mark.parametrize(
    ("sentence", "metric", "value"),
    [
        ("It achieves an {accuracy:Metric:reports} of 91.5%.", "accuracy", "91.5%"),
        ("It achieves 91.5% {top-1 accuracy:Metric:reports}.", "top-1 accuracy", "91.5%"),
        ("It reduces {latency:Metric:reports} by up to 2.3x.", "latency", "up to 2.3x"),
        ("It is 3.2x faster than {Zap:Method:comparesWith}.", "speedup", "3.2x"),
        ("It accelerates {training:Task:addresses} by 3.2x.", "speedup", "3.2x"),
        ("It gains 3.2x while keeping {accuracy:Metric:reports}.", "accuracy", "3.2x"),
        ("It achieves this with 32% fewer parameters.", "number of parameters", "32%"),
        ("It achieves 48 {FPS:Metric:reports} on {FooChip:Hardware:runsOn}.", "FPS", "48 FPS"),
        ("It achieves 12 ms with less {memory use:Metric:mentions}.", "latency", "12 ms"),
        ("It reaches 15 mW.", "power consumption", "15 mW"),
        ("It reduces {energy:Metric:reports} from 5 mJ to 2 mJ.", "energy", "from 5 mJ to 2 mJ"),
        ("It outperforms {Zap:Method:comparesWith} by 4%.", "performance", "4%"),
    ],
)
def test_what_was_measured(sentence, metric, value):
    assert triples(OPENING + sentence) == [("Zip", metric, value)]


def test_each_of_a_list_is_a_result():
    found = triples(OPENING + "It achieves 72.3%, 75.8%, and 79.4% {accuracy:Metric:reports}.")
    assert found == [("Zip", "accuracy", "72.3%"), ("Zip", "accuracy", "75.8%"), ("Zip", "accuracy", "79.4%")]


def test_respectively_goes_down_both_lists():
    [first, second] = results(
        OPENING
        + "It reduces {latency:Metric:reports} and {energy:Metric:reports} by 2x and 3x on {A1:Hardware:runsOn} and "
        "{B2:Hardware:runsOn}, respectively."
    )
    assert (first.metric, first.value, first.on) == ("latency", "2x", "A1")
    assert (second.metric, second.value, second.on) == ("energy", "3x", "B2")


def test_a_variant_keeps_its_own_results():
    found = triples(
        OPENING + "{Zip-S:Method:proposes} achieves 71% {accuracy:Metric:reports}, and {Zip-L:Method:proposes} 79%."
    )
    assert found == [("Zip-S", "accuracy", "71%"), ("Zip-L", "accuracy", "79%")]


@pytest.mark.parametrize(
    ("sentence", "on", "versus"),
    [
        ("On {MiniSet:Dataset:evaluatesOn}, it achieves 91% {accuracy:Metric}.", "MiniSet", None),
        ("It achieves 91% {accuracy:Metric} on {MiniSet:Dataset:evaluatesOn}.", "MiniSet", None),
        ("It achieves 91% {accuracy:Metric} on an {A1:Hardware:runsOn}.", "A1", None),
        ("It achieves 3x {speedup:Metric} over {Zap:Method:comparesWith}.", None, "Zap"),
        ("It outperforms {Zap:Method:comparesWith} by 3% in {accuracy:Metric}.", None, "Zap"),
        ("It achieves 3x {speedup:Metric} on {A1:Hardware:runsOn} over {Zap:Method:comparesWith}.", "A1", "Zap"),
        ("It achieves 91% {accuracy:Metric}; {MiniSet:Dataset:mentions} is left.", None, None),
    ],
)
def test_on_what_and_against_what(sentence, on, versus):
    [result] = results(OPENING + sentence)
    assert (result.on, result.versus) == (on, versus)


def test_a_proposal_without_a_name_gives_its_results_to_what_it_uses():
    assert triples("Nets | We apply {hashing:Method:uses}. This achieves 91% {accuracy:Metric:reports}.") == [
        ("hashing", "accuracy", "91%")
    ]


def test_a_number_of_nothing_is_no_result():
    assert results("Nets | We achieve 91% {accuracy:Metric:reports} on {MiniSet:Dataset:evaluatesOn}.") == ()


def test_the_value_is_told_to_the_letter():
    source = OPENING + r"It achieves up to $2.3\times$ {speedup:Metric:reports}."
    text = marked(source).text
    [result] = results(source)
    assert result.value == text[result.start : result.end] == r"up to $2.3\times$"


def test_a_result_of_an_unsure_entity_is_less_sure():
    sample = marked(OPENING + "It achieves 91% {accuracy:Metric:reports}.")
    [sure] = find_results(sample.text, sample.title_end, sample.entities)
    unsure = [dataclasses.replace(entity, score=0.25) for entity in sample.entities]
    [half] = find_results(sample.text, sample.title_end, unsure)
    assert half.score == pytest.approx(sure.score / 2, abs=0.001)


def test_a_higher_threshold_keeps_fewer():
    sample = marked(OPENING + "It achieves 91% {accuracy:Metric}. It takes 3 epochs. It gains 5%.")
    found = [
        {result.value for result in find_results(sample.text, sample.title_end, sample.entities, threshold=threshold)}
        for threshold in (0.0, 0.5, 1.1)
    ]
    assert found[0] > found[1] > found[2] == set()


@given(annotations())
def test_every_result_names_entities_and_lies_in_the_text(annotation):
    paper, entities = annotation.paper, annotation.entities
    text = f"{passage(paper.title, paper.abstract)} It achieves 91% and 3x over 5 ms."
    names = {entity.name for entity in entities}
    found = find_results(text, len(paper.title), entities, threshold=0.0)
    for result in found:
        assert result.value == text[result.start : result.end]
        assert {result.entity, result.on, result.versus} <= names | {None}
        assert result.entity is not None
        assert result.metric
        assert 0 < result.score <= 1
    assert found == find_results(text, len(paper.title), entities, threshold=0.0)


@pytest.mark.parametrize("piece", ["Zip 3% ", "Zip, compared to 3%, ", "3x on Zip and 4x, respectively, "])
def test_time_is_linear_in_the_text(piece):
    text = piece * (40_000 // len(piece))
    places = [place for place in range(len(text)) if text.startswith("Zip", place)]
    entities = [Entity(f"Zip {n}", "Metric", "reports", 1.0, (Mention(p, p + 3, "Zip"),)) for n, p in enumerate(places)]
    entities.append(Entity("net", "Method", "uses", 1.0, ()))
    started = time.process_time()
    found = find_results(text, 0, entities)
    assert time.process_time() - started < 20
    assert len(found) > 1000


def test_the_component_sets_the_results():
    nlp = spacy.blank("en")
    nlp.add_pipe("kgraph_result_patterns", config={"threshold": 0.3})
    sample = marked(OPENING + "It achieves 91.5% {accuracy:Metric:reports}.")
    doc = nlp.make_doc(sample.text)
    doc._.kgraph_abstract, doc._.kgraph_entities = sample.title_end + 1, sample.entities
    [result] = nlp.get_pipe("kgraph_result_patterns")(doc)._.kgraph_results
    assert (result.entity, result.value) == ("Zip", "91.5%")


@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.exists(), reason="the annotated corpus is not beside the project")
def test_three_of_four_values_are_those_of_the_annotators():
    right = found = 0
    for line in CORPUS.read_text(encoding="utf-8").splitlines()[::3]:
        paper = json.loads(line)
        entities = [
            Entity(e["name"], e["type"], e["role"], 1.0, tuple(Mention(**mention) for mention in e["mentions"]))
            for e in paper["entities"]
        ]
        text = passage(paper["title"], paper["abstract"])
        gold = {result["value"] for result in paper["results"]}
        stated = find_results(text, len(paper["title"]), entities)
        right += sum(result.value in gold for result in stated)
        found += len(stated)
    assert found > 200
    assert right / found > 0.75
