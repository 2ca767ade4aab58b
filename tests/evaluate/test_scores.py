"""kgraph's scores are those of the project's outside scorer, to the digit."""

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kgraph.evaluate import evaluate
from kgraph.model import Annotation, Entity, Mention, Paper, Relation, Result
from kgraph.ontology import load_ontology
from kgraph.records import from_record, to_record

SHARED = Path(__file__).parents[3] / "shared"
PAPER = Paper("1", "Fast convolution on an FPGA", "FastConv runs at 30 fps, up to 3.5x faster than a GPU.")


def mention(text: str) -> Mention:
    start = (PAPER.title + "\n" + PAPER.abstract).index(text)
    return Mention(start, start + len(text), text)


def entity(name: str, type: str, role: str, *texts: str) -> Entity:
    return Entity(name, type, role, 1.0, tuple(mention(text) for text in texts or (name,)))


GOLD = Annotation(
    PAPER,
    (
        entity("FastConv", "Method", "proposes"),
        entity("FPGA", "Hardware", "runsOn"),
        entity("GPU", "Hardware", "comparesWith"),
    ),
    (Relation("FastConv", "runsOn", "FPGA"),),
    (Result("FastConv", "speedup", "up to 3.5x", None, "GPU"),),
)


def scores(found: Annotation) -> dict[str, float]:
    return {name: score.f1 for name, score in evaluate([GOLD], [found], ontology=load_ontology()).scores.items()}


def test_gold_against_itself_is_perfect():
    result = scores(GOLD)
    assert {result[name] for name in ("mention", "entity", "role", "relation", "result", "entity Hardware")} == {100.0}


def test_a_paper_that_was_not_predicted_counts_as_empty():
    evaluation = evaluate([GOLD], [], ontology=load_ontology())
    assert evaluation.lacking == 1
    assert evaluation.scores["entity"].recall == 0.0
    assert {mistake.kind for mistake in evaluation.mistakes} == {"missed", "relation missed", "result missed"}


def test_a_wrong_type_loses_the_entity_but_not_the_relation():
    found = replace(GOLD, entities=(replace(GOLD.entities[0], type="Software"), *GOLD.entities[1:]))
    result = scores(found)
    assert result["entity"] == pytest.approx(66.7)
    assert result["relation"] == 100.0


def test_a_result_needs_its_value_and_its_entity_or_metric():
    assert scores(replace(GOLD, results=(Result("GPU", "speedup", "3.5 times"),)))["result"] == 100.0
    assert scores(replace(GOLD, results=(Result("GPU", "latency", "3.5x"),)))["result"] == 0.0
    assert scores(replace(GOLD, results=(Result("FastConv", "speedup", "3.6x"),)))["result"] == 0.0


def damaged(annotation: Annotation, chance: random.Random) -> Annotation:
    """The annotation with entities lost, retyped, renamed and shifted, as an extractor would."""
    types, roles = load_ontology().types, load_ontology().roles
    entities = []
    for found in annotation.entities:
        if chance.random() < 0.2:
            continue
        change = {}
        if chance.random() < 0.2:
            change["type"] = chance.choice(types)
        if chance.random() < 0.3:
            change["role"] = chance.choice(roles)
        if chance.random() < 0.3 and len(found.mentions) > 1:
            change["mentions"] = found.mentions[1:]
            change["name"] = found.mentions[-1].text
        entities.append(replace(found, **change))
    entities = list({found.name: found for found in entities}.values())
    names = {found.name for found in entities}
    relations = tuple(r for r in annotation.relations if {r.subject, r.object} <= names)
    results = tuple(
        replace(r, value=r.value.replace("up to ", ""))
        for r in annotation.results
        if {r.entity, r.on, r.versus} - {None} <= names
    )
    return Annotation(annotation.paper, tuple(entities), relations, results)


@pytest.mark.shared
@pytest.mark.skipif(
    not (SHARED / "evaluation/score.py").exists(), reason="the annotated corpus is not beside the project"
)
def test_agrees_with_the_outside_scorer_to_the_digit(tmp_path):
    with (SHARED / "corpus/train.jsonl").open(encoding="utf-8") as lines:
        gold = [from_record(json.loads(line))[0] for line in lines]
    chance = random.Random(7)
    found = [damaged(annotation, chance) for annotation in gold if chance.random() < 0.95]
    path = tmp_path / "found.jsonl"
    path.write_text("".join(json.dumps(to_record(annotation)) + "\n" for annotation in found), encoding="utf-8")
    command = [sys.executable, SHARED / "evaluation/score.py", SHARED / "corpus/train.jsonl", path, "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    ours = evaluate(gold, found, ontology=load_ontology()).scores
    assert len(theirs) == 13
    for name, wanted in theirs.items():
        score = ours[name]
        shown = {"P": score.precision, "R": score.recall, "F1": score.f1, "gold": score.gold, "found": score.found}
        assert shown == wanted, name
