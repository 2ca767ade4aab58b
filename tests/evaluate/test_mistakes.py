"""What was wrong, by kind: each found in a small text where nothing else is."""

from dataclasses import replace

import pytest
from hypothesis import given

from kgraph.evaluate import KINDS, evaluate
from kgraph.evaluate.mistakes import mistakes
from kgraph.model import Annotation, Relation, Result
from kgraph.ontology import load_ontology
from tests.evaluate.test_scores import GOLD, PAPER, entity
from tests.strategies import annotations, few


def wrong(found, gold=GOLD):
    return [(m.kind, m.count, m.pattern, m.examples) for m in mistakes([(gold, found)])]


def with_entity(number, changed):
    listed = list(GOLD.entities)
    listed[number] = changed
    return replace(GOLD, entities=tuple(listed))


def test_what_is_right_is_no_mistake():
    assert wrong(GOLD) == []


@pytest.mark.parametrize(
    ("form", "pattern"),
    [
        ("an FPGA", "Hardware has 'an' before"),
        ("PGA", "Hardware lacks 'f' before"),
        ("an FPGA\nFastConv", "Hardware has 'an' before, has 'fastconv' behind"),
    ],
)
def test_a_boundary(form, pattern):
    changed = replace(entity("FPGA", "Hardware", "runsOn", form), name="FPGA")
    assert wrong(with_entity(1, changed)) == [("boundary", 1, pattern, (f"FPGA: {form}",))]


def test_another_type():
    found = with_entity(0, entity("FastConv", "Software", "proposes"))
    assert wrong(found) == [("type", 1, "Method taken for Software", ("FastConv",))]


def test_mentions_missed_and_made_up():
    found = with_entity(0, entity("30 fps", "Metric", "reports"))
    told = [case for case in wrong(found) if "relation" not in case[0]]
    assert told == [
        ("missed", 1, "Method fastconv", ("FastConv",)),
        ("spurious", 1, "Metric 30 fps", ("30 fps",)),
    ]


def test_another_role():
    found = with_entity(1, entity("FPGA", "Hardware", "uses"))
    assert wrong(found) == [("role", 1, "runsOn taken for uses", ("FPGA",))]


@pytest.mark.parametrize(
    ("relation", "cases"),
    [
        (None, [("relation missed", 1, "Method runsOn Hardware", ("FastConv runsOn FPGA",))]),
        (
            Relation("FastConv", "usedFor", "FPGA"),
            [("relation confused", 1, "runsOn taken for usedFor", ("FastConv usedFor FPGA",))],
        ),
        (
            Relation("FPGA", "runsOn", "FastConv"),
            [("relation confused", 1, "runsOn turned round", ("FPGA runsOn FastConv",))],
        ),
        (
            Relation("FastConv", "runsOn", "GPU"),
            [
                ("relation missed", 1, "Method runsOn Hardware", ("FastConv runsOn FPGA",)),
                ("relation spurious", 1, "Method runsOn Hardware", ("FastConv runsOn GPU",)),
            ],
        ),
    ],
)
def test_relations(relation, cases):
    assert wrong(replace(GOLD, relations=(relation,) if relation else ())) == cases


def test_results():
    found = replace(GOLD, results=(Result("FastConv", "frame rate", "30 fps"),))
    assert wrong(found) == [
        ("result missed", 1, "speedup", ("FastConv speedup up to 3.5x",)),
        ("result spurious", 1, "frame rate", ("FastConv frame rate 30 fps",)),
    ]


def test_patterns_are_counted_over_papers_with_their_most_frequent_examples():
    papers = [(replace(GOLD, paper=replace(PAPER, id=str(number))), Annotation(PAPER)) for number in range(5)]
    [missed, *_] = [m for m in mistakes(papers) if m.pattern == "Hardware fpga"]
    assert (missed.count, missed.examples) == (5, ("FPGA",))


@few
@given(annotations(), annotations())
def test_mistakes_and_scores_agree(gold, found):
    found = replace(found, paper=gold.paper)
    evaluation = evaluate([gold], [found], ontology=load_ontology())
    counts = dict.fromkeys(KINDS, 0)
    for mistake in evaluation.mistakes:
        counts[mistake.kind] += mistake.count
    mention, result = evaluation.scores["mention"], evaluation.scores["result"]
    assert counts["boundary"] + counts["type"] + counts["missed"] == mention.gold - mention.hits
    assert counts["spurious"] <= mention.found - mention.hits
    assert counts["result spurious"] == result.found - result.hits
    assert counts["role"] == evaluation.scores["entity"].hits - evaluation.scores["role"].hits
