"""Names of annotated papers, judged by those who annotated them."""

from pathlib import Path

import pytest

from kgraph.ontology import load_ontology, load_vocabulary
from kgraph.readers.reading import read
from kgraph.resolution.resolver import VocabularyResolver
from tests.resolution.gold_pairs import Written, half, pairs, taken_apart

GOLD = Path(__file__).parents[3] / "shared" / "corpus" / "train.jsonl"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not GOLD.exists(), reason="the annotated corpus is not beside the project"),
]


@pytest.fixture(scope="module")
def judged():
    """For each pair of the development papers: the pair, and whether the resolver takes it for one."""
    papers = half(read([GOLD], strict=True).annotations, first=True)
    apart = [taken_apart(annotation) for annotation in papers]
    resolver = VocabularyResolver(load_vocabulary(), load_ontology()).informed_by(apart)
    ids = {
        Written(decision.paper, decision.type, decision.name): decision.id
        for annotation in apart
        for decision in resolver.explain(annotation)
    }
    return [(pair, ids[pair.one] == ids[pair.other]) for pair in pairs(papers)]


def test_there_are_enough_pairs_and_hard_ones(judged):
    assert sum(pair.hard for pair, _ in judged) >= 300
    assert {pair.same for pair, _ in judged if pair.hard} == {True, False}


@pytest.mark.parametrize("hard", [False, True])
def test_precision(judged, hard):
    joined = [pair.same for pair, one in judged if one and pair.hard >= hard]
    assert sum(joined) >= 0.98 * len(joined)


def test_recall(judged):
    same = [one for pair, one in judged if pair.same]
    assert sum(same) >= 0.90 * len(same)


def test_numbers_always_tell_apart(judged):
    wrong = [(pair.one.form, pair.other.form) for pair, one in judged if one and not pair.same]
    numbers = [tuple("".join(filter(str.isdigit, form)) for form in forms) for forms in wrong]
    assert not [forms for forms, (one, other) in zip(wrong, numbers, strict=True) if one and other and one != other]
